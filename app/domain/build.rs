//! Turns `rules/` into Rust constants, so that no parser reaches the phone. A file that breaks the format stops the
//! build with its name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a build script says what is wrong by stopping the build"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use sha2::{Digest, Sha256};

fn main() {
    let rules = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("rules");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=rules");
    let write = |name: &str, text: String| fs::write(out.join(name), text).expect("OUT_DIR is writable");
    write("parameters.rs", parameters(&rules));
    write("glossary.rs", glossary(&read(&rules.join("glossary.toml"))));
    write("chooser.rs", chooser(&read(&rules.join("chooser/graph.toml"))));
    write("families.rs", families(&read(&rules.join("families.toml"))));
    write("rules.rs", rule_set(&rules));
}

// ---- parameters ---------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    unit: String,
    selected_by: SelectedBy,
    name: String,
    value: Vec<DatedValue>,
}

/// Which date picks the value.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "snake_case")]
enum SelectedBy {
    On,
    ReferenceDate,
    NoticeReceivedOn,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedValue {
    from: toml::value::Datetime,
    value: Option<toml::Value>,
    low: Option<i64>,
    high: Option<i64>,
    certainty: Certainty,
    checked_on: toml::value::Datetime,
    note: Option<String>,
    source: Vec<Source>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
enum Certainty {
    Fixed,
    Derived,
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    title: String,
    href: Option<String>,
    /// The words that it rests on, for who checks the file; no page shows them.
    #[serde(rename = "quote")]
    _quote: Option<String>,
}

/// One module per scheme, one constant per parameter, and `ALL`.
fn parameters(rules: &Path) -> String {
    let mut schemes: BTreeMap<String, BTreeMap<String, ParameterFile>> = BTreeMap::new();
    for path in parameter_files(rules) {
        let parameter = read(&path);
        let scheme = path.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned());
        schemes.entry(scheme.unwrap_or_default()).or_default().insert(name.unwrap_or_default(), parameter);
    }
    let mut code = String::new();
    let mut all = Vec::new();
    for (scheme, files) in &schemes {
        writeln!(code, "pub mod {scheme} {{\n    #[allow(unused_imports)]\n    use crate::{{parameter::*, calendar::Date, money::{{Cents, Ppm}}, range::Range}};").unwrap();
        for (name, file) in files {
            let id = format!("{scheme}/{name}");
            let constant = name.to_uppercase();
            writeln!(
                code,
                "    /// {}.\n    pub static {constant}: Parameter<{}> = Parameter::new(&{constant}_ENTRY);\n    pub static {constant}_ENTRY: Entry = {};",
                file.name.replace('\n', " "),
                value_type(&id, file),
                entry(&id, file)
            )
            .unwrap();
            all.push(format!("&{scheme}::{constant}_ENTRY"));
        }
        code.push_str("}\n");
    }
    writeln!(
        code,
        "/// Every parameter, by id.\npub static ALL: &[&crate::parameter::Entry] = &[{}];",
        all.join(", ")
    )
    .unwrap();
    code
}

fn is_between(file: &ParameterFile) -> bool {
    file.value.iter().any(|value| value.low.is_some() || value.high.is_some())
}

fn value_type(id: &str, file: &ParameterFile) -> &'static str {
    match (file.unit.as_str(), is_between(file)) {
        ("eurocent", false) => "Cents",
        ("eurocent", true) => "Range",
        ("ppm", false) => "Ppm",
        ("month" | "week" | "day" | "half_year" | "year" | "age" | "count", false) => "u32",
        ("month" | "week" | "day" | "half_year" | "year" | "age" | "count", true) => "(u32, u32)",
        ("date", false) => "Date",
        ("dates", false) => "&'static [Date]",
        ("eurocent_by_age", false) => "&'static [AgeBand]",
        ("availability", false) => "Availability",
        ("phone", false) => "&'static str",
        (unit, _) => panic!("{id}: unknown unit {unit}, or a unit that takes no low and high"),
    }
}

