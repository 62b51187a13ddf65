//! The data under the rules: every figure has a source, is used, and stands nowhere else than in `rules/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, iter};

use domain::amounts::Route;
use domain::parameter::{AgeBand, Certainty, Dated, Entry, Unit, Value};
use domain::{Cents, Ppm, parameters};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

#[test]
fn every_value_says_where_it_stands_and_when_that_was_checked() {
    for entry in parameters::ALL {
        assert!(!entry.values.is_empty(), "{}: no value", entry.id);
        assert!(!entry.name.trim().is_empty(), "{}: no name", entry.id);
        for dated in entry.values {
            let at = format!("{} from {}", entry.id, dated.from);
            assert!(!dated.sources.is_empty(), "{at}: no source");
            for source in dated.sources {
                assert!(!source.title.trim().is_empty(), "{at}: a source without a title");
                assert!(
                    source.href.is_none_or(|href| href.starts_with("https://")),
                    "{at}: {:?}",
                    source.href
                );
            }
            assert!(dated.checked_on.year() >= 2026, "{at}: checked on {}", dated.checked_on);
            assert_eq!(
                dated.value.is_none(),
                dated.certainty == Certainty::Unknown,
                "{at}: a value or `unknown`"
            );
        }
    }
}

#[test]
fn values_follow_one_another_in_time() {
    for entry in parameters::ALL {
        assert!(entry.values.is_sorted_by(|one, next| one.from < next.from), "{}", entry.id);
    }
}

#[test]
fn ids_are_unique_and_in_order() {
    assert!(parameters::ALL.is_sorted_by(|one, next| one.id < next.id));
}

#[test]
fn every_value_fits_its_unit_and_lies_within_bounds() {
    for (entry, dated) in all_values() {
        let Some(value) = dated.value else { continue };
        let fits = match (entry.unit, value) {
            (Unit::Eurocent, Value::Cents(amount)) => (Cents::ZERO..=Cents::MOST).contains(&amount),
            (Unit::Eurocent, Value::CentsBetween(range)) => {
                range.low <= range.high && range.low >= Cents::ZERO
            }
            (Unit::Ppm, Value::Ppm(share)) => (Ppm(0)..=Ppm(1_000_000)).contains(&share),
            (Unit::Date, Value::Date(_)) | (Unit::Availability, Value::Availability(_)) => true,
            (Unit::Dates, Value::Dates(dates)) => dates.is_sorted_by(|one, next| one < next),
            (Unit::EurocentByAge, Value::ByAge(bands)) => from_nought_upwards(bands),
            (Unit::Phone, Value::Text(number)) => {
                number.bytes().all(|b| b.is_ascii_digit() || b == b' ' || b == b'-')
            }
            (unit, Value::Count(_)) => is_counted(unit),
            (unit, Value::CountBetween(low, high)) => is_counted(unit) && low <= high,
            _ => false,
        };
        assert!(fits, "{} from {}: {value} as {:?}", entry.id, dated.from, entry.unit);
    }
}

#[test]
fn every_route_always_has_a_known_state() {
    for route in Route::ALL {
        let entry = route.availability().entry;
        assert_eq!(entry.id, format!("availability/{}", route.id()));
        assert!(entry.values.iter().all(|dated| dated.value.is_some()), "{}", entry.id);
    }
    let states = parameters::ALL.iter().filter(|entry| entry.unit == Unit::Availability);
    assert_eq!(states.count(), Route::ALL.len(), "a state of no route");
}

#[test]
fn every_parameter_is_used() {
    let used: BTreeSet<String> = ["src", "../src", "../../server/src"]
        .iter()
        .flat_map(|folder| rust_files(&crate_folder().join(folder)))
        .flat_map(|file| parameters_in(&fs::read_to_string(file).expect("readable")))
        .collect();
    let unused: Vec<&str> =
        parameters::ALL.iter().map(|entry| entry.id).filter(|id| !used.contains(*id)).collect();
    assert!(unused.is_empty(), "no page and no rule uses: {}", unused.join(", "));
}

