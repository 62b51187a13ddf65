//! /balie/logboek: what was done with which record, for an auditor. It holds no name of a parent and nothing she told.

use maud::html;

use super::SignedIn;
use super::page::{heading, page};
use crate::content::desk::log as text;
use crate::shell::Document;
use crate::urls::DESK_LOG;

/// Where an address says before which line to go on.
pub const BEFORE: &str = "voor";

/// A line of the log, in the words in which it is chained.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: i64,
    pub when: String,
    /// Who, what, and with which record.
    pub words: [String; 3],
}

/// The newest lines first; `head`: what the whole chain comes down to.
#[must_use]
pub fn log(who: &SignedIn, head: &str, lines: &[Line]) -> Document {
    let older = lines.last().map(|line| line.number).filter(|number| *number > 1);
    let body = html! {
        (heading(text::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        p.nl-paragraph { (text::HEAD) }
        p.code { (head) }
        @if lines.is_empty() { p.nl-paragraph { (text::NONE) } }
        dl.answers {
            @for line in lines {
                div {
                    dt { (line.number) ". " (line.when) }
                    @for words in &line.words { dd { code { (words) } } }
                }
            }
        }
        @if let Some(before) = older {
            p.nl-paragraph { a.nl-link href={ (DESK_LOG) "?" (BEFORE) "=" (before) } { (text::OLDER) } }
        }
    };
    page(who, text::TITLE, false, body)
}
