//! The decision tree (*beslisboom*): a picture of the chooser, drawn from the same data, and the same in words.

mod layout;

use std::sync::LazyLock;

use domain::chooser::{Answer, Node, QuestionId};
use maud::{Markup, PreEscaped, html};

use self::layout::{Layout, Spot};
use crate::content::{chooser as text, pick};
use crate::ui::more;

// Wide enough for the longest word, at the size of the page's text.
const BOX_WIDTH: usize = 168;
const BOX_HEIGHT: usize = 60;
const GAP: usize = 56;
const ROW: usize = 84;
/// A row through which only lines pass.
const LOW_ROW: usize = 36;
const LINE: usize = 22;
const MARGIN: usize = 8;

/// The drawing is the same for everyone.
static PICTURE: LazyLock<String> = LazyLock::new(|| picture(&Layout::new()).into_string());

/// The part of the page with the tree.
#[must_use]
pub fn tree() -> Markup {
    html! {
        section aria-labelledby="boom-kop" {
            h2.nl-heading.nl-heading--level-2 #boom-kop { (text::TREE_TITLE) }
            p.nl-paragraph { (text::TREE_LEAD) }
            figure.tree {
                div.wide tabindex="0" role="group" aria-label=(text::TREE_LABEL) { (PreEscaped(PICTURE.as_str())) }
                (more(text::TREE_IN_WORDS, None, in_words()))
            }
        }
    }
}

fn picture(layout: &Layout) -> Markup {
    let middles = middles(layout);
    let columns = layout.spots.iter().map(|spot| spot.column).max().unwrap_or(0);
    let width = 2 * MARGIN + columns * (BOX_WIDTH + GAP) + BOX_WIDTH;
    let height = middles.iter().max().unwrap_or(&0) + BOX_HEIGHT / 2 + MARGIN;
    html! {
        svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } aria-hidden="true" {
            @for (from, to) in &layout.links {
                path.tree-edge d=(line(layout.spots[*from], middles[*from], layout.spots[*to], middles[*to])) {}
            }
            @for (spot, middle) in layout.spots.iter().zip(&middles) {
                @if spot.is_box { (drawn(*spot, *middle)) }
            }
        }
    }
}

/// The height at which the middle of each spot stands.
fn middles(layout: &Layout) -> Vec<usize> {
    let rows = layout.rows.iter().max().map_or(0, |row| row + 1);
    let heights = (0..rows).map(|row| {
        let has_box = layout.spots.iter().zip(&layout.rows).any(|(spot, at)| *at == row && spot.is_box);
        if has_box { ROW } else { LOW_ROW }
    });
    let mut top = MARGIN;
    let of_rows: Vec<usize> = heights
        .map(|height| {
            top += height;
            top - height / 2
        })
        .collect();
    layout.rows.iter().map(|row| of_rows[*row]).collect()
}

fn left_edge(spot: Spot) -> usize {
    MARGIN + spot.column * (BOX_WIDTH + GAP)
}

/// From the right of one spot to the left of the next: straight past the other boxes, bent in the gap.
fn line(from: Spot, from_middle: usize, to: Spot, to_middle: usize) -> String {
    let start = if from.is_box { left_edge(from) + BOX_WIDTH } else { left_edge(from) };
    let (leave, arrive) = (left_edge(from) + BOX_WIDTH, left_edge(to));
    // Straight into the head of the arrow.
    let straight = arrive - 8;
    let bend = (leave + straight) / 2;
    let head = if to.is_box {
        format!("M{} {}L{arrive} {to_middle}L{} {}", arrive - 8, to_middle - 6, arrive - 8, to_middle + 6)
    } else {
        String::new()
    };
    format!(
        "M{start} {from_middle}H{leave}C{bend} {from_middle} {bend} {to_middle} {straight} {to_middle}H{arrive}{head}"
    )
}

fn drawn(spot: Spot, middle: usize) -> Markup {
    // Told apart by their shape as well.
    let (class, round) = match spot.node {
        Node::Question(_) => ("tree-node", 8),
        Node::Outcome(_) => ("tree-end", 24),
    };
    let (left, top) = (left_edge(spot), middle - BOX_HEIGHT / 2);
    let lines = wrapped(name(spot.node));
    // Half the height of a small letter below the middle, and up by half of the lines that follow.
    let first = middle + 6 - (lines.len() - 1) * LINE / 2;
    html! {
        rect class=(class) x=(left) y=(top) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx=(round) {}
        @for (at, line) in lines.iter().enumerate() {
            text x=(left + BOX_WIDTH / 2) y=(first + at * LINE) text-anchor="middle" { (line) }
        }
    }
}

fn name(node: Node) -> &'static str {
    match node {
        Node::Question(question) => text::question::of(question).short,
        Node::Outcome(outcome) => text::outcome::of(outcome).short,
    }
}

/// Breaks a short name into at most two lines, as equal as they can be.
fn wrapped(words: &str) -> Vec<&str> {
    let longest = |at: usize| at.max(words.len() - at);
    match words.match_indices(' ').map(|(at, _)| at).min_by_key(|at| longest(*at)) {
        Some(at) if words.chars().count() > 13 => vec![&words[..at], &words[at + 1..]],
        _ => vec![words],
    }
}

/// The same tree as a list: each question, each answer, where it leads.
fn in_words() -> Markup {
    let leads_to = |question: QuestionId, answer: &Answer| {
        let said = pick(text::question::of(question).answers, answer.id);
        html! { li { (said) " – " (text::TREE_LEADS_TO) " " (name(answer.next)) } }
    };
    html! {
        ol.prose {
            @for question in QuestionId::ALL {
                li {
                    (text::question::of(*question).title) " "
                    ul { @for answer in question.answers() { (leads_to(*question, answer)) } }
                }
            }
        }
    }
}
