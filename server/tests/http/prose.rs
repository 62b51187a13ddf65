//! A page as text: what is read in one go, and which glossary words are explained in it.

use scraper::{ElementRef, Node};

/// What is read in one go: a paragraph, a heading, an item of a list, the words on a button.
#[derive(Debug)]
pub struct Block {
    pub text: String,
    /// It is, or stands in, an element where a glossary mark can't stand: headings, labels, buttons, links, drawings.
    pub is_label: bool,
}

/// Elements that run along in a line of text.
const IN_LINE: [&str; 10] = ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sup"];
/// Elements that hold no words of ours to read.
const UNREAD: [&str; 6] = ["script", "style", "template", "blockquote", "q", "option"];
/// Elements in which nothing can be pressed, or that are pressed themselves.
const LABELS: [&str; 14] = [
    "h1", "h2", "h3", "h4", "legend", "label", "summary", "button", "a", "dt", "th", "caption", "svg",
    "title",
];

/// Every piece of text in an element, in order, without sources and the notes of glossary words. `left_out` names classes
/// and ids that aren't read either.
pub fn blocks(element: ElementRef<'_>, left_out: &[&str]) -> Vec<Block> {
    let mut reader = Reader { left_out, ..Reader::default() };
    reader.read(element, false);
    reader.end(false);
    reader.blocks
}

#[derive(Default)]
struct Reader<'a> {
    left_out: &'a [&'a str],
    blocks: Vec<Block>,
    text: String,
}

impl Reader<'_> {
    fn read(&mut self, element: ElementRef<'_>, in_label: bool) {
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.text.push_str(text);
            }
            let Some(inner) = ElementRef::wrap(child) else { continue };
            let name = inner.value().name();
            let class = |class: &str| inner.value().classes().any(|known| known == class);
            let is_left_out = |name: &&str| class(name) || inner.value().id() == Some(name);
            if UNREAD.contains(&name) || ["source", "term-note"].iter().chain(self.left_out).any(is_left_out)
            {
                continue;
            }
            // A span with a class of its own stands on a line of its own, but for what is only heard.
            let stands_apart = class("nl-button")
                || name == "span" && inner.attr("class").is_some_and(|class| class != "visually-hidden");
            let runs_along = IN_LINE.contains(&name) && !stands_apart || class("term");
            if runs_along {
                self.read(inner, in_label);
                continue;
            }
            self.end(in_label);
            let is_label = in_label || LABELS.contains(&name);
            self.read(inner, is_label);
            self.end(is_label);
        }
    }

    fn end(&mut self, is_label: bool) {
        let text = std::mem::take(&mut self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        // A source in the middle of reading matter.
        if !text.is_empty() && !text.starts_with("Bron: ") {
            self.blocks.push(Block { text, is_label });
        }
    }
}

/// The words of a sentence: what holds a letter or a digit.
pub fn word_count(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[test]
fn figures_are_words_and_dashes_none() {
    assert_eq!(word_count("U krijgt € 30.000 – of niets."), 5);
}
