//! Whoever is signed in to the Azure CLI.

use super::attempt::Attempt;
use super::method::{Method, ask};
use super::settings::Settings;
use crate::CredentialError;
use crate::credential::TOKEN_LIFE;
use async_trait::async_trait;
use azure_core::credentials::AccessToken;
use azure_identity::{AzureCliCredential, AzureCliCredentialOptions, Executor};
use lro::BoxFuture;
use std::ffi::OsStr;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug)]
pub(super) struct AzureCli {
    pub(super) tenant_id: Option<String>,
}

impl Method for AzureCli {
    fn name(&self) -> &'static str {
        "Azure CLI"
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let options = AzureCliCredentialOptions {
                tenant_id: self.tenant_id.clone(),
                executor: Some(Arc::new(Quiet)),
                ..AzureCliCredentialOptions::default()
            };
            ask(attempt, AzureCliCredential::new(Some(options))).await
        })
    }

    fn outlives(&self, settings: &Settings) -> Option<Duration> {
        settings.in_pipeline().then_some(TOKEN_LIFE)
    }
}

/// Runs a command that can ask no questions and ends when nobody waits for it.
#[derive(Debug)]
struct Quiet;

#[async_trait]
impl Executor for Quiet {
    async fn run(&self, program: &OsStr, arguments: &[&OsStr]) -> std::io::Result<Output> {
        tokio::process::Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
    }
}
