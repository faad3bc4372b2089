//! `cargo xtask bench`: measures the generator and the client, and compares them with other generators.

mod baseline;
mod build;
mod compiling;
mod generation;
mod machine;
mod peers;
mod process;
mod programs;
mod quick;
mod rounds;
mod running;
mod size;
mod synthetic;
mod table;
mod users;

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use generator::examples::Examples;
use generator::model::Api;

use crate::commands::codegen;
use crate::commands::fetch;
use crate::outcome::Outcome;
use crate::render::Input;
use crate::repo::Repo;
use machine::Machine;
use peers::PeerStatus;
use table::Section;

/// The arguments for a client with locks and access codes only.
const LOCKS_ONLY: [&str; 3] = [
    "--no-default-features",
    "--features",
    "locks,access_codes,rustls",
];

/// Measures generation, compiling, size, decoding and calling, and compares with other generators
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Measure this alone, and leave xtask/bench/results.md as it is; can be given several times
    #[arg(long, value_name = "SUBJECT", conflicts_with = "quick")]
    only: Vec<Subject>,
    /// Only compare the time to compile the client with its budget; exit with 1 if it is exceeded
    #[arg(long)]
    quick: bool,
    /// Multiply the budget of --quick
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, requires = "quick")]
    scale: f64,
    /// How often each candidate is measured; the result is the median
    #[arg(long, value_name = "COUNT", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Use another document than the pinned one (a file, a URL, or npm:NAME@VERSION); leaves xtask/bench/results.md as it is
    #[arg(long, value_name = "SOURCE", conflicts_with = "quick")]
    spec: Option<String>,
}

/// The subjects that can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// From the document to formatted source
    Generation,
    /// The client alone, with each namespace, and in a user's program
    Compiling,
    /// Lines, dependencies, a program
    Size,
    /// Replies to values, requests to bytes, memory
    Decoding,
    /// Calls per second
    Calling,
}

