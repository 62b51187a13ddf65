//! Plain Dutch (B1), as people read it on the pages: short sentences.

use std::collections::BTreeMap;

use crate::prose::{blocks, word_count};
use crate::sentences::sentences;
use crate::states::states;

const LONGEST: usize = 20;
const ON_AVERAGE: f64 = 10.0;

#[tokio::test]
async fn no_sentence_is_longer_than_twenty_words() {
    let mut long = BTreeMap::new();
    for state in states().await {
        for block in blocks(state.view.one("body"), &[]) {
            for sentence in sentences(&block.text) {
                if word_count(sentence) > LONGEST {
                    long.entry(sentence.to_owned()).or_insert(state.name.clone());
                }
            }
        }
    }
    assert!(long.is_empty(), "more than {LONGEST} words:\n{long:#?}");
}

/// Headings, labels and words on a button are short by themselves, so they don't count.
#[tokio::test]
async fn on_every_page_a_sentence_has_ten_words_on_average_at_most() {
    let mut hard = Vec::new();
    for state in states().await {
        let blocks = blocks(state.view.one("main"), &[]);
        let read = blocks.iter().filter(|block| !block.is_label).flat_map(|block| sentences(&block.text));
        let counts: Vec<usize> =
            read.filter(|sentence| sentence.ends_with(['.', '?', '!'])).map(word_count).collect();
        let average = counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64;
        if average > ON_AVERAGE {
            hard.push(format!("{}: {average:.1}", state.name));
        }
    }
    assert!(hard.is_empty(), "more than {ON_AVERAGE} words a sentence:\n{}", hard.join("\n"));
}
