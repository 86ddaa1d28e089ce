// The README's examples need the reqwest adapter.
#![cfg_attr(
    any(not(doctest), feature = "reqwest"),
    doc = include_str!("../README.md")
)]
#![cfg_attr(
    all(doctest, not(feature = "reqwest")),
    doc = "Long-running operations over HTTP."
)]

mod accepted;
mod adapter;
mod azure;
mod blocking;
mod cancel;
mod checksum;
mod clock;
mod credential;
mod error;
mod estimated;
mod exchange;
mod failure;
mod monitor;
mod operation;
mod origin;
mod outcome;
mod pause;
mod poller;
mod query;
mod queue;
mod reply;
mod retry_after;
mod schedule;
mod service;
mod set;
mod state;
mod step;
mod token;
mod tolerance;
mod transport;
mod update;
mod waited;

use std::future::Future;
use std::pin::Pin;

pub use accepted::Accepted;
#[cfg(feature = "reqwest")]
pub use adapter::reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use adapter::tower::TowerTransport;
pub use azure::AzureStatus;
pub use clock::{Clock, TokioClock};
pub use credential::Credential;
pub use error::Error;
pub use failure::Failure;
pub use monitor::{Estimate, FinalReply, FinalState, StatusMonitor, Via};
pub use poller::{Poller, Waiting};
pub use reply::Reply;
pub use retry_after::hint as retry_after;
pub use schedule::Schedule;
pub use service::{Service, ServiceBuilder};
pub use set::PollSet;
pub use state::State;
pub use step::Stall;
pub use token::ResumeToken;
pub use tolerance::Tolerance;
pub use transport::{Transport, TransportError, TransportFn, transport_fn};
pub use update::Update;

/// A boxed future that may be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error, boxed.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
