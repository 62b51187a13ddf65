//! All Dutch text that can reach a parent or a helper, section by section, from the files in which it stands.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// A part of a file: a table, or what stands below a heading.
pub struct Section {
    /// The file, and the part of it.
    pub name: String,
    /// Words as they are read: without marks, and with something where the page fills something in.
    pub texts: Vec<String>,
}

/// Everything in `content/nl`, and the meanings of the glossary.
pub fn sections() -> Vec<Section> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut files: Vec<_> = fs::read_dir(root.join("content/nl"))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    files.push(root.join("domain/rules/glossary.toml"));
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).expect("a text");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|it| it == "md") {
            prose(&name, &text, &mut found);
        } else {
            table(&name, &toml::from_str(&text).expect("a table"), &mut found);
        }
    }
    found.retain(|section| !section.texts.is_empty());
    found
}

fn table(name: &str, table: &Table, found: &mut Vec<Section>) {
    let mut section = Section { name: name.to_owned(), texts: Vec::new() };
    for (key, value) in table {
        // What begins so tells the build something; sources are titles of others; ids and addresses aren't read.
        if key.starts_with('_')
            || ["source", "id", "href", "also", "term", "short", "terms"].contains(&key.as_str())
        {
            continue;
        }
        match value {
            Value::String(text) => section.texts.push(read(text)),
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::String(text) => section.texts.push(read(text)),
                        Value::Table(inner) => self::table(&format!("{name}.{key}"), inner, found),
                        _ => {}
                    }
                }
            }
            Value::Table(inner) => self::table(&format!("{name}.{key}"), inner, found),
            _ => {}
        }
    }
    found.push(section);
}

fn prose(name: &str, text: &str, found: &mut Vec<Section>) {
    for part in text.split("\n## ").filter(|part| !part.trim().is_empty()) {
        let (heading, rest) = part.split_once('\n').unwrap_or((part, ""));
        let lines = rest.split("\n").map(|line| line.trim_start_matches(['-', '#', ' ', '*', '>']).trim());
        // A source stands as others wrote it.
        let texts = lines.filter(|line| !line.is_empty() && !line.starts_with("Bron: ")).map(read).collect();
        found.push(Section { name: format!("{name}: {}", heading.trim_start_matches("## ")), texts });
    }
}

/// A text without its marks: `[[id|words]]`, `{name}`, `[words](address)`, `**words**`.
fn read(text: &str) -> String {
    let mut rest = text.replace("**", "");
    for (open, between, close) in [("[[", "|", "]]"), ("[", "](", ")")] {
        while let Some((before, marked)) = rest.split_once(open).map(|(a, b)| (a.to_owned(), b.to_owned())) {
            let Some((inside, after)) = marked.split_once(close) else { break };
            let (left, right) = inside.split_once(between).unwrap_or((inside, inside));
            let shown = if open == "[[" { right } else { left };
            rest = format!("{before}{shown}{after}");
        }
    }
    while let Some((before, after)) = rest.split_once('{').map(|(a, b)| (a.to_owned(), b.to_owned())) {
        let Some((_, after)) = after.split_once('}') else { break };
        rest = format!("{before}drie{after}");
    }
    rest
}

#[test]
fn marks_are_read_as_the_words_that_they_show() {
    assert_eq!(
        read("Na [[uht|Herstel Toeslagen]] heeft u {days} dagen, [hier](https://x.nl)."),
        "Na Herstel Toeslagen heeft u drie dagen, hier."
    );
}
