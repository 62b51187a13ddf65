//! What goes wrong with machines and lines, brought about: nothing that people were told is taken back.
#![cfg(test)]

mod ask;
mod backup;
mod book;
mod clock;
#[path = "../shared/cluster.rs"]
mod cluster;
mod drain;
mod each;
mod figure;
mod full;
mod killed;
mod life;
mod line;
mod postgres;
#[path = "../shared/program.rs"]
mod program;
mod readonly;
mod restart;
#[path = "../shared/site.rs"]
mod site;
mod tool;
mod twice;
mod write;
