//! The low-level client of the [Cloud Partner Portal API]: exactly the
//! contract, and nothing else.
//!
//! Everything below is generated from one OpenAPI document, by progenitor where
//! progenitor can, and by the project's own generator for the rest:
//!
//! * [`Client`] has one method for each endpoint. It is progenitor's.
//! * [`types`] has the parameters and bodies. Enumerations are open: a spelling
//!   that nobody has seen is kept and does not fail the payload, and so are
//!   fields that the contract does not name.
//! * [`headers`] has a struct of the response headers of each endpoint.
//! * [`errors`] has the documented errors of each endpoint.
//! * [`endpoints`] is a table of methods, paths, status codes and headers.
//!
//! There is no retry, no polling and no credential handling beyond a bearer
//! token: the crate `golive` has those.
//!
//! # An example
//!
//! ```no_run
//! use golive_client::{Client, ErrorReply, ResponseHeaders, Session};
//! use golive_client::{endpoints, errors::GoLiveOfferError, headers::GoLiveOfferHeaders};
//!
//! # async fn example(token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::connect(endpoints::DEFAULT_SERVER, Session::bearer(token)?)?;
//! let publisher = "contoso".parse()?;
//! let offer = "contoso-virtualmachineoffer".parse()?;
//!
//! match client.go_live_offer(&publisher, &offer, endpoints::API_VERSION, None).await {
//!     Ok(accepted) => {
//!         let headers = GoLiveOfferHeaders::read(accepted.headers());
//!         println!("poll {:?}", headers.operation_location.or(headers.location));
//!     }
//!     Err(error) => {
//!         // Whatever the body is, status, headers and body are all there.
//!         let reply = ErrorReply::read(error, 64 * 1024).await?;
//!         match reply.documented::<GoLiveOfferError>() {
//!             Some(Ok(GoLiveOfferError::NotFound(body))) => println!("no such offer: {body:?}"),
//!             _ => println!("{}: {:?}", reply.status(), reply.body()),
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! The client knows only the answers of success. Everything else arrives as
//! [`Error::UnexpectedResponse`] with its status, headers and body, and
//! [`ErrorReply`] decodes it, so that a page of HTML from a gateway loses
//! nothing.
//!
//! [Cloud Partner Portal API]: https://learn.microsoft.com/azure/marketplace/cloud-partner-portal-api-overview

// Generated types name hand-written ones by the name of the crate, because the
// mocks, which are generated from the same types, live in another crate.
extern crate self as golive_client;

mod endpoint;
mod error_reply;
#[rustfmt::skip]
mod generated;
mod open_enum;
mod response_headers;
mod session;
mod timestamp;

pub use endpoint::{Endpoint, LongRunning, Parameter, PathError, Place, RequestBody, Response};
pub use error_reply::{DocumentedError, ErrorReply};
pub use generated::*;
pub use progenitor_client::{ClientInfo, Error, ResponseValue};
pub use reqwest;
pub use response_headers::ResponseHeaders;
pub use session::{Session, TokenError, Transport};
pub use timestamp::Timestamp;
