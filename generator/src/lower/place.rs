//! The places of types: their modules and their names.

use crate::model::{Root, TypeId, TypePlace};
use crate::words;

/// The place of a schema, which decides the name of its type. All names are those of the document.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The kind of the first segment of `module`.
    pub(super) root: Root,
    /// The module of the type.
    pub(super) module: Vec<String>,
    /// The name, as the document writes it.
    pub(super) local: String,
    /// The name of the type around it, as a prefix if its own name is in use.
    pub(super) parent: String,
    /// The module for types that belong to the type.
    pub(super) children: Vec<String>,
    /// An id that is already referenced.
    pub(super) reserved: Option<TypeId>,
    /// True if callers send values of the type.
    pub(super) sent: bool,
}

impl Place {
    /// Returns a place in a module, named by `local`.
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

    /// Returns the place of a component, in its own module.
    pub(super) fn component(name: &str) -> Self {
        Self::in_component(name, name)
    }

    /// Returns the place of a type called `name` in the module of a component.
    pub(super) fn in_component(component: &str, name: &str) -> Self {
        let module = vec![component.to_owned()];
        Self {
            root: Root::Component,
            children: module.clone(),
            ..Self::new(&module, name, "api")
        }
    }

    /// Returns the same place, but in a request.
    pub(super) fn in_request(self) -> Self {
        Self { sent: true, ..self }
    }

    /// Returns the place of a property of this type, or of a branch of this union.
    pub(super) fn property(&self, name: &str) -> Self {
        self.sibling(Self::new(&self.children, name, &self.local))
    }

    /// Returns the place of the items of this list.
    pub(super) fn item(&self) -> Self {
        self.sibling(Self::new(
            &self.module,
            &words::singular(&self.local),
            &self.parent,
        ))
    }

    /// Returns the place of the values of this map.
    pub(super) fn value(&self) -> Self {
        let local = words::singular(&self.local);
        let local = if local == self.local {
            format!("{local}_value")
        } else {
            local
        };
        self.sibling(Self::new(&self.module, &local, &self.parent))
    }

    /// Returns the place of the enum for the tag of this type, in the module of the type. Its name starts with that of the type,
    /// unless the name of the tag does already.
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
        // A type with its own module is a resource.
        self.sibling(Self::new(&self.module, &local, &self.parent))
    }

    /// Returns the place of one of the alternatives of this reply.
    pub(super) fn reply(&self, name: &str) -> Self {
        let stem = self.local.strip_suffix("_response").unwrap_or(&self.local);
        let local = format!("{stem}_{}", name.replace(' ', "_"));
        self.sibling(Self::new(&self.module, &local, &self.parent))
    }

    /// Returns another place with the root and the side of a call of this one.
    fn sibling(&self, place: Self) -> Self {
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
    fn types_of_properties_are_in_the_module_of_their_type() {
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
    fn items_and_values_are_named_in_the_singular() {
        let errors = lock().property("errors");
        assert_eq!(errors.item().local, "error");
        assert_eq!(errors.value().local, "error");
        assert_eq!(lock().property("metadata").value().local, "metadata_value");
    }

    #[test]
    fn the_enum_of_a_tag_is_prefixed_with_its_type() {
        let warning = lock().property("warning");
        assert_eq!(warning.tag("warning_code").local, "warning_code");
        assert_eq!(warning.tag("code").local, "warning_code");
    }

    #[test]
    fn a_reply_is_named_by_its_call_and_its_status() {
        let whole = Place::new(&["locks".to_owned()], "get_response", "get");
        assert_eq!(whole.reply("not found").local, "get_not_found");
    }

    #[test]
    fn types_of_a_sent_type_are_sent() {
        let body = lock().in_request();
        assert!(body.property("codes").item().sent);
        assert!(!lock().property("codes").item().sent);
    }
}
