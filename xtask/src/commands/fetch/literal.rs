//! Reads the document in a JavaScript module as text. Nothing is executed: the export has to be a literal, and everything
//! else is refused with its line.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

/// The limit of `serde_json` is similar.
const MAX_DEPTH: usize = 120;

/// Returns the exported literal as JSON, its keys in the order of the text: the default export, or else `openapi`.
pub(super) fn json(module: &str) -> Result<String> {
    let mut reader = Reader {
        text: module,
        at: 0,
    };
    let exports = reader
        .module()
        .with_context(|| format!("line {}", reader.line()))
        .context(
            "its document is not a plain literal, and nothing of a package is executed. Save the document as JSON and \
             pass the file to --from",
        )?;
    let document = ["default", "exports", "openapi"]
        .iter()
        .find_map(|name| exports.get(*name));
    Ok(document.context("the module exports no object")?.clone())
}

struct Reader<'a> {
    text: &'a str,
    /// A byte offset.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Returns the exports by their names. `export default openapi` exports the literal of that name.
    fn module(&mut self) -> Result<BTreeMap<&'a str, String>> {
        let mut known = BTreeMap::new();
        loop {
            while self.take(";") {}
            let Some(first) = self.peek() else {
                return Ok(known);
            };
            if matches!(first, '\'' | '"') {
                // "use strict"
                self.string()?;
                continue;
            }
            let exported = self.take_word("export");
            if exported && self.take_word("default") {
                let default = self.default_export(&known)?;
                known.insert("default", default);
                continue;
            }
            let is_declared = ["const", "let", "var"]
                .iter()
                .any(|word| self.take_word(word));
            // `module.exports = …` and `exports.default = …` are how CommonJS exports.
            let is_assigned = !exported
                && !is_declared
                && (self.take_word("module") || self.take_word("exports"))
                && self.take(".");
            ensure!(
                is_declared || is_assigned,
                "a declaration or an export is expected"
            );
            let name = self.word().context("a name is expected")?;
            ensure!(self.take("="), "`=` is expected");
            let value = self.object_or_array()?;
            known.insert(name, value);
        }
    }

    fn default_export(&mut self, known: &BTreeMap<&str, String>) -> Result<String> {
        match self.word() {
            Some(name) => {
                let value = known.get(name);
                Ok(value
                    .with_context(|| format!("`{name}` is not a literal of this module"))?
                    .clone())
            }
            None => self.object_or_array(),
        }
    }

    fn object_or_array(&mut self) -> Result<String> {
        let mut json = String::new();
        ensure!(
            matches!(self.peek(), Some('{' | '[')),
            "an object literal is expected"
        );
        self.value(&mut json, 0)?;
        Ok(json)
    }

    fn value(&mut self, json: &mut String, depth: usize) -> Result<()> {
        ensure!(depth < MAX_DEPTH, "it is nested more than {MAX_DEPTH} deep");
        match self.peek().context("the text is incomplete")? {
            '{' => self.members(json, depth, '}'),
            '[' => self.members(json, depth, ']'),
            '\'' | '"' | '`' => {
                json.push_str(&self.string()?);
                Ok(())
            }
            first if first == '-' || first.is_ascii_digit() => {
                json.push_str(&self.number()?);
                Ok(())
            }
            _ => match self.word() {
                Some(word @ ("true" | "false" | "null")) => {
                    json.push_str(word);
                    Ok(())
                }
                Some(word) => bail!("`{word}` is not a literal"),
                None => bail!("a literal is expected"),
            },
        }
    }

    /// Reads the members between braces or brackets; a comma may follow the last member.
    fn members(&mut self, json: &mut String, depth: usize, end: char) -> Result<()> {
        let open = self.peek().unwrap_or_default();
        self.at += open.len_utf8();
        json.push(open);
        let mut is_first = true;
        while !self.take(end.encode_utf8(&mut [0; 4])) {
            if !is_first {
                json.push(',');
            }
            is_first = false;
            if end == '}' {
                self.key(json)?;
            }
            self.value(json, depth + 1)?;
            ensure!(
                self.take(",") || self.peek() == Some(end),
                "`,` or `{end}` is expected"
            );
        }
        json.push(end);
        Ok(())
    }

    fn key(&mut self, json: &mut String) -> Result<()> {
        let key = match self.peek() {
            Some('\'' | '"') => self.string()?,
            Some(first) if first.is_ascii_digit() => {
                let number = self.number()?;
                let is_plain = number
                    .parse()
                    .is_ok_and(|plain: u32| plain.to_string() == number);
                ensure!(is_plain, "the key `{number}` is not a plain number");
                quoted(&number)
            }
            _ => quoted(self.word().context("a plain key is expected")?),
        };
        json.push_str(&key);
        json.push(':');
        ensure!(self.take(":"), "`:` is expected after the key {key}");
        Ok(())
    }

    /// Reads a number, and returns it as JSON: JavaScript allows `_` between digits.
    fn number(&mut self) -> Result<String> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !"+-._$".contains(c))
            .unwrap_or(rest.len());
        let number = rest[..end].replace('_', "");
        let is_json = serde_json::from_str::<serde_json::Number>(&number).is_ok();
        ensure!(is_json, "`{number}` is not a JSON number");
        self.at += end;
        Ok(number)
    }

    /// Reads a string, and returns it as JSON with quotation marks.
    fn string(&mut self) -> Result<String> {
        let mark = self.peek().unwrap_or_default();
        self.at += mark.len_utf8();
        let mut json = String::from("\"");
        loop {
            let rest = &self.text[self.at..];
            let next = rest.chars().next().context("a string does not end")?;
            self.at += next.len_utf8();
            match next {
                _ if next == mark => break,
                '\\' => self.escape(&mut json)?,
                '\n' | '\r' if mark != '`' => bail!("a string does not end on its line"),
                '$' if mark == '`' && rest.starts_with("${") => {
                    bail!("a template with `${{…}}` is not a literal")
                }
                other => push_escaped(&mut json, other),
            }
        }
        json.push('"');
        Ok(json)
    }

    /// Reads the rest of an escape after the backslash.
    fn escape(&mut self, json: &mut String) -> Result<()> {
        let next = self.text[self.at..]
            .chars()
            .next()
            .context("a string does not end")?;
        self.at += next.len_utf8();
        match next {
            'n' | 'r' | 't' | 'b' | 'f' => json.extend(['\\', next]),
            'v' => push_escaped(json, '\u{b}'),
            '0' if !self.text[self.at..].starts_with(|c: char| c.is_ascii_digit()) => {
                push_escaped(json, '\0');
            }
            '0'..='9' => bail!("`\\{next}` is not an escape of a literal"),
            'x' => {
                let code = self.hexadecimal(2)?;
                json.push_str(&format!("\\u00{code}"));
            }
            'u' if self.text[self.at..].starts_with('{') => {
                let rest = &self.text[self.at + 1..];
                let end = rest.find('}').context("`\\u{` does not end")?;
                let code = u32::from_str_radix(&rest[..end], 16).ok();
                let letter = code.and_then(char::from_u32);
                push_escaped(json, letter.context("`\\u{…}` names no character")?);
                self.at += end + 2;
            }
            // Two of these can be a surrogate pair, which JSON writes in the same way.
            'u' => {
                let code = self.hexadecimal(4)?;
                json.push_str(&format!("\\u{code}"));
            }
            '\r' if self.text[self.at..].starts_with('\n') => self.at += 1,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {}
            other => push_escaped(json, other),
        }
        Ok(())
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<&'a str> {
        let code = self.text.get(self.at..self.at + digits);
        let code = code.filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        self.at += digits;
        code.with_context(|| format!("{digits} hexadecimal digits are expected"))
    }

    fn word(&mut self) -> Option<&'a str> {
        self.skip();
        let rest = &self.text[self.at..];
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.at += end;
        Some(word)
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let before = self.at;
        let take = self.word() == Some(wanted);
        if !take {
            self.at = before;
        }
        take
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        let take = self.text[self.at..].starts_with(sign);
        if take {
            self.at += sign.len();
        }
        take
    }

    fn peek(&mut self) -> Option<char> {
        self.skip();
        self.text[self.at..].chars().next()
    }

    /// Skips white space and comments.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest
                .find(|c: char| !c.is_whitespace() && c != '\u{feff}')
                .unwrap_or(rest.len());
            let comment = &rest[blank..];
            let end = if comment.starts_with("//") {
                comment.find(['\n', '\r'])
            } else if let Some(inner) = comment.strip_prefix("/*") {
                inner.find("*/").map(|end| end + 4)
            } else {
                self.at += blank;
                return;
            };
            self.at += blank + end.unwrap_or(comment.len());
        }
    }

    fn line(&self) -> usize {
        let read = &self.text.as_bytes()[..self.at.min(self.text.len())];
        1 + read.iter().filter(|byte| **byte == b'\n').count()
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn push_escaped(json: &mut String, letter: char) {
    match letter {
        '"' | '\\' => json.extend(['\\', letter]),
        control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
        other => json.push(other),
    }
}
