//! What goes wrong with machines and lines: the program is killed, and nothing that it told is taken back.
#![cfg(test)]

mod backup;
#[path = "../shared/cluster.rs"]
mod cluster;
mod killed;
mod life;
#[path = "../shared/program.rs"]
mod program;
#[path = "../shared/site.rs"]
mod site;
mod writer;
