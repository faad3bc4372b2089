//! Measures the cost of compiling the client, alone and in a user's program.

use std::fs;

use anyhow::{Context, Result};
use toml_edit::DocumentMut;

use super::build::{Build, Mode};
use super::process::Cost;
use super::rounds::alternate;
use super::table::{Amount, Comparison, Goal, Row, Section};
use super::{Bench, LOCKS_ONLY, peers, users};

/// A gigabyte.
const GB: f64 = 1e9;

pub(super) fn measure(bench: &Bench) -> Result<Section> {
    let mut notes = vec![
        "`CARGO_INCREMENTAL=0 cargo check`, or `cargo build --release`, of one crate with all that it depends on built; \
         the peak memory is the largest process's. User time moves least with what else the machine does."
            .to_owned(),
    ];
    let mut rows = compare_with_peers(bench, &mut notes)?;
    rows.extend(measure_client(bench)?);
    rows.extend(measure_user_program(bench)?);
    Ok(Section {
        title: "Compiling",
        rows,
        notes,
    })
}

/// Compares the client with all endpoints to the crates of the peers.
fn compare_with_peers(bench: &Bench, notes: &mut Vec<String>) -> Result<Vec<Row>> {
    let target = bench.target();
    let undocumented = ["--features", "undocumented"];
    let ours = Build::of(bench.ours()?, &target, Mode::Check, &undocumented)?;
    ours.run()?;
    let mut builds = vec![ours];
    let mut names = Vec::new();
    for (name, folder) in bench.peer_crates()? {
        let built = folder.map(|folder| -> Result<Build> {
            let arguments = peers::check_arguments(name);
            let mut build = Build::of(&folder, &target, Mode::Check, arguments)?;
            eprintln!("compiling the crate of {name}, and what it depends on");
            let errors = build.attempt()?;
            if errors > 0 {
                notes.push(format!(
                    "The crate that {name} makes does not compile: {errors} errors. Its figures are of the way to them."
                ));
            }
            build.fails = errors > 0;
            Ok(build)
        });
        names.push((name, built.is_some()));
        builds.extend(built.transpose()?);
    }
    eprintln!("compiling by turns");
    let mut candidates: Vec<_> = builds
        .iter()
        .map(|build| build.candidate(&build.package))
        .collect();
    let mut costs = alternate(&mut candidates, bench.rounds)?.into_iter();
    let ours = costs.next().context("nothing was measured")?;
    let mut rows = Vec::new();
    for (name, is_installed) in names {
        let cost = if is_installed { costs.next() } else { None };
        let factor = if name == "ploidy" { 20.0 } else { 10.0 };
        let goal = Goal::RatioAtMost(1.0 / factor);
        let mut row = |what: &str, amount: fn(&Cost) -> Amount, goal| {
            rows.push(Row {
                what: what.to_owned(),
                ours: amount(&ours),
                against: match &cost {
                    Some(cost) => Comparison::Peer(name.to_owned(), amount(cost)),
                    None => Comparison::Skipped(name.to_owned()),
                },
                goal,
            });
        };
        row("check, all endpoints", wall, Some(goal));
        row("the same, user time", cpu, None);
        row("the same, peak memory", peak, Some(goal));
    }
    Ok(rows)
}

/// A way to compile the client, and its goals.
struct Target {
    what: &'static str,
    mode: Mode,
    arguments: &'static [&'static str],
    seconds: f64,
    /// The peak of the memory, in bytes.
    memory: Option<f64>,
}

const TARGETS: [Target; 3] = [
    Target {
        what: "check, default features",
        mode: Mode::Check,
        arguments: &[],
        seconds: 4.0,
        memory: Some(0.6 * GB),
    },
    Target {
        what: "check, locks and access codes",
        mode: Mode::Check,
        arguments: &LOCKS_ONLY,
        seconds: 1.5,
        memory: None,
    },
    Target {
        what: "release build, default features",
        mode: Mode::Release,
        arguments: &[],
        seconds: 7.0,
        memory: None,
    },
];

