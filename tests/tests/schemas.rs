//! The generated types and the contract say the same.

use golive_client::{self as client, types};
use golive_tests::Contract;
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The schema of each generated type, by the name of the contract's.
fn generated() -> BTreeMap<String, Value> {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    macro_rules! all {
        ($($name:ty),* $(,)?) => { $(add::<$name>(&mut generator);)* };
    }
    all![
        client::CancellationRequestState,
        client::LockStatus,
        client::MessageLevel,
        client::MigrationStatus,
        client::OfferState,
        client::OfferTypeId,
        client::OperationState,
        client::Slot,
        client::StepState,
        client::SubmissionState,
        client::SubmissionType,
        client::Timestamp,
        types::ErrorBody,
        types::ErrorDetail,
        types::ErrorEnvelope,
        types::Link,
        types::LinkObject,
        types::Message,
        types::MessageObject,
        types::Offer,
        types::OfferDefinition,
        types::OfferId,
        types::OfferStatus,
        types::OfferType,
        types::Operation,
        types::OperationDocument,
        types::OperationId,
        types::OperationKey,
        types::DiskGeneration,
        types::Plan,
        types::Publisher,
        types::PublisherDefinition,
        types::PublisherId,
        types::SlotId,
        types::Step,
        types::Submission,
        types::SubmissionMetadata,
        types::SubmissionRequest,
        types::Text,
        types::VmImage,
        types::WrappedOperation,
    ];
    let definitions = generator.take_definitions(false);
    definitions.into_iter().collect()
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

#[test]
fn generated_types_have_the_schemas_of_the_contract() {
    let contract = Contract::load();
    let generated = generated();
    let names = |keys: Vec<&String>| -> Vec<String> {
        let mut names: Vec<String> = keys.into_iter().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(
        names(generated.keys().collect()),
        names(contract.schemas().keys().collect())
    );
    for (name, expected) in contract.schemas() {
        assert_eq!(shape(&generated[name]), shape(expected), "{name}");
    }
}

#[test]
fn every_example_of_a_schema_is_read_and_written_back_unchanged() {
    let contract = Contract::load();
    fn check<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, example: &Value) {
        let read: T = serde_json::from_value(example.clone())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(&serde_json::to_value(read).unwrap(), example, "{name}");
    }
    let example = |name: &str| &contract.schemas()[name]["example"];
    check::<types::Offer>("Offer", example("Offer"));
    check::<types::OperationDocument>("OperationDocument", example("OperationDocument"));
    check::<types::WrappedOperation>("WrappedOperation", example("WrappedOperation"));
    check::<types::Submission>("Submission", example("Submission"));
    check::<types::OfferStatus>("OfferStatus", example("OfferStatus"));
    check::<types::ErrorBody>("ErrorBody", example("ErrorBody"));
    check::<types::Message>("Message", example("Message"));
    check::<types::Link>("Link", example("Link"));
    check::<types::Publisher>("Publisher", example("Publisher"));
    // Fields that the contract does not name are kept.
    let unknown =
        json!({"id": "a", "newField": {"x": [1, null]}, "version": 636576975611768314_i64});
    check::<types::Offer>("an unknown field", &unknown);
}

/// What must agree: types, fields, which are required, what they refer to.
/// Left out: prose, and whether null is allowed, because an optional field
/// reads null as none.
fn shape(schema: &Value) -> Value {
    let Some(schema) = schema.as_object() else {
        // JSON Schema's `true`: anything.
        return json!({});
    };
    if let Some(options) = nullable_option(schema) {
        return shape(options);
    }
    let mut shape_of = Map::new();
    for (key, value) in schema {
        let value = match key.as_str() {
            "type" => without_null(value),
            "properties" => {
                let fields = value.as_object().into_iter().flatten();
                let mut fields: Vec<_> = fields
                    .map(|(name, field)| (name.clone(), shape(field)))
                    .collect();
                fields.sort_by(|left, right| left.0.cmp(&right.0));
                Value::Object(fields.into_iter().collect())
            }
            "items" => shape(value),
            "additionalProperties" => shape(value),
            "anyOf" | "oneOf" => {
                let options = value.as_array().into_iter().flatten();
                shape_of.insert("options".to_owned(), options.map(shape).collect());
                continue;
            }
            "required" => {
                let mut names = value.as_array().cloned().unwrap_or_default();
                names.sort_by_key(Value::to_string);
                Value::Array(names)
            }
            "$ref" | "enum" | "format" => value.clone(),
            _ => continue,
        };
        shape_of.insert(key.clone(), value);
    }
    shape_of.sort_keys();
    Value::Object(shape_of)
}

/// `anyOf: [X, null]`, which is how schemars writes an optional reference.
fn nullable_option(schema: &Map<String, Value>) -> Option<&Value> {
    match schema.get("anyOf")?.as_array()?.as_slice() {
        [option, null] | [null, option] if null["type"] == "null" => Some(option),
        _ => None,
    }
}

fn without_null(kind: &Value) -> Value {
    match kind.as_array() {
        None => kind.clone(),
        Some(kinds) => match kinds
            .iter()
            .filter(|kind| *kind != "null")
            .collect::<Vec<_>>()[..]
        {
            [kind] => kind.clone(),
            _ => kind.clone(),
        },
    }
}
