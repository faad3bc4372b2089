//! Measures how programs read replies, build requests and send them.

use anyhow::Result;

use super::Bench;
use super::programs::{Programs, find};
use super::table::{Amount, Goal, Row, Section};

pub(super) fn measure_decoding(bench: &Bench) -> Result<Section> {
    let programs = Programs::build(bench)?;
    let times = programs.run("decoding")?;
    let sizes = programs.run("memory")?;
    let nanoseconds = |value: f64| Amount::seconds(value / 1e9);
    let row = |what: &str, name: &str, peer: &str, goal| -> Result<Row> {
        let (ours, against) = find(&times, name)?.figures(peer, nanoseconds);
        Ok(Row {
            what: what.to_owned(),
            ours,
            against,
            goal: Some(goal),
        })
    };
    let size = |what: &str, name: &str, goal| -> Result<Row> {
        let (ours, against) = find(&sizes, name)?.figures("derived serde", Amount::times);
        Ok(Row {
            what: what.to_owned(),
            ours,
            against,
            goal,
        })
    };
    let faster = |times: f64| Goal::RatioAtMost(1.0 / times);
    Ok(Section {
        title: "Decoding",
        rows: vec![
            row("`devices/list` of 1,000 devices", "devices", "derived serde", faster(1.0))?,
            row(
                "`events/list` of 1,000 events",
                "events, closed",
                "untagged enum, tags of one value",
                faster(30.0),
            )?,
            row(
                "the same",
                "events, open",
                "untagged enum, tags of any text, as ploidy has it",
                faster(30.0),
            )?,
            size(
                "memory that 1,000 devices keep, by the body",
                "kept",
                Some(Goal::AtMost(Amount::times(2.0))),
            )?,
            size("memory at the peak, by the body", "peak", None)?,
            row(
                "building and encoding a request",
                "building",
                "",
                Goal::AtMost(Amount::seconds(5e-6)),
            )?,
        ],
        notes: vec![
            "Ours is the whole call over a transport without a network, with the list of departures; derived serde reads \
             the same bytes into structs of the same shape, which the bench makes of the document."
                .to_owned(),
            "The replies are examples of the document's own schemas, with a third of what is optional, each branch and each \
             value of an enum by turns. Tags of any text are fast where an early branch fits, and the branch is the wrong one."
                .to_owned(),
        ],
    })
}

pub(super) fn measure_calling(bench: &Bench) -> Result<Section> {
    let rates = Programs::build(bench)?.run("calling")?;
    let row = |at_once: &str| -> Result<Row> {
        let found = find(&rates, at_once)?;
        let (ours, against) = found.figures("reqwest and derived serde", Amount::per_second);
        Ok(Row {
            what: format!("`devices/get` over loopback, {at_once}"),
            ours,
            against,
            goal: Some(Goal::RatioAtLeast(0.9)),
        })
    };
    Ok(Section {
        title: "Calling",
        rows: vec![row("1 at once")?, row("16 at once")?],
        notes: vec![
            "Both post the same and make the same data of the same bytes, over plain HTTP to a server in the same process."
                .to_owned(),
        ],
    })
}
