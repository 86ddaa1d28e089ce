//! The resume token of an operation.

use crate::Error;
use crate::goal::Goal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

pub(crate) const PUBLISHER: &str = "publisher";
pub(crate) const OFFER: &str = "offer";

/// What another process needs to go on with an operation: which offer it is
/// about and where to poll. It has no credential in it.
///
/// It prints as one URL-safe line and reads back with [`FromStr`]; with serde it
/// is a JSON object.
///
/// ```
/// # fn example(operation: &golive::Operation) -> Result<(), golive::Error> {
/// let line = operation.token().to_string();
/// let token: golive::ResumeToken = line.parse()?;
/// println!("goes on with {}/{}", token.publisher(), token.offer());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResumeToken(pub(crate) lro::ResumeToken);

impl ResumeToken {
    /// The publisher; empty if the token does not say.
    pub fn publisher(&self) -> &str {
        self.word(PUBLISHER)
    }

    /// The offer; empty if the token does not say.
    pub fn offer(&self) -> &str {
        self.word(OFFER)
    }

    /// The URL that is polled.
    pub fn url(&self) -> &str {
        self.0.url().as_str()
    }

    /// The id of the operation, or its key if the offer was not migrated.
    pub fn operation_id(&self) -> &str {
        let path = self.0.url().path().trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it waits until a preview is ready, as after a publishing. After a go-live
    /// it waits for the end of the operation, or for the offer to be live.
    pub fn waits_for_preview(&self) -> bool {
        self.0.kind() == Goal::Preview.kind()
    }

    fn word(&self, key: &str) -> &str {
        self.0.context().get(key).map_or("", String::as_str)
    }
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ResumeToken {
    type Err = Error;

    /// Reads the one-line form, or the JSON form. Space around it is ignored.
    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.starts_with('{') {
            let token = serde_json::from_str(text);
            return token.map_err(|error| Error::invalid(format!("not a resume token: {error}")));
        }
        text.parse().map(Self).map_err(Error::from)
    }
}
