//! Turns a contract in `openapi/` into the crates that are generated from it.
//!
//! One contract goes in; out come the low-level client and its types (by
//! progenitor), typed mocks (by progenitor), and what progenitor leaves out:
//! response headers, documented errors, a table of endpoints, and open
//! enumerations. The same contract always gives the same bytes.
//!
//! This is the only crate that depends on progenitor. Users of the generated
//! crates never build it.

mod contract;
mod emit;
mod fault;
mod model;
mod output;
mod project;
mod surface;

pub use contract::{Contract, ContractError};
pub use model::{Endpoint, Header, OpenEnum, Parameter, Place, RequestBody, Response, Spelling};
pub use output::{Difference, File, WriteError, compare, write};
pub use project::{PROJECTS, Project};
pub use surface::surface;

/// Generates every file of a project.
///
/// Paths are relative to the root of the workspace.
///
/// # Errors
///
/// A contract that progenitor or this crate does not understand.
pub fn generate(project: &Project, contract: &Contract) -> Result<Vec<File>, ContractError> {
    emit::caught::caught(|| emit::files(project, contract))
        .unwrap_or_else(|problem| Err(ContractError::Code(problem)))
}
