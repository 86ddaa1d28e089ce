//! The program as a real process, against the emulator over loopback.

mod auth;
mod cancel;
mod go_live;
mod hostile;
mod offers;
mod operations;
mod program;
mod refusals;
mod secrets;
mod status;
mod steady;
mod suggestions;
