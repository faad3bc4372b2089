//! A program that makes the calls of all samples. It sends each request to a test server, and reads each reply with the
//! client's own types.

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

/// The result of a sample, as the program prints it.
#[derive(Debug, Deserialize)]
struct CallResult {
    /// The value that the call returned.
    value: Option<Value>,
    /// The error of the call.
    error: Option<String>,
}

/// Compiles and sends all samples. Those that fail are removed and reported as mismatches.
pub(super) fn run(repo: &Repo, samples: &mut Samples) -> Result<()> {
    if samples.samples.is_empty() {
        return Ok(());
    }
    let folder = repo.root().join("target").join("samples");
    let program = loop {
        write(repo, &folder, &samples.samples)?;
        match compile(&folder)? {
            Compilation::Program(path) => break path,
            Compilation::Faults(faults) => remove_failed(samples, &faults),
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
    let read: Result<Vec<CallResult>, _> = text.lines().map(serde_json::from_str).collect();
    let read = read.context("the program of the samples printed a line that is not a result")?;
    ensure!(
        read.len() == samples.samples.len(),
        "the program printed results for {} of {} samples",
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
                samples.mismatches.extend(reply_mismatch(&sample, &read));
                samples.samples.push(sample);
            }
        }
    }
    Ok(())
}

/// Returns how the value that was read differs from the reply of the sample.
fn reply_mismatch(sample: &Sample, read: &CallResult) -> Option<Mismatch> {
    if !sample.reply_fits || !sample.is_answered {
        return None;
    }
    if let Some(error) = &read.error {
        return Some(sample.mismatch(BODY, error.clone()));
    }
    let is_same = match (&sample.payload, &read.value) {
        (Some(sent), Some(read)) => contains_all(sent, read),
        (sent, _) => sent.is_none(),
    };
    let problem = || format!("read as {}", read.value.clone().unwrap_or_default());
    (!is_same).then(|| sample.mismatch(BODY, problem()))
}

/// Returns true if a value has everything that was sent. Times and numbers may be written differently, and null or empty values
/// may be missing.
fn contains_all(sent: &Value, read: &Value) -> bool {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => sent.iter().all(|(key, sent)| {
            let is_empty = || match sent {
                Value::Null => true,
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                _ => false,
            };
            let found = read.get(key);
            found.map_or_else(is_empty, |read| contains_all(sent, read))
        }),
        (Value::Array(sent), Value::Array(read)) => {
            sent.len() == read.len()
                && sent
                    .iter()
                    .zip(read)
                    .all(|(one, other)| contains_all(one, other))
        }
        (Value::Number(sent), Value::Number(read)) => sent.as_f64() == read.as_f64(),
        (Value::String(sent), Value::String(read)) if sent != read => {
            let time = |text: &String| text.parse::<Timestamp>().ok();
            time(sent).is_some() && time(sent) == time(read)
        }
        (sent, read) => sent == read,
    }
}

enum Compilation {
    Program(PathBuf),
    /// The errors of the compiler, by the index of the sample.
    Faults(BTreeMap<usize, String>),
}

/// Removes the samples that do not compile.
fn remove_failed(samples: &mut Samples, faults: &BTreeMap<usize, String>) {
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

/// Writes the program: a file for each sample, so that an error of the compiler names its sample.
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

/// Renders a sample as a function that returns the value of its call.
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

/// The main file of the program. Each sample has its own client, which names the sample in a header.
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

/// Compiles the program. Errors in samples are not an error of this function.
fn compile(folder: &Path) -> Result<Compilation> {
    debug_assert!(MAIN.contains(SAMPLE));
    let output = cargo::command()
        .current_dir(folder)
        .args(["build", "--quiet", "--message-format", "json"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .context("cargo could not be started")?;
    let mut faults = BTreeMap::new();
    let mut program = None;
    let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(path) = message["executable"].as_str() {
            program = Some(PathBuf::from(path));
        }
        if let Some((index, fault)) = sample_error(&message["message"]) {
            faults.entry(index).or_insert(fault);
        } else if message["message"]["level"] == "error" {
            text.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
    }
    match program {
        Some(program) if output.status.success() => Ok(Compilation::Program(program)),
        _ if !faults.is_empty() => Ok(Compilation::Faults(faults)),
        _ => bail!("the program of the samples does not compile:\n{text}"),
    }
}

/// Returns the index of the sample with this error of the compiler, and the message.
fn sample_error(message: &Value) -> Option<(usize, String)> {
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
    fn an_error_of_the_compiler_is_attributed_to_its_sample() {
        let of = |file: &str, level: &str| {
            sample_error(&json!({"level": level, "message": "no", "spans": [{"file_name": file}]}))
        };
        assert_eq!(of("src/sample_12.rs", "error"), Some((12, "no".to_owned())));
        assert_eq!(of("src/sample_12.rs", "warning"), None);
        assert_eq!(of("src/main.rs", "error"), None);
    }

    #[test]
    fn a_value_that_differs_from_the_reply_is_detected() {
        let sent =
            json!({"at": "2028-08-12T15:00:00.000Z", "degrees": 75, "gone": null, "names": ["a"]});
        let read =
            json!({"at": "2028-08-12T15:00:00Z", "degrees": 75.0, "names": ["a"], "more": []});
        assert!(contains_all(&sent, &read));
        for other in [
            json!({"at": "2028-08-12T15:00:01Z", "degrees": 75, "names": ["a"]}),
            json!({"at": "2028-08-12T15:00:00Z", "degrees": 75, "names": []}),
            json!({"at": "2028-08-12T15:00:00Z", "names": ["a"]}),
        ] {
            assert!(!contains_all(&sent, &other), "{other}");
        }
    }
}
