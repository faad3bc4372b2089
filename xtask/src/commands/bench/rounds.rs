//! Measures candidates in alternating rounds, so that other load on the machine affects all of them.

use std::time::Duration;

use anyhow::{Context, Result};

use super::process::Cost;

/// Something to measure.
pub(super) struct Candidate<'a> {
    /// Its name in messages.
    pub(super) name: String,
    /// Prepares a run; this is not measured.
    pub(super) prepare: Box<dyn FnMut() -> Result<()> + 'a>,
    pub(super) run: Box<dyn FnMut() -> Result<Cost> + 'a>,
}

/// Measures each candidate in `rounds` rounds; returns the medians, in the order of the candidates.
pub(super) fn alternate(candidates: &mut [Candidate<'_>], rounds: usize) -> Result<Vec<Cost>> {
    let costs = measure(candidates, rounds)?;
    Ok(costs.iter().map(|costs| medians(costs)).collect())
}

/// Returns the least user time of each candidate in `rounds` rounds. Other load can only add to it.
pub(super) fn least_user_times(
    candidates: &mut [Candidate<'_>],
    rounds: usize,
) -> Result<Vec<Duration>> {
    let costs = measure(candidates, rounds)?;
    let least = |costs: &Vec<Cost>| costs.iter().map(|cost| cost.cpu).min();
    Ok(costs.iter().filter_map(least).collect())
}

fn measure(candidates: &mut [Candidate<'_>], rounds: usize) -> Result<Vec<Vec<Cost>>> {
    let mut costs: Vec<Vec<Cost>> = candidates.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (candidate, costs) in candidates.iter_mut().zip(&mut costs) {
            (candidate.prepare)()
                .and_then(|()| (candidate.run)())
                .map(|cost| costs.push(cost))
                .with_context(|| format!("{} could not be measured", candidate.name))?;
        }
    }
    Ok(costs)
}

fn medians(costs: &[Cost]) -> Cost {
    let of = |part: fn(&Cost) -> Duration| median(costs.iter().map(part).collect());
    Cost {
        wall: of(|cost| cost.wall).unwrap_or_default(),
        cpu: of(|cost| cost.cpu).unwrap_or_default(),
        peak: median(costs.iter().map(|cost| cost.peak).collect()).unwrap_or_default(),
    }
}

/// Returns the median; the lower of the two middle values if there is an even number.
pub(super) fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn each_round_measures_all_candidates_in_order_and_costs_are_medians() {
        let turns = RefCell::new(Vec::new());
        let candidate = |name: &'static str, seconds: [u64; 3]| {
            let (turns, mut seconds) = (&turns, seconds.into_iter());
            Candidate {
                name: name.to_owned(),
                prepare: Box::new(|| Ok(())),
                run: Box::new(move || {
                    turns.borrow_mut().push(name);
                    let seconds = seconds.next().unwrap();
                    Ok(Cost {
                        wall: Duration::from_secs(seconds),
                        cpu: Duration::from_secs(seconds * 2),
                        peak: seconds,
                    })
                }),
            }
        };
        let mut candidates = [candidate("a", [1, 9, 2]), candidate("b", [5, 3, 4])];
        let costs = alternate(&mut candidates, 3).unwrap();
        let mut others = [candidate("c", [3, 1, 2])];
        assert_eq!(
            least_user_times(&mut others, 3).unwrap(),
            [Duration::from_secs(2)]
        );
        drop((candidates, others));
        assert_eq!(
            turns.into_inner(),
            ["a", "b", "a", "b", "a", "b", "c", "c", "c"]
        );
        let seconds: Vec<u64> = costs.iter().map(|cost| cost.wall.as_secs()).collect();
        assert_eq!(seconds, [2, 4]);
        assert_eq!(costs[0].cpu, Duration::from_secs(4));
        assert_eq!(costs[1].peak, 4);
    }

    #[test]
    fn the_median_of_an_even_number_is_the_lower_middle_and_an_empty_list_has_none() {
        assert_eq!(median(vec![4, 1, 3, 2]), Some(2));
        assert_eq!(median(Vec::<u64>::new()), None);
    }
}
