//! The meeting's own page, /samen: her code, who wants to look along, and afterwards what happened.

use domain::together::{CODE_LASTS, Chair, Ending, Happening, MeetingCode, is_path};
use maud::{Markup, html};
use wasm_bindgen_futures::spawn_local;

use super::browser::{hour, now, on_action, put};
use super::kept::{self, Kept};
use super::line::{self, NoTicket};
use super::seal::{self, Seal};
use super::{PLACE, log, parent, words};
use crate::content::shell::nav;
use crate::content::together as text;
use crate::phone;
use crate::ui::{self, notice, qr};
use crate::urls::Page;

/// Shows how far she is, and lets her begin.
pub fn begin() {
    listen();
    match Kept::load().filter(|kept| !kept.is_helper) {
        Some(kept) => spawn_local(parent::sit_down(kept)),
        None => put(nothing_yet(None)),
    }
    phone::mark_ready();
}

fn listen() {
    on_action("click", |_, action, _| match action {
        "begin" => {
            put(html! { p.nl-paragraph role="status" { (text::start::WAITING_FOR_SERVER) } });
            spawn_local(async {
                match new_meeting().await {
                    Ok(kept) => parent::sit_down(kept).await,
                    Err(trouble) => put(nothing_yet(Some(&trouble))),
                }
            });
        }
        "again" => phone::reload(),
        "print" => phone::print(),
        "forget" => {
            kept::forget_log();
            put(nothing_yet(None));
        }
        "copy" => {
            if let Some(link) = Kept::load().and_then(|kept| kept.code()).and_then(|code| link(&code)) {
                let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
                let _ = clipboard.map(|clipboard| clipboard.write_text(&link));
                if let Some(said) = phone::element("samen-gekopieerd") {
                    said.set_text_content(Some(text::code::COPIED));
                }
            }
        }
        _ => {}
    });
}

/// Makes a code, and takes her chair with it. The server gets neither the code nor a key.
async fn new_meeting() -> Result<Kept, String> {
    let code = seal::new_code().ok_or(text::trouble::INSECURE)?;
    let seal = Seal::of(&code, Chair::Parent).await.ok_or(text::trouble::INSECURE)?;
    let ticket = line::begin(&seal.name).await.map_err(trouble)?;
    let mut kept = Kept::new(Chair::Parent, &code, ticket, now());
    kept.came_from = came_from().unwrap_or_default();
    kept.save();
    kept::forget_log();
    kept::happened(Happening::Started);
    Ok(kept)
}

/// Why there is no chair, in words.
pub fn trouble(why: NoTicket) -> String {
    match why {
        NoTicket::Refused => text::join::REFUSED.to_owned(),
        NoTicket::TooMany(minutes) => text::trouble::too_many(minutes),
        NoTicket::Offline => text::trouble::OFFLINE.to_owned(),
    }
}

/// The page of this site where she was before.
fn came_from() -> Option<String> {
    let referrer = phone::document()?.referrer();
    let origin = web_sys::window()?.location().origin().ok()?;
    let path = referrer.strip_prefix(&origin)?.split(['?', '#']).next()?.to_owned();
    (is_path(&path) && path != Page::Together.path()).then_some(path)
}

/// Where the code stands behind the `#`, which no browser sends.
fn link(code: &MeetingCode) -> Option<String> {
    let origin = web_sys::window()?.location().origin().ok()?;
    Some(format!("{origin}{}#{}", Page::JoinTogether.path(), code.signs()))
}

/// Shows how far the meeting is, if this is its page. `false`: it is another page.
pub fn render(kept: &Kept, ended: Option<Ending>) -> bool {
    let is_here = phone::element(PLACE).is_some();
    if is_here {
        put(match ended {
            Some(ending) => over(ending),
            None if kept.is_confirmed => together(kept),
            None if kept.is_joined => confirm(kept),
            None => waiting(kept),
        });
    }
    is_here
}

/// The button to begin; and what happened last time, if this tab still knows.
fn nothing_yet(trouble: Option<&str>) -> Markup {
    html! {
        @if let Some(trouble) = trouble { div role="alert" { (notice("late", trouble, html! {})) } }
        div.button-row {
            button #samen-begin class="nl-button nl-button--primary" type="button" data-together="begin" { (text::start::BUTTON) }
        }
        @if trouble.is_none() { (last_time()) }
    }
}