#[test]
fn a_use_is_found_however_it_is_written_and_a_comment_is_none() {
    for used in [
        "fn f() { floor::AMOUNT.at(on); }",
        "fn f() { view! { <p>{domain::parameters::floor::AMOUNT_ENTRY.name}</p> } }",
        "use domain::parameters::{ib, floor as least}; fn f() { least::AMOUNT.at(on); }",
        "use domain::parameters::floor::{self, AMOUNT};",
    ] {
        assert!(parameters_in(used).contains("floor/amount"), "{used}");
    }
    for unused in [
        "/// [`floor::AMOUNT`]\nfn f() {}",
        "// floor::AMOUNT",
        "use domain::parameters::floor;",
        "other::AMOUNT",
    ] {
        assert!(!parameters_in(unused).contains("floor/amount"), "{unused}");
    }
}

/// The files with rules of the law: what they compute with comes from `rules/`.
const RULES: [&str; 10] = [
    "amounts/integral",
    "amounts/intent",
    "amounts/hardship",
    "amounts/floor",
    "amounts/children",
    "amounts/former_partner",
    "amounts/damage",
    "amounts/availability",
    "timeline/term",
    "timeline/penalty",
];

#[test]
fn no_rule_holds_a_number_of_its_own() {
    for rule in RULES {
        let file = crate_folder().join(format!("src/{rule}.rs"));
        let found = literals_of(&fs::read_to_string(&file).expect("readable"));
        assert!(found.integers.is_empty(), "src/{rule}.rs: {}", found.integers.join(", "));
    }
}

#[test]
fn nothing_here_counts_in_floats() {
    for file in rust_files(&crate_folder().join("src")) {
        let found = literals_of(&fs::read_to_string(&file).expect("readable"));
        assert!(found.floats.is_empty(), "{}: {}", file.display(), found.floats.join(", "));
    }
}

#[test]
fn a_number_is_found_wherever_it_hides() {
    for integer in [
        "fn rate() -> Ppm { Ppm(250_000) }",
        "const MOST: u32 = 42;",
        "fn f() { let all = vec![0, 1, 7]; }",
        "impl Rule { fn f(self) -> bool { self.0 > 0x10 } }",
        "fn f(age: u16) { match age { 0..6 => {} _ => {} } }",
    ] {
        assert_eq!(literals_of(integer).integers.len(), 1, "{integer}");
    }
    for float in
        ["const SHARE: f64 = 0.25;", "fn f() { say!(1.5) }", "fn f() { 1e3 }", "fn f(x: i64) { x as f32; }"]
    {
        assert!(!literals_of(float).floats.is_empty(), "{float}");
    }
    let clean = "#[doc = \"30\"] fn f(it: (i64, [u8; 9])) -> i64 { it.0 + 1 } #[cfg(test)] mod tests { const N: u8 = 9; }";
    let found = literals_of(clean);
    assert_eq!((found.integers, found.floats), (Vec::new(), Vec::new()));
}

fn all_values() -> impl Iterator<Item = (&'static Entry, &'static Dated)> {
    parameters::ALL.iter().flat_map(|entry| iter::repeat(*entry).zip(entry.values))
}

fn is_counted(unit: Unit) -> bool {
    use Unit::{Age, Count, Day, HalfYear, Month, Week, Year};
    matches!(unit, Month | Week | Day | HalfYear | Year | Age | Count)
}

fn from_nought_upwards(bands: &[AgeBand]) -> bool {
    bands.first().is_some_and(|band| band.from_age == 0)
        && bands.is_sorted_by(|one, next| one.from_age < next.from_age && one.amount <= next.amount)
}

