//! Tables of results, compared with peers and goals.

use std::fmt;

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    value: f64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Seconds,
    Bytes,
    Count,
    PerSecond,
    Times,
}

impl Amount {
    pub(super) fn seconds(value: f64) -> Self {
        Self::new(value, Unit::Seconds)
    }

    pub(super) fn bytes(value: f64) -> Self {
        Self::new(value, Unit::Bytes)
    }

    pub(super) fn count(value: f64) -> Self {
        Self::new(value, Unit::Count)
    }

    pub(super) fn per_second(value: f64) -> Self {
        Self::new(value, Unit::PerSecond)
    }

    /// Returns a factor.
    pub(super) fn times(value: f64) -> Self {
        Self::new(value, Unit::Times)
    }

    fn new(value: f64, unit: Unit) -> Self {
        Self { value, unit }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value;
        match self.unit {
            Unit::Seconds if value < 1e-3 => write!(f, "{:.2} µs", value * 1e6),
            Unit::Seconds if value < 0.1 => write!(f, "{:.1} ms", value * 1e3),
            Unit::Seconds if value < 10.0 => write!(f, "{value:.2} s"),
            Unit::Seconds => write!(f, "{value:.1} s"),
            Unit::Bytes if value >= 1e9 => write!(f, "{:.2} GB", value / 1e9),
            Unit::Bytes if value >= 1e7 => write!(f, "{:.0} MB", value / 1e6),
            Unit::Bytes => write!(f, "{:.1} MB", value / 1e6),
            Unit::Count => write!(f, "{value:.0}"),
            Unit::PerSecond => write!(f, "{value:.0}/s"),
            Unit::Times => write!(f, "{value:.2} ×"),
        }
    }
}

/// The figure that our result is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Comparison {
    Nothing,
    /// A peer that is not installed.
    Skipped(String),
    Peer(String, Amount),
}

/// A goal for our result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// Our result is at most this amount.
    AtMost(Amount),
    /// The ratio to the peer's result is at most this.
    RatioAtMost(f64),
    /// The ratio to the peer's result is at least this.
    RatioAtLeast(f64),
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) what: String,
    pub(super) ours: Amount,
    pub(super) against: Comparison,
    pub(super) goal: Option<Goal>,
}

impl Row {
    /// Returns a result that is not compared with a peer.
    pub(super) fn without_peer(what: impl Into<String>, ours: Amount, goal: Option<Goal>) -> Self {
        Self {
            what: what.into(),
            ours,
            against: Comparison::Nothing,
            goal,
        }
    }

    fn ratio(&self) -> Option<f64> {
        match &self.against {
            Comparison::Peer(_, peer) if peer.value > 0.0 => Some(self.ours.value / peer.value),
            _ => None,
        }
    }

    /// Returns true if the goal is reached; `None` if there is no goal, or no peer to compare with.
    pub(super) fn is_reached(&self) -> Option<bool> {
        match self.goal? {
            Goal::AtMost(most) => Some(self.ours.value <= most.value),
            Goal::RatioAtMost(most) => self.ratio().map(|ratio| ratio <= most),
            Goal::RatioAtLeast(least) => self.ratio().map(|ratio| ratio >= least),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let against = match &self.against {
            Comparison::Nothing => String::new(),
            Comparison::Skipped(name) => format!("{name}: skipped"),
            Comparison::Peer(name, amount) => format!("{name}: {amount}"),
        };
        let goal = match self.goal {
            None => String::new(),
            Some(Goal::AtMost(most)) => format!("≤ {most}"),
            Some(Goal::RatioAtMost(most)) => format!("≤ {}", format_ratio(most)),
            Some(Goal::RatioAtLeast(least)) => format!("≥ {}", format_ratio(least)),
        };
        let verdict = match self.is_reached() {
            None => "",
            Some(true) => "yes",
            Some(false) => "**no**",
        };
        let ratio = self.ratio().map(format_ratio).unwrap_or_default();
        write!(
            f,
            "| {} | {} | {against} | {ratio} | {goal} | {verdict} |",
            self.what, self.ours
        )
    }
}

/// Formats a ratio with the digits that matter.
fn format_ratio(ratio: f64) -> String {
    if ratio < 0.1 {
        format!("1/{:.0}", 1.0 / ratio)
    } else {
        format!("{ratio:.2}")
    }
}

/// The results of one subject.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
    /// Notes that explain the rows.
    pub(super) notes: Vec<String>,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n", self.title)?;
        writeln!(f, "| | ours | peer | ours / peer | goal | reached |")?;
        writeln!(f, "|---|--:|--:|--:|--:|---|")?;
        for row in &self.rows {
            writeln!(f, "{row}")?;
        }
        if !self.notes.is_empty() {
            writeln!(f)?;
        }
        for note in &self.notes {
            writeln!(f, "- {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ours: f64, peer: f64, goal: Goal) -> Row {
        Row {
            what: "it".to_owned(),
            ours: Amount::seconds(ours),
            against: Comparison::Peer("peer".to_owned(), Amount::seconds(peer)),
            goal: Some(goal),
        }
    }

    #[test]
    fn a_ratio_is_compared_with_the_goal() {
        assert_eq!(
            row(0.4, 1.0, Goal::RatioAtMost(0.4)).is_reached(),
            Some(true)
        );
        assert_eq!(
            row(0.41, 1.0, Goal::RatioAtMost(0.4)).is_reached(),
            Some(false)
        );
        assert_eq!(
            row(0.9, 1.0, Goal::RatioAtLeast(0.9)).is_reached(),
            Some(true)
        );
        assert_eq!(
            row(0.8, 1.0, Goal::RatioAtLeast(0.9)).is_reached(),
            Some(false)
        );
        let most = Goal::AtMost(Amount::seconds(4.0));
        assert_eq!(row(4.1, 9.0, most).is_reached(), Some(false));
    }

    #[test]
    fn a_skipped_peer_gives_no_verdict() {
        let mut row = row(1.0, 1.0, Goal::RatioAtMost(0.4));
        row.against = Comparison::Skipped("ploidy".to_owned());
        assert_eq!(row.is_reached(), None);
        assert_eq!(
            row.to_string(),
            "| it | 1.00 s | ploidy: skipped |  | ≤ 0.40 |  |"
        );
    }

    #[test]
    fn a_section_is_a_table_with_its_notes() {
        let section = Section {
            title: "Generation",
            rows: vec![
                row(0.3, 1.3, Goal::RatioAtMost(0.4)),
                row(5.0, 50.0, Goal::RatioAtMost(0.05)),
                Row::without_peer("size", Amount::bytes(4.6e6), None),
            ],
            notes: vec!["read this".to_owned()],
        };
        assert_eq!(
            section.to_string(),
            "## Generation\n\n\
             | | ours | peer | ours / peer | goal | reached |\n\
             |---|--:|--:|--:|--:|---|\n\
             | it | 0.30 s | peer: 1.30 s | 0.23 | ≤ 0.40 | yes |\n\
             | it | 5.00 s | peer: 50.0 s | 0.10 | ≤ 1/20 | **no** |\n\
             | size | 4.6 MB |  |  |  |  |\n\n\
             - read this\n"
        );
    }
}
