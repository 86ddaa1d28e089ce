//! The status document that every poller here reads: what the portal answers
//! about a go-live, byte for byte as the emulator writes it.

use http::{HeaderMap, HeaderValue};
use lro::{BoxError, FinalReply, Reply, State, StatusMonitor, Via};
use serde::{Deserialize, Serialize};

/// A go-live under way: six steps, 2,068 bytes.
pub const STATUS: &str = include_str!("status.json");

/// The headers of the reply.
pub const HEADERS: [(&str, &str); 6] = [
    ("content-type", "application/json; charset=utf-8"),
    ("retry-after", "30"),
    (
        "x-ms-correlation-request-id",
        "a932a25a-24e3-439e-96aa-24f5973547e2",
    ),
    ("date", "Thu, 03 Dec 2026 05:50:06 GMT"),
    ("server", "golive-emulator/0.1.0"),
    ("cache-control", "no-cache"),
];

/// The URL that is polled. The query parameter is added at each poll.
pub const URL: &str = "https://portal.example/api/publishers/contoso/offers/\
    contoso-virtualmachineoffer/operations/c897ea41-afd5-461d-96c0-6dd242664a52";

/// The query parameter of every request.
pub const API_VERSION: (&str, &str) = ("api-version", "2017-10-31");

/// The headers, as the `http` crate keeps them.
pub fn headers() -> HeaderMap {
    HEADERS
        .into_iter()
        .map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, HeaderValue::from_static(value))
        })
        .collect()
}

/// The document with so many steps: the six of [`STATUS`], over and over.
///
/// # Panics
///
/// Never: the document is a constant.
pub fn with_steps(count: usize) -> String {
    let mut document: Status = serde_json::from_str(STATUS).expect("the constant is a status");
    let six = std::mem::take(&mut document.steps);
    document.steps = six.into_iter().cycle().take(count).collect();
    serde_json::to_string(&document).expect("a status is JSON")
}

/// The document, typed: the same type for every poller and for the limit.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// How the operation is doing.
    pub status: String,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Messages about the operation.
    pub messages: Vec<Message>,
    /// Where the preview is.
    pub preview_links: Vec<Link>,
    /// Where the live offer is.
    pub live_links: Vec<Link>,
    /// Which publishing it is.
    pub publishing_version: u64,
    /// Of which version of the offer.
    pub offer_version: u64,
    /// Whether it can be canceled.
    pub cancellation_request_state: Option<String>,
}

/// The same document, of which only the state is kept.
#[derive(Debug, Default, Deserialize)]
pub struct Brief {
    /// How the operation is doing.
    pub status: String,
}

/// A step of the operation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub step_name: String,
    /// What it does.
    pub description: String,
    /// How long it usually takes, in words.
    pub estimated_time_frame: Option<String>,
    /// How it is doing.
    pub status: String,
    /// How much is done, 0 to 100.
    pub progress_percentage: u32,
    /// Messages about it.
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The text, as HTML.
    pub message_html: String,
    /// How bad it is.
    pub level: String,
    /// When it was written.
    pub timestamp: String,
}

/// A link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What to show.
    pub display_text: String,
    /// Where it leads.
    pub uri: String,
}

macro_rules! status_monitor {
    ($status:ty) => {
        impl StatusMonitor for $status {
            type Output = ();
            const KIND: &'static str = "portal";

            fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
                reply.json()
            }

            fn state(&self) -> State {
                State::from_wire(&self.status)
            }

            fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
                Ok(())
            }
        }
    };
}

status_monitor!(Status);
status_monitor!(Brief);
