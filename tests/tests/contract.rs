//! The contract is sound: its examples are valid, and it covers what it must.

use golive_tests::Contract;
use serde_json::Value;

/// Calls `visit` with every object of a value and the pointer to it.
fn walk(value: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(object) => {
            visit(pointer, value);
            for (key, value) in object {
                walk(value, &format!("{pointer}/{key}"), visit);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                walk(value, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn every_example_is_valid() {
    let contract = Contract::load();
    let mut checked = 0;
    let mut problems = Vec::new();
    walk(contract.document(), "", &mut |pointer, object| {
        // A schema is its own description; a parameter, header or body has one.
        let in_schemas = pointer.starts_with("/components/schemas/");
        let schema = if in_schemas {
            object
        } else {
            &object["schema"]
        };
        if !schema.is_object() {
            return;
        }
        let mut examples = Vec::new();
        if let Some(example) = object.get("example") {
            examples.push(example);
        }
        if let Some(named) = object.get("examples").and_then(Value::as_object) {
            examples.extend(
                named
                    .values()
                    .map(|example| &contract.follow(example)["value"]),
            );
        }
        for example in examples {
            checked += 1;
            for problem in contract.problems(schema, example) {
                problems.push(format!("{pointer}: {problem}"));
            }
        }
    });
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(checked >= 75, "only {checked} examples were found");
}

#[test]
fn every_body_and_every_schema_has_an_example() {
    let contract = Contract::load();
    for (name, schema) in contract.schemas() {
        assert!(schema.get("example").is_some(), "{name} has no example");
        assert!(
            schema.get("description").is_some(),
            "{name} has no description"
        );
    }
    walk(contract.document(), "", &mut |pointer, object| {
        if pointer.ends_with("/content/application/json") {
            let examples = object.get("examples").and_then(Value::as_object);
            assert!(
                examples.is_some_and(|examples| !examples.is_empty()),
                "{pointer}"
            );
        }
    });
}

#[test]
fn the_contract_is_openapi_3_0_and_every_reference_leads_somewhere() {
    let contract = Contract::load();
    assert_eq!(contract.document()["openapi"], "3.0.3");
    walk(contract.document(), "", &mut |_, object| {
        contract.follow(object);
    });
}

#[test]
fn wire_enumerations_are_open() {
    let contract = Contract::load();
    for (name, schema) in contract.schemas() {
        // Only what the caller alone writes may be closed.
        assert!(
            schema.get("enum").is_none() || name == "SlotId",
            "{name} is closed"
        );
        if schema.get("x-open-enum").is_some() {
            let unseen = Value::String("a spelling that nobody has seen".to_owned());
            assert!(contract.problems(schema, &unseen).is_empty(), "{name}");
        }
    }
}

#[test]
fn the_three_submissions_are_long_running_and_name_both_headers() {
    use golive_client::endpoints::ENDPOINTS;
    use golive_client::headers::names;
    let long_running: Vec<&str> = ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.long_running.is_some())
        .map(|endpoint| endpoint.id)
        .collect();
    assert_eq!(
        long_running,
        ["publish_offer", "go_live_offer", "cancel_operation"]
    );
    for endpoint in ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.long_running.is_some())
    {
        let accepted = endpoint.response(202).unwrap();
        for name in [
            names::OPERATION_LOCATION,
            names::LOCATION,
            names::RETRY_AFTER,
        ] {
            assert!(accepted.headers.contains(&name), "{} {name}", endpoint.id);
        }
    }
}

#[test]
fn the_seed_is_an_example() {
    let contract = Contract::load();
    let seed =
        &contract.document()["components"]["headers"]["OperationLocation"]["examples"]["seed"];
    assert_eq!(
        seed["value"],
        "https://cloudpartner.azure.com/api/publishers/contoso/offers/\
         contoso-virtualmachineoffer/operations/56615b67-2185-49fe-80d2-c4ddf77bb2e8"
    );
}
