//! The service connection of a job of Azure Pipelines.

use super::Secret;
use super::attempt::Attempt;
use super::method::{Method, ask};
use crate::CredentialError;
use azure_core::credentials::AccessToken;
use azure_identity::{AzurePipelinesCredential, AzurePipelinesCredentialOptions};
use lro::BoxFuture;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct AzurePipelines {
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) service_connection_id: String,
    pub(super) system_access_token: Secret,
}

impl Method for AzurePipelines {
    fn name(&self) -> &'static str {
        "Azure Pipelines"
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let token = self.system_access_token.read(attempt)?;
            let mut options = AzurePipelinesCredentialOptions::default();
            options.credential_options.client_options = attempt.client_options();
            let credential = AzurePipelinesCredential::new(
                self.tenant_id.clone(),
                self.client_id.clone(),
                &self.service_connection_id,
                token,
                Some(options),
            );
            ask(attempt, credential).await
        })
    }
}