fn entry(id: &str, file: &ParameterFile) -> String {
    let values: Vec<String> = file.value.iter().map(|value| dated(id, file, value)).collect();
    let mut days: Vec<String> = file.value.iter().map(|value| value.from.to_string()).collect();
    days.dedup();
    assert!(!values.is_empty(), "{id}: no value");
    assert!(
        days.is_sorted() && days.len() == values.len(),
        "{id}: values stand in the order of `from`, each day once"
    );
    format!(
        "Entry {{ id: {id:?}, name: {:?}, unit: Unit::{}, selected_by: SelectedBy::{:?}, values: &[{}] }}",
        file.name,
        camel(&file.unit),
        file.selected_by,
        values.join(", ")
    )
}

fn dated(id: &str, file: &ParameterFile, dated: &DatedValue) -> String {
    let value = value(id, file, dated);
    assert_eq!(
        value.is_none(),
        dated.certainty == Certainty::Unknown,
        "{id}: unknown means no value, and no value unknown"
    );
    assert!(!dated.source.is_empty(), "{id}: every value names a source");
    format!(
        "Dated {{ from: {}, value: {}, certainty: Certainty::{:?}, checked_on: {}, note: {:?}, sources: {} }}",
        date(id, &dated.from),
        value.map_or("None".to_owned(), |value| format!("Some(Value::{value})")),
        dated.certainty,
        date(id, &dated.checked_on),
        dated.note,
        sources(&dated.source)
    )
}

fn value(id: &str, file: &ParameterFile, dated: &DatedValue) -> Option<String> {
    if is_between(file) {
        let (low, high) = (dated.low?, dated.high?);
        assert!(low <= high, "{id}: low is above high");
        return Some(match file.unit.as_str() {
            "eurocent" => format!("CentsBetween(Range {{ low: Cents({low}), high: Cents({high}) }})"),
            _ => format!("CountBetween({low}, {high})"),
        });
    }
    let value = dated.value.as_ref()?;
    let whole =
        || value.as_integer().filter(|n| *n >= 0).unwrap_or_else(|| panic!("{id}: not a whole number"));
    Some(match file.unit.as_str() {
        "eurocent" => format!("Cents(Cents({}))", whole()),
        "ppm" => format!("Ppm(Ppm({}))", whole()),
        "date" => {
            let day = value.as_datetime().map(ToString::to_string).or(value.as_str().map(str::to_owned));
            format!("Date({})", date_text(id, &day.unwrap_or_else(|| panic!("{id}: not a date"))))
        }
        "dates" => {
            let days = value.as_array().unwrap_or_else(|| panic!("{id}: not a list of dates"));
            let days: Vec<String> = days.iter().map(|day| date_text(id, &day.to_string())).collect();
            format!("Dates(&[{}])", days.join(", "))
        }
        "eurocent_by_age" => {
            let bands = value.as_array().unwrap_or_else(|| panic!("{id}: not a list of ages"));
            let number = |band: &toml::Value, key: &str| {
                band.get(key).and_then(toml::Value::as_integer).unwrap_or_else(|| panic!("{id}: {key}"))
            };
            let bands: Vec<String> = bands
                .iter()
                .map(|band| {
                    format!(
                        "AgeBand {{ from_age: {}, amount: Cents({}) }}",
                        number(band, "from_age"),
                        number(band, "amount")
                    )
                })
                .collect();
            format!("ByAge(&[{}])", bands.join(", "))
        }
        "availability" => format!(
            "Availability(Availability::{})",
            camel(value.as_str().unwrap_or_else(|| panic!("{id}: not a word")))
        ),
        "phone" => format!("Text({:?})", value.as_str().unwrap_or_else(|| panic!("{id}: not a text"))),
        _ => format!("Count({})", whole()),
    })
}

