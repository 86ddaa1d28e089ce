//! Reads a contract.

use crate::fault;
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::{budget, options};

/// Why a contract cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The file is not YAML.
    #[error("the contract is not valid YAML: {0}")]
    Yaml(String),
    /// The file is not an OpenAPI 3.0 document.
    #[error("the contract is not an OpenAPI 3.0 document: {place}: {problem}")]
    OpenApi {
        /// Where in the document.
        place: String,
        /// What is wrong.
        problem: serde_json::Error,
    },
    /// A part of the document is not what the generator needs.
    #[error("{place}: {problem}")]
    Shape {
        /// Where in the document.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// Progenitor does not accept the document.
    #[error("progenitor: {0}")]
    Progenitor(#[from] progenitor::Error),
    /// Progenitor, or what it uses, gave up where it does not return an error.
    #[error("progenitor cannot work with {place}: {problem}")]
    GivenUp {
        /// Where in the document, as far as it is known.
        place: String,
        /// What it said.
        problem: String,
    },
    /// Generated code is not valid Rust, or not as expected.
    #[error("generated code: {0}")]
    Code(String),
}

impl ContractError {
    pub(crate) fn shape(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Shape {
            place: place.into(),
            problem: problem.into(),
        }
    }
}

/// A document as progenitor wants it.
pub(crate) fn openapi(document: &Value) -> Result<openapiv3::OpenAPI, serde_json::Error> {
    openapiv3::OpenAPI::deserialize(document)
}

/// An OpenAPI 3.0 document, with references that can be followed.
#[derive(Clone, Debug)]
pub struct Contract {
    document: Value,
}

impl Contract {
    /// Reads a contract from YAML.
    ///
    /// # Errors
    ///
    /// Text that is not YAML, or not an OpenAPI 3.0 document.
    pub fn parse(yaml: &str) -> Result<Self, ContractError> {
        let options = options! {
            // Hundreds of times what the contract of a portal needs.
            budget: budget! { max_nodes: 4_000_000, max_events: 8_000_000 },
        };
        let document: Value = serde_saphyr::from_str_with_options(yaml, options)
            .map_err(|error| ContractError::Yaml(error.to_string()))?;
        let contract = Self { document };
        contract.openapi()?;
        Ok(contract)
    }

    /// The document as it is written.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The document as progenitor wants it.
    pub(crate) fn openapi(&self) -> Result<openapiv3::OpenAPI, ContractError> {
        openapi(&self.document).map_err(|problem| ContractError::OpenApi {
            place: fault::place(&self.document, &problem.to_string()),
            problem,
        })
    }

    /// The value behind a reference, or the value itself.
    pub(crate) fn follow<'a>(&'a self, value: &'a Value) -> Result<&'a Value, ContractError> {
        match value.get("$ref").and_then(Value::as_str) {
            None => Ok(value),
            Some(reference) => reference
                .strip_prefix('#')
                .and_then(|pointer| self.document.pointer(pointer))
                .ok_or_else(|| {
                    ContractError::shape(format!("$ref {reference:?}"), "refers to nothing")
                }),
        }
    }

    /// A text at a JSON pointer.
    pub(crate) fn text(&self, pointer: &str) -> Result<&str, ContractError> {
        self.document
            .pointer(pointer)
            .and_then(Value::as_str)
            .ok_or_else(|| ContractError::shape(pointer, "a text is expected here"))
    }
}
