//! The portal over HTTP, from the outside: whole requests to the whole router.
#![cfg(test)]

mod app;
mod browser;
mod families;
mod forms;
mod leave;
mod log;
mod pages;
#[path = "../shared/site.rs"]
mod site;
mod speed;

mod chooser {
    mod post;
}

mod amounts {
    mod compare;
    mod post;
    mod receipt;
}
