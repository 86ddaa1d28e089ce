//! The program as a real process, against the emulator over loopback.

mod action;
#[cfg(unix)]
mod approval;
mod auth;
mod azure_template;
mod cancel;
mod ci;
mod completions;
mod conflict;
mod docs;
#[cfg(unix)]
mod edges;
mod go_live;
mod hostile;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod live_view;
mod man;
mod many;
mod no_result;
mod offers;
mod operations;
mod portal;
mod program;
mod refusals;
mod release_token;
mod resume_command;
mod schema;
mod script;
mod secrets;
mod status;
mod steady;
mod styles;
mod suggestions;
#[cfg(unix)]
mod terminal;
mod token_file;
mod transcript;
mod transcripts;
mod unanswered;
mod waiting;
