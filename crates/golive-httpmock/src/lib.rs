//! Typed mocks of the Cloud Partner Portal API, for tests with [`httpmock`].
//!
//! Generated from the contract, as `golive-client` is: each endpoint has a
//! `When` that matches its parameters and a `Then` that answers with a status
//! code of the contract, its body type and its headers. What the contract does
//! not allow goes through `into_inner()`.
//!
//! ```
//! use golive_client::{Client, Session, endpoints::API_VERSION};
//! use golive_httpmock::MockServerExt;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = httpmock::MockServer::start_async().await;
//! let publisher = "contoso".parse()?;
//! let offer = "contoso-virtualmachineoffer".parse()?;
//! let mock = server.go_live_offer(|when, then| {
//!     when.publisher_id(&publisher).offer_id(&offer).api_version(API_VERSION);
//!     then.accepted().location("/api/operations/contoso$offer$2$preview");
//! });
//!
//! let client = Client::connect(&server.base_url(), Session::new())?;
//! let accepted = client.go_live_offer(&publisher, &offer, API_VERSION, None).await?;
//! assert_eq!(accepted.status().as_u16(), 202);
//! mock.assert();
//! # Ok(())
//! # }
//! ```

#[rustfmt::skip]
mod generated;

pub use generated::*;
