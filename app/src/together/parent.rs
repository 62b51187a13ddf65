//! Her chair, beside any page: what she shows and covers, and what she decides of proposals.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::together::{Ending, Guidance, Happening, Message, Outcome, Proposal, View};
use gloo_timers::future::TimeoutFuture;
use maud::{Markup, html};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use super::banner::{self, Banner};
use super::browser::{all, on_action, show};
use super::kept::{self, Kept};
use super::line;
use super::meeting::{Meeting, Told};
use super::reading::{self, Place, RESULTS, Reading};
use super::{other_tabs, start, words};
use crate::content::together as text;
use crate::phone::document;
use crate::urls::Page;

/// How long a page that changes is left to change, in milliseconds.
const PAUSE: u32 = 80;

/// Her chair on the page that is open.
struct Chair {
    meeting: Rc<Meeting>,
    /// What the banner says, and the line that a screen reader says at once.
    banner: Element,
    status: Element,
    /// What the other chair was told of this page.
    told: RefCell<Option<View>>,
    /// A look at the page is under way.
    is_waiting: Cell<bool>,
    is_offline: Cell<bool>,
    ended: Cell<Option<Ending>>,
}

/// Takes her chair, if this tab has one.
pub async fn begin() {
    match Kept::load().filter(|kept| !kept.is_helper) {
        Some(kept) => sit_down(kept).await,
        None => elsewhere(),
    }
}

/// Takes her chair on the page that is open.
pub async fn sit_down(kept: Kept) {
    until_live().await;
    let Some((banner, status)) = banner::make() else { return };
    let Some(meeting) = Meeting::open(kept).await else { return };
    let it = Rc::new(Chair {
        meeting,
        banner,
        status,
        told: RefCell::default(),
        is_waiting: Cell::new(false),
        is_offline: Cell::new(false),
        ended: Cell::new(None),
    });
    it.meeting.begin({
        let it = it.clone();
        move |told| it.told(told)
    });
    it.listen();
    {
        let it = it.clone();
        other_tabs::answer(move || it.ended.get().is_none());
    }
    it.render();
    it.changed();
}

/// This tab isn't in a meeting. Another one of this browser may be.
fn elsewhere() {
    other_tabs::ask(|| {
        if let Some((banner, _)) = banner::make() {
            show(
                &banner,
                &html! { div.together-bar { p { (text::banner::ELSEWHERE) } (banner::stop()) } }
                    .into_string(),
            );
            on_action("click", move |_, action, _| match action {
                "stop" => {
                    show(&banner, &banner::over(Ending::StoppedByParent).into_string());
                    spawn_local(line::stop(None));
                }
                "close" => close(),
                _ => {}
            });
        }
    });
}

/// The page's own islands make their parts live first.
async fn until_live() {
    for _ in 0..100 {
        let is_live = document()
            .and_then(|document| document.document_element())
            .is_some_and(|root| root.has_attribute("data-ready"));
        if is_live || all("leptos-island").is_empty() {
            return;
        }
        TimeoutFuture::new(50).await;
    }
}

impl Chair {
    fn listen(self: &Rc<Self>) {
        let it = self.clone();
        on_action("click", move |_, action, pressed| {
            let of = |name: &str| pressed.get_attribute(name).unwrap_or_default();
            it.pressed(action, &of("data-question"), of("data-proposal").parse().unwrap_or(0));
        });
        let it = self.clone();
        let on_change = Closure::<dyn Fn()>::new(move || it.changed());
        if let Some(main) = crate::phone::element("inhoud") {
            for event in ["input", "change", "toggle"] {
                // Folds don't bubble.
                let call = on_change.as_ref().unchecked_ref();
                let _ = main.add_event_listener_with_callback_and_bool(event, call, true);
            }
            if let Ok(observer) = MutationObserver::new(on_change.as_ref().unchecked_ref()) {
                let all = MutationObserverInit::new();
                all.set_child_list(true);
                all.set_subtree(true);
                all.set_character_data(true);
                let _ = observer.observe_with_options(&main, &all);
            }
        }
        on_change.forget();
    }

