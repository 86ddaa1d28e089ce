//! The program as a real process, against the emulator over loopback.

#[cfg(unix)]
mod approval;
mod go_live;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod live_view;
mod portal;
mod program;
mod refusals;
#[cfg(unix)]
mod terminal;
mod transcript;
mod transcripts;
mod waiting;