fn sources(sources: &[Source]) -> String {
    let list: Vec<String> =
        sources.iter().map(|s| format!("Source {{ title: {:?}, href: {:?} }}", s.title, s.href)).collect();
    format!("&[{}]", list.join(", "))
}

// ---- glossary -----------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    term: String,
    short: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    meaning: String,
    source: Vec<Source>,
}

fn glossary(terms: &BTreeMap<String, Term>) -> String {
    let mut code = String::from(
        "/// The words, each as a constant.\npub mod terms {\n    use super::Term;\n    use crate::parameter::Source;\n",
    );
    for (id, term) in terms {
        assert!(!term.source.is_empty(), "glossary: {id} names no source");
        writeln!(
            code,
            "    /// {}.\n    pub static {}: Term = Term {{ id: {id:?}, term: {:?}, short: {:?}, also: &{:?}, meaning: {:?}, sources: {} }};",
            term.term, id.to_uppercase(), term.term, term.short, term.also, term.meaning, sources(&term.source)
        )
        .unwrap();
    }
    let mut alphabetical: Vec<_> = terms.iter().collect();
    alphabetical.sort_by_key(|(_, term)| term.term.to_lowercase());
    let all: Vec<String> =
        alphabetical.iter().map(|(id, _)| format!("&terms::{}", id.to_uppercase())).collect();
    writeln!(
        code,
        "}}\n/// Every word, in the order of the Dutch alphabet.\npub static ALL: &[&Term] = &[{}];",
        all.join(", ")
    )
    .unwrap();
    code
}

// ---- chooser ------------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Graph {
    start: String,
    question: Vec<Question>,
    outcome: Vec<Outcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    id: String,
    next: String,
    #[serde(default)]
    fits: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    id: String,
    continues: Option<String>,
}

/// The graph as two enums and tables over them: an edge to nowhere doesn't compile.
fn chooser(graph: &Graph) -> String {
    let questions: Vec<String> = graph.question.iter().map(|question| camel(&question.id)).collect();
    let outcomes: Vec<String> = graph.outcome.iter().map(|outcome| camel(&outcome.id)).collect();
    let node = |id: &str| {
        let name = camel(id);
        if questions.contains(&name) {
            format!("Node::Question(QuestionId::{name})")
        } else if outcomes.contains(&name) {
            format!("Node::Outcome(OutcomeId::{name})")
        } else {
            panic!("chooser: nothing is called {id}")
        }
    };
    let mut code = String::new();
    for (name, what, ids, words) in [
        (
            "QuestionId",
            "A question of the chooser.",
            &questions,
            graph.question.iter().map(|q| &q.id).collect::<Vec<_>>(),
        ),
        (
            "OutcomeId",
            "Where the chooser can lead.",
            &outcomes,
            graph.outcome.iter().map(|o| &o.id).collect(),
        ),
    ] {
        writeln!(code, "/// {what}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum {name} {{ {} }}", ids.join(", ")).unwrap();
        let pairs: Vec<String> =
            ids.iter().zip(&words).map(|(id, word)| format!("{name}::{id} => {word:?}")).collect();
        let all: Vec<String> = ids.iter().map(|id| format!("{name}::{id}")).collect();
        writeln!(
            code,
            "impl {name} {{\n    /// All of them, in the order of the data.\n    pub const ALL: &[{name}] = &[{}];\n    /// The id in the data and in the texts.\n    #[must_use]\n    pub const fn id(self) -> &'static str {{ match self {{ {} }} }}\n}}",
            all.join(", "),
            pairs.join(", ")
        )
        .unwrap();
    }
    let continues: Vec<String> = graph
        .outcome
        .iter()
        .map(|outcome| {
            format!(
                "OutcomeId::{} => {}",
                camel(&outcome.id),
                outcome.continues.as_deref().map_or("None".to_owned(), |id| format!("Some({})", node(id)))
            )
        })
        .collect();
    writeln!(code, "impl OutcomeId {{\n    /// Where she may go on from here all the same.\n    #[must_use]\n    pub const fn continues(self) -> Option<Node> {{ match self {{ {} }} }}\n}}", continues.join(", ")).unwrap();
    writeln!(code, "/// Where everyone starts.\npub const START: Node = {};", node(&graph.start)).unwrap();
    let arms: Vec<String> = graph
        .question
        .iter()
        .map(|question| {
            let answers: Vec<String> = question
                .answers
                .iter()
                .map(|answer| {
                    let fits: Vec<String> =
                        answer.fits.iter().map(|route| format!("Route::{}", camel(route))).collect();
                    format!(
                        "Answer {{ id: {:?}, next: {}, fits: &[{}] }}",
                        answer.id,
                        node(&answer.next),
                        fits.join(", ")
                    )
                })
                .collect();
            assert!(
                question.answers.iter().any(|a| a.id == "unknown") || question.answers.len() == 2,
                "chooser: {} has no \"unknown\"",
                question.id
            );
            format!("QuestionId::{} => &[{}]", camel(&question.id), answers.join(", "))
        })
        .collect();
    writeln!(code, "impl QuestionId {{\n    /// Its answers, in the order in which they are shown.\n    #[must_use]\n    pub const fn answers(self) -> &'static [Answer] {{ match self {{ {} }} }}\n}}", arms.join(",\n")).unwrap();
    code
}

