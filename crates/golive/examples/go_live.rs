//! Takes an offer live and waits until it is.
//!
//! `cargo run -p golive --example go_live` runs it against an emulator in this process,
//! in which days pass in seconds. Against the service, leave the endpoint out, and set
//! GOLIVE_TOKEN.

use futures_util::StreamExt;
use golive::{OnConflict, Portal, StaticToken, Update};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().speed(60_000.0).start().await?;
    let portal = Portal::builder()
        .endpoint(emulator.url())
        .credential(StaticToken::new("anything"))
        .build()?;
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER)?;

    // If a go-live runs already, this goes on with it.
    let mut operation = offer.go_live().on_conflict(OnConflict::Attach).await?;
    // Keep this: with it another process goes on.
    println!("resume with {}", operation.token());

    while let Some(update) = operation.next().await {
        match update {
            Update::Status { status, stall, .. } => {
                if let Some(step) = status.running_step() {
                    println!("{}: {} %", step.name, step.progress.unwrap_or_default());
                }
                if let Some(step) = status.blocked_step() {
                    println!("somebody has to act on {}: {:?}", step.name, step.messages);
                }
                if let Some(stall) = stall {
                    println!("{stall}");
                }
            }
            Update::Retrying { error, .. } => println!("trouble, going on: {error}"),
            Update::Done(Ok(status)) => println!("live at {:?}", status.live_links),
            Update::Done(Err(error)) if error.is_failed() => {
                println!("failed: {}", error.reasons().join("; "));
                return Err(error.into());
            }
            Update::Done(Err(error)) => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
