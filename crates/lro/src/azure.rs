//! Azure's standard status monitor.

use std::marker::PhantomData;

use http::StatusCode;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::reply::json;
use crate::{BoxError, Failure, FinalReply, FinalState, Reply, State, StatusMonitor, Via};

/// Azure's standard status monitor, with a result of type `T`.
///
/// It reads all four protocols:
///
/// - `Operation-Location` and `Azure-AsyncOperation`: the body's `status`. No
///   `status` is an error, never success.
/// - `Location`: 202 is in progress, and any other success ends the operation
///   with the body as its result.
/// - the resource itself: `properties.provisioningState`, or `status`.
///
/// The result is the body's `result`, or comes from where
/// [`FinalState::Auto`] says. An absent result reads as JSON `null`, so use
/// `()`, `Option<_>` or [`serde_json::Value`] where there may be none.
#[derive(Debug)]
pub struct AzureStatus<T = Value> {
    state: State,
    id: Option<String>,
    percent_complete: Option<f64>,
    failure: Option<Failure>,
    resource_location: Option<String>,
    inline: Inline,
    output: PhantomData<fn() -> T>,
}

/// Where in the status reply the result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inline {
    Absent,
    Result,
    Properties,
    WholeBody,
}

/// Only the status has to be of the right type: a service that sends an odd
/// percentage still has an operation to wait for.
#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    id: Value,
    status: Option<String>,
    #[serde(rename = "percentComplete", default)]
    percent_complete: Value,
    #[serde(default)]
    error: Value,
    #[serde(rename = "resourceLocation", default)]
    resource_location: Value,
    result: Option<IgnoredAny>,
    properties: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Resource {
    status: Option<String>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(rename = "provisioningState")]
    provisioning_state: Option<String>,
}

/// A JSON object; a list would otherwise be read as the fields in order.
fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, BoxError> {
    match body.trim_ascii_start().first() {
        Some(b'{') => json(body),
        _ => Err("the reply is no JSON object".into()),
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

impl<T> AzureStatus<T> {
    /// The operation's identifier, when the service gives one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// How much is done, 0 to 100, when the service says so.
    pub fn percent_complete(&self) -> Option<f64> {
        self.percent_complete
    }

    fn whole(state: State) -> Self {
        Self {
            state,
            id: None,
            percent_complete: None,
            failure: None,
            resource_location: None,
            inline: Inline::WholeBody,
            output: PhantomData,
        }
    }

    fn document(body: &[u8]) -> Result<Self, BoxError> {
        let wire: Wire = object(body)?;
        let status = wire.status.ok_or("the reply has no status")?;
        Ok(Self {
            state: State::from_wire(&status),
            id: text(wire.id),
            percent_complete: wire.percent_complete.as_f64(),
            failure: Failure::from_json(&wire.error),
            resource_location: text(wire.resource_location),
            inline: match (wire.result, wire.properties) {
                (Some(_), _) => Inline::Result,
                (None, Some(_)) => Inline::Properties,
                (None, None) => Inline::Absent,
            },
            output: PhantomData,
        })
    }

    fn resource(body: &[u8]) -> Result<Self, BoxError> {
        let resource: Resource = object(body)?;
        let status = resource
            .properties
            .and_then(|properties| properties.provisioning_state)
            .or(resource.status)
            .ok_or("the resource has no provisioningState and no status")?;
        let mut this = Self::whole(State::from_wire(&status));
        if this.state == State::Failed {
            this.failure = Failure::from_body(body);
        }
        Ok(this)
    }
}

impl<T: DeserializeOwned + Send + 'static> StatusMonitor for AzureStatus<T> {
    type Output = T;
    const KIND: &'static str = "azure";

    fn parse(reply: &Reply, via: Via) -> Result<Self, BoxError> {
        match via {
            Via::Location if reply.status() == StatusCode::ACCEPTED => {
                Ok(Self::whole(State::in_progress()))
            }
            Via::Location => Ok(Self::whole(State::Succeeded)),
            Via::Original => Self::resource(reply.body()),
            // A reply without any polling URL and not 202: the work is done,
            // unless the body says something else.
            Via::Reply => {
                Ok(Self::resource(reply.body()).unwrap_or_else(|_| Self::whole(State::Succeeded)))
            }
            Via::OperationLocation | Via::AzureAsyncOperation => Self::document(reply.body()),
        }
    }

    /// In the `Location` protocol an error answer is how an operation fails.
    fn is_failure(reply: &Reply, via: Via) -> bool {
        via == Via::Location && reply.status().is_client_error()
    }

    fn state(&self) -> State {
        self.state.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }

    fn resource_location(&self) -> Option<&str> {
        self.resource_location.as_deref()
    }

    fn final_state(&self) -> FinalState {
        match self.inline {
            Inline::Result | Inline::WholeBody => FinalState::Status,
            Inline::Properties | Inline::Absent => FinalState::Auto,
        }
    }

    fn output(&self, reply: FinalReply<'_>) -> Result<T, BoxError> {
        let (body, inline) = match reply {
            FinalReply::Status(reply) => (reply.body(), self.inline),
            FinalReply::Fetched(reply) => (reply.body(), Inline::WholeBody),
        };
        let name = match inline {
            Inline::WholeBody if !body.is_empty() => return json(body),
            Inline::WholeBody | Inline::Absent => return Ok(serde_json::from_value(Value::Null)?),
            Inline::Result => "result",
            Inline::Properties => "properties",
        };
        let mut document: Value = json(body)?;
        let value = document.get_mut(name).map(Value::take).unwrap_or_default();
        Ok(serde_json::from_value(value)?)
    }
}
