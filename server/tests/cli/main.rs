//! The program `herstelroute`, as an expert or an operator runs it.
#![cfg(test)]

mod assess;
mod backup;
mod cases;
#[path = "../shared/cluster.rs"]
mod cluster;
mod pages;
#[path = "../shared/program.rs"]
mod program;
mod replay;
mod schema;
mod serve;
mod simulate;
#[path = "../shared/site.rs"]
mod site;
mod staff;
mod timeline;
mod token;
mod upkeep;
mod verify_audit;
