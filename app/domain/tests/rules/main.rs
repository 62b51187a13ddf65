//! The rules as whoever uses them sees them: one program, for each change of a rule is tried in all of it.
#![cfg(test)]

mod chooser;
mod figures;
mod golden;
mod notes;
mod properties;
mod receipt;
mod refusals;
mod rules_data;
mod target;
mod timeline;
mod together;
mod words;
