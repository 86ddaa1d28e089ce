//! How the portal's state is written on the wire.
//!
//! Everything that a dialect changes is decided here.

mod location;
mod offer;
mod operation;
mod secrets;
mod words;

pub(crate) use location::{OPERATION_LOCATION, Server, polling_header, version_parameter};
pub(crate) use operation::find_by_key;

use crate::dialect::Manner;
use golive_client::MessageLevel;
use golive_client::types::{Link, LinkObject, Message, MessageObject};
use serde_json::Map;

use crate::portal::Note;

/// Writes the portal's state in a manner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renderer {
    pub(crate) manner: Manner,
}

impl Renderer {
    fn message(self, note: Note) -> Message {
        Message::MessageObject(MessageObject {
            level: Some(MessageLevel::from(note.level)),
            message_html: Some(note.html),
            timestamp: Some(self.time(note.at)),
            extra: Map::new(),
        })
    }
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
