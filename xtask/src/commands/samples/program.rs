//! A program of all samples: compiled as they are printed, each sent to a server, each reply read by the client's own types.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use generator::samples::{Mismatch, Sample, Samples};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::server::{SAMPLE, Server};
use crate::cargo;
use crate::repo::Repo;

const PARAMETERS: &str = "/request/parameters";
const BODY: &str = "/response/body";

/// What the program says of a sample.
#[derive(Debug, Deserialize)]
struct Read {
    /// What the call gave.
    value: Option<Value>,
    /// Why it failed.
    error: Option<String>,
}

/// Compiles and sends all samples. Those that do not hold are taken out, and reported.
pub(super) fn run(repo: &Repo, samples: &mut Samples) -> Result<()> {
    if samples.samples.is_empty() {
        return Ok(());
    }
    let folder = repo.root().join("target").join("samples");
    let program = loop {
        write(repo, &folder, &samples.samples)?;
        match compile(&folder)? {
            Built::Program(path) => break path,
            Built::Faults(faults) => leave_out(samples, &faults),
        }
    };
    let server = Server::start(&samples.samples)?;
    let output = Command::new(program)
        .arg(&server.address)
        .output()
        .context("the program of the samples could not be started")?;
    ensure!(
        output.status.success(),
        "the program of the samples failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout)?;
    let read: Result<Vec<Read>, _> = text.lines().map(serde_json::from_str).collect();
    let read = read.context("the program of the samples printed something else")?;
    ensure!(
        read.len() == samples.samples.len(),
        "the program says something of {} of {} samples",
        read.len(),
        samples.samples.len()
    );
    let all = std::mem::take(&mut samples.samples);
    for (index, (sample, read)) in all.into_iter().zip(read).enumerate() {
        let verdict = server.verdict(index);
        let verdict = verdict.unwrap_or_else(|| Err(format!("no request was sent: {read:?}")));
        match verdict {
            Err(problem) => samples
                .mismatches
                .push(sample.mismatch(PARAMETERS, problem)),
            Ok(()) => {
                samples.mismatches.extend(misread(&sample, &read));
                samples.samples.push(sample);
            }
        }
    }
    Ok(())
}

/// How a reply is read otherwise than the sample has it, where nothing is known of that yet.
fn misread(sample: &Sample, read: &Read) -> Option<Mismatch> {
    if !sample.reply_fits || !sample.is_answered {
        return None;
    }
    if let Some(error) = &read.error {
        return Some(sample.mismatch(BODY, error.clone()));
    }
    let is_kept = match (&sample.payload, &read.value) {
        (Some(sent), Some(read)) => is_kept(sent, read),
        (sent, _) => sent.is_none(),
    };
    let problem = || format!("read as {}", read.value.clone().unwrap_or_default());
    (!is_kept).then(|| sample.mismatch(BODY, problem()))
}

/// Whether a value has all that was sent. Times and numbers may be spelled another way, and what is null or empty may be missing.
fn is_kept(sent: &Value, read: &Value) -> bool {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => sent.iter().all(|(key, sent)| {
            let is_empty = || match sent {
                Value::Null => true,
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                _ => false,
            };
            let found = read.get(key);
            found.map_or_else(is_empty, |read| is_kept(sent, read))
        }),
        (Value::Array(sent), Value::Array(read)) => {
            sent.len() == read.len()
                && sent
                    .iter()
                    .zip(read)
                    .all(|(one, other)| is_kept(one, other))
        }
        (Value::Number(sent), Value::Number(read)) => sent.as_f64() == read.as_f64(),
        (Value::String(sent), Value::String(read)) if sent != read => {
            let time = |text: &String| text.parse::<Timestamp>().ok();
            time(sent).is_some() && time(sent) == time(read)
        }
        (sent, read) => sent == read,
    }
}

enum Built {
    Program(PathBuf),
    /// What the compiler says of some samples, by their index.
    Faults(BTreeMap<usize, String>),
}

/// Takes out the samples that do not compile.
fn leave_out(samples: &mut Samples, faults: &BTreeMap<usize, String>) {
    let all = std::mem::take(&mut samples.samples);
    for (index, sample) in all.into_iter().enumerate() {
        match faults.get(&index) {
            Some(fault) => {
                let problem = format!("the call does not compile: {fault}");
                samples
                    .mismatches
                    .push(sample.mismatch(PARAMETERS, problem));
            }
            None => samples.samples.push(sample),
        }
    }
}

