//! The contract as JSON schemas.

use serde_json::{Map, Value, json};
use std::path::Path;

/// The contract of the Cloud Partner Portal API.
pub struct Contract {
    document: Value,
    /// The same, as JSON Schema understands it.
    schemas: Value,
}

impl Contract {
    /// Reads the contract of the workspace.
    ///
    /// # Panics
    ///
    /// The contract is missing or not YAML.
    pub fn load() -> Self {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/cloud-partner-portal.yaml");
        let yaml = std::fs::read_to_string(path).expect("the contract is there");
        let document: Value = serde_saphyr::from_str(&yaml).expect("the contract is YAML");
        let mut schemas = document["components"]["schemas"].clone();
        allow_null(&mut schemas);
        Self { document, schemas }
    }

    /// The document as it is written.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The schemas by name.
    ///
    /// # Panics
    ///
    /// The contract has no schemas.
    pub fn schemas(&self) -> &Map<String, Value> {
        self.document["components"]["schemas"]
            .as_object()
            .expect("there are schemas")
    }

    /// The value behind a reference, or the value itself.
    ///
    /// # Panics
    ///
    /// A reference to nothing.
    pub fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#');
                self.document
                    .pointer(pointer)
                    .unwrap_or_else(|| panic!("{reference} is missing"))
            }
            None => value,
        }
    }

    /// What is wrong with a value, by a schema of the contract; empty if
    /// nothing is.
    ///
    /// # Panics
    ///
    /// The schema is not a valid one.
    pub fn problems(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut schema = schema.clone();
        allow_null(&mut schema);
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": { "schemas": self.schemas },
            "allOf": [schema],
        });
        let validator = jsonschema::validator_for(&root).expect("the schema is valid");
        validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }
}

/// `nullable: true` is OpenAPI's; JSON Schema says `type: [string, "null"]`.
fn allow_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("nullable") == Some(&Value::Bool(true))
                && let Some(kind) = object.get("type").cloned()
            {
                object.insert("type".to_owned(), json!([kind, "null"]));
            }
            object.values_mut().for_each(allow_null);
        }
        Value::Array(list) => list.iter_mut().for_each(allow_null),
        _ => {}
    }
}
