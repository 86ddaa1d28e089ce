//! The SDK and the emulator in one process, without a socket.

// Each test uses a part of it.
#![allow(dead_code)]

use golive::{OfferDocument, Portal, StaticToken};
use golive_emulator::{Controls, Dialect, Emulator, Manner};
use lro::{TowerTransport, Transport};

pub const ENDPOINT: &str = "http://localhost";

/// A portal at an endpoint, reached over `transport`.
pub fn portal(endpoint: &str, transport: impl Transport) -> Portal {
    Portal::builder()
        .endpoint(endpoint)
        .credential(StaticToken::new("test-secret"))
        .transport(transport)
        .build()
        .unwrap()
}

/// A portal whose publishings run until somebody signs off, or end before.
pub fn migrated(running_until_sign_off: bool) -> (Portal, Controls) {
    let manner = Manner::from(Dialect::Migrated);
    let manner = match running_until_sign_off {
        true => manner.running_until_sign_off(),
        false => manner,
    };
    let (router, controls) = Emulator::builder().manner(manner).router().unwrap();
    (portal(ENDPOINT, TowerTransport::new(router)), controls)
}

/// An offer of contoso with one plan, which has an image in one version.
pub fn document(id: &str, version: &str) -> OfferDocument {
    let images = serde_json::json!({ version: {"osVhdUrl": "https://example.com/image.vhd"} });
    OfferDocument::new(serde_json::json!({
        "publisherId": "contoso",
        "offerTypeId": "microsoft-azure-virtualmachines",
        "id": id,
        "definition": {
            "displayText": "Appliance",
            "plans": [{"planId": "standard", "microsoft-azure-virtualmachines.vmImages": images}],
        },
    }))
    .unwrap()
}
