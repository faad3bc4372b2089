//! Transactions that succeed, that fail, and whose process is killed.

use super::*;

fn write_all(root: &Path, files: &[(&str, &str)]) {
    for (path, contents) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
}

#[test]
fn a_commit_writes_and_removes_files_and_its_staging_folder() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old"), ("gone/b.rs", "b")]);

    let mut transaction = Transaction::begin(root.path(), Durability::Flushed).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    transaction.write(Path::new("deep/er/c.rs"), b"c").unwrap();
    transaction.remove(Path::new("gone/b.rs")).unwrap();
    transaction.commit().unwrap();
    prune_empty(root.path()).unwrap();

    let found = list(root.path(), Path::new("")).unwrap();
    assert_eq!(found, [Path::new("a.rs"), Path::new("deep/er/c.rs")]);
    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"new");
    assert!(!root.path().join("gone").exists());
}

#[test]
fn no_file_is_changed_before_the_commit() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);

    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    transaction.remove(Path::new("b.rs")).unwrap();
    drop(transaction);

    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2);
}

#[test]
fn a_folder_at_the_path_of_a_file_stops_a_commit_before_any_change() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);

    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.remove(Path::new("b.rs")).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    transaction.write(Path::new("z.rs"), b"z").unwrap();
    fs::create_dir_all(root.path().join("z.rs/in the way")).unwrap();
    let error = transaction.commit().unwrap_err();

    assert_eq!(error.to_string(), "nothing was changed");
    assert!(format!("{error:#}").contains("z.rs is a folder"));
    let found = list(root.path(), Path::new("")).unwrap();
    assert_eq!(found, [Path::new("a.rs"), Path::new("b.rs")]);
    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
}

#[test]
fn a_path_that_leads_out_of_the_root_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let error = read(root.path(), Path::new("../elsewhere.rs")).unwrap_err();
    assert!(error.to_string().contains("leads out of"), "{error}");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_refused_as_files_as_folders_and_in_listings() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("real/a.rs", "a")]);
    std::os::unix::fs::symlink(root.path().join("real"), root.path().join("link")).unwrap();

    for path in ["link", "link/a.rs"] {
        let error = read(root.path(), Path::new(path)).unwrap_err().to_string();
        assert!(error.contains("link is a symbolic link"), "{error}");
    }
    let error = list(root.path(), Path::new("")).unwrap_err().to_string();
    assert!(error.contains("link is a symbolic link"), "{error}");
}

/// Makes a folder as a process leaves it that is killed after `steps` changes, or before the transaction is ready.
fn leave_killed_transaction(root: &Path, is_ready: bool, steps: usize) {
    write_all(root, &[("a.rs", "old"), ("b.rs", "b")]);
    let staging = root.join(format!("{STAGING}killed"));
    let new = [("new/a.rs", "new"), ("new/deep/c.rs", "c")];
    write_all(&staging, &new);
    if is_ready {
        write_all(&staging, &[("ready.json", "[\"b.rs\"]")]);
    }
    for (path, _) in new.iter().take(steps) {
        let target = root.join(path.strip_prefix("new/").unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::rename(staging.join(path), target).unwrap();
    }
    if steps > new.len() {
        fs::remove_file(root.join("b.rs")).unwrap();
    }
}

#[test]
fn recovery_finishes_the_changes_of_a_process_killed_at_any_step() {
    for steps in 0..=3 {
        let root = tempfile::tempdir().unwrap();
        leave_killed_transaction(root.path(), true, steps);

        assert!(recover(root.path()).unwrap(), "{steps}");

        let found = list(root.path(), Path::new("")).unwrap();
        assert_eq!(
            found,
            [Path::new("a.rs"), Path::new("deep/c.rs")],
            "{steps}"
        );
        assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"new");
        assert!(
            !recover(root.path()).unwrap(),
            "a second recovery has nothing to do"
        );
    }
}

#[test]
fn recovery_drops_a_transaction_that_was_not_ready() {
    let root = tempfile::tempdir().unwrap();
    leave_killed_transaction(root.path(), false, 0);

    assert!(!recover(root.path()).unwrap());

    let found = list(root.path(), Path::new("")).unwrap();
    assert_eq!(found, [Path::new("a.rs"), Path::new("b.rs")]);
    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
}

#[test]
fn a_failed_recovery_reports_the_staging_folder_and_can_be_repeated() {
    let root = tempfile::tempdir().unwrap();
    leave_killed_transaction(root.path(), true, 0);
    fs::create_dir_all(root.path().join("deep/c.rs/in the way")).unwrap();
    let error = format!("{:#}", recover(root.path()).unwrap_err());
    assert!(error.contains("They are in "), "{error}");
    assert!(error.contains("c.rs could not be replaced"), "{error}");

    fs::remove_dir_all(root.path().join("deep/c.rs")).unwrap();
    assert!(recover(root.path()).unwrap());
    assert_eq!(fs::read(root.path().join("deep/c.rs")).unwrap(), b"c");
}

#[test]
fn recovery_ignores_the_transaction_of_a_living_process() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old")]);
    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    assert!(!recover(root.path()).unwrap());
    transaction.commit().unwrap();
    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"new");
}
