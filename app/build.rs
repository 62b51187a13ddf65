//! Turns `content/nl/` into Rust constants: a missing key doesn't compile, a word that the glossary lacks stops the build.
//!
//! `<capability>.toml`: every table a module, every key a constant. `{name}` in a text makes it a function; `[[id|text]]`
//! marks a glossary word and makes it a `Rich`. A table with `_by = "<enum>"` becomes one struct with an instance per
//! variant and a function from the enum to it; with `_by = "list"` an ordered list of (id, struct).
//! `_for = "ssr"` at the top of a file: only the server has these texts.
//! `<capability>.md`: HTML in `BODY`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a build script says what is wrong by stopping the build"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=content");
    let folder = root.join("content/nl");
    let mut files: BTreeMap<String, (Option<PathBuf>, Option<PathBuf>)> = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("content/nl is a folder") {
        let path = entry.expect("readable").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let slot = files.entry(name).or_default();
        match path.extension().and_then(|e| e.to_str()) {
            Some("toml") => slot.0 = Some(path),
            Some("md") => slot.1 = Some(path),
            _ => panic!("{}: neither .toml nor .md", path.display()),
        }
    }
    let mut code = String::new();
    for (name, (table, prose)) in &files {
        let mut module = Module::new(name);
        if let Some(path) = table {
            let text = fs::read_to_string(path).expect("a text file");
            let mut table: Table =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            module.feature = table
                .remove("_for")
                .map(|feature| feature.as_str().expect("`_for` names a feature").to_owned());
            module.table(&table);
        }
        if let Some(path) = prose {
            module.prose(path);
        }
        code.push_str(&module.finish());
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("content.rs"), code).expect("OUT_DIR is writable");
}

/// The code of one capability's texts, and the glossary words they use.
struct Module {
    path: Vec<String>,
    code: String,
    terms: BTreeSet<String>,
    /// Without this feature it isn't there.
    feature: Option<String>,
}

impl Module {
    fn new(name: &str) -> Module {
        Module { path: vec![name.to_owned()], code: String::new(), terms: BTreeSet::new(), feature: None }
    }

    fn finish(self) -> String {
        let terms: Vec<String> =
            self.terms.iter().map(|id| format!("&domain::glossary::terms::{}", id.to_uppercase())).collect();
        let only =
            self.feature.map_or_else(String::new, |feature| format!("#[cfg(feature = {feature:?})]\n"));
        format!(
            "{only}pub mod {} {{\n    #[allow(unused_imports)]\n    use crate::content::{{Piece, Rich}};\n{}    /// Glossary words that these texts use.\n    pub static TERMS: &[&domain::glossary::Term] = &[{}];\n}}\n",
            self.path[0],
            self.code,
            terms.join(", ")
        )
    }

    fn place(&self, key: &str) -> String {
        format!("{}.{key}", self.path.join("."))
    }

    fn table(&mut self, table: &Table) {
        if let Some(by) = table.get("_by").and_then(Value::as_str) {
            self.uniform(by, table);
            return;
        }
        for (key, value) in table {
            if let Value::Table(inner) = value {
                self.path.push(key.clone());
                writeln!(
                    self.code,
                    "pub mod {} {{\n    #[allow(unused_imports)]\n    use crate::content::{{Piece, Rich}};",
                    identifier(key)
                )
                .unwrap();
                self.table(inner);
                self.code.push_str("}\n");
                self.path.pop();
            } else {
                let constant = self.constant(key, value);
                writeln!(self.code, "{constant}").unwrap();
            }
        }
    }

    fn constant(&mut self, key: &str, value: &Value) -> String {
        if let Value::String(text) = value {
            let names = placeholders(text);
            if !names.is_empty() {
                assert!(
                    !text.contains("[["),
                    "{}: a text can't have both {{name}} and [[word]]",
                    self.place(key)
                );
                let arguments: Vec<String> =
                    names.iter().map(|name| format!("{name}: impl std::fmt::Display")).collect();
                return format!(
                    "/// {:?}\n#[must_use]\npub fn {}({}) -> String {{ format!({text:?}) }}",
                    text,
                    identifier(key),
                    arguments.join(", ")
                );
            }
        }
        let kind = Kind::of([value].into_iter(), &self.place(key));
        format!(
            "/// {:?}\npub const {}: {} = {};",
            preview(value),
            key.to_uppercase(),
            kind.rust_type(),
            self.literal(key, value, kind)
        )
    }

