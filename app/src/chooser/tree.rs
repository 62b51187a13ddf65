//! The decision tree (*beslisboom*): a picture of the chooser, drawn from the same data, and the same in words.

use domain::chooser::{Node, QuestionId, START};
use leptos::prelude::*;

use crate::content::{chooser as text, pick};

const COLUMN: usize = 190;
const ROW: usize = 84;
const BOX_WIDTH: usize = 150;
const BOX_HEIGHT: usize = 48;
const MARGIN: usize = 12;

/// A node and its place in the drawing.
struct Placed {
    node: Node,
    column: usize,
    row: usize,
}

#[component]
pub fn Tree() -> impl IntoView {
    let placed = place();
    let width = MARGIN * 2 + COLUMN * placed.iter().map(|p| p.column).max().unwrap_or(0) + BOX_WIDTH;
    let height = MARGIN * 2 + ROW * placed.iter().map(|p| p.row).max().unwrap_or(0) + BOX_HEIGHT;
    view! {
        <section aria-labelledby="boom-kop">
            <h2 class="nl-heading nl-heading--level-2" id="boom-kop">{text::TREE_TITLE}</h2>
            <p class="nl-paragraph">{text::TREE_LEAD}</p>
            <figure class="tree">
                <div tabindex="0" role="group" aria-label=text::TREE_LABEL>
                    <svg width=width height=height viewBox=format!("0 0 {width} {height}") aria-hidden="true">
                        {edges(&placed)}
                        {placed.iter().map(drawn).collect_view()}
                    </svg>
                </div>
                <details class="more">
                    <summary>{text::TREE_IN_WORDS}</summary>
                    {in_words()}
                </details>
            </figure>
        </section>
    }
}

/// Every node in the column of its longest way from the start, so that every edge points to the right.
fn place() -> Vec<Placed> {
    let mut columns: Vec<(Node, usize)> = vec![(START, 0)];
    // Once per question is enough: the graph has no loop (a test holds it to that).
    for _ in QuestionId::ALL {
        for (node, column) in columns.clone() {
            for next in next_of(node) {
                match columns.iter_mut().find(|(known, _)| *known == next) {
                    Some((_, at)) => *at = (*at).max(column + 1),
                    None => columns.push((next, column + 1)),
                }
            }
        }
    }
    let mut rows: Vec<usize> = Vec::new();
    let mut placed = Vec::new();
    for (node, column) in columns {
        rows.resize(rows.len().max(column + 1), 0);
        placed.push(Placed { node, column, row: rows[column] });
        rows[column] += 1;
    }
    placed
}

fn next_of(node: Node) -> Vec<Node> {
    let Node::Question(question) = node else { return Vec::new() };
    let mut next: Vec<Node> = Vec::new();
    for answer in question.answers() {
        if !next.contains(&answer.next) {
            next.push(answer.next);
        }
    }
    next
}

fn corner(placed: &Placed) -> (usize, usize) {
    (MARGIN + placed.column * COLUMN, MARGIN + placed.row * ROW)
}

fn drawn(placed: &Placed) -> impl IntoView + use<> {
    let (x, y) = corner(placed);
    let (class, words) = match placed.node {
        Node::Question(question) => ("tree-node", text::question::of(question).short),
        Node::Outcome(outcome) => ("tree-end", text::outcome::of(outcome).short),
    };
    let lines = wrapped(words);
    let first = y + BOX_HEIGHT / 2 + 5 - (lines.len() - 1) * 9;
    view! {
        <rect class=class x=x y=y width=BOX_WIDTH height=BOX_HEIGHT rx="8"></rect>
        {lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| view! { <text x=x + 10 y=first + at * 18>{line}</text> })
            .collect_view()}
    }
}

/// Breaks a short name into at most two lines.
fn wrapped(words: &str) -> Vec<String> {
    if words.chars().count() <= 18 {
        return vec![words.to_owned()];
    }
    let middle = words.len() / 2;
    let spaces = words.match_indices(' ').map(|(at, _)| at);
    match spaces.min_by_key(|at| at.abs_diff(middle)) {
        Some(at) => vec![words[..at].to_owned(), words[at + 1..].to_owned()],
        None => vec![words.to_owned()],
    }
}

fn edges(placed: &[Placed]) -> impl IntoView + use<> {
    let mut paths = Vec::new();
    for from in placed {
        for next in next_of(from.node) {
            if let Some(to) = placed.iter().find(|to| to.node == next) {
                let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
                let (x1, y1, y2) = (x1 + BOX_WIDTH, y1 + BOX_HEIGHT / 2, y2 + BOX_HEIGHT / 2);
                let bend = (COLUMN - BOX_WIDTH) / 2;
                paths.push(format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend));
            }
        }
    }
    paths.into_iter().map(|path| view! { <path class="tree-edge" d=path></path> }).collect_view()
}

/// The same tree as a list: each question, each answer, where it leads.
fn in_words() -> impl IntoView {
    let name = |node: Node| match node {
        Node::Question(question) => text::question::of(question).short,
        Node::Outcome(outcome) => text::outcome::of(outcome).short,
    };
    let rows = QuestionId::ALL.iter().map(move |question| {
        let words = text::question::of(*question);
        let answers = question.answers().iter().map(move |answer| {
            view! { <li>{pick(words.answers, answer.id)} " – " {text::TREE_LEADS_TO} " " {name(answer.next)}</li> }
        });
        view! { <li>{words.title} <ul>{answers.collect_view()}</ul></li> }
    });
    view! { <ol class="prose">{rows.collect_view()}</ol> }
}
