//! Signing in, against authorities on this machine.
#![cfg(feature = "identity")]

mod azure_cli;
mod azure_pipelines;
mod chain;
mod child;
mod client_secret;
mod fake;
mod federated;
mod github_actions;
mod managed_identity;
mod portal;
mod proxy;
mod secrecy;

#[cfg(feature = "identity-certificate")]
mod client_certificate;
