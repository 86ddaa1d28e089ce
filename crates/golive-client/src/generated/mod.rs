// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! What follows from the contract.
mod client;
pub mod endpoints;
pub mod errors;
pub mod headers;
mod open_enums;
pub mod types;
pub use client::Client;
pub use open_enums::*;
