//! What must be in the Preview slot before an offer goes live.

use crate::{Edition, Error, Offer, OfferDocument, Slot};
use serde_json::Value;
use std::fmt;

const REPLACED: &str = "something else has been published to preview since it was shown for \
                        approval; look at it, and approve it anew";

/// Something that must be in the preview.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Expectation {
    Image { plan: String, version: String },
    Value { pointer: String, value: Value },
}

impl Expectation {
    fn problem(&self, preview: &OfferDocument) -> Option<String> {
        match self {
            Self::Image { plan, version } => {
                let plans = preview.plans();
                let Some(found) = plans.iter().find(|found| found.id == *plan) else {
                    return Some(format!("the preview has no plan {plan}"));
                };
                if found.images.contains_key(version) {
                    return None;
                }
                let there: Vec<&str> = found.images.keys().map(String::as_str).collect();
                let there = if there.is_empty() {
                    "none".to_owned()
                } else {
                    there.join(", ")
                };
                Some(format!(
                    "the preview has no image {version} in the plan {plan}; its images are: {there}"
                ))
            }
            Self::Value { pointer, value } => match preview.value().pointer(pointer) {
                Some(found) if found == value => None,
                Some(found) => Some(format!(
                    "{pointer} of the preview is {}, not {value}",
                    Short(found)
                )),
                None => Some(format!(
                    "the preview has nothing at {pointer}, and {value} is expected"
                )),
            },
        }
    }
}

/// A value that is not too long for a message.
struct Short<'a>(&'a Value);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        match text.char_indices().nth(200) {
            Some((end, _)) => write!(f, "{}…", &text[..end]),
            None => f.write_str(&text),
        }
    }
}

impl Offer {
    /// Checks the Preview slot: what is expected of it, and that it is still as it was
    /// when it was shown for approval. Asks for nothing if there is nothing to check.
    pub(crate) async fn check_preview(
        &self,
        expected: &[Expectation],
        shown: Option<&Edition>,
    ) -> Result<(), Error> {
        let shown = shown.filter(|it| !it.is_unknown());
        if expected.is_empty() && shown.is_none() {
            return Ok(());
        }
        let preview = self.get_slot(Slot::Preview).await?;
        let replaced = shown.is_some_and(|it| it.is_replaced_by(&Edition::of(&preview)));
        let problems = expected.iter().filter_map(|it| it.problem(&preview));
        let problems = problems.chain(replaced.then(|| REPLACED.to_owned()));
        let problems: Vec<String> = problems.collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(Error::unexpected_preview(problems.join("; "), replaced))
    }
}
