//! The stages that a publishing goes through.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::time::Duration;

/// A stage of a publishing. The operation that runs it reports it as a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Validate,
    Certify,
    Provision,
    Package,
    SignOff,
    Live,
}

/// What is known of a stage.
pub(crate) struct Facts {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    /// How long the service says that the stage takes. People read it; the
    /// sign-off has none, because nobody knows when the publisher comes.
    pub(crate) estimate: Option<&'static str>,
    /// How long the stage takes here, within the estimate.
    pub(crate) duration: Duration,
    /// The least and the most that it takes when times are drawn.
    pub(crate) range: (Duration, Duration),
    /// What the service says when the stage is done.
    pub(crate) done: &'static str,
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

impl Stage {
    /// All stages, in order.
    pub(crate) const ALL: [Self; 6] = [
        Self::Validate,
        Self::Certify,
        Self::Provision,
        Self::Package,
        Self::SignOff,
        Self::Live,
    ];

    /// The stages that lead to a preview.
    pub(crate) const PREVIEW: [Self; 4] = [
        Self::Validate,
        Self::Certify,
        Self::Provision,
        Self::Package,
    ];

    /// The stage with an id.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.facts().id == id)
    }

    /// The ids of all stages, in order.
    pub(crate) fn ids() -> [&'static str; 6] {
        Self::ALL.map(|stage| stage.facts().id)
    }

    pub(crate) fn facts(self) -> Facts {
        match self {
            Self::Validate => Facts {
                id: "displaydummycertify",
                name: "Validate Pre-Requisites",
                description: "The settings of the offer are checked.",
                estimate: Some("< 15 min"),
                duration: Duration::from_secs(10 * MINUTE),
                range: (
                    Duration::from_secs(2 * MINUTE),
                    Duration::from_secs(15 * MINUTE),
                ),
                done: "The settings are <b>valid</b>.",
            },
            Self::Certify => Facts {
                id: "displaycertify",
                name: "Certification",
                description: "The offer is tested and certified.",
                estimate: Some("< 5 day"),
                duration: Duration::from_secs(48 * HOUR),
                range: (
                    Duration::from_secs(4 * HOUR),
                    Duration::from_secs(120 * HOUR),
                ),
                done: "The offer is <b>certified</b>.",
            },
            Self::Provision => Facts {
                id: "displayprovision",
                name: "Provisioning",
                description: "The images of the offer are copied to all regions.",
                estimate: Some("< 1 day"),
                duration: Duration::from_secs(12 * HOUR),
                range: (
                    Duration::from_secs(2 * HOUR),
                    Duration::from_secs(24 * HOUR),
                ),
                done: "The offer is <b>provisioned</b>.",
            },
            Self::Package => Facts {
                id: "displaypackage",
                name: "Packaging and Lead Generation Registration",
                description: "The page of the offer is built and leads are registered.",
                estimate: Some("< 1 hour"),
                duration: Duration::from_secs(40 * MINUTE),
                range: (
                    Duration::from_secs(10 * MINUTE),
                    Duration::from_secs(60 * MINUTE),
                ),
                done: "The preview can be <b>reviewed</b>.",
            },
            Self::SignOff => Facts {
                id: "publisher-signoff",
                name: "Publisher signoff",
                description: "The publisher reviews the preview and takes the offer live.",
                estimate: None,
                duration: Duration::ZERO,
                range: (Duration::ZERO, Duration::ZERO),
                done: "The publisher has <b>signed off</b>.",
            },
            Self::Live => Facts {
                id: "live",
                name: "Live",
                description: "The offer is pushed to production.",
                estimate: Some("~2-5 days"),
                duration: Duration::from_secs(60 * HOUR),
                range: (
                    Duration::from_secs(48 * HOUR),
                    Duration::from_secs(120 * HOUR),
                ),
                done: "The offer is <b>live</b>.",
            },
        }
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.facts().id)
    }
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = Cow::<str>::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| {
            let known = Self::ids().join("`, `");
            let problem = format!("unknown step `{id}`, expected one of `{known}`");
            de::Error::custom(problem)
        })
    }
}

impl JsonSchema for Stage {
    fn schema_name() -> Cow<'static, str> {
        "Step".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A step of a publishing, by its id.",
            "type": "string",
            "enum": Self::ids(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_found_by_its_id() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_id(stage.facts().id), Some(stage));
        }
        assert_eq!(Stage::from_id("Live"), None);
        assert_eq!(Stage::from_id(""), None);
    }
}
