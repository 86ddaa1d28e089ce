//! The schemas of the contract, as JSON Schema understands them.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let yaml = include_str!("../../../../openapi/cloud-partner-portal.yaml");
    serde_saphyr::from_str(yaml).unwrap()
});

static VALIDATORS: LazyLock<BTreeMap<String, jsonschema::Validator>> = LazyLock::new(|| {
    let mut schemas = DOCUMENT["components"]["schemas"].clone();
    allow_null(&mut schemas);
    let names: Vec<String> = schemas.as_object().unwrap().keys().cloned().collect();
    let validator = |name: &str| {
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": { "schemas": schemas },
            "$ref": format!("#/components/schemas/{name}"),
        });
        jsonschema::validator_for(&root).unwrap()
    };
    names
        .into_iter()
        .map(|name| (name.clone(), validator(&name)))
        .collect()
});

/// What is wrong with a body, by the name of its schema; `[Offer]` is a list.
pub fn problems(schema: &str, body: &Value) -> Vec<String> {
    let item = schema.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let Some(item) = item else {
        let errors = VALIDATORS[schema].iter_errors(body);
        return errors.map(|error| error.to_string()).collect();
    };
    let list = body.as_array().expect("a list");
    list.iter().flat_map(|body| problems(item, body)).collect()
}

/// Pointers to all fields of the objects of a schema, but for those in lists.
pub fn fields(schema: &str) -> Vec<String> {
    let properties = &DOCUMENT["components"]["schemas"][schema]["properties"];
    let mut found = Vec::new();
    for (name, property) in properties.as_object().into_iter().flatten() {
        found.push(format!("/{name}"));
        let inner = property["$ref"]
            .as_str()
            .and_then(|it| it.rsplit('/').next());
        for field in inner.map(fields).unwrap_or_default() {
            found.push(format!("/{name}{field}"));
        }
    }
    found
}

/// Sets a field of an object, whether it is there or not.
pub fn set(object: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    object.pointer_mut(parent).unwrap()[name] = value;
}

/// `nullable: true` is OpenAPI's; JSON Schema says `type: [string, "null"]`.
fn allow_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let nullable = object.get("nullable") == Some(&Value::Bool(true));
            if let (true, Some(kind)) = (nullable, object.get("type").cloned()) {
                object.insert("type".to_owned(), json!([kind, "null"]));
            }
            object.values_mut().for_each(allow_null);
        }
        Value::Array(list) => list.iter_mut().for_each(allow_null),
        _ => {}
    }
}

#[test]
fn a_body_of_another_shape_is_a_problem() {
    assert!(problems("OperationDocument", &json!({ "status": "running" })).is_empty());
    assert!(problems("[Offer]", &json!([{ "id": null }])).is_empty());
    for (schema, body) in [
        ("OperationDocument", json!({ "status": 7 })),
        ("OperationDocument", json!("running")),
        ("[Offer]", json!([{ "version": "1" }])),
        ("ErrorBody", json!({ "code": "x" })),
    ] {
        assert!(!problems(schema, &body).is_empty(), "{schema}: {body}");
    }
}