/// Measures the client alone, for each target.
fn measure_client(bench: &Bench) -> Result<Vec<Row>> {
    let target = bench.target();
    let mut rows = Vec::new();
    for Target {
        what,
        mode,
        arguments,
        seconds,
        memory,
    } in TARGETS
    {
        eprintln!("measuring: {what}");
        let build = Build::of(bench.ours()?, &target, mode, arguments)?;
        build.run()?;
        let cost = measure_repeatedly(&build, bench.rounds)?;
        let goal = Goal::AtMost(Amount::seconds(seconds));
        rows.push(Row::without_peer(what, wall(&cost), Some(goal)));
        rows.push(Row::without_peer("the same, user time", cpu(&cost), None));
        let goal = memory.map(|memory| Goal::AtMost(Amount::bytes(memory)));
        rows.push(Row::without_peer(
            "the same, peak memory",
            peak(&cost),
            goal,
        ));
    }
    Ok(rows)
}

/// Measures a user's program, with the client already compiled.
fn measure_user_program(bench: &Bench) -> Result<Vec<Row>> {
    eprintln!("measuring: a program that makes ten calls");
    let folder = users::ten_calls(bench)?;
    let build = Build::of(&folder, &bench.target(), Mode::Release, &[])?;
    build.run()?;
    let cost = measure_repeatedly(&build, bench.rounds)?;
    let goal = Goal::AtMost(Amount::seconds(6.0));
    Ok(vec![
        Row::without_peer(
            "release build of a program that makes ten calls, after that",
            wall(&cost),
            Some(goal),
        ),
        Row::without_peer("the same, user time", cpu(&cost), None),
        Row::without_peer("the same, peak memory", peak(&cost), None),
    ])
}

/// Returns the features that are namespaces of the documented API.
fn documented_features(manifest: &str) -> Result<Vec<String>> {
    let manifest: DocumentMut = manifest.parse()?;
    let documented = manifest
        .get("features")
        .and_then(|features| features.get("documented"))
        .and_then(|documented| documented.as_array())
        .context("the client's manifest has no feature `documented`")?;
    let names = documented.iter().filter_map(|name| name.as_str());
    Ok(names.map(str::to_owned).collect())
}

/// Measures the client with each namespace alone.
pub(super) fn measure_namespaces(bench: &Bench) -> Result<Section> {
    let path = bench.ours()?.join("Cargo.toml");
    let manifest =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut rows = Vec::new();
    let namespaces = documented_features(&manifest)?;
    eprintln!("compiling each of {} namespaces alone", namespaces.len());
    for (name, features) in std::iter::once(("none".to_owned(), "rustls".to_owned())).chain(
        namespaces
            .into_iter()
            .map(|name| (format!("`{name}`"), format!("rustls,{name}"))),
    ) {
        let arguments = ["--no-default-features", "--features", &features];
        let build = Build::of(bench.ours()?, &bench.target(), Mode::Check, &arguments)?;
        if rows.is_empty() {
            build.run()?;
        }
        let cost = measure_repeatedly(&build, 1)?;
        rows.push(Row::without_peer(name, wall(&cost), None));
    }
    Ok(Section {
        title: "Compiling each namespace alone",
        rows,
        notes: vec!["`cargo check --no-default-features --features rustls,NAMESPACE`.".to_owned()],
    })
}

fn measure_repeatedly(build: &Build, rounds: usize) -> Result<Cost> {
    let mut candidates = [build.candidate(&build.package)];
    let costs = alternate(&mut candidates, rounds)?;
    costs.into_iter().next().context("nothing was measured")
}

fn wall(cost: &Cost) -> Amount {
    Amount::seconds(cost.wall.as_secs_f64())
}

fn cpu(cost: &Cost) -> Amount {
    Amount::seconds(cost.cpu.as_secs_f64())
}

fn peak(cost: &Cost) -> Amount {
    Amount::bytes(cost.peak as f64)
}
