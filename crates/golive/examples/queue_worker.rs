//! A worker that holds nothing: it takes a token from a queue, polls once, and puts it
//! back with the time at which it is due again. For job queues, workflow engines and
//! serverless timers.
//!
//! `cargo run -p golive --example queue_worker` runs it against an emulator in this
//! process, in which days pass in seconds.

use golive::{OnConflict, Portal, ResumeToken, StaticToken, Update};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::collections::VecDeque;
use std::time::Duration;

/// A message of the queue: it becomes visible after a delay.
struct Message {
    /// The token as one line.
    body: String,
    delay: Duration,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().speed(60_000.0).start().await?;
    let portal = Portal::builder()
        .endpoint(emulator.url())
        .credential(StaticToken::new("anything"))
        .build()?;
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER)?;

    // One handler submits.
    let operation = offer.go_live().on_conflict(OnConflict::Attach).await?;
    let mut queue = VecDeque::from([Message {
        body: operation.token().to_string(),
        delay: operation.next_poll(),
    }]);
    drop(operation);

    // The other one is called with each message that is due.
    while let Some(message) = queue.pop_front() {
        tokio::time::sleep(message.delay).await;
        let token: ResumeToken = message.body.parse()?;
        let polled = match portal.poll_once(&token).await {
            Ok(polled) => polled,
            // What can pass comes as `Update::Retrying`, within the tolerance.
            Err(error) => {
                println!("{}: {error:#}", token.offer());
                continue;
            }
        };
        match polled.update {
            Update::Done(Ok(status)) => println!("live at {:?}", status.live_links),
            Update::Done(Err(error)) => println!("{}: {error}", token.offer()),
            _ => {
                println!("again in {:?}", polled.next_poll);
                // The new token: it knows how much trouble there has been.
                queue.push_back(Message {
                    body: polled.token.to_string(),
                    delay: polled.next_poll,
                });
            }
        }
    }
    Ok(())
}