/// Shared by all measurements.
struct Bench {
    repo: Repo,
    /// The folder for everything that a run writes.
    folder: PathBuf,
    document: PathBuf,
    /// The overlay and the names, each with the option that names it.
    companions: Vec<(&'static str, PathBuf)>,
    input: Input,
    peers: Vec<PeerStatus>,
    rounds: usize,
    ours: OnceCell<PathBuf>,
    peer_crates: OnceCell<Vec<(&'static str, Option<PathBuf>)>>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let mut bench = Bench::new(repo, args)?;
    if args.quick {
        return quick::run(&bench, args.scale);
    }
    let all = Subject::value_variants();
    let subjects = if args.only.is_empty() {
        all
    } else {
        &args.only
    };
    let needs_peers = |subject: &Subject| !matches!(subject, Subject::Decoding | Subject::Calling);
    if subjects.iter().any(needs_peers) {
        bench.peers = peers::find(&bench.folder.join("peers"));
    }
    let mut sections = Vec::new();
    for subject in subjects {
        sections.extend(measure(*subject, &bench)?);
    }
    let page = page(&bench, &sections)?;
    println!("{page}");
    if args.only.is_empty() && args.spec.is_none() {
        let path = bench.repo.root().join("xtask/bench/results.md");
        fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(Outcome::Good)
}

fn measure(subject: Subject, bench: &Bench) -> Result<Vec<Section>> {
    let sections = match subject {
        Subject::Generation => generation::measure(bench).map(|section| vec![section]),
        Subject::Compiling => compiling::measure(bench)
            .and_then(|section| Ok(vec![section, compiling::measure_namespaces(bench)?])),
        Subject::Size => size::measure(bench).map(|section| vec![section]),
        Subject::Decoding => running::measure_decoding(bench).map(|section| vec![section]),
        Subject::Calling => running::measure_calling(bench).map(|section| vec![section]),
    };
    sections.with_context(|| {
        format!(
            "{} could not be measured",
            format!("{subject:?}").to_lowercase()
        )
    })
}

/// Returns the page that is printed and written to `xtask/bench/results.md`.
fn page(bench: &Bench, sections: &[Section]) -> Result<String> {
    let mut machine = Machine::detect()?;
    machine.add("document", bench.document_version()?);
    for peer in &bench.peers {
        machine.add(
            peer.name(),
            match peer {
                PeerStatus::Ready(peer) => peer.version.clone(),
                PeerStatus::Absent { why, .. } => {
                    format!("skipped: {}", why.lines().next().unwrap_or_default())
                }
            },
        );
    }
    let missed: usize = sections
        .iter()
        .flat_map(|section| &section.rows)
        .filter(|row| row.is_reached() == Some(false))
        .count();
    let rounds = match bench.rounds {
        1 => "one round each".to_owned(),
        rounds => format!("medians of {rounds} rounds"),
    };
    let mut page = format!(
        "# What it costs\n\n`cargo xtask bench` measures all of this in one run, by turns with the peers; {rounds}. \
         Goals missed: {missed}.\n\n{machine}"
    );
    for section in sections {
        page.push_str(&format!("\n{section}"));
    }
    Ok(page)
}

impl Bench {
    fn new(repo: Repo, args: &Args) -> Result<Self> {
        let folder = repo.root().join("target").join("bench");
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let pinned = repo.spec();
        let (document, companions, mut input) = match &args.spec {
            None => {
                let companions = [("--overlay", codegen::OVERLAY), ("--names", codegen::NAMES)]
                    .map(|(flag, file)| (flag, pinned.join(file)))
                    .into_iter()
                    .filter(|(_, path)| path.exists());
                (
                    pinned.join("openapi.json"),
                    companions.collect(),
                    codegen::pinned(&repo)?,
                )
            }
            Some(source) => {
                let input = fetch::read(source)?;
                let path = folder.join("openapi.json");
                fs::write(&path, &input.document)
                    .with_context(|| format!("{} cannot be written", path.display()))?;
                (path, Vec::new(), input)
            }
        };
        input.allow_unknown_keywords = true;
        input.tests = false;
        Ok(Self {
            folder,
            document,
            companions,
            input,
            peers: Vec::new(),
            rounds: args.rounds.into(),
            ours: OnceCell::new(),
            peer_crates: OnceCell::new(),
            repo,
        })
    }

    /// Returns the folder in which crates are compiled.
    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Returns the client as a crate of its own.
    fn ours(&self) -> Result<&Path> {
        if let Some(made) = self.ours.get() {
            return Ok(made);
        }
        let folder = self.folder.join("crates").join("ours");
        codegen::write_standalone_crate(&self.repo, &self.input, &folder)?;
        Ok(self.ours.get_or_init(|| folder))
    }

    /// Returns the crates that the peers generate; `None` for a peer that is not installed.
    fn peer_crates(&self) -> Result<Vec<(&'static str, Option<PathBuf>)>> {
        if let Some(made) = self.peer_crates.get() {
            return Ok(made.clone());
        }
        let mut made = Vec::new();
        for found in &self.peers {
            let folder = match found {
                PeerStatus::Absent { .. } => None,
                PeerStatus::Ready(peer) => {
                    let folder = self.folder.join("crates").join(peer.name);
                    if folder.exists() {
                        fs::remove_dir_all(&folder)?;
                    }
                    peer.generate(&self.document, &folder)?;
                    ensure!(
                        folder.join("Cargo.toml").is_file(),
                        "{} generated no crate",
                        peer.name
                    );
                    Some(folder)
                }
            };
            made.push((found.name(), folder));
        }
        Ok(self.peer_crates.get_or_init(|| made).clone())
    }

    /// Gives a crate the lock file of the repository, so that both use the same versions.
    fn seed_lock(&self, folder: &Path) -> Result<()> {
        let lock = folder.join("Cargo.lock");
        if !lock.exists() {
            let own = self.repo.root().join("Cargo.lock");
            fs::copy(&own, &lock).with_context(|| format!("{} cannot be copied", own.display()))?;
        }
        Ok(())
    }

    fn api(&self) -> Result<Api> {
        crate::render::model(&self.input)
    }

    fn examples(&self) -> Result<Examples> {
        crate::render::examples(&self.input)
    }

    fn document_version(&self) -> Result<String> {
        let api = self.api()?;
        let named = format!("{} {}", api.title, api.version);
        let is_pinned = self.document.starts_with(self.repo.spec());
        Ok(match is_pinned.then(|| fetch::pinned_version(&self.repo)) {
            Some(Ok(Some(version))) => format!("{named}, release {version}"),
            _ => named,
        })
    }
}
