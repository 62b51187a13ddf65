//! On other pages: what she wants help with goes along to the request, and nothing else.

use domain::help::About;
use maud::{Markup, html};

use super::fields::about_name;
use super::form::{ABOUT, of};
use crate::content::help as text;
use crate::ui::{CHECKED, more};
use crate::urls::Page;

/// Boxes for some of what help can be about, in a form of their own.
#[must_use]
pub fn bring(some: fn(&About) -> bool) -> Markup {
    let form = html! {
        p { (text::bring::TEXT) }
        form method="post" action=(Page::Help.path()) {
            @for about in About::all().filter(some) {
                @let name = of(ABOUT, &about.id());
                label.choice {
                    input.utrecht-checkbox type="checkbox" name=(name) value=(CHECKED);
                    span.choice-text { (about_name(about)) }
                }
            }
            div.button-row { button class="nl-button nl-button--secondary" type="submit" { (text::bring::BUTTON) } }
        }
    };
    html! { section.also { (more(text::bring::SUMMARY, None, form)) } }
}
