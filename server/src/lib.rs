//! The server: the portal over HTTP, and the command line for who wants to check a figure.

pub mod account;
pub mod assess;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod code;
pub mod config;
pub mod desk;
pub mod exchange;
pub mod figures;
pub mod help;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod office;
pub mod rotation;
pub mod schema;
pub mod seal;
pub mod staff;
pub mod startup;
pub mod store;
pub mod ticket;
pub mod timeline;
pub mod together;
pub mod tokens;
pub mod upkeep;
