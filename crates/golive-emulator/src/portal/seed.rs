//! The offer that a rehearsal begins with.

use super::{Portal, Precondition, Stage};
use crate::durations::StepDurations;
use golive_client::types;
use std::time::{Duration, SystemTime};

/// The publisher of the offer that an emulator begins with.
pub const PUBLISHER: &str = "contoso";
/// The id of the offer that an emulator begins with.
pub const OFFER: &str = "contoso-virtualmachineoffer";

/// How long the preview has been waiting for the publisher.
const WAITING: Duration = Duration::from_secs(2 * 60 * 60);

impl Portal {
    /// A portal with one virtual machine offer that is published to preview and
    /// waits for the publisher, so that a go-live works at once.
    pub(crate) fn with_offer(seed: u64, durations: StepDurations, now: SystemTime) -> Self {
        let mut portal = Self::empty(seed, StepDurations::Typical);
        let stages = Stage::PREVIEW.iter();
        let takes: Duration = stages.map(|stage| stage.facts().duration).sum();
        let published = now - takes - WAITING;
        let created = published - WAITING;
        let put = portal.put(PUBLISHER, OFFER, document(), &Precondition::None, created);
        debug_assert_eq!(put, Ok(true));
        let publish = portal.publish(PUBLISHER, OFFER, None, published);
        debug_assert!(publish.is_ok());
        portal.durations = durations;
        portal
    }
}

fn document() -> types::Offer {
    let document = serde_json::json!({
        "offerTypeId": golive_client::OfferTypeIdKind::VirtualMachines.as_str(),
        "publisherId": PUBLISHER,
        "id": OFFER,
        "definition": {
            "displayText": "Contoso Virtual Machine",
            "offer": {
                "microsoft-azure-marketplace.title": "Contoso Virtual Machine",
                "microsoft-azure-marketplace.summary": "A machine to rehearse a release with.",
            },
            "plans": [{
                "planId": "standard",
                "regions": ["DE", "US"],
                "microsoft-azure-virtualmachines.vmImages": {
                    "1.0.0": {
                        "osVhdUrl": "https://contoso.example/vhds/contoso-1.0.0.vhd",
                        "lunVhdDetails": [],
                    },
                },
            }],
        },
    });
    serde_json::from_value(document).expect("the document is one of the contract's")
}
