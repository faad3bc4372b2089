//! Transactions that end well, that fail, and whose process is killed.

use super::*;

fn write_all(root: &Path, files: &[(&str, &str)]) {
    for (path, contents) in files {
        let path = root.join(path);
        make_parent(&path).unwrap();
        fs::write(path, contents).unwrap();
    }
}

#[test]
fn a_committed_transaction_writes_and_removes_and_leaves_no_staging_behind() {
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
fn nothing_is_touched_before_the_commit() {
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
fn a_commit_that_fails_half_way_puts_everything_back() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);

    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.remove(Path::new("b.rs")).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    transaction.write(Path::new("new.rs"), b"new").unwrap();
    transaction.write(Path::new("z.rs"), b"z").unwrap();
    // A folder that turns up where a file is to be makes the last step fail.
    fs::create_dir_all(root.path().join("z.rs/in the way")).unwrap();
    let error = transaction.commit().unwrap_err();

    assert_eq!(error.to_string(), "nothing was changed");
    assert!(format!("{error:#}").contains("z.rs could not be replaced"));
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
fn a_symbolic_link_is_refused_as_file_as_folder_and_in_a_listing() {
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

/// A transaction that has got as far as `steps` files when its process is killed.
fn killed_after(root: &Path, steps: usize) {
    let mut transaction = Transaction::begin(root, Durability::Flushed).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    transaction.remove(Path::new("b.rs")).unwrap();
    transaction.write(Path::new("deep/c.rs"), b"c").unwrap();
    kill(transaction, steps);
}

fn kill(transaction: Transaction, steps: usize) {
    let entries: Vec<Entry> = transaction
        .steps
        .iter()
        .map(|step| step.file.clone())
        .collect();
    journal::open(transaction.staging.path(), &entries, Durability::Flushed).unwrap();
    for step in &transaction.steps[..steps] {
        transaction.carry_out(step).unwrap();
    }
    let Transaction { staging, _lock, .. } = transaction;
    let _ = staging.keep();
}

#[test]
fn what_a_killed_process_left_half_done_is_undone_wherever_it_stopped() {
    for steps in 0..=3 {
        let root = tempfile::tempdir().unwrap();
        write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);
        killed_after(root.path(), steps);

        assert!(recover(root.path()).unwrap(), "{steps}");

        prune_empty(root.path()).unwrap();
        let found = list(root.path(), Path::new("")).unwrap();
        assert_eq!(found, [Path::new("a.rs"), Path::new("b.rs")], "{steps}");
        assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
        assert!(!recover(root.path()).unwrap(), "once is enough");
    }
}

#[test]
fn what_a_killed_process_put_into_a_new_folder_goes() {
    for steps in 0..=2 {
        let root = tempfile::tempdir().unwrap();
        let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
        transaction.write(Path::new("a.rs"), b"a").unwrap();
        transaction.write(Path::new("deep/c.rs"), b"c").unwrap();
        transaction.write(Path::new("deep/er/d.rs"), b"d").unwrap();
        transaction.steps = transaction.at_the_top();
        assert_eq!(transaction.steps.len(), 2);
        kill(transaction, steps);

        assert!(recover(root.path()).unwrap(), "{steps}");

        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0, "{steps}");
    }
}

#[test]
fn what_came_since_the_process_was_killed_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.write(Path::new("deep/c.rs"), b"c").unwrap();
    transaction.steps = transaction.at_the_top();
    kill(transaction, 0);
    write_all(root.path(), &[("deep/own.rs", "mine")]);

    assert!(recover(root.path()).unwrap());

    let found = list(root.path(), Path::new("")).unwrap();
    assert_eq!(found, [Path::new("deep/own.rs")]);
}

#[test]
fn a_recovery_that_is_killed_itself_is_finished_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);
    killed_after(root.path(), 3);
    let staging = fs::read_dir(root.path())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let staging = staging
        .into_iter()
        .find(|path| path.join("journal.json").exists())
        .unwrap();
    let first = Entry {
        path: "a.rs".into(),
        was_there: true,
    };
    journal::restore(root.path(), &staging, &first).unwrap();

    recover(root.path()).unwrap();

    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
    assert_eq!(fs::read(root.path().join("b.rs")).unwrap(), b"b");
    assert!(!root.path().join("deep/c.rs").exists());
}

#[test]
fn what_a_process_prepares_that_is_alive_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    write_all(root.path(), &[("a.rs", "old")]);
    let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
    transaction.write(Path::new("a.rs"), b"new").unwrap();
    assert!(!recover(root.path()).unwrap());
    transaction.commit().unwrap();
    assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"new");
}
