//! The routes of the portal and the layers around them.

mod account;
mod amounts;
mod bearer;
mod chooser;
mod clear;
mod client;
mod content;
mod cookie;
mod desk;
mod dossier;
mod encoding;
mod form;
mod guard;
mod headers;
mod health;
mod help;
mod leave;
mod office;
mod portal;
mod render;
mod room;
mod timeline;
mod together;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use app::shell::Site;
use app::urls::{CALENDAR_SAVE, Kind, LEAVE, Page, RECEIPT_OPEN, RECEIPT_SAVE};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::config::Config;
pub use cookie::{Cookie, SESSION, TOGETHER, TRIP};
pub use health::Stopping;
use portal::Portal;
pub use portal::Services;
pub use room::OneTooMany;
use room::Room;

/// No form here is larger; a receipt is far smaller.
const MOST_BODY_BYTES: usize = 512 * 1024;
const LONGEST_ANSWER: Duration = Duration::from_secs(20);

/// Everything that the portal answers, with the estimates that are current when it is asked.
pub fn router(config: &Config, site: Site, services: Services) -> Router {
    let watched = health::routes(services.store.clone(), services.stopping.clone());
    let portal = Portal::new(site, services, config.client_address_header.clone());
    let (renderer, guarded) = (portal.renderer.clone(), portal.clone());
    let lines = together::routes(portal.clone());
    let mut pages = Router::new()
        .route(Page::Chooser.path(), get(chooser::show).post(chooser::answer))
        .route(Page::Amounts.path(), get(amounts::show).post(amounts::calculate))
        .route(Page::Comparison.path(), get(amounts::compare_nothing).post(amounts::compare))
        .route(Page::Timeline.path(), get(timeline::show).post(timeline::told))
        .route(Page::Dossier.path(), get(dossier::show).post(dossier::act))
        .route(Page::Help.path(), get(help::show).post(help::answer))
        .route(Page::FollowHelp.path(), get(help::ask_code).post(help::follow))
        .route(Page::ReadyLetter.path(), get(timeline::letters).post(timeline::letter))
        .route(Page::Conversation.path(), get(timeline::empty_sheet).post(timeline::sheet))
        .route(Page::Together.path(), get(together::show))
        .route(Page::JoinTogether.path(), get(together::show_join))
        .route(CALENDAR_SAVE, post(timeline::calendar))
        .route(RECEIPT_SAVE, post(amounts::save_receipt))
        .route(RECEIPT_OPEN, post(amounts::open_receipt))
        .route(LEAVE, get(leave::leave))
        .route(Page::Figures.path(), get(content::figures))
        .merge(office::routes())
        .merge(account::routes(&portal))
        .merge(desk::routes());
    let fixed = |page: &Page| page.kind() == Kind::Content && *page != Page::Figures;
    for page in Page::ALL.into_iter().filter(fixed) {
        pages = pages.route(page.path(), get(content::show(page)));
    }
    let room = Room::for_so_many(config.most_at_once);
    let leave_to: Arc<str> = config.leave_to.clone().into();
    pages
        .with_state(portal)
        .layer(axum::Extension(leave_to))
        .fallback_service(content::files(&config.site))
        .layer(from_fn_with_state(guarded, guard::guard))
        .layer(CatchPanicLayer::custom(render::after_a_panic))
        .layer(from_fn(encoding::compress))
        .layer(from_fn_with_state(room, room::enter))
        .layer(from_fn(whole::to_its_end))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
        .layer(from_fn_with_state(renderer, render::in_the_house))
        .layer(from_fn(render::together))
        .merge(lines)
        .layer(from_fn(headers::secure))
        .layer(from_fn(headers::log))
        .merge(watched)
}
