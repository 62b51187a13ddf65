//! Help beside money: /verder.

use domain::parameters::debts;
use maud::html;

use crate::content::onward as text;
use crate::prose::Prose;
use crate::shell::Document;
use crate::ui::figures;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    let debts = [debts::PUBLIC_BEFORE.entry, debts::PRIVATE_BEFORE.entry, debts::PRIVATE_REPORT_TERM.entry];
    let checked_on = debts.iter().filter_map(|entry| entry.values.last()).map(|dated| dated.checked_on).max();
    let mut document: Document = Prose {
        page: Page::Onward,
        title: text::TITLE,
        description: text::DESCRIPTION,
        lead: text::LEAD,
        body: text::BODY,
        terms: text::TERMS,
    }
    .into();
    if let Some(checked_on) = checked_on {
        document.body = html! { (document.body) section.prose { h2 { (text::DEBT_TERMS) } (figures(&debts, checked_on)) } };
    }
    document
}