fn waiting(kept: &Kept) -> Markup {
    let Some((code, link)) = kept.code().and_then(|code| Some((code.clone(), link(&code)?))) else {
        return html! {};
    };
    let address = link.split('#').next().unwrap_or_default().to_owned();
    let until = kept.began_at + u64::try_from(CODE_LASTS).unwrap_or(0) * 1_000;
    html! {
        h2 class="nl-heading nl-heading--level-2" tabindex="-1" { (text::code::TITLE) }
        p.nl-paragraph { (text::code::LEAD) }
        p.code #samen-code { (code) }
        p.nl-paragraph { (text::code::where_to_go(&address)) }
        p.nl-paragraph { strong { (text::code::until(hour(until))) } }
        (qr(&link, text::code::QR_LABEL))
        div.button-row {
            button class="nl-button nl-button--secondary" type="button" data-together="copy" { (text::code::COPY) }
        }
        p #samen-gekopieerd role="status" {}
        (notice("waiting", text::code::WAITING, html! {}))
        (stop())
    }
}

/// Who is there: she says whether that is who she expects.
fn confirm(kept: &Kept) -> Markup {
    let (name, badge) = (&kept.name, kept.badge());
    html! {
        @if name.is_empty() {
            p.nl-paragraph role="status" { (text::banner::JOINING) }
        } @else {
            h2 #samen-wie class="nl-heading nl-heading--level-2" tabindex="-1" { (text::confirm::title(name)) }
            @match badge {
                Some(badge) => {
                    @let words = match &badge.organisation {
                        Some(organisation) => text::confirm::verified_organisation(&badge.name, &badge.role, organisation),
                        None => text::confirm::verified(&badge.name, &badge.role),
                    };
                    (notice("done", &words, html! {}))
                }
                None => (notice("waiting", &text::confirm::unverified(name), html! { p { (text::confirm::UNVERIFIED_ADVICE) } })),
            }
            p.nl-paragraph { (text::confirm::ASK) }
            div.button-row {
                button class="nl-button nl-button--primary" type="button" data-together="confirm" { (text::confirm::YES) }
                button class="nl-button nl-button--secondary" type="button" data-together="stop" { (text::confirm::NO) }
            }
        }
    }
}

fn together(kept: &Kept) -> Markup {
    let places = [
        (Page::Chooser, nav::CHOOSER),
        (Page::Amounts, nav::AMOUNTS),
        (Page::Timeline, nav::TIMELINE),
        (Page::Help, nav::HELP),
    ];
    html! {
        h2 class="nl-heading nl-heading--level-2" tabindex="-1" { (text::confirmed::title(&kept.name)) }
        p.nl-paragraph { (text::confirmed::LEAD) }
        @if !kept.came_from.is_empty() {
            p { a.nl-button."nl-button--primary" href=(kept.came_from) { (text::confirmed::GO_BACK) } }
        }
        p.nl-paragraph { (text::confirmed::GO_ON) }
        ul { @for (page, name) in places { li { a.nl-link href=(page.path()) { (name) } } } }
        (log::log(&kept::log(), Chair::Parent))
    }
}

fn over(ending: Ending) -> Markup {
    html! {
        div role="status" { (notice("done", text::over::TITLE, html! { p { (words::ending(ending)) } })) }
        div.button-row {
            button class="nl-button nl-button--primary" type="button" data-together="again" { (text::over::AGAIN) }
        }
        (last_time())
    }
}

/// What happened in the meeting that is over.
fn last_time() -> Markup {
    let kept = kept::log();
    html! {
        @if !kept.is_empty() {
            (log::log(&kept, Chair::Parent))
            p.nl-paragraph { (text::over::KEPT) }
            div.button-row {
                button class="nl-button nl-button--subtle" type="button" data-together="forget" { (text::over::FORGET) }
            }
        }
    }
}

fn stop() -> Markup {
    html! {
        div.button-row {
            button class="nl-button nl-button--subtle" type="button" data-together="stop" { (ui::icon("icon-leave")) (text::code::STOP) }
        }
    }
}
