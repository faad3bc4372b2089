//! What an attacker would look for in the workflows: a token beside code of others, an action that can move, text that a
//! shell would execute.

use std::fs;
use std::path::Path;

use serde_yaml::Value;

/// Returns the workflows by their names, as text and parsed.
fn workflows() -> Vec<(String, String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("it is text");
        let parsed = serde_yaml::from_str(&text).expect("it is YAML");
        (path.display().to_string(), text, parsed)
    };
    let all: Vec<_> = entries.map(read).collect();
    assert!(all.len() >= 4, "only {} workflows", all.len());
    all
}

/// Returns the jobs of a workflow by their names.
fn jobs(workflow: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let jobs = workflow["jobs"].as_mapping().expect("it has jobs");
    let named = |(name, job)| (Value::as_str(name).expect("a name"), job);
    jobs.iter().map(named)
}

fn steps(job: &Value) -> &[Value] {
    job["steps"].as_sequence().expect("it has steps")
}

#[test]
fn every_action_is_pinned_by_commit_with_its_version_beside() {
    let mut count = 0;
    for (name, text, _) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses: ")) {
            let (_, pin) = line.split_once('@').expect("an action has a version");
            let (commit, version) = pin.split_once(" # v").unwrap_or((pin, ""));
            let is_commit = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {line}");
            count += 1;
        }
    }
    assert!(count >= 12, "only {count} actions");
}

#[test]
fn no_checkout_leaves_credentials_behind() {
    let mut count = 0;
    for (name, _, workflow) in workflows() {
        for step in jobs(&workflow).flat_map(|(_, job)| steps(job)) {
            let uses = step["uses"].as_str().unwrap_or_default();
            if uses.starts_with("actions/checkout@") {
                let persists = step["with"]["persist-credentials"].as_bool();
                assert_eq!(persists, Some(false), "{name}: {step:?}");
                count += 1;
            }
        }
    }
    assert!(count >= 8, "only {count} checkouts");
}

#[test]
fn a_job_that_can_write_or_sees_a_secret_builds_and_runs_nothing_of_others() {
    let mut privileged = 0;
    for (name, _, workflow) in workflows() {
        let by_default = serde_yaml::to_string(&workflow["permissions"]).expect("it is YAML");
        assert!(
            matches!(by_default.trim(), "{}" | "contents: read"),
            "{name}: {by_default}"
        );
        for (job_name, job) in jobs(&workflow) {
            let text = serde_yaml::to_string(job).expect("it is YAML");
            if !text.contains(": write")
                && !text.contains("secrets.")
                && !text.contains("github.token")
            {
                continue;
            }
            privileged += 1;
            for run in steps(job).iter().filter_map(|step| step["run"].as_str()) {
                let is_ours = |line: &str| {
                    !line.contains("cargo ")
                        || line.starts_with("cargo publish ") && line.contains(" --no-verify")
                };
                assert!(run.lines().all(is_ours), "{name}, {job_name}: {run}");
                for word in [".ci/", "npm", "node ", "make "] {
                    assert!(!run.contains(word), "{name}, {job_name}: {run}");
                }
            }
            assert!(
                !text.contains("actions/cache"),
                "{name}, {job_name} takes what others have left"
            );
        }
    }
    assert_eq!(privileged, 3, "propose, report and publish");
}

#[test]
fn no_script_has_text_of_others_in_it() {
    let mut count = 0;
    for (name, text, workflow) in workflows() {
        assert!(!text.contains("pull_request_target"), "{name}");
        for step in jobs(&workflow).flat_map(|(_, job)| steps(job)) {
            let Some(run) = step["run"].as_str() else {
                continue;
            };
            count += 1;
            // The jobs of the matrix are in the file itself; all else comes by the environment.
            let run = run.replace("${{ matrix.job }}", "");
            assert!(!run.contains("${{"), "{name}: {run}");
        }
    }
    assert!(count >= 10, "only {count} scripts");
}

#[test]
fn every_job_of_the_checks_is_one_that_runs_locally() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/run");
    let script = fs::read_to_string(script).expect("it is there");
    let mut local: Vec<&str> = script
        .lines()
        .filter_map(|line| line.strip_prefix("job ")?.split(' ').next())
        .collect();
    assert!(local.len() >= 10, "only {local:?}");
    local.sort_unstable();
    let (_, _, checks) = workflows()
        .into_iter()
        .find(|(name, ..)| name.ends_with("checks.yml"))
        .expect("there are checks");
    let hosted = checks["jobs"]["run"]["strategy"]["matrix"]["job"].as_sequence();
    let hosted: Vec<&str> = hosted
        .expect("there is a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(hosted, local);
}
