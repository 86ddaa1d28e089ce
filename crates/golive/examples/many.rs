//! Takes many offers live in one task.
//!
//! `cargo run -p golive --example many` runs it against an emulator in this process,
//! in which days pass in seconds.

use futures_util::StreamExt;
use golive::{OfferDocument, OperationSet, Portal, StaticToken, Update};
use golive_emulator::Emulator;
use serde_json::json;

const OFFERS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().speed(300_000.0).start().await?;
    let portal = Portal::builder()
        .endpoint(emulator.url())
        .credential(StaticToken::new("anything"))
        .build()?;

    // Previews and go-lives may be in one set: whoever is previewed goes live.
    let mut set = OperationSet::new(&portal).concurrency(4);
    for number in 0..OFFERS {
        let id = format!("appliance-{number}");
        let offer = portal.offer("contoso", &id)?;
        let images = json!({"1.0.0": {"osVhdUrl": "https://example.com/image.vhd"}});
        let document = OfferDocument::new(json!({
            "publisherId": "contoso",
            "offerTypeId": "microsoft-azure-virtualmachines",
            "id": id,
            "definition": {"displayText": id, "plans": [
                {"planId": "standard", "microsoft-azure-virtualmachines.vmImages": images},
            ]},
        }))?;
        offer.put(&document).await?;
        set.insert((id, "preview"), offer.publish().await?);
    }

    let (mut live, mut failed) = (0, 0);
    while let Some(((id, phase), update)) = set.next().await {
        let Update::Done(outcome) = update else {
            continue;
        };
        match outcome {
            Ok(_) if phase == "preview" => {
                let offer = portal.offer("contoso", &id)?;
                let go_live = offer.go_live().expect_image("standard", "1.0.0");
                set.insert((id, "live"), go_live.await?);
            }
            Ok(_) => live += 1,
            Err(error) => {
                failed += 1;
                println!("{id}: {error}");
            }
        }
    }
    println!("{live} live, {failed} failed");
    Ok(())
}
