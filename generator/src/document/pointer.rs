//! JSON pointers (RFC 6901).

use std::fmt;

/// A place in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// Returns a pointer from its text.
    pub(crate) fn root(pointer: &str) -> Self {
        Self(pointer.to_owned())
    }

    /// Returns the place that a reference within the document points to.
    pub(crate) fn of_reference(reference: &str) -> Option<Self> {
        let tokens = tokens(reference)?;
        Some(
            tokens
                .iter()
                .fold(Self::root(""), |place, token| place.key(token)),
        )
    }

    /// Returns the pointer to a property of this object.
    pub(crate) fn key(&self, key: &str) -> Self {
        let mut pointer = self.0.clone();
        pointer.push('/');
        for character in key.chars() {
            match character {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                other => pointer.push(other),
            }
        }
        Self(pointer)
    }

    /// Returns the component at this place, or around it.
    pub(crate) fn component(&self) -> Option<&str> {
        let rest = self.0.strip_prefix("/components/schemas/")?;
        rest.split('/').next()
    }

    /// Returns true if this place is inside of `outer`.
    pub(crate) fn is_below(&self, outer: &Self) -> bool {
        let rest = self.0.strip_prefix(&outer.0);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the pointer to an item of this list.
    pub(crate) fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the unescaped tokens of a reference within the document.
pub(crate) fn tokens(reference: &str) -> Option<Vec<String>> {
    let pointer = reference.strip_prefix("#/")?;
    Some(
        pointer
            .split('/')
            .map(|token| unescaped(&percent_decoded(token)))
            .collect(),
    )
}

/// Returns the name of the component that a reference points to, if it is in this section.
pub(super) fn component(reference: &str, section: &str) -> Option<String> {
    match tokens(reference)?.as_mut_slice() {
        [components, of, name] if components == "components" && of == section => {
            Some(std::mem::take(name))
        }
        _ => None,
    }
}

/// Unescapes a token of a pointer.
pub(crate) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Decodes percent escapes. A reference is a URL, so it may escape any character.
pub(super) fn percent_decoded(token: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = token.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn escapes_of_pointers_and_of_urls_are_decoded() {
        let found = tokens("#/paths/~1pets~1{id}/a~01b%20c%zz");
        let expected = ["paths", "/pets/{id}", "a~1b c%zz"];
        assert_eq!(
            found.as_deref(),
            Some(expected.map(str::to_owned).as_slice())
        );
        assert_eq!(tokens("other.yaml#/a"), None);
    }
}
