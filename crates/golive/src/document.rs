//! An offer's document: open JSON, with accessors for what releases need.

use crate::Error;
use golive_client::{OfferStateKind, types};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// How an offer stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OfferState {
    /// There is only a draft.
    NeverPublished,
    /// The publishing has not started.
    NotStarted,
    /// The preview is ready; the publisher has to sign off.
    WaitingForPublisherReview,
    /// A publishing is running.
    Running,
    /// The offer is live.
    Succeeded,
    /// The last publishing was canceled.
    Canceled,
    /// The last publishing failed.
    Failed,
    /// A word that nobody has seen before, as the service spells it.
    Other(String),
}

impl OfferState {
    /// One word, as the service usually spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NeverPublished => OfferStateKind::NeverPublished.as_str(),
            Self::NotStarted => OfferStateKind::NotStarted.as_str(),
            Self::WaitingForPublisherReview => OfferStateKind::WaitingForPublisherReview.as_str(),
            Self::Running => OfferStateKind::Running.as_str(),
            Self::Succeeded => OfferStateKind::Succeeded.as_str(),
            Self::Canceled => OfferStateKind::Canceled.as_str(),
            Self::Failed => OfferStateKind::Failed.as_str(),
            Self::Other(text) => text,
        }
    }

    fn from_wire(text: &str) -> Self {
        match golive_client::OfferState::from(text).kind() {
            OfferStateKind::NeverPublished => Self::NeverPublished,
            OfferStateKind::NotStarted => Self::NotStarted,
            OfferStateKind::WaitingForPublisherReview => Self::WaitingForPublisherReview,
            OfferStateKind::Running => Self::Running,
            OfferStateKind::Succeeded => Self::Succeeded,
            OfferStateKind::Canceled => Self::Canceled,
            OfferStateKind::Failed => Self::Failed,
            _ => Self::Other(text.to_owned()),
        }
    }
}

impl fmt::Display for OfferState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The document of an offer: its JSON as it is, nothing lost, with accessors for
/// what release tooling needs.
///
/// ```
/// # fn main() -> Result<(), golive::Error> {
/// let mut document: golive::OfferDocument = r#"{
///     "id": "contoso-virtualmachineoffer",
///     "definition": {"plans": [{"planId": "standard",
///         "microsoft-azure-virtualmachines.vmImages": {
///             "1.0.0": {"osVhdUrl": "https://example.com/1.vhd"}}}]}
/// }"#.parse()?;
/// let plans = document.plans();
/// assert_eq!(plans[0].id, "standard");
/// assert_eq!(plans[0].images["1.0.0"].os_vhd_url.as_deref(), Some("https://example.com/1.vhd"));
///
/// document.value_mut()["definition"]["displayText"] = "Contoso".into();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OfferDocument {
    value: Value,
    etag: Option<String>,
}

/// A plan of an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Its id; empty if it has none.
    pub id: String,
    /// Its images by version, those of all disk generations included.
    pub images: BTreeMap<String, VmImage>,
}

/// An image of a virtual machine in one version.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct VmImage {
    /// Where the disk of the operating system is.
    pub os_vhd_url: Option<String>,
    /// The name that people read.
    pub label: Option<String>,
}

impl OfferDocument {
    /// A document from JSON.
    ///
    /// # Errors
    ///
    /// JSON that is not an object.
    pub fn new(value: Value) -> Result<Self, Error> {
        if !value.is_object() {
            return Err(Error::invalid(
                "the document of an offer must be a JSON object",
            ));
        }
        Ok(Self { value, etag: None })
    }

    pub(crate) fn with_etag(mut self, etag: Option<String>) -> Self {
        self.etag = etag;
        self
    }

    /// The JSON.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The JSON, to change it.
    pub fn value_mut(&mut self) -> &mut Value {
        &mut self.value
    }

    /// The JSON.
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The id of the offer.
    pub fn id(&self) -> Option<&str> {
        self.text("id")
    }

