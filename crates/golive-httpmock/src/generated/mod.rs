// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! What follows from the contract.
mod headers;
mod mock;
pub use mock::*;
