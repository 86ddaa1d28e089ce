//! How the portal's state is written on the wire.
//!
//! Everything that a dialect changes is decided here.

mod location;
mod offer;
mod operation;

pub(crate) use location::{polling_header, version_parameter};
pub(crate) use operation::{find_by_key, submission_state};

use crate::dialect::Dialect;
use golive_client::types::{Link, LinkObject, Message, MessageObject};
use golive_client::{MessageLevel, Timestamp};
use serde_json::Map;

use crate::portal::Note;

/// Writes the portal's state in a dialect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renderer {
    pub(crate) dialect: Dialect,
}

fn message(note: Note) -> Message {
    Message::MessageObject(MessageObject {
        level: Some(MessageLevel::from(note.level)),
        message_html: Some(note.html),
        timestamp: Some(Timestamp::from(note.at)),
        extra: Map::new(),
    })
}

/// A link to a page that does not exist: a rehearsal publishes nothing, and a
/// link that looked real could be taken for a release.
fn link(text: &str, publisher: &str, offer: &str, query: &str) -> Link {
    let uri = format!("https://marketplace.example/apps/{publisher}.{offer}{query}");
    Link::LinkObject(LinkObject {
        display_text: Some(text.to_owned()),
        uri: Some(uri),
        extra: Map::new(),
    })
}