    fn told(&self, told: Told) {
        match told {
            Told::Tell => self.tell_all(),
            Told::Message(Message::Guidance(guidance)) => self.guided(guidance),
            Told::Message(_) => {}
            Told::Joined => {
                if !self.kept(|kept| kept.is_confirmed) {
                    self.say(text::banner::JOINING);
                }
            }
            Told::Away(is_away) => {
                let name = self.name();
                self.say(&if is_away { text::banner::away(name) } else { text::banner::back(name) });
            }
            Told::Offline(is_offline) => {
                if self.is_offline.replace(is_offline) != is_offline {
                    self.say(if is_offline { text::banner::OFFLINE } else { text::banner::ONLINE });
                }
            }
            Told::Ended(ending) => {
                self.ended.set(Some(ending));
                self.say(words::ending(ending));
                all(".together-field").iter().for_each(Element::remove);
                all(".together-pointed").iter().for_each(unlight);
            }
        }
        self.render();
    }

    /// Something on the page may be different now; looked at once it is done changing.
    fn changed(self: &Rc<Self>) {
        if self.is_waiting.replace(true) {
            return;
        }
        let it = self.clone();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            it.is_waiting.set(false);
            it.look();
        });
    }

    /// Reads the page, tells what changed, and puts at each question what belongs there.
    fn look(&self) {
        if self.ended.get().is_some() || !self.kept(|kept| kept.is_confirmed) {
            return;
        }
        let Reading { view, places } = self.read();
        let before = self.told.replace(Some(view.clone()));
        match before.and_then(|before| view.changes_since(&before)) {
            Some(changes) if changes.is_empty() => {}
            Some(changes) => self.meeting.say(Message::Answers(changes)),
            None => self.tell_page(view),
        }
        self.told_of(&places);
        self.dress(&places);
        self.render();
    }

    fn read(&self) -> Reading {
        reading::page(&self.meeting.kept.borrow().covers)
    }

    fn tell_page(&self, view: View) {
        if view.path != Page::Together.path() {
            self.opened(&view.title);
        }
        self.meeting.say(Message::View(view));
    }

    fn opened(&self, title: &str) {
        let log = kept::log();
        let opened = log.iter().rev().find_map(|(_, happening)| match happening {
            Happening::Opened { title } => Some(title),
            _ => None,
        });
        if opened.is_none_or(|opened| opened != title) {
            self.meeting.happened(Happening::Opened { title: title.to_owned() });
        }
    }

    /// All of her half, to a helper who came (back).
    fn tell_all(&self) {
        if !self.kept(|kept| kept.is_confirmed) {
            return self.meeting.say(Message::Here);
        }
        let Reading { view, places } = self.read();
        *self.told.borrow_mut() = Some(view.clone());
        self.tell_page(view);
        self.meeting.say(Message::Settled(self.kept(|kept| kept.settled.clone())));
        self.dress(&places);
    }

    /// Takes in what the helper does now.
    fn guided(&self, guidance: Guidance) {
        let (new_notes, pointed) = {
            let mut kept = self.meeting.kept.borrow_mut();
            kept.named(&guidance.name);
            let known = kept.number;
            let new_notes: Vec<_> =
                guidance.notes.iter().filter(|note| note.number > known).cloned().collect();
            kept.number = new_notes.last().map_or(known, |note| note.number);
            let pointed = guidance.pointed.clone().filter(|it| kept.guidance.pointed.as_ref() != Some(it));
            kept.guidance = guidance;
            kept.save();
            (new_notes, pointed)
        };
        if !self.kept(|kept| kept.is_confirmed) {
            return;
        }
        for note in new_notes {
            self.say(&text::guidance::noted(self.name(), &note.text));
            self.meeting.happened(Happening::Noted { text: note.text });
        }
        let Reading { places, .. } = self.read();
        if let Some(place) = pointed.and_then(|id| places.iter().find(|place| place.id == id)) {
            let label = place.label.clone();
            self.say(&text::guidance::pointed(self.name(), &label));
            self.meeting.happened(Happening::Pointed { label });
        }
        self.told_of(&places);
        self.dress(&places);
    }

    /// Tells her of proposals for this page that she wasn't told of, and declines what can be no answer.
    fn told_of(&self, places: &[Place]) {
        let new: Vec<Proposal> = self.kept(|kept| {
            let is_new = |it: &&Proposal| !kept.told.contains(&it.number);
            kept.guidance.proposals.iter().filter(is_new).cloned().collect()
        });
        let settled = self.kept(|kept| kept.settled.clone());
        for proposal in new.into_iter().filter(|it| places.iter().any(|place| place.id == it.question)) {
            let known = settled.iter().find(|(number, _)| *number == proposal.number).copied();
            if let Some(known) = known {
                self.drop_proposal(proposal.number);
                self.meeting.say(Message::Settled(vec![known]));
                continue;
            }
            let Some((label, words)) = self.in_words(&proposal) else {
                self.drop_proposal(proposal.number);
                self.meeting.say(Message::Settled(vec![(proposal.number, Outcome::Declined)]));
                continue;
            };
            {
                let mut kept = self.meeting.kept.borrow_mut();
                kept.told.push(proposal.number);
                kept.save();
            }
            self.say(&text::guidance::proposes_at(self.name(), &label));
            self.meeting.happened(Happening::Proposed { label, words });
        }
    }

    /// The question and the answer that is proposed, as the page words them. `None`: this can be no answer here.
    fn in_words(&self, proposal: &Proposal) -> Option<(String, String)> {
        let told = self.told.borrow();
        let question = told.as_ref()?.question(&proposal.question)?;
        Some((question.label.clone(), words::answer(&question.control, &proposal.value)?))
    }

    fn pressed(&self, action: &str, question: &str, proposal: u32) {
        match action {
            "stop" => self.meeting.stop(),
            "confirm" => self.confirm(),
            "read" => {
                let mut kept = self.meeting.kept.borrow_mut();
                kept.read = kept.number;
                kept.save();
            }
            "close" => close(),
            "flip" => self.flip(question),
            "show-all" => self.cover_page(|kept, path| kept.covers.show_all(path), Happening::UncoveredAll),
            "cover-all" => self.cover_page(|kept, path| kept.covers.cover_all(path), Happening::CoveredAll),
            "accept" => self.settle(proposal, Outcome::Accepted),
            "change" => self.settle(proposal, Outcome::Changed),
            "decline" => self.settle(proposal, Outcome::Declined),
            _ => return,
        }
        self.look();
    }

    /// It is who she expects: from here on she is seen.
    fn confirm(&self) {
        let badge = self.kept(Kept::badge);
        {
            let mut kept = self.meeting.kept.borrow_mut();
            kept.is_confirmed = true;
            kept.save();
        }
        let joined = Happening::Joined { name: self.name(), role: badge.map(|badge| badge.role) };
        self.meeting.happened(joined);
        self.meeting.happened(Happening::Confirmed);
        self.tell_all();
        crate::phone::focus_on("#samen h2");
    }

    fn flip(&self, id: &str) {
        let Reading { view, places } = self.read();
        let (label, was_shown, ids) = if id == RESULTS {
            let is_shown = self.kept(|kept| kept.covers.shows(&view.path, RESULTS, true));
            (text::field::RESULTS.to_owned(), is_shown, vec![RESULTS.to_owned()])
        } else {
            let Some(place) = places.iter().find(|place| place.id == id) else { return };
            let is_like_it = |it: &&Place| place.flips.contains(&it.id) && it.is_shown == place.is_shown;
            let ids = places.iter().filter(is_like_it).map(|it| it.id.clone()).collect();
            (place.asked.clone(), place.is_shown, ids)
        };
        self.cover_page(
            |kept, path| ids.iter().for_each(|id| kept.covers.flip(path, id)),
            if was_shown { Happening::Covered { label } } else { Happening::Uncovered { label } },
        );
    }

    fn cover_page(&self, change: impl Fn(&mut Kept, &str), happening: Happening) {
        {
            let mut kept = self.meeting.kept.borrow_mut();
            change(&mut kept, &super::browser::path());
            kept.save();
        }
        self.meeting.happened(happening);
    }

    /// What she decides of a proposal. Only here does an answer of hers change.
    fn settle(&self, number: u32, outcome: Outcome) {
        let proposal =
            self.kept(|kept| kept.guidance.proposals.iter().find(|it| it.number == number).cloned());
        let Some(proposal) = proposal else { return };
        let Some((label, words)) = self.in_words(&proposal) else { return };
        if outcome == Outcome::Accepted && !reading::fill_in(&proposal.question, &proposal.value) {
            return;
        }
        self.drop_proposal(number);
        {
            let mut kept = self.meeting.kept.borrow_mut();
            kept.settled.push((number, outcome));
            kept.save();
        }
        self.meeting.say(Message::Settled(vec![(number, outcome)]));
        self.meeting.happened(Happening::Settled { label, words, outcome });
        // The button that had the focus goes: it moves to the question.
        if let Some(control) = reading::control(&proposal.question) {
            let _ = control.focus();
        }
    }

    fn drop_proposal(&self, number: u32) {
        let mut kept = self.meeting.kept.borrow_mut();
        kept.guidance.proposals.retain(|it| it.number != number);
        kept.told.retain(|told| *told != number);
        kept.save();
    }

    /// Puts at each question whether it is seen, and what is proposed; lights up what is pointed at.
    fn dress(&self, places: &[Place]) {
        let (pointed, proposals, name) = self
            .kept(|kept| (kept.guidance.pointed.clone(), kept.guidance.proposals.clone(), kept.name.clone()));
        let made = all(".together-field");
        for place in places {
            let is_pointed = pointed.as_ref() == Some(&place.id);
            let _ = place.whole.class_list().toggle_with_force("together-pointed", is_pointed);
            let proposal = proposals.iter().find(|it| it.question == place.id);
            let proposal = proposal.and_then(|it| Some((it.number, self.in_words(it)?.1)));
            let proposal = proposal.as_ref().map(|(number, words)| (*number, words.as_str()));
            let content = banner::at_question(place, proposal, &name).into_string();
            let known = made.iter().find(|it| it.get_attribute("data-of").as_ref() == Some(&place.id));
            match known {
                Some(known) => show(known, &content),
                None => {
                    let whole = html! { div.together.together-field data-of=(place.id) {} };
                    let _ = place.last.insert_adjacent_html("afterend", &whole.into_string());
                    if let Some(new) = place.last.next_element_sibling() {
                        show(&new, &content);
                    }
                }
            }
        }
        let is_left = |it: &&Element| {
            let of = it.get_attribute("data-of");
            !places.iter().any(|place| of.as_ref() == Some(&place.id))
        };
        made.iter().filter(is_left).for_each(Element::remove);
    }

    fn render(&self) {
        let (is_joined, is_confirmed) = self.kept(|kept| (kept.is_joined, kept.is_confirmed));
        // The meeting's own page says itself how far it is.
        let has_place = start::render(&self.meeting.kept.borrow(), self.ended.get());
        let markup = match (self.ended.get(), is_joined, is_confirmed) {
            (Some(_), ..) | (None, _, false) if has_place => html! {},
            (Some(ending), ..) => banner::over(ending),
            (None, _, true) => self.bar(),
            (None, true, false) => banner::to_start(text::banner::JOINING, text::banner::TO_CONFIRM),
            (None, false, false) => banner::to_start(text::banner::WAITING, text::banner::TO_CODE),
        };
        show(&self.banner, &markup.into_string());
    }

    fn bar(&self) -> Markup {
        let (kept, view) = (self.meeting.kept.borrow(), self.told.borrow());
        let (is_offline, is_away) = (self.is_offline.get(), self.meeting.is_away());
        Banner { kept: &kept, view: view.as_ref(), is_offline, is_away }.bar()
    }

    fn kept<T>(&self, read: impl Fn(&Kept) -> T) -> T {
        read(&self.meeting.kept.borrow())
    }

    fn name(&self) -> String {
        self.kept(|kept| kept.name.clone())
    }

    /// To a screen reader, at once.
    fn say(&self, words: &str) {
        self.status.set_text_content(Some(words));
    }
}

fn close() {
    all(".together-banner").iter().for_each(Element::remove);
}

fn unlight(element: &Element) {
    let _ = element.class_list().remove_1("together-pointed");
}
