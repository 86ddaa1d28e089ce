//! What the tests of the whole workspace share: the contract, and the program.

mod contract;
mod program;

pub use contract::Contract;
pub use program::{EmulatorProcess, Ended, program, run};

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
