//! `cargo +nightly fuzz run poll` in this crate's folder: headers, status
//! bodies and resume tokens. The corpus is also an ordinary test of the crate.

#![no_main]

#[path = "../../tests/it/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::run(data));
