//! The machine and the tools of a measurement.

use std::fmt;
use std::fs;
use std::process::Command;

use anyhow::Result;

use super::process;
use crate::cargo;

/// A machine and its toolchain, as far as the system reports them.
#[derive(Debug)]
pub(super) struct Machine {
    facts: Vec<(&'static str, String)>,
}

impl Machine {
    pub(super) fn detect() -> Result<Self> {
        let cores = std::thread::available_parallelism()?;
        let (_, cargo) = process::run_for_output(cargo::command().arg("--version"))?;
        let (_, rustc) = process::run_for_output(Command::new("rustc").arg("--version"))?;
        let known = [
            ("cores", Some(cores.to_string())),
            ("processor", processor()),
            ("memory", memory()),
            ("system", system()),
            ("rustc", Some(rustc.trim().to_owned())),
            ("cargo", Some(cargo.trim().to_owned())),
            (
                "date",
                Some(jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()),
            ),
        ];
        let facts = known
            .into_iter()
            .filter_map(|(name, fact)| Some((name, fact?)));
        Ok(Self {
            facts: facts.collect(),
        })
    }

    pub(super) fn add(&mut self, name: &'static str, fact: String) {
        self.facts.push((name, fact));
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| | |\n|---|---|")?;
        for (name, fact) in &self.facts {
            writeln!(f, "| {name} | {fact} |")?;
        }
        Ok(())
    }
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let named = value(&text, "model name", ':');
    named.or_else(|| Some(std::env::consts::ARCH.to_owned()))
}

fn memory() -> Option<String> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let kilobytes: f64 = value(&text, "MemTotal", ':')?
        .strip_suffix(" kB")?
        .trim()
        .parse()
        .ok()?;
    Some(format!("{:.0} GB", kilobytes * 1024.0 / 1e9))
}

fn system() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok();
    let named = release.and_then(|text| value(&text, "PRETTY_NAME", '='));
    named.or_else(|| Some(std::env::consts::OS.to_owned()))
}

/// Returns the value of a name in lines of names and values.
fn value(text: &str, name: &str, separator: char) -> Option<String> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(separator)?;
        let value = value.trim().trim_matches('"');
        (key.trim() == name).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_value_is_found_by_its_whole_name() {
        let text = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian 12\"\n";
        assert_eq!(value(text, "NAME", '='), Some("Debian".to_owned()));
        assert_eq!(
            value(text, "PRETTY_NAME", '='),
            Some("Debian 12".to_owned())
        );
        assert_eq!(value(text, "VERSION", '='), None);
    }
}
