//! Plain Dutch (B1) in every text there is, also in what only a phone makes: short sentences of short words, and none that
//! offices use. What stands on the pages is read by `server/tests/http/plain_dutch.rs` and `words.rs`.
#![cfg(test)]

#[path = "../../domain/tests/shared/figure.rs"]
mod figure;
mod sentences;
mod syllables;
mod texts;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::glossary;
use sentences::sentences;
use syllables::syllables;
use texts::{Section, sections};

/// Words in a sentence.
const LONGEST: usize = 20;
const ON_AVERAGE: f64 = 10.0;
/// Flesch-Douma: 60 and more is read with ease by who reads at B1.
const EASE_OF_ALL: f64 = 80.0;
/// A subject that speaks of little else than hard words, such as the names of laws, has less.
const EASE_OF_ONE: f64 = 60.0;
/// Fewer words say little about how hard they are.
const FEWEST_WORDS: usize = 60;

const OFFICIALESE: &str = include_str!("officialese.txt");

/// What is counted in a text.
#[derive(Clone, Copy, Default)]
struct Count {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Count {
    fn of(sentences: &[&str]) -> Count {
        let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
        // A figure is a word, and isn't spelled out.
        let spelled = words.iter().filter(|word| word.contains(char::is_alphabetic));
        let figures = words.iter().filter(|word| !word.contains(char::is_alphabetic)).count();
        Count {
            sentences: sentences.len(),
            words: words.len(),
            syllables: figures + spelled.map(|word| syllables(word)).sum::<usize>(),
        }
    }

    fn plus(self, other: Count) -> Count {
        Count {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    fn words_a_sentence(self) -> f64 {
        self.words as f64 / self.sentences.max(1) as f64
    }

    /// Flesch's reading ease, as Douma made it for Dutch (1960).
    fn ease(self) -> f64 {
        206.84 - 0.93 * self.words_a_sentence() - 77.0 * self.syllables as f64 / self.words.max(1) as f64
    }
}

#[test]
fn every_text_is_read_with_ease() {
    let mut of_file = BTreeMap::<String, Count>::new();
    let mut longest = 0;
    let mut long = Vec::new();
    let mut hard = Vec::new();
    for Section { name, texts } in sections() {
        let sentences: Vec<&str> =
            texts.iter().flat_map(|text| sentences(text)).filter(|it| is_whole(it)).collect();
        for sentence in &sentences {
            let count = words(sentence).count();
            longest = longest.max(count);
            if count > LONGEST {
                long.push(format!("{name}: {sentence}"));
            }
        }
        let count = Count::of(&sentences);
        if count.words >= FEWEST_WORDS && count.ease() < EASE_OF_ONE {
            hard.push(format!("{name}: {:.0}", count.ease()));
        }
        let file = name.split(['.', ':']).next().expect("a name").to_owned();
        let sum = of_file.entry(file).or_default();
        *sum = sum.plus(count);
    }
    assert!(long.is_empty(), "more than {LONGEST} words:\n{}", long.join("\n"));
    for (file, count) in &of_file {
        if count.words >= FEWEST_WORDS
            && (count.ease() < EASE_OF_ONE || count.words_a_sentence() > ON_AVERAGE)
        {
            hard.push(format!(
                "{file}: {:.0}, {:.1} words a sentence",
                count.ease(),
                count.words_a_sentence()
            ));
        }
    }
    assert!(hard.is_empty(), "hard to read (Flesch-Douma under {EASE_OF_ONE}):\n{}", hard.join("\n"));
    let all = of_file.values().copied().fold(Count::default(), Count::plus);
    assert!(all.words > 10_000, "only {} words were found", all.words);
    assert!(all.ease() >= EASE_OF_ALL, "Flesch-Douma of all text: {:.1}", all.ease());
    let of_files = of_file.iter().filter(|(_, count)| count.words >= FEWEST_WORDS);
    let (hardest, count) = of_files.min_by(|a, b| a.1.ease().total_cmp(&b.1.ease())).expect("a file");
    let dutch = |figure: f64| format!("{figure:.1}").replace('.', ",");
    figure::add(
        "words in the longest sentence of all Dutch text",
        &longest.to_string(),
        &format!("≤ {LONGEST}"),
    );
    figure::add("words a sentence, on average", &dutch(all.words_a_sentence()), &format!("≤ {ON_AVERAGE}"));
    figure::add(
        "Flesch-Douma of all Dutch text (60 is plain)",
        &dutch(all.ease()),
        &format!("≥ {EASE_OF_ALL}"),
    );
    figure::add(
        &format!("Flesch-Douma of the hardest subject ({hardest})"),
        &dutch(count.ease()),
        &format!("≥ {EASE_OF_ONE}"),
    );
}

#[test]
fn no_text_speaks_like_an_office() {
    let forms = glossary_words();
    let mut found = Vec::new();
    for Section { name, texts } in sections() {
        for text in texts {
            // Words of the law that the glossary explains.
            let rest = forms.iter().fold(apart(&text), |rest, form| rest.replace(form, " _ "));
            let official = OFFICIALESE.lines().filter(|line| !line.starts_with('#'));
            for word in official.filter(|word| rest.contains(&format!(" {word}"))) {
                found.push(format!("{name}: {word} in {text:?}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where a page is read on the server, each of these words is marked or refused there.
#[test]
fn what_only_a_phone_says_needs_no_note() {
    let mut found = Vec::new();
    for Section { name, texts } in
        sections().into_iter().filter(|section| section.name.starts_with("together"))
    {
        for text in texts {
            for word in glossary_words().iter().filter(|word| apart(&text).contains(*word)) {
                found.push(format!("{name}:{word}in {text:?}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Every form of every glossary word, with a space on both sides, the longest first.
fn glossary_words() -> Vec<String> {
    let forms = |term: &'static glossary::Term| {
        [term.term].into_iter().chain(term.short).chain(term.also.iter().copied())
    };
    let mut words: Vec<String> = glossary::ALL.iter().flat_map(|term| forms(term)).map(apart).collect();
    words.sort_by_key(|word| Reverse(word.len()));
    words
}

/// In small letters, with a space between all words and around them.
fn apart(text: &str) -> String {
    let letters: String =
        text.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    format!(" {} ", letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether it is said as a sentence; labels and headings aren't.
fn is_whole(sentence: &str) -> bool {
    sentence.trim_end_matches(['”', '’', ')']).ends_with(['.', '?', '!', '…'])
}

/// Parts of words count apart.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
