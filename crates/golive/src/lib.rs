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
//! * The request that starts the go-live is sent once. If its answer is lost,
//!   the error says that it may have been accepted.
//! * From the moment the service has accepted, every error carries a
//!   [`ResumeToken`], with which another process can go on.
//!
//! # Errors
//!
//! There is one opaque [`Error`] with questions to ask. A failed operation is an
//! error that names the [step](Error::failing_step) and carries the service's
//! [words](Error::reasons).
//!
//! # Identity
//!
//! Anything that gives bearer tokens is a [`Credential`]. [`StaticToken`] and
//! [`EnvironmentToken`] are here; for more, implement the trait:
//!
//! ```
//! use golive::{AccessToken, Credential, CredentialError};
//! use lro::BoxFuture;
//!
//! struct TokenFile(std::path::PathBuf);
//!
//! impl Credential for TokenFile {
//!     fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
//!         Box::pin(async move {
//!             std::fs::read_to_string(&self.0)
//!                 .map(AccessToken::new)
//!                 .map_err(|error| CredentialError::new("no token file").with_source(error))
//!         })
//!     }
//! }
//! ```
//!
//! # Testing
//!
//! The crate `golive-emulator` is the service on your own machine, and
//! `golive-httpmock` has typed mocks. `PortalBuilder::transport` and
//! [`PortalBuilder::clock`] take test doubles.

mod call;
mod cancel;
mod catalog;
mod conflict;
mod credential;
mod document;
mod documents;
mod error;
mod exchange;
mod expectation;
mod follow;
mod go_live;
mod goal;
mod html;
#[cfg(feature = "identity")]
pub mod identity;
mod offer;
mod offer_status;
mod operation;
mod portal;
mod publish;
mod release;
mod retry;
mod service_error;
mod status;
mod step;
mod submission;
mod submit;
mod token;
mod update;

pub use cancel::Cancellation;
pub use catalog::{OfferType, Publisher};
pub use conflict::OnConflict;
pub use credential::{
    AccessToken, Cached, Chain, Credential, CredentialError, EnvironmentToken, FileToken,
    StaticToken,
};
pub use document::{OfferDocument, OfferState, Plan, VmImage};
pub use documents::Slot;
pub use error::Error;
pub use go_live::GoLive;
pub use lro;
pub use offer::Offer;
pub use operation::{Operation, OperationFuture};
pub use portal::{Polled, Portal, PortalBuilder};
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
