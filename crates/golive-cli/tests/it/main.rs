//! The program as a real process, against the emulator over loopback.

mod action;
mod azure_template;
mod ci;
mod completions;
mod docs;
mod go_live;
mod man;
mod program;
mod refusals;
mod schema;
mod script;
