//! The sheet: questions with room to type, and on paper with lines to write on.

use maud::{Markup, html};

use super::questions::questions;
use crate::content::conversation as text;
use crate::entries::Entries;
use crate::urls::Page;

/// Lines to write on by hand under each question.
const LINES: usize = 5;

/// The whole sheet. Without scripts a button puts what was typed on the page, as it will stand on paper.
#[must_use]
pub fn sheet(typed: &Entries) -> Markup {
    html! {
        form.form.sheet method="post" action=(Page::Conversation.path()) {
            @for (id, texts) in questions() { (question(id, texts, typed.get(id).unwrap_or_default())) }
            noscript { div.button-row { button class="nl-button nl-button--primary" type="submit" { (text::PUT_ON_PAPER) } } }
        }
    }
}

fn question(id: &str, texts: &text::question::Texts, said: &str) -> Markup {
    html! {
        div.field {
            h2 class="nl-heading nl-heading--level-2" { label for=(id) { (texts.title) } }
            p.utrecht-form-field-description id={ (id) "-uitleg" } { (texts.help) }
            // What was typed, whole: a field shows on paper only what fits in it.
            div.written data-written=(id) { (said) }
            textarea.utrecht-textbox id=(id) name=(id) rows="5" autocomplete="off" placeholder=" " aria-describedby={ (id) "-uitleg" } { (said) }
            div.lines-to-write aria-hidden="true" { @for _ in 0..LINES { span {} } }
        }
    }
}