/// Writes the program: a file for each sample, so that an error tells which it is of.
fn write(repo: &Repo, folder: &Path, samples: &[Sample]) -> Result<()> {
    let source = folder.join("src");
    if source.exists() {
        fs::remove_dir_all(&source)?;
    }
    fs::create_dir_all(&source)?;
    let put = |path: PathBuf, text: String| {
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    };
    put(folder.join("Cargo.toml"), manifest(&repo.client()))?;
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        // The versions that the client is tested with.
        fs::copy(repo.root().join("Cargo.lock"), &lock).context("Cargo.lock cannot be copied")?;
    }
    let mut modules = String::new();
    let mut calls = String::new();
    for (index, sample) in samples.iter().enumerate() {
        modules.push_str(&format!("mod sample_{index};\n"));
        let is_strict = sample.reply_fits && sample.is_answered;
        calls.push_str(&format!(
            "    run(&address, {index}, {is_strict}, sample_{index}::call).await;\n"
        ));
        put(source.join(format!("sample_{index}.rs")), module(sample))?;
    }
    put(
        source.join("main.rs"),
        format!("#![allow(deprecated)]\n\n{modules}\n{MAIN}{calls}}}\n"),
    )
}

/// A sample as a function that gives what its call gives.
fn module(sample: &Sample) -> String {
    let call = &sample.call;
    let value = match &sample.variable {
        Some(variable) => format!("serde_json::to_value(&{variable}).unwrap_or_default()"),
        None => "serde_json::Value::Null".to_owned(),
    };
    format!(
        "pub async fn call(seam: seam::Seam) -> seam::Result<serde_json::Value> {{\n{call}Ok({value})\n}}\n"
    )
}

fn manifest(client: &Path) -> String {
    let client = Value::from(client.display().to_string());
    format!(
        "[package]\nname = \"samples\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n[dependencies]\n\
         generated-client = {{ path = {client}, default-features = false, features = [\"documented\", \"reqwest\"] }}\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev]\ndebug = false\n"
    )
}

/// What the program is besides the samples. Each has a client of its own, which says in a header which sample it is for.
const MAIN: &str = r#"async fn run<F: Future<Output = seam::Result<serde_json::Value>>>(
    address: &str,
    index: usize,
    strict: bool,
    call: fn(seam::Seam) -> F,
) {
    let seam = seam::Seam::builder()
        .api_key("seam_samples")
        .endpoint(address)
        .default_header("x-sample", index.to_string())
        .retry(seam::RetryPolicy::never())
        .strict(strict)
        .build()
        .expect("the settings are constants");
    let read = match call(seam).await {
        Ok(value) => serde_json::json!({"value": value, "error": null}),
        Err(error) => {
            let deviation = error.deviation().map(|deviation| format!(": {deviation}"));
            let error = format!("{error}{}", deviation.unwrap_or_default());
            serde_json::json!({"value": null, "error": error})
        }
    };
    println!("{read}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let address = std::env::args().nth(1).expect("the address of a server");
"#;

/// Compiles the program; what the compiler says of samples is no failure.
fn compile(folder: &Path) -> Result<Built> {
    debug_assert!(MAIN.contains(SAMPLE));
    let output = cargo::command()
        .current_dir(folder)
        .args(["build", "--quiet", "--message-format", "json"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .context("cargo could not be started")?;
    let mut faults = BTreeMap::new();
    let mut program = None;
    let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(path) = message["executable"].as_str() {
            program = Some(PathBuf::from(path));
        }
        if let Some((index, fault)) = fault(&message["message"]) {
            faults.entry(index).or_insert(fault);
        } else if message["message"]["level"] == "error" {
            said.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
    }
    match program {
        Some(program) if output.status.success() => Ok(Built::Program(program)),
        _ if !faults.is_empty() => Ok(Built::Faults(faults)),
        _ => bail!("the program of the samples does not compile:\n{said}"),
    }
}

/// The sample that an error of the compiler is about, and what it says.
fn fault(message: &Value) -> Option<(usize, String)> {
    if message["level"] != "error" {
        return None;
    }
    let mut spans = message["spans"].as_array()?.iter();
    let index = spans.find_map(|span| {
        let file = Path::new(span["file_name"].as_str()?)
            .file_stem()?
            .to_str()?;
        file.strip_prefix("sample_")?.parse().ok()
    })?;
    Some((index, message["message"].as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_error_of_the_compiler_tells_its_sample() {
        let of = |file: &str, level: &str| {
            fault(&json!({"level": level, "message": "no", "spans": [{"file_name": file}]}))
        };
        assert_eq!(of("src/sample_12.rs", "error"), Some((12, "no".to_owned())));
        assert_eq!(of("src/sample_12.rs", "warning"), None);
        assert_eq!(of("src/main.rs", "error"), None);
    }

    #[test]
    fn a_reply_that_is_read_otherwise_is_told_apart() {
        let sent =
            json!({"at": "2028-08-12T15:00:00.000Z", "degrees": 75, "gone": null, "names": ["a"]});
        let read =
            json!({"at": "2028-08-12T15:00:00Z", "degrees": 75.0, "names": ["a"], "more": []});
        assert!(is_kept(&sent, &read));
        for other in [
            json!({"at": "2028-08-12T15:00:01Z", "degrees": 75, "names": ["a"]}),
            json!({"at": "2028-08-12T15:00:00Z", "degrees": 75, "names": []}),
            json!({"at": "2028-08-12T15:00:00Z", "names": ["a"]}),
        ] {
            assert!(!is_kept(&sent, &other), "{other}");
        }
    }
}
