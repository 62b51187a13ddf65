//! What a page was made for: the day, and the form that was sent.
//!
//! The server hands it to the islands that it renders; the phone reads the same from the page's `main` element. Islands
//! have no properties of their own, so that no JSON reader reaches a phone that only asks questions.

use domain::calendar::Date;

use crate::entries::Entries;

/// One view of a page.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The day in the Netherlands, from the server's clock.
    pub on: Date,
    /// What was sent without scripts; empty where the page was just opened.
    pub form: Entries,
}

impl Visit {
    /// Hands this visit to the islands of the page that is being rendered.
    #[cfg(feature = "ssr")]
    pub fn begin(&self) {
        leptos::prelude::provide_context(self.clone());
    }

    /// The visit that an island belongs to.
    #[must_use]
    pub fn current() -> Visit {
        #[cfg(feature = "ssr")]
        let found = leptos::prelude::use_context::<Visit>();
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        let found = crate::phone::visit();
        #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
        let found = None;
        found.unwrap_or(Visit { on: Date::EARLIEST, form: Entries::default() })
    }
}
