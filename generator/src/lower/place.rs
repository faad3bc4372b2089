//! Where a type that is about to be made will live, and what it will be called.

use crate::model::{Root, TypeId, TypePlace};
use crate::words;

/// The place of a schema: it decides the name of the type that comes of it. All names are the document's.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// What the first of `module` names.
    pub(super) root: Root,
    /// The module the type will live in.
    pub(super) module: Vec<String>,
    /// The name in words, as the document spells it.
    pub(super) local: String,
    /// The name of the type around it, to tell it apart where its own name is taken.
    pub(super) parent: String,
    /// The module for what belongs to the type.
    pub(super) children: Vec<String>,
    /// An id that others already refer to.
    pub(super) reserved: Option<TypeId>,
    /// Whether callers send what stands here.
    pub(super) sent: bool,
}

impl Place {
    /// A place in a module, named by `local`.
    pub(super) fn new(module: &[String], local: &str, parent: &str) -> Self {
        let mut children = module.to_vec();
        children.push(local.to_owned());
        Self {
            root: Root::Namespace,
            module: module.to_vec(),
            local: local.to_owned(),
            parent: parent.to_owned(),
            children,
            reserved: None,
            sent: false,
        }
    }

    /// The place of a component: a module of its own that it shares with what belongs to it.
    pub(super) fn component(name: &str) -> Self {
        Self::in_component(name, name)
    }

    /// The place of a type called `name` in the module of a component.
    pub(super) fn in_component(component: &str, name: &str) -> Self {
        let module = vec![component.to_owned()];
        Self {
            root: Root::Component,
            children: module.clone(),
            ..Self::new(&module, name, "api")
        }
    }

    /// The place in what callers send.
    pub(super) fn in_request(self) -> Self {
        Self { sent: true, ..self }
    }

    /// The place of a property of this type, or of a branch of this union.
    pub(super) fn property(&self, name: &str) -> Self {
        self.beside(Self::new(&self.children, name, &self.local))
    }

    /// The place of the items of this list.
    pub(super) fn item(&self) -> Self {
        self.beside(Self::new(
            &self.module,
            &words::singular(&self.local),
            &self.parent,
        ))
    }

    /// The place of the values of this map.
    pub(super) fn value(&self) -> Self {
        let local = words::singular(&self.local);
        let local = if local == self.local {
            format!("{local}_value")
        } else {
            local
        };
        self.beside(Self::new(&self.module, &local, &self.parent))
    }

    /// The place of the enum under the tag of this type: beside the type, and called after it too where the tag's own name does
    /// not say what it is of.
    pub(super) fn tag(&self, name: &str) -> Self {
        let own = words::folded(&self.local);
        let says_it = own
            .split('_')
            .next_back()
            .is_some_and(|last| words::folded(name).split('_').any(|word| word == last));
        let local = match says_it {
            true => name.to_owned(),
            false => format!("{own}_{name}"),
        };
        // A type that shares its module with what belongs to it is a resource.
        self.beside(Self::new(&self.module, &local, &self.parent))
    }

    /// The place of one of the replies that this whole reply may be.
    pub(super) fn reply(&self, name: &str) -> Self {
        let stem = self.local.strip_suffix("_response").unwrap_or(&self.local);
        let local = format!("{stem}_{}", name.replace(' ', "_"));
        self.beside(Self::new(&self.module, &local, &self.parent))
    }

    /// Another place below the same root, on the same side of a call.
    fn beside(&self, place: Self) -> Self {
        Self {
            root: self.root,
            sent: self.sent,
            ..place
        }
    }

    pub(super) fn of_type(&self) -> TypePlace {
        TypePlace {
            root: self.root,
            module: self.module.clone(),
            name: self.local.clone(),
            parent: self.parent.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::model::Root;

    fn lock() -> Place {
        Place::component("lock")
    }

    #[test]
    fn what_belongs_to_a_type_is_in_its_module() {
        let battery = lock().property("battery");
        assert_eq!(
            (battery.module, battery.parent),
            (vec!["lock".to_owned()], "lock".to_owned())
        );
        let level = lock().property("battery").property("level");
        assert_eq!(level.module, ["lock", "battery"]);
        assert_eq!(level.root, Root::Component);
    }

    #[test]
    fn items_and_values_are_called_by_the_singular() {
        let errors = lock().property("errors");
        assert_eq!(errors.item().local, "error");
        assert_eq!(errors.value().local, "error");
        assert_eq!(lock().property("metadata").value().local, "metadata_value");
    }

    #[test]
    fn a_tag_names_its_type_where_it_does_not_say_it_itself() {
        let warning = lock().property("warning");
        assert_eq!(warning.tag("warning_code").local, "warning_code");
        assert_eq!(warning.tag("code").local, "warning_code");
    }

    #[test]
    fn a_reply_is_called_by_its_call_and_its_status() {
        let whole = Place::new(&["locks".to_owned()], "get_response", "get");
        assert_eq!(whole.reply("not found").local, "get_not_found");
    }

    #[test]
    fn all_that_belongs_to_what_is_sent_is_sent() {
        let body = lock().in_request();
        assert!(body.property("codes").item().sent);
        assert!(!lock().property("codes").item().sent);
    }
}
