//! The server: the portal over HTTP, and the command line for who wants to check a figure.

pub mod assess;
pub mod cli;
pub mod config;
pub mod exchange;
pub mod figures;
pub mod http;
pub mod schema;
pub mod startup;
mod today;
