//! The portal over HTTP, from the outside: whole requests to the whole router.
#![cfg(test)]

mod app;
mod browser;
mod calendar;
#[path = "../shared/cluster.rs"]
mod cluster;
mod conversation;
#[path = "../shared/database.rs"]
mod database;
mod desk;
mod dossier;
mod families;
#[path = "../../../app/domain/tests/shared/figure.rs"]
mod figure;
mod figures;
mod forms;
mod health;
mod help;
mod leave;
mod lines;
mod log;
mod mail;
mod measures;
#[path = "../../../app/domain/tests/shared/mixed.rs"]
mod mixed;
mod office;
mod pages;
mod plain_dutch;
mod prose;
mod ready_letter;
mod room;
#[path = "../../../app/tests/plain_dutch/sentences.rs"]
mod sentences;
mod sign_in;
#[path = "../shared/site.rs"]
mod site;
mod speed;
mod staff;
mod states;
mod timeline;
mod words;

mod attack {
    mod elsewhere;
    mod guessed;
    mod payloads;
    mod replayed;
    mod secrets;
    mod shown;
    mod timing;
    mod typed;
    mod walk;
}

mod target {
    mod callback;
    mod cookies;
    mod events;
    mod tried;
}

mod together {
    mod join;
    mod kept;
    mod limits;
    mod line;
    mod pages;
    mod poll;
    pub mod table;
}

mod provider {
    pub mod hostile;
    pub mod real;
}

mod chooser {
    mod post;
}

mod amounts {
    mod compare;
    mod post;
    pub mod receipt;
}
