//! The real SDK against the emulator, in one process and on a paused clock.

mod days;
mod in_process;
mod scenarios;
