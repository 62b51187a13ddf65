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
    /// How long steps took others, as [`domain::figures::Spread::encode`] writes it. Only the timeline reads it.
    pub observed: String,
}

impl Visit {
    /// A visit of a page that says nothing of others.
    #[must_use]
    pub fn of(on: Date, form: Entries) -> Visit {
        Visit { on, form, observed: String::new() }
    }

    /// What stands in the page of how long steps took others, if anything.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn observed(&self) -> Option<&str> {
        Some(self.observed.as_str()).filter(|observed| !observed.is_empty())
    }

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
        found.unwrap_or_else(|| Visit::of(Date::EARLIEST, Entries::default()))
    }
}