    /// The id of the publisher.
    pub fn publisher(&self) -> Option<&str> {
        self.text("publisherId")
    }

    /// The kind of the offer, for example `microsoft-azure-virtualmachines`.
    pub fn offer_type(&self) -> Option<&str> {
        self.text("offerTypeId")
    }

    /// How the offer stands.
    pub fn state(&self) -> Option<OfferState> {
        self.text("status").map(OfferState::from_wire)
    }

    /// The version, which the service raises after each publishing.
    pub fn version(&self) -> Option<i64> {
        self.value.get("version")?.as_i64()
    }

    /// The version of the record, for
    /// [`Offer::put_if_match`](crate::Offer::put_if_match): from the header of
    /// the answer, else from the document.
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_deref().or_else(|| self.text("eTag"))
    }

    /// The plans. A plan that cannot be understood is left out.
    pub fn plans(&self) -> Vec<Plan> {
        let plans = self
            .value
            .pointer("/definition/plans")
            .and_then(Value::as_array);
        plans.into_iter().flatten().filter_map(plan).collect()
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.value.get(field)?.as_str()
    }
}

impl std::str::FromStr for OfferDocument {
    type Err = Error;

    fn from_str(json: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(json)
            .map_err(|error| Error::invalid(format!("the document is not JSON: {error}")))?;
        Self::new(value)
    }
}

fn plan(value: &Value) -> Option<Plan> {
    let plan: types::Plan = serde_json::from_value(value.clone()).ok()?;
    let generations = plan.disk_generations.unwrap_or_default();
    let images = generations
        .into_iter()
        .flat_map(|generation| {
            [
                generation.microsoft_azure_virtualmachines_vm_images,
                generation.microsoft_azure_corevm_vm_images_public_azure,
            ]
        })
        // What the plan says itself comes last and so counts.
        .chain([
            plan.microsoft_azure_virtualmachines_vm_images,
            plan.microsoft_azure_corevm_vm_images_public_azure,
        ])
        .flatten()
        .flatten()
        .map(|(version, image)| {
            let types::VmImage {
                os_vhd_url, label, ..
            } = image;
            (version, VmImage { os_vhd_url, label })
        });
    Some(Plan {
        images: images.collect(),
        id: plan.plan_id.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let json = r#"{"version":null,"z":1,"a":{"newField":[null]},"id":"x"}"#;
        let document: OfferDocument = json.parse().unwrap();
        assert_eq!(
            document.value().to_string(),
            serde_json::from_str::<Value>(json).unwrap().to_string()
        );
        assert_eq!(document.version(), None);
        assert!(
            "[]".parse::<OfferDocument>()
                .unwrap_err()
                .is_invalid_input()
        );
        assert!("{".parse::<OfferDocument>().unwrap_err().is_invalid_input());
    }

    #[test]
    fn images_of_every_type_of_offer_are_found() {
        let document: OfferDocument = r#"{"version":636576975611768314,"definition":{"plans":[
            {"planId":"a","microsoft-azure-virtualmachines.vmImages":{"1":{"osVhdUrl":"u"}}},
            {"planId":"b","microsoft-azure-corevm.vmImagesPublicAzure":{"2":{"label":"l"}},
             "diskGenerations":[{"planId":"b-gen1","microsoft-azure-corevm.vmImagesPublicAzure":{"3":{}}}]},
            {"planId":"c","microsoft-azure-virtualmachines.vmImages":null},
            "damaged"]}}"#
            .parse()
            .unwrap();
        let plans = document.plans();
        let versions = |plan: &Plan| plan.images.keys().cloned().collect::<Vec<_>>().join(" ");
        let found: Vec<_> = plans
            .iter()
            .map(|plan| (plan.id.as_str(), versions(plan)))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "1".to_owned()),
                ("b", "2 3".to_owned()),
                ("c", String::new())
            ]
        );
        assert_eq!(document.version(), Some(636_576_975_611_768_314));
    }
}
