//! No jargon: hard words are explained where they stand, abbreviations too, and official language isn't there at all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use app::urls::{DESK, Page};
use domain::glossary::{ALL, Term};

use crate::browser::{View, words};
use crate::prose::blocks;
use crate::states::states;

/// What may stand on a page in capitals and isn't in the glossary.
const ABBREVIATIONS: [(&str, &str); 7] = [
    ("BSN", "everyone's own number, on every letter and card"),
    ("EUPL", "name of a licence"),
    ("HV", "the beginning of the number of a request for help"),
    ("ID", "as in ID-kaart"),
    ("JSON", "said to experts, with what it is for"),
    ("NUMMER", "a whole word, on the drawn bank statement"),
    ("SHA", "as in SHA-256, behind the words \"controlegetal van de regels\""),
];

/// Beginnings of words that people don't use at a kitchen table.
const OFFICIALESE: &str = include_str!("../../../app/tests/plain_dutch/officialese.txt");

/// Every form of every glossary word in small letters, the longest first.
static FORMS: LazyLock<Vec<(String, &'static Term)>> = LazyLock::new(|| {
    let mut forms = Vec::new();
    for term in ALL {
        let all = [term.term].into_iter().chain(term.short).chain(term.also.iter().copied());
        forms.extend(all.filter(|form| !EVERYDAY.contains(form)).map(|form| (form.to_lowercase(), *term)));
    }
    forms.sort_by_key(|(form, _)| Reverse(form.len()));
    forms
});

/// An everyday word too, not only short for *wettelijke termijn*.
const EVERYDAY: [&str; 1] = ["termijn"];

/// Where every note stands written out; and where people work who know these words.
const WITHOUT_MARKS: [&str; 2] = [Page::Glossary.path(), DESK];

/// Where a mark can't stand, or is of no use.
const LEFT_OUT: [&str; 6] = [
    // The way to a person is the same on every page.
    "mens",
    // The tree repeats the questions.
    "tree",
    // What she answered is said in the words of the choices.
    "answers",
    // Nothing can be pressed on paper.
    "on-paper",
    // The names of the routes beside their bars are part of a drawing.
    "range-name",
    // What is said of her figures is put together where they are computed, as plain text.
    "notes",
];

#[tokio::test]
async fn an_abbreviation_is_in_the_glossary_or_has_a_reason_to_be_there() {
    let explained: BTreeSet<&str> = ALL
        .iter()
        .flat_map(|term| [term.term].into_iter().chain(term.short).chain(term.also.iter().copied()))
        .flat_map(abbreviations)
        .chain(ABBREVIATIONS.map(|(known, _)| known))
        .collect();
    let mut unexplained = BTreeMap::<String, String>::new();
    let mut seen = BTreeSet::new();
    for state in states().await {
        let mut text = words(state.view.one("body"));
        // A code is no word.
        state
            .view
            .all(".code, .reference")
            .into_iter()
            .for_each(|code| text = text.replace(&words(code), ""));
        for abbreviation in abbreviations(&text) {
            seen.insert(abbreviation.to_owned());
            if !explained.contains(abbreviation) {
                unexplained.entry(abbreviation.to_owned()).or_insert(state.name.clone());
            }
        }
    }
    assert!(unexplained.is_empty(), "nobody says what these mean: {unexplained:#?}");
    let unused = ABBREVIATIONS.iter().filter(|(known, _)| !seen.contains(*known)).collect::<Vec<_>>();
    assert!(unused.is_empty(), "nothing uses these any more: {unused:?}");
}

#[tokio::test]
async fn a_glossary_word_in_a_text_is_explained_on_that_page() {
    let mut explained = BTreeSet::<(String, &str)>::new();
    let mut texts = BTreeSet::<(String, String)>::new();
    let states = states().await;
    for state in states.iter().filter(|state| !WITHOUT_MARKS.contains(&state.path)) {
        // The questions come one after another: a word is explained at the first that uses it.
        let page = if state.path == Page::Chooser.path() { state.path } else { &state.name };
        explained.extend(marks(&state.view).map(|term| (page.to_owned(), term)));
        let read = blocks(state.view.one("main"), &LEFT_OUT).into_iter().filter(|block| !block.is_label);
        texts.extend(read.map(|block| (page.to_owned(), block.text)));
    }
    let mut used = 0;
    let mut unexplained = Vec::new();
    for (page, text) in &texts {
        for term in glossary_words(text).0 {
            used += 1;
            if !explained.contains(&(page.clone(), term.id)) {
                unexplained.push(format!("{page}: {} in {text:?}", term.term));
            }
        }
    }
    assert!(unexplained.is_empty(), "used without a note:\n{}", unexplained.join("\n"));
    assert!(used > 50, "only {used} words were found at all");
}

#[tokio::test]
async fn no_page_speaks_like_an_office() {
    let mut texts = BTreeMap::<String, String>::new();
    for state in states().await {
        for block in blocks(state.view.one("body"), &[]) {
            texts.entry(block.text).or_insert_with(|| state.name.clone());
        }
    }
    let mut found = Vec::new();
    for (text, page) in &texts {
        let (_, rest) = glossary_words(text);
        let words: String = rest.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let official = OFFICIALESE.lines().filter(|line| !line.starts_with('#'));
        for word in official.filter(|word| format!(" {words}").contains(&format!(" {word}"))) {
            found.push(format!("{page}: {word} in {text:?}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Two capitals or more that stand together, `O/GS` too. The number of a ruling is no word.
fn abbreviations(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace().filter(|word| !word.contains("ECLI:"));
    words.flat_map(|word| word.split(|c: char| !c.is_alphanumeric() && c != '/')).filter(|word| {
        let letters = word.chars().filter(|c| *c != '/').count();
        letters > 1 && word.chars().all(|c| c.is_uppercase() || c == '/')
    })
}

/// The ids of the words with a note that can be opened.
fn marks(view: &View) -> impl Iterator<Item = &str> {
    let marks = view.all(".term[popovertarget]").into_iter();
    marks.filter_map(|mark| mark.attr("popovertarget")?.strip_prefix("term-"))
}

/// The glossary words in a text, and what is left of it. In `ex-toeslagpartner` stands no `toeslagpartner`.
fn glossary_words(text: &str) -> (Vec<&'static Term>, String) {
    let mut rest = text.to_lowercase();
    let mut found = Vec::new();
    for (form, term) in FORMS.iter() {
        while let Some(at) = whole_word(&rest, form) {
            rest.replace_range(at..at + form.len(), "_");
            found.push(*term);
        }
    }
    (found, rest)
}

/// Where it stands by itself.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let is_part = |beside: Option<char>| beside.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        !is_part(text[..*at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next())
    })
}

#[test]
fn a_glossary_word_is_found_by_itself_and_not_in_a_longer_one() {
    let ids = |text: &str| glossary_words(text).0.iter().map(|term| term.id).collect::<Vec<_>>();
    assert_eq!(ids("Haar ex-toeslagpartner ging in bezwaar."), ["former_benefit_partner", "objection"]);
    assert_eq!(ids("Bezwaarlijk is dat niet, en de termijn ook niet."), Vec::<&str>::new());
    assert_eq!(
        abbreviations("De PZB van UHT (O/GS), Wht en ECLI:NL:RBROT:2023:1.").collect::<Vec<_>>(),
        ["PZB", "UHT", "O/GS"]
    );
}
