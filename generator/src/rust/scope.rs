//! Paths of types as a file of the crate writes them, and as a caller of the crate does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Plan, ids, paths};
use crate::model::{Type, TypeId};

const MAP: &str = "BTreeMap";

/// The names in scope in a file: its own, and the imported ones.
pub(crate) struct Scope<'a> {
    pub(crate) plan: &'a Plan<'a>,
    module: &'a [String],
    /// Outside of the crate every type has its full path; some paths are replaced.
    outside: Option<HashMap<TypeId, String>>,
    own: BTreeSet<String>,
    /// The imports; the value is true if only undocumented items use the import.
    imports: RefCell<BTreeMap<String, bool>>,
    imports_map: RefCell<Option<bool>>,
    hidden: RefCell<bool>,
    /// True if the item being rendered has its own gate inside of that of its file.
    gated: RefCell<bool>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>, module: &'a [String], own: BTreeSet<String>) -> Self {
        Self {
            plan,
            module,
            outside: None,
            own,
            imports: RefCell::default(),
            imports_map: RefCell::default(),
            hidden: RefCell::new(false),
            gated: RefCell::new(false),
        }
    }

    /// Returns the scope of a caller of the crate, who writes full paths. `paths` replaces the paths of some types.
    pub(crate) fn outside(plan: &'a Plan<'a>, paths: HashMap<TypeId, String>) -> Self {
        Self {
            outside: Some(paths),
            ..Self::new(plan, &[], BTreeSet::new())
        }
    }

    /// Runs `render` for an item that needs the feature `undocumented` if `hidden` is true.
    pub(crate) fn within<T>(&self, hidden: bool, render: impl FnOnce() -> T) -> T {
        let before = self.hidden.replace(hidden || *self.hidden.borrow());
        let rendered = render();
        self.hidden.replace(before);
        rendered
    }

    /// Returns true if the file defines a type of this name.
    pub(crate) fn owns(&self, name: &str) -> bool {
        self.own.contains(name)
    }

    /// Runs `render` for an item with its own gate if `gated` is true. Such items import nothing, because the import would be
    /// unused without the feature.
    pub(crate) fn gated<T>(&self, gated: bool, render: impl FnOnce() -> T) -> T {
        let before = self.gated.replace(gated || *self.gated.borrow());
        let rendered = render();
        self.gated.replace(before);
        rendered
    }

    /// Returns an item of the crate's root, and imports it unless the file has another item of that name.
    pub(crate) fn root(&self, name: &str) -> TokenStream {
        let ident = format_ident!("{name}");
        if self.own.contains(name) || *self.gated.borrow() {
            return quote!(crate::#ident);
        }
        let hidden = *self.hidden.borrow();
        self.imports
            .borrow_mut()
            .entry(name.to_owned())
            .and_modify(|only| *only &= hidden)
            .or_insert(hidden);
        quote!(#ident)
    }

    /// Returns the map of the standard library, and imports it unless the file has another type of that name.
    fn map(&self) -> TokenStream {
        if self.outside.is_some() || self.own.contains(MAP) || *self.gated.borrow() {
            return quote!(std::collections::BTreeMap);
        }
        let hidden = *self.hidden.borrow();
        let only_hidden = self.imports_map.borrow().unwrap_or(true) && hidden;
        self.imports_map.replace(Some(only_hidden));
        quote!(BTreeMap)
    }

    /// Returns `None` if the map is not imported, and otherwise true if only undocumented items use it.
    pub(crate) fn imports_map(&self) -> Option<bool> {
        *self.imports_map.borrow()
    }

    /// Returns the imports: those of all items, and those of undocumented items only.
    pub(crate) fn imports(&self) -> (Vec<String>, Vec<String>) {
        let imports = self.imports.borrow();
        let (hidden, open): (Vec<_>, Vec<_>) = imports.iter().partition(|(_, hidden)| **hidden);
        let names =
            |part: Vec<(&String, &bool)>| part.into_iter().map(|(name, _)| name.clone()).collect();
        (names(open), names(hidden))
    }

    /// Returns the path of a type with a definition.
    pub(crate) fn named(&self, id: TypeId) -> TokenStream {
        let definition = self.plan.type_item(id);
        if let Some(paths) = &self.outside {
            let own = || paths::of_type(self.plan, definition);
            let path = paths.get(&id).cloned().unwrap_or_else(own);
            let path = path.split("::").map(ident);
            return quote!(#(#path)::*);
        }
        let home = &definition.path;
        let name = format_ident!("{}", home.name);
        if home.module == self.module {
            return quote!(#name);
        }
        if let Some(below) = home.module.strip_prefix(self.module) {
            let path = below.iter().map(|segment| ident(segment));
            return quote!(#(#path::)*#name);
        }
        if definition.component.is_some() {
            return self.root(&home.name);
        }
        let path = home.module.iter().map(|segment| ident(segment));
        quote!(crate::#(#path::)*#name)
    }

    /// Returns the type of a value that is received, or kept.
    pub(crate) fn received(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::DateTime => self.root("Timestamp"),
            Type::Nullable(inner) => {
                let inner = self.received(inner);
                quote!(Option<#inner>)
            }
            other => self.shared(other, &Self::received),
        }
    }

    /// Returns the type of a value that is only sent.
    pub(crate) fn sent(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::DateTime => self.root("DateTime"),
            Type::Bytes => quote!(crate::request::Upload),
            Type::Nullable(inner) => {
                let nullable = self.root("Nullable");
                let inner = self.sent(inner);
                quote!(#nullable<#inner>)
            }
            other => self.shared(other, &Self::sent),
        }
    }

    fn shared(&self, ty: &Type, inner: &dyn Fn(&Self, &Type) -> TokenStream) -> TokenStream {
        match ty {
            Type::String => quote!(String),
            Type::Integer => quote!(i64),
            Type::Unsigned => quote!(u64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::Bytes => self.root("Bytes"),
            Type::Id(of) => self.root(&ids::type_name(of)),
            Type::Named(id) => self.named(*id),
            Type::List(item) => {
                let item = inner(self, item);
                quote!(Vec<#item>)
            }
            Type::Tuple(places) => {
                let places = places.iter().map(|place| inner(self, place));
                // The trailing comma makes a tuple of one item.
                match places.len() {
                    1 => quote!((#(#places),*,)),
                    _ => quote!((#(#places),*)),
                }
            }
            Type::Map(value) => {
                let value = inner(self, value);
                let map = self.map();
                quote!(#map<String, #value>)
            }
            Type::ActionAttempt(result) => {
                let attempt = self.root("ActionAttempt");
                let result = inner(self, result);
                quote!(#attempt<#result>)
            }
            Type::Json | Type::DateTime | Type::Nullable(_) => self.root("Value"),
        }
    }
}

/// Formats a type as people write it: token streams are printed with a space around every sign.
pub(crate) fn spelled(tokens: &TokenStream) -> String {
    tokens
        .to_string()
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" :: ", "::")
        .replace(" ,", ",")
}

/// Returns a module name as an identifier, raw where it has to be.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    match name.strip_prefix("r#") {
        Some(raw) => proc_macro2::Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => format_ident!("{name}"),
    }
}

/// Formats a token stream for the templates.
pub(crate) fn text(tokens: &TokenStream) -> String {
    tokens.to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use super::super::tests::{get, item, plan};
    use super::{Scope, spelled};

    const LEAF: &str = "leaf: { type: object, properties: { vein: { type: object, properties: { cell: { type: object, properties: { a: { type: string } } } } } } }";

    /// How a file of this module names the types, and what it imports for that.
    fn named(module: &[&str]) -> (Vec<String>, Vec<String>) {
        let module: Vec<String> = module.iter().map(|name| (*name).to_owned()).collect();
        plan(&[&get("plants", "leaf")], &[LEAF], |plan| {
            let scope = Scope::new(plan, &module, BTreeSet::new());
            let names = ["Leaf", "Vein", "Cell"].map(|name| {
                let id = item(plan, name).id;
                spelled(&scope.named(id))
            });
            (names.to_vec(), scope.imports().0)
        })
    }

    #[test]
    fn a_type_is_named_from_the_module_of_the_file() {
        let (names, imports) = named(&["leaf"]);
        assert_eq!(names, ["Leaf", "Vein", "vein::Cell"]);
        assert!(imports.is_empty());
    }

    #[test]
    fn another_module_imports_resources_and_names_what_belongs_to_them_in_full() {
        let (names, imports) = named(&["plants"]);
        assert_eq!(
            names,
            ["Leaf", "crate::leaf::Vein", "crate::leaf::vein::Cell"]
        );
        assert_eq!(imports, ["Leaf"]);
    }

    #[test]
    fn a_name_of_the_file_itself_and_a_gated_item_are_not_imported() {
        plan(&[&get("plants", "leaf")], &[LEAF], |plan| {
            let module = ["plants".to_owned()];
            let scope = Scope::new(plan, &module, BTreeSet::from(["Leaf".to_owned()]));
            assert_eq!(spelled(&scope.root("Leaf")), "crate::Leaf");
            let gated = scope.gated(true, || spelled(&scope.root("Value")));
            assert_eq!(gated, "crate::Value");
            assert!(scope.imports().0.is_empty());
        });
    }

    #[test]
    fn callers_write_the_path_of_a_type_from_the_library_on() {
        let path = plan(&[&get("plants", "leaf")], &[LEAF], |plan| {
            let scope = Scope::outside(plan, HashMap::new());
            ["Leaf", "Cell"].map(|name| spelled(&scope.named(item(plan, name).id)))
        });
        assert_eq!(path, ["garden::Leaf", "garden::leaf::vein::Cell"]);
    }
}
