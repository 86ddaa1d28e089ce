//! Take Azure Marketplace offers live.
//!
//! Going live is one request that the service answers with `202 Accepted` and
//! a URL to poll, and then hours to days of polling. This crate does both:
//!
//! ```no_run
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), golive::Error> {
//! // The bearer token comes from the environment variable GOLIVE_TOKEN.
//! let portal = golive::Portal::builder().build()?;
//! let offer = portal.offer("contoso", "contoso-virtualmachineoffer")?;
//! let operation = offer.go_live().await?; // the service has accepted
//! println!("resume with {}", operation.token());
//! let live = operation.await?; // hours to days later
//! println!("live: {:?}", live.live_links);
//! # Ok(())
//! # }
//! ```
//!
//! # What it takes care of
//!
//! * The polling URL may be in `Operation-Location` or in `Location`, absolute or
//!   relative, or missing: then the operation is looked up.
//! * A token goes only to the endpoint that you configured. A polling URL
//!   elsewhere is an error before anything is sent to it.
//! * Trouble while polling (connections, 429, 5xx, unreadable answers) is
//!   tolerated within a budget. A refused token is renewed once.
//! * What starts an operation is sent once. If its answer is lost, the list of the
//!   offer's operations decides, or, where there is none, the offer's status and what is
//!   in its slots; if they cannot, the error says that it is unknown.
//! * Polls follow the estimates of the running step: rarely in a step of days,
//!   closely in one of minutes. A step that far outlives its estimate is reported
//!   as a [`Stall`].
//! * From the moment the service has accepted, every error carries a
//!   [`ResumeToken`], with which another process can go on.
//!
//! # Tasks
//!
//! | task | where |
//! |---|---|
//! | go live, with the expected image only | [`Offer::go_live`] |
//! | wait for another operation first, until a signal or a deadline | [`OnConflict::Wait`], [`GoLive::stop_when`], [`GoLive::deadline`] |
//! | publish to preview | [`Offer::publish`] |
//! | a whole release with approval | [`Offer::release`] |
//! | go on in another process | [`Portal::resume`], [`Portal::resume_release`] |
//! | many offers at once | [`OperationSet`] |
//! | a single step, for a queue or a timer | [`Portal::poll_once`] |
//! | wait for a preview, or for an offer that is live | [`Offer::preview_ready`], [`Offer::live`] |
//! | cancel | [`Offer::cancel`] |
//! | read and write documents | [`Offer::get`], [`Offer::put`], [`OfferDocument`] |
//! | see what is there | [`Portal::publishers`], [`Portal::offers`], [`Offer::operations`], [`Offer::status`] |
//! | call what is not here | [`Portal::low_level`] |
//!
//! # Many offers at once
//!
//! An [`OperationSet`] waits for any number of operations in one task, with one
//! timer and a limit of the requests that run at once:
//!
//! ```no_run
//! use futures_util::StreamExt;
//! use golive::{OperationSet, Update};
//!
//! # async fn example(portal: golive::Portal, offers: Vec<String>) -> Result<(), golive::Error> {
//! let mut set = OperationSet::new(&portal);
//! for id in offers {
//!     let operation = portal.offer("contoso", &id)?.go_live().await?;
//!     set.insert(id, operation);
//! }
//! while let Some((id, update)) = set.next().await {
//!     if let Update::Done(outcome) = update {
//!         match outcome {
//!             Ok(_) => println!("{id}: live"),
//!             Err(error) => println!("{id}: {error}"),
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! There is one opaque [`Error`] with questions to ask. A failed operation is an
//! error that names the [step](Error::failing_step) and carries the service's
//! [words](Error::reasons). `{error}` is one line; `{error:#}` adds the service's
//! code, the correlation id and the token to resume with.
//!
//! # Identity
//!
//! Anything that gives bearer tokens is a [`Credential`]: a [`StaticToken`], an
//! [`EnvironmentToken`], a [`FileToken`], or, with the feature `identity`, the
//! ways to sign in to Microsoft Entra ID. Implement the trait for more. Tokens are
//! never logged, printed, or put into a resume token.
//!
//! # Your own HTTP client
//!
//! Anything that sends `http` requests is a transport. For a client of `reqwest`
//! there is an adapter:
//!
//! ```no_run
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = reqwest::Client::builder()
//!     .redirect(reqwest::redirect::Policy::none()) // a token must not follow one
//!     .build()?;
//! let portal = golive::Portal::builder()
//!     .transport(golive::lro::ReqwestTransport::new(client))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Testing
//!
//! The crate `golive-emulator` is the service on your own machine, or in your own
//! process; `golive-httpmock` has typed mocks.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
//!
//! let emulator = Emulator::builder().start().await?;
//! let portal = golive::Portal::builder()
//!     .endpoint(emulator.url())
//!     .credential(golive::StaticToken::new("anything"))
//!     .build()?;
//! let operation = portal.offer(SEED_PUBLISHER, SEED_OFFER)?.go_live().await?;
//! emulator.advance(std::time::Duration::from_secs(5 * 24 * 3600));
//! let token = operation.token(); // resumed, so that the next poll is due now
//! let live = portal.resume(token)?.await?;
//! assert_eq!(live.status, golive::Status::Succeeded);
//! # Ok(())
//! # }
//! ```
//!
//! # Examples
//!
//! The folder `examples` has four that run without an account: `go_live`, `release`,
//! `queue_worker` and `many`.
//!
//! # Features
//!
//! * `rustls` (default): TLS, with the roots of the platform.
//! * `identity`: ways to sign in to Microsoft Entra ID.
//! * `identity-certificate`: with a client certificate; links the system's OpenSSL.

mod attempt;
mod call;
mod cancel;
mod catalog;
mod conflict;
mod control;
mod credential;
mod document;
mod documents;
mod doing;
mod echo;
mod edition;
mod endpoint;
mod error;
mod exchange;
mod expectation;
mod fingerprint;
mod get_offer;
mod go_live;
mod goal;
mod html;
#[cfg(feature = "identity")]
pub mod identity;
mod known;
mod log;
mod offer;
mod offer_status;
mod operation;
mod operation_set;
mod portal;
mod portal_builder;
mod publish;
mod reconcile;
mod release;
mod retry;
mod running;
mod service_error;
mod since;
mod status;
mod step;
mod submission;
mod submit;
mod token;
mod update;
mod wire;

pub use attempt::Attempt;
pub use cancel::Cancellation;
pub use catalog::{OfferType, Publisher};
pub use conflict::OnConflict;
pub use credential::{
    AccessToken, Cached, Chain, Credential, CredentialError, EnvironmentToken, FileToken,
    StaticToken,
};
pub use document::{OfferDocument, OfferState, Plan, VmImage};
pub use documents::Slot;
pub use edition::Edition;
pub use error::Error;
pub use get_offer::GetOffer;
pub use go_live::GoLive;
pub use lro;
pub use offer::Offer;
pub use operation::{Operation, OperationFuture};
pub use operation_set::OperationSet;
pub use portal::{Polled, Portal};
pub use portal_builder::PortalBuilder;
pub use publish::Publish;
pub use release::{Release, ReleasePhase, ReleaseToken, ReleaseUpdate};
pub use status::{Level, Message, OperationStatus, Status};
pub use step::{Step, StepStatus};
pub use submission::Submission;
pub use token::ResumeToken;
pub use update::{Stall, Update};

/// Where the service is, unless somebody says otherwise.
pub const DEFAULT_ENDPOINT: &str = golive_client::endpoints::DEFAULT_SERVER;

/// The scope of the tokens that the service takes, for Microsoft Entra ID.
pub const SCOPE: &str = "https://cloudpartner.azure.com/.default";

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
