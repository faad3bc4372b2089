//! What generated files offer, without docs and bodies: an outline to read, and the paths of all public items.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::Generated;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Fields, ImplItem, Item, UseTree, Visibility};

/// Every file's public items, as Rust without docs, derives and bodies.
pub fn outline(generated: &Generated) -> String {
    let mut text = String::new();
    for (path, source) in &generated.files {
        let file = parse(path, source);
        let items: Vec<Item> = file.items.into_iter().filter_map(shown).collect();
        if items.is_empty() {
            continue;
        }
        text.push_str(&format!("// {}\n", path.display()));
        for item in items {
            text.push_str(&print(item));
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

fn parse(path: &Path, source: &str) -> syn::File {
    syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The item as the outline has it; nothing where it is not public.
fn shown(mut item: Item) -> Option<Item> {
    Bare.visit_item_mut(&mut item);
    match &mut item {
        Item::Impl(block) => {
            let of_trait = block.trait_.is_some();
            block.items.retain(|item| {
                of_trait || matches!(item, ImplItem::Fn(method) if is_public(&method.vis))
            });
            (!block.items.is_empty()).then_some(item)
        }
        Item::Use(used) => is_public(&used.vis).then_some(item),
        Item::Struct(definition) => is_public(&definition.vis).then_some(item),
        _ => Some(item),
    }
}

/// Takes away what an outline leaves out.
struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| {
            ["cfg", "deprecated"]
                .iter()
                .any(|kept| attribute.path().is_ident(kept))
        });
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_fields_named_mut(&mut self, fields: &mut syn::FieldsNamed) {
        let public = std::mem::take(&mut fields.named);
        fields.named = public
            .into_iter()
            .filter(|field| is_public(&field.vis))
            .collect();
        visit_mut::visit_fields_named_mut(self, fields);
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn print(item: Item) -> String {
    if let Item::Macro(call) = &item {
        return print_call(call);
    }
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    prettyplease::unparse(&file).replace(" {}\n", ";\n")
}

/// The wire code of a type: what JSON calls its parts, and when they are there.
fn print_call(call: &syn::ItemMacro) -> String {
    let mut text: String = call
        .attrs
        .iter()
        .map(|attribute| tidy(&attribute.to_token_stream().to_string()) + "\n")
        .collect();
    let name = tidy(&call.mac.path.to_token_stream().to_string());
    text.push_str(&format!(
        "{name}! {{ {} }}\n",
        tidy(&call.mac.tokens.to_string())
    ));
    text
}

/// Token streams are printed with a blank around every sign.
fn tidy(tokens: &str) -> String {
    let mut text = tokens.replace('\n', " ");
    for (spaced, tight) in [
        (" :: ", "::"),
        (" ,", ","),
        (" < ", "<"),
        (" >", ">"),
        (" (", "("),
        ("# [", "#["),
        (" : ", ": "),
        ("[ ", "["),
        (" ]", "]"),
        ("( ", "("),
        (" )", ")"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

/// What a path of the client names.
pub type Paths = BTreeMap<String, String>;

/// Every path by which a caller can name something, and what is there: `locks::LockDoor` is a `struct`.
///
/// Members stand below their type, `device::Device::name`; what is set on a request below its type too. An alias
/// offers all that its target does.
pub fn paths(generated: &Generated) -> Paths {
    Read::all(generated).resolved()
}

/// The names of one shape, module by module: those by its places, and where these have a name together, that too.
pub fn names_of_one_shape(generated: &Generated) -> Vec<BTreeSet<String>> {
    let read = Read::all(generated);
    let mut groups: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for alias in read.aliases.keys() {
        let target = read.target(alias);
        for name in [target, alias.as_str()] {
            let module = name.rsplit_once("::").map_or("", |(module, _)| module);
            let group = groups.entry((target, module)).or_default();
            group.insert(name.to_owned());
        }
    }
    groups.into_values().collect()
}

#[derive(Default)]
struct Read {
    found: Paths,
    /// What is named by another path.
    aliases: BTreeMap<String, String>,
}

impl Read {
    fn all(generated: &Generated) -> Self {
        let mut read = Self::default();
        for (path, source) in &generated.files {
            let mut module: Vec<String> = path
                .with_extension("")
                .iter()
                .map(|segment| segment.to_string_lossy().into_owned())
                .collect();
            if module == ["mod"] {
                module.clear();
            }
            read.file(&module, parse(path, source));
        }
        read
    }

    /// What an alias names in the end.
    fn target<'a>(&'a self, alias: &'a str) -> &'a str {
        let mut target = alias;
        let mut seen = BTreeSet::new();
        while let Some(next) = self.aliases.get(target).filter(|_| seen.insert(target)) {
            target = next;
        }
        target
    }

    fn file(&mut self, module: &[String], file: syn::File) {
        for item in file.items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => {
                    let own = join(module, &item.ident.to_string());
                    self.found.insert(own.clone(), "struct".to_owned());
                    for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                        if let Some(name) = &field.ident {
                            self.found
                                .insert(format!("{own}::{name}"), "field".to_owned());
                        }
                    }
                }
                Item::Enum(item) => {
                    let own = join(module, &item.ident.to_string());
                    self.found.insert(own.clone(), "enum".to_owned());
                    for variant in item.variants {
                        let kind = match variant.fields {
                            Fields::Unit => "variant",
                            _ => "variant that holds something",
                        };
                        self.found
                            .insert(format!("{own}::{}", variant.ident), kind.to_owned());
                    }
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let of = owner(&item.self_ty);
                    for member in item.items {
                        if let ImplItem::Fn(method) = member
                            && is_public(&method.vis)
                        {
                            let path = format!("{}::{}()", join(module, &of), method.sig.ident);
                            self.found
                                .insert(path, format!("fn of {}", method.sig.inputs.len()));
                        }
                    }
                }
                Item::Use(item) if is_public(&item.vis) => {
                    self.alias(module, &mut Vec::new(), &item.tree)
                }
                Item::Type(item) if is_public(&item.vis) => {
                    self.found
                        .insert(join(module, &item.ident.to_string()), "type".to_owned());
                }
                Item::Macro(call) => self.macro_call(module, &call),
                _ => {}
            }
        }
    }

    fn alias(&mut self, module: &[String], above: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                above.push(path.ident.to_string());
                self.alias(module, above, &path.tree);
                above.pop();
            }
            UseTree::Name(name) => self.note(
                module,
                above,
                &name.ident.to_string(),
                &name.ident.to_string(),
            ),
            UseTree::Rename(name) => self.note(
                module,
                above,
                &name.ident.to_string(),
                &name.rename.to_string(),
            ),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.alias(module, above, tree);
                }
            }
            // The ids: their macro calls note them at the root.
            UseTree::Glob(_) => {}
        }
    }

    fn note(&mut self, module: &[String], above: &[String], name: &str, alias: &str) {
        // What the runtime has is not in the generated files.
        if above == ["crate", "attempt"] {
            self.found
                .insert(join(module, alias), "of the runtime".to_owned());
            return;
        }
        let target = match above.split_first() {
            Some((first, rest)) if first == "self" => join(&[module, rest].concat(), name),
            Some((first, rest)) if first == "crate" => join(rest, name),
            // At the root, where a module stands for itself.
            _ => join(above, name),
        };
        self.aliases.insert(join(module, alias), target);
    }

    /// Ids, and what all branches of a union share, are declared by their macro calls.
    fn macro_call(&mut self, module: &[String], call: &syn::ItemMacro) {
        let name = call
            .mac
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        let tokens = call.mac.tokens.to_string();
        match name.as_deref() {
            // What is no name stands in the brackets of an attribute.
            Some("ids") => {
                for token in call.mac.tokens.clone() {
                    if let TokenTree::Ident(id) = token {
                        self.found.insert(id.to_string(), "id".to_owned());
                    }
                }
            }
            Some("union") => {
                let own = tokens.split_whitespace().next().unwrap_or_default();
                let shared = tokens
                    .split_once("} shared {")
                    .map_or("", |(_, shared)| shared);
                for line in shared.split(" , ") {
                    let words: Vec<&str> = line.split(" : ").collect();
                    if let [field, ty] = words.as_slice() {
                        let accessor = field.rsplit([' ', ']']).next().unwrap_or_default();
                        let path = format!("{}::{accessor}()", join(module, own));
                        assert!(!ty.is_empty());
                        self.found.insert(path, "shared".to_owned());
                    }
                }
            }
            _ => {}
        }
    }

    fn resolved(self) -> Paths {
        let mut all = self.found.clone();
        for alias in self.aliases.keys() {
            let target = self.target(alias);
            let below = format!("{target}::");
            assert!(
                self.found.contains_key(target),
                "{alias} names {target}, which is not there"
            );
            for (path, kind) in &self.found {
                if *path == target {
                    all.insert(alias.clone(), kind.clone());
                } else if let Some(member) = path.strip_prefix(&below) {
                    all.insert(format!("{alias}::{member}"), kind.clone());
                }
            }
        }
        all
    }
}

fn join(module: &[String], name: &str) -> String {
    let mut path = module.to_vec();
    path.push(name.to_owned());
    path.join("::")
}

/// The type an `impl` is of: for `Request<LockDoor>` what is requested.
fn owner(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string();
    let inner = text
        .strip_prefix("Request < ")
        .and_then(|rest| rest.strip_suffix(" >"));
    inner.unwrap_or(&text).to_owned()
}