    /// All children of the table have the same keys: one struct, one instance each.
    fn uniform(&mut self, by: &str, table: &Table) {
        let children: Vec<(&String, &Table)> = table
            .iter()
            .filter(|(key, _)| *key != "_by")
            .map(|(key, value)| {
                (key, value.as_table().unwrap_or_else(|| panic!("{}: not a table", self.place(key))))
            })
            .collect();
        let keys: BTreeSet<&String> = children.iter().flat_map(|(_, child)| child.keys()).collect();
        let mut fields = Vec::new();
        for key in keys {
            let place = self.place(key);
            let values = children.iter().map(|(name, child)| {
                child.get(key).unwrap_or_else(|| panic!("{}.{name}: `{key}` is missing", self.path.join(".")))
            });
            fields.push((key, Kind::of(values, &place)));
        }
        let declared: Vec<String> = fields
            .iter()
            .map(|(key, kind)| format!("    pub {}: {},", identifier(key), kind.rust_type()))
            .collect();
        writeln!(
            self.code,
            "/// The texts of one of them.\n#[derive(Debug)]\npub struct Texts {{\n{}\n}}",
            declared.join("\n")
        )
        .unwrap();
        let mut arms = Vec::new();
        for (name, child) in &children {
            self.path.push((*name).clone());
            let values: Vec<String> = fields
                .iter()
                .map(|(key, kind)| format!("{}: {}", identifier(key), self.literal(key, &child[*key], *kind)))
                .collect();
            self.path.pop();
            writeln!(
                self.code,
                "pub static {}: Texts = Texts {{ {} }};",
                name.to_uppercase(),
                values.join(", ")
            )
            .unwrap();
            arms.push(if by == "list" {
                format!("({name:?}, &{})", name.to_uppercase())
            } else {
                format!("{by}::{} => &{}", camel(name), name.to_uppercase())
            });
        }
        if by == "list" {
            writeln!(
                self.code,
                "/// All of them, by id.\npub static ALL: &[(&str, &Texts)] = &[{}];",
                arms.join(", ")
            )
            .unwrap();
        } else {
            writeln!(self.code, "/// The texts that go with it.\n#[must_use]\npub fn of(it: {by}) -> &'static Texts {{ match it {{ {} }} }}", arms.join(", ")).unwrap();
        }
    }

    fn literal(&mut self, key: &str, value: &Value, kind: Kind) -> String {
        match (kind, value) {
            (Kind::Plain, Value::String(text)) => format!("{text:?}"),
            (Kind::Rich, Value::String(text)) => self.rich(key, text),
            (Kind::Plains, Value::Array(texts)) => {
                let list: Vec<String> =
                    texts.iter().map(|text| format!("{:?}", text.as_str().unwrap_or_default())).collect();
                format!("&[{}]", list.join(", "))
            }
            (Kind::Riches, Value::Array(texts)) => {
                let list: Vec<String> =
                    texts.iter().map(|text| self.rich(key, text.as_str().unwrap_or_default())).collect();
                format!("&[{}]", list.join(", "))
            }
            (Kind::Pairs, Value::Table(pairs)) => {
                let list: Vec<String> = pairs
                    .iter()
                    .map(|(id, text)| format!("({id:?}, {:?})", text.as_str().unwrap_or_default()))
                    .collect();
                format!("&[{}]", list.join(", "))
            }
            _ => panic!("{}: another kind of text than its siblings", self.place(key)),
        }
    }

