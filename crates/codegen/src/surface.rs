//! The public surface of a contract, one line for each fact.

use crate::model::{Endpoint, Place, type_name};
use crate::{Contract, ContractError};
use serde_json::Value;
use std::fmt::Write;

/// Lists every endpoint, parameter, header, status code, field and known
/// spelling, one a line, so that a change of the contract is a small diff.
///
/// # Errors
///
/// A contract that cannot be understood.
pub fn surface(contract: &Contract) -> Result<String, ContractError> {
    let mut out = String::new();
    for endpoint in contract.endpoints()? {
        list_endpoint(&mut out, &endpoint);
    }
    for (name, schema) in contract.schemas()? {
        list_schema(&mut out, name, schema);
    }
    for open in contract.open_enums()? {
        for value in &open.values {
            line(
                &mut out,
                &format!(
                    "value {}.{} = {}",
                    open.name,
                    value.name,
                    value.spellings.join(" | ")
                ),
            );
        }
    }
    Ok(out)
}

fn list_endpoint(out: &mut String, endpoint: &Endpoint) {
    let id = &endpoint.id;
    line(
        out,
        &format!("endpoint {id} {} {}", endpoint.method, endpoint.path),
    );
    if let Some(via) = &endpoint.final_state_via {
        line(
            out,
            &format!("endpoint {id} long-running final-state-via={via}"),
        );
    }
    for parameter in &endpoint.parameters {
        let place = match parameter.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        };
        let need = need(parameter.required);
        line(
            out,
            &format!(
                "parameter {id} {place} {} {} {need}",
                parameter.name, parameter.schema
            ),
        );
    }
    if let Some(body) = &endpoint.request_body {
        line(
            out,
            &format!("request {id} {} {}", body.schema, need(body.required)),
        );
    }
    for response in &endpoint.responses {
        let body = response.body.as_deref().unwrap_or("-");
        line(out, &format!("response {id} {} {body}", response.status));
        for header in &response.headers {
            line(
                out,
                &format!("header {id} {} {}", response.status, header.name),
            );
        }
    }
}

fn list_schema(out: &mut String, name: &str, schema: &Value) {
    line(out, &format!("schema {name} {}", shape(schema)));
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let properties = schema.get("properties").and_then(Value::as_object);
    for (field, value) in properties.into_iter().flatten() {
        let need = need(required.contains(&field.as_str()));
        line(
            out,
            &format!("field {name}.{field} {} {need}", shape(value)),
        );
    }
}

fn shape(schema: &Value) -> String {
    let mut shape = match schema.get("oneOf").and_then(Value::as_array) {
        Some(options) => options
            .iter()
            .map(type_name)
            .collect::<Vec<_>>()
            .join(" | "),
        None => type_name(schema),
    };
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        let _ = write!(shape, " {}", values.join(" | "));
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        let _ = write!(shape, " {pattern}");
    }
    if schema.get("nullable").and_then(Value::as_bool) == Some(true) {
        shape.push_str(" nullable");
    }
    if schema.get("x-open-enum").is_some() {
        shape.push_str(" open");
    }
    shape
}

fn need(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
