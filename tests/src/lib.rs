//! What the tests of the whole workspace share: the contract.

mod contract;

pub use contract::Contract;

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
