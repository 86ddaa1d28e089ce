//! The schemas of the contract, as JSON Schema understands them.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static VALIDATORS: LazyLock<BTreeMap<String, jsonschema::Validator>> = LazyLock::new(|| {
    let yaml = include_str!("../../../../openapi/cloud-partner-portal.yaml");
    let document: Value = serde_saphyr::from_str(yaml).unwrap();
    let mut schemas = document["components"]["schemas"].clone();
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
