//! The program as a real process, against the emulator over loopback.

mod action;
mod auth;
mod azure_template;
mod cancel;
mod ci;
mod completions;
mod docs;
mod go_live;
mod hostile;
mod man;
mod offers;
mod operations;
mod program;
mod refusals;
mod schema;
mod script;
mod secrets;
mod status;
mod steady;
mod suggestions;
