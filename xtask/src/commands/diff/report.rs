//! The parts of a comparison that all formats show.

use std::collections::BTreeMap;

use generator::{Change, Changes, Class, Verdict};
use serde::Serialize;

/// Two documents and what changed between them.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The name of the old document.
    pub(crate) old: &'a str,
    /// The name of the new document.
    pub(crate) new: &'a str,
    pub(crate) changes: &'a Changes,
}

impl Serialize for Report<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape<'a> {
            verdict: Verdict,
            old: &'a str,
            new: &'a str,
            changes: &'a [Change],
            undocumented: &'a [Change],
        }
        Shape {
            verdict: self.changes.verdict,
            old: self.old,
            new: self.new,
            changes: &self.changes.changes,
            undocumented: &self.changes.undocumented,
        }
        .serialize(serializer)
    }
}

pub(crate) const CLASSES: [Class; 5] = [
    Class::Breaking,
    Class::Additive,
    Class::Deprecation,
    Class::Wire,
    Class::Documentation,
];

impl Report<'_> {
    /// Returns the changes by namespace or resource.
    pub(crate) fn groups(&self) -> BTreeMap<&str, Vec<&Change>> {
        let mut groups: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in &self.changes.changes {
            groups.entry(&change.group).or_default().push(change);
        }
        groups
    }

    /// Returns the verdict as one line.
    pub(crate) fn verdict(&self) -> &'static str {
        match self.changes.verdict {
            Verdict::Breaking => "breaking: some programs that use the client have to be changed",
            Verdict::Additive => "additive: every program that uses the client keeps working",
            Verdict::Wire => "wire: your program stays as it is, take this release",
            Verdict::Documentation => "documentation: only descriptions have changed",
            Verdict::None => "none: callers of the client see no difference",
        }
    }

    /// Returns the number of changes of each class: `2 breaking, 1 additive`.
    pub(crate) fn counts(&self) -> String {
        let counted = CLASSES.iter().filter_map(|class| {
            let count = self.changes.of_class(*class).count();
            (count > 0).then(|| format!("{count} {class}"))
        });
        counted.collect::<Vec<_>>().join(", ")
    }
}
