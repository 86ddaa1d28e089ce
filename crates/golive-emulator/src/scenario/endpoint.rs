//! The endpoint that a rule is bound to, by its id in the contract.

use golive_client::Endpoint;
use golive_client::endpoints::ENDPOINTS;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;

/// An endpoint of the contract, written as its id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndpointId(pub(crate) &'static Endpoint);

impl PartialEq for EndpointId {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

fn ids() -> [&'static str; ENDPOINTS.len()] {
    ENDPOINTS.map(|endpoint| endpoint.id)
}

impl Serialize for EndpointId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.id)
    }
}

impl<'de> Deserialize<'de> for EndpointId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = Cow::<str>::deserialize(deserializer)?;
        let found = ENDPOINTS.into_iter().find(|endpoint| endpoint.id == id);
        found.map(Self).ok_or_else(|| {
            let known = ids().join("`, `");
            let problem = format!("unknown endpoint `{id}`, expected one of `{known}`");
            de::Error::custom(problem)
        })
    }
}

impl JsonSchema for EndpointId {
    fn schema_name() -> Cow<'static, str> {
        "Endpoint".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An endpoint of the contract, by its operationId.",
            "type": "string",
            "enum": ids(),
        })
    }
}
