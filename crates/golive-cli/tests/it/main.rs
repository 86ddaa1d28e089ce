//! The program as a real process, against the emulator over loopback.

mod go_live;
mod program;
mod refusals;