// ---- families -----------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    id: String,
    situation: String,
}

fn families(families: &Families) -> String {
    let rows: Vec<String> =
        families.family.iter().map(|family| format!("({:?}, {:?})", family.id, family.situation)).collect();
    format!(
        "/// Id and situation (JSON) of each invented family.\npub static FAMILIES: &[(&str, &str)] = &[{}];\n",
        rows.join(", ")
    )
}

// ---- the rule set -------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: String,
}

fn rule_set(rules: &Path) -> String {
    let Version { version } = read(&rules.join("version.toml"));
    let mut files: Vec<PathBuf> = schemes(rules);
    files.retain(|path| path.parent().and_then(Path::file_name).is_none_or(|scheme| scheme != "chooser"));
    let mut hash = Sha256::new();
    for path in files {
        let name = path.strip_prefix(rules).expect("below rules").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("a text file");
        hash.update(format!("{name}\n{}\n{text}\n", text.len()));
    }
    let sha256: String = hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    format!(
        "/// The name of the rule set.\npub const VERSION: &str = {version:?};\n/// Its fingerprint, in hexadecimal.\npub const SHA256: &str = {sha256:?};\n"
    )
}

// ---- helpers ------------------------------------------------------------------------------------------------------

/// Every TOML file one folder down, in a fixed order.
fn schemes(rules: &Path) -> Vec<PathBuf> {
    let list = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path()).collect()
    };
    let mut files: Vec<PathBuf> =
        list(rules).iter().filter(|path| path.is_dir()).flat_map(|scheme| list(scheme)).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn parameter_files(rules: &Path) -> Vec<PathBuf> {
    let mut files = schemes(rules);
    files.retain(|path| path.file_name().is_some_and(|name| name != "examples.toml" && name != "graph.toml"));
    files
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn date(id: &str, day: &toml::value::Datetime) -> String {
    date_text(id, &day.to_string())
}

fn date_text(id: &str, text: &str) -> String {
    let parts: Vec<i16> = text
        .split('-')
        .map(|part| part.parse().unwrap_or_else(|_| panic!("{id}: {text} is not a date")))
        .collect();
    let [year, month, day] = parts[..] else { panic!("{id}: {text} is not a date") };
    format!("Date::constant({year}, {month}, {day})")
}

/// `integral_assessment` → `IntegralAssessment`; `finish_after_30k` → `FinishAfter30k`.
fn camel(words: &str) -> String {
    words
        .split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
