//! The Cloud Partner Portal API on your own machine, to rehearse a release
//! against.
//!
//! A go-live takes days and is public. The emulator answers the same requests,
//! over real HTTP, with an offer that nobody sees and a clock that runs as fast
//! as you like:
//!
//! ```
//! use golive_emulator::Emulator;
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::builder().start().await?;
//! println!("send requests to {}", emulator.url());
//!
//! // Three days pass in no time.
//! emulator.advance(Duration::from_secs(3 * 24 * 60 * 60));
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # What is there
//!
//! All endpoints of the contract, at the paths of the contract. An emulator
//! begins with one offer, [`SEED_OFFER`] of [`SEED_PUBLISHER`], which is
//! published to preview and waits for its publisher, so that a go-live works at
//! once. Other offers exist when they are put; a `PUT` makes the publisher too.
//!
//! * **Publish** runs four steps, which take two and a half days. Then the
//!   offer waits for the publisher, with the content in its preview slot. An
//!   offer without a plan does not pass validation (422).
//! * **Go live** is a new operation with six steps: those of the preview, done;
//!   the sign-off, done by the call; and `live`, which takes two and a half
//!   days. Then the content is in the production slot, and the version of the
//!   draft is one higher.
//! * **Cancel** takes one to three minutes. It answers 202 whether anything was
//!   running or not, and names the operation that is being canceled, or the last
//!   one; an offer that never had an operation answers 200. Once a cancellation
//!   is accepted, the operation does no more work, so that it cannot succeed any
//!   more. A go-live that was canceled leaves the preview waiting.
//! * One operation of an offer runs at a time. While it does, publish, go-live
//!   and `PUT` answer 409.
//! * A go-live of an offer whose preview does not wait for the publisher
//!   answers 400 with the code `PreviewNotReady`.
//!
//! A request needs any bearer token that is not empty ([`Tokens`] changes that),
//! and the `api-version` of the contract; a newer one is answered with a warning,
//! unless it is [`strict`](Builder::strict). Requests are checked against the
//! contract, and what they say that it does not allow is refused.
//!
//! # What goes wrong
//!
//! A [`Scenario`] is a list of rules: what goes wrong, with which requests, and
//! whether before or after they took effect. It comes from a file, from the
//! library ([`Scenario::named`]), or over HTTP while the emulator runs.
//! `docs/rehearse.md` lists all faults with what the SDK does under each, and the
//! HTTP API that steers an emulator from any language. Sessions keep those who
//! share an emulator apart: a header `x-emulator-session`, or `/@name` before the
//! path.
//!
//! # Time
//!
//! The portal has its own clock. It begins with the time of day, runs
//! [`speed`](Builder::speed) times as fast, and can be moved ahead by hand
//! ([`Emulator::advance`]). Steps, `Date` and all times in answers follow it;
//! `Retry-After` is in real seconds, because that is what a client waits.
//! Real time is tokio's: a test that pauses it pauses the portal.

mod builder;
mod clock;
mod controls;
mod dialect;
mod durations;
mod emulator;
mod faults;
mod identity;
mod meant;
mod portal;
mod render;
mod scenario;
mod service;
mod settings;
mod start_error;
mod store;

pub use builder::Builder;
pub use controls::{ControlError, Controls};
pub use dialect::{Dialect, Manner, Spelling};
pub use durations::StepDurations;
pub use emulator::Emulator;
pub use identity::Tokens;
pub use portal::{SEED_OFFER, SEED_PUBLISHER};
pub use scenario::{Scenario, ScenarioError};
pub use service::{ConnectionReset, RecordedRequest};
pub use start_error::StartError;