/// Ids of the parameters that a source file uses: `<scheme>::<NAME>` or `<scheme>::<NAME>_ENTRY`, also where the scheme
/// goes by another name, also inside macros. Comments don't count.
fn parameters_in(source: &str) -> BTreeSet<String> {
    let tokens: TokenStream = source.parse().expect("Rust");
    let mut words = Vec::new();
    flatten(tokens, &mut words);

    let schemes: BTreeSet<&str> =
        parameters::ALL.iter().filter_map(|entry| entry.id.split_once('/')).map(|it| it.0).collect();
    let mut names: Vec<(&str, &str)> = schemes.iter().map(|scheme| (*scheme, *scheme)).collect();
    names.extend(
        words.windows(3).filter(|it| it[1] == "as" && schemes.contains(&*it[0])).map(|it| (&*it[2], &*it[0])),
    );

    let constants_after = |at: usize| match words.get(at).map(String::as_str) {
        Some("{") => words[at..].iter().take_while(|word| *word != "}").collect::<Vec<_>>(),
        _ => words.get(at).into_iter().collect(),
    };
    let uses = |at: usize| {
        let scheme = names
            .iter()
            .find(|(name, _)| words[at] == *name)
            .filter(|_| words[at + 1] == ":" && words[at + 2] == ":");
        let constants = scheme.map(|_| constants_after(at + 3)).unwrap_or_default();
        constants.into_iter().filter_map(move |name| Some(format!("{}/{}", scheme?.1, id_of(name))))
    };
    (0..words.len().saturating_sub(3)).flat_map(uses).collect()
}

/// `AMOUNT_ENTRY` and `AMOUNT` → `amount`.
fn id_of(constant: &str) -> String {
    constant.trim_end_matches("_ENTRY").to_lowercase()
}

fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                words.push("{".to_owned());
                flatten(group.stream(), words);
                words.push("}".to_owned());
            }
            token => words.push(token.to_string()),
        }
    }
}

/// Numbers in a source file, each with its line. Tests, attributes and the length of a list in a type aren't looked at;
/// macros are.
#[derive(Default)]
struct Literals {
    /// Other than 0 and 1.
    integers: Vec<String>,
    /// And the types of floats.
    floats: Vec<String>,
}

fn literals_of(source: &str) -> Literals {
    let mut found = Literals::default();
    found.visit_file(&syn::parse_file(source).expect("Rust"));
    found
}

impl Literals {
    fn look_into(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.look_into(group.stream()),
                TokenTree::Literal(literal) => self.visit_lit(&syn::Lit::new(literal)),
                TokenTree::Ident(ident) => self.visit_ident(&ident),
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl Visit<'_> for Literals {
    fn visit_lit_int(&mut self, literal: &syn::LitInt) {
        if !["0", "1"].contains(&literal.base10_digits()) {
            self.integers.push(format!("{literal} in line {}", literal.span().start().line));
        }
    }

    fn visit_lit_float(&mut self, literal: &syn::LitFloat) {
        self.floats.push(format!("{literal} in line {}", literal.span().start().line));
    }

    fn visit_ident(&mut self, ident: &proc_macro2::Ident) {
        if ident == "f32" || ident == "f64" {
            self.floats.push(format!("{ident} in line {}", ident.span().start().line));
        }
    }

    fn visit_macro(&mut self, it: &syn::Macro) {
        self.look_into(it.tokens.clone());
    }

    fn visit_type_array(&mut self, it: &syn::TypeArray) {
        self.visit_type(&it.elem);
    }

    fn visit_item_mod(&mut self, it: &syn::ItemMod) {
        let is_test = |attribute: &syn::Attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|what| what.is_ident("test"))
        };
        if !it.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, it);
        }
    }

    fn visit_attribute(&mut self, _: &syn::Attribute) {}
}

/// All Rust files below a folder; none where there is no such folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths
        .flat_map(|path| match path.extension() {
            _ if path.is_dir() => rust_files(&path),
            Some(extension) if extension == "rs" => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