    fn rich(&mut self, key: &str, text: &str) -> String {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, marked)) = rest.split_once("[[") {
            let (mark, after) =
                marked.split_once("]]").unwrap_or_else(|| panic!("{}: [[ without ]]", self.place(key)));
            let (id, shown) =
                mark.split_once('|').unwrap_or_else(|| panic!("{}: [[{mark}]] has no |", self.place(key)));
            self.use_term(id, key);
            if !before.is_empty() {
                pieces.push(format!("Piece::Text({before:?})"));
            }
            let (closing, after) = closing_marks(after);
            pieces.push(format!("Piece::Term({id:?}, {shown:?}, {closing:?})"));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(format!("Piece::Text({rest:?})"));
        }
        format!("Rich(&[{}])", pieces.join(", "))
    }

    fn use_term(&mut self, id: &str, key: &str) {
        let known = domain::glossary::ALL.iter().any(|term| term.id == id);
        assert!(known, "{}: the glossary has no word {id:?}", self.place(key));
        self.terms.insert(id.to_owned());
    }

    fn prose(&mut self, path: &Path) {
        let source = fs::read_to_string(path).expect("a text file");
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(&source, pulldown_cmark::Options::ENABLE_TABLES),
        );
        let mut rendered = String::new();
        let mut rest = html.as_str();
        while let Some((before, marked)) = rest.split_once("[[") {
            let (mark, after) =
                marked.split_once("]]").unwrap_or_else(|| panic!("{}: [[ without ]]", path.display()));
            let (id, shown) =
                mark.split_once('|').unwrap_or_else(|| panic!("{}: [[{mark}]] has no |", path.display()));
            self.use_term(id, "md");
            // The same markup as `ui::words` renders.
            let (closing, after) = closing_marks(after);
            let word = format!(
                "<button type=\"button\" class=\"term\" popovertarget=\"term-{id}\">{shown}</button>"
            );
            rendered.push_str(before);
            if closing.is_empty() {
                rendered.push_str(&word);
            } else {
                write!(rendered, "<span>{word}{closing}</span>").unwrap();
            }
            rest = after;
        }
        rendered.push_str(rest);
        writeln!(self.code, "/// The long text, as HTML.\npub const BODY: &str = {rendered:?};").unwrap();
    }
}

/// What a text is in Rust.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Kind {
    Plain,
    Rich,
    Plains,
    Riches,
    Pairs,
}

impl Kind {
    fn of<'a>(values: impl Iterator<Item = &'a Value>, place: &str) -> Kind {
        values
            .map(|value| match value {
                Value::String(text) if text.contains("[[") => Kind::Rich,
                Value::String(_) => Kind::Plain,
                Value::Array(texts)
                    if texts.iter().any(|text| text.as_str().is_some_and(|text| text.contains("[["))) =>
                {
                    Kind::Riches
                }
                Value::Array(_) => Kind::Plains,
                Value::Table(_) => Kind::Pairs,
                other => panic!("{place}: {other} is no text"),
            })
            .fold(Kind::Plain, |widest, kind| if kind > widest { kind } else { widest })
    }

    fn rust_type(self) -> &'static str {
        match self {
            Kind::Plain => "&'static str",
            Kind::Rich => "Rich",
            Kind::Plains => "&'static [&'static str]",
            Kind::Riches => "&'static [Rich]",
            Kind::Pairs => "&'static [(&'static str, &'static str)]",
        }
    }
}

/// The names between braces, each once, in order.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// What closes a word or a sentence stays on the line of the word before it: a browser may break after a button.
fn closing_marks(text: &str) -> (&str, &str) {
    let is_closing = |c: char| ",.;:?!)”’…".contains(c);
    text.split_at(text.find(|c: char| !is_closing(c)).unwrap_or(text.len()))
}

fn preview(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(80).collect::<String>().replace('\n', " ")
}

fn identifier(key: &str) -> String {
    if ["continue", "type", "final", "match", "move", "in", "as", "use", "where", "loop", "for", "if", "else"]
        .contains(&key)
    {
        format!("r#{key}")
    } else {
        key.to_owned()
    }
}

/// `integral_assessment` → `IntegralAssessment`.
fn camel(words: &str) -> String {
    words
        .split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
