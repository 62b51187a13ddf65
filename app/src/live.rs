//! A form that computes while she types: what every such form does on the phone.

use std::time::Duration;

use domain::calendar::Date;
use leptos::prelude::*;

use crate::entries::Entries;
use crate::phone;
use crate::ui::field_error;

/// Long enough for the next key, short enough to be called live.
pub const PAUSE: Duration = Duration::from_millis(200);
/// Long enough for the picture of what she did.
const MOMENT: Duration = Duration::from_millis(50);

/// What such a form works with.
pub struct Signals<T: Send + Sync + 'static> {
    /// What stands in it.
    pub typed: RwSignal<Entries>,
    /// What stood in it when she last left a field: only that is judged.
    pub left: RwSignal<Entries>,
    /// She asked for what comes out.
    pub asked: RwSignal<bool>,
    /// What comes out of what stands in it.
    pub result: Memo<T>,
    /// The same of what is judged: its problems are told.
    pub shown: Memo<T>,
    pub on: Date,
}

impl<T: Send + Sync + 'static> Clone for Signals<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Signals<T> {}

impl<T: Send + Sync + 'static> Signals<T> {
    /// She left a field, or changed the rows: what stands in the form counts, and may be judged.
    pub fn settle(self, now: impl FnOnce() -> Entries + 'static) {
        soon(move || {
            let now = now();
            self.typed.set(now.clone());
            self.left.set(now);
        });
    }

    /// She asked for what comes out: all of it is judged, and the title says whether something was refused.
    pub fn ask(self, typed: Entries, has_problems: bool) {
        self.typed.set(typed.clone());
        self.left.set(typed);
        self.asked.set(true);
        phone::judge(has_problems);
    }
}

/// Does it once she has seen that her finger was felt.
pub fn soon(work: impl FnOnce() + 'static) {
    set_timeout(work, MOMENT);
}

/// Makes those parts of the result anew that say something else now. The first ones stand in the page already.
pub fn show<T: Send + Sync + 'static>(computed: Memo<T>, parts: fn(&T) -> Vec<String>) {
    phone::remember_opened();
    let mut shown = computed.with_untracked(parts);
    Effect::new(move |_| {
        let parts = computed.with(parts);
        phone::fill_changed(".results > [data-part]", &shown, &parts);
        shown = parts;
        // New figures are new elements; what she had opened stays open.
        phone::reopen();
    });
}

/// Tells problems at their fields.
pub fn tell_problems<T: Send + Sync + 'static>(
    shown: Memo<T>,
    problem_at: fn(&T, &str) -> Option<&'static str>,
) {
    Effect::new(move |_| {
        shown.with(|shown| {
            phone::tell_problems(|path| {
                problem_at(shown, path).map(|problem| field_error(path, problem).into_string())
            });
        });
    });
}

/// Nothing was typed before this ran: the form says what a fresh one does.
#[cfg(any(feature = "hydrate-amounts", feature = "hydrate-timeline"))]
pub fn is_untouched(form: Option<&web_sys::HtmlFormElement>, fresh: &Entries) -> bool {
    form.is_none_or(|form| phone::entries_of(form).iter().all(|(name, value)| value == fresh.text(name)))
}

/// Goes to what came out, or to what was refused.
pub fn focus_on_result(has_problems: bool) {
    phone::focus_soon(if has_problems { ".error-summary" } else { "#uitkomst-kop" }.to_owned());
}
