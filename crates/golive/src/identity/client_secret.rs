//! An application and its client secret.

use super::Secret;
use super::attempt::Attempt;
use super::method::{Method, ask};
use crate::CredentialError;
use azure_core::credentials::AccessToken;
use azure_identity::{ClientSecretCredential, ClientSecretCredentialOptions};
use lro::BoxFuture;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct ClientSecret {
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) secret: Secret,
}

impl Method for ClientSecret {
    fn name(&self) -> &'static str {
        "client secret"
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let secret = self.secret.read(attempt)?;
            let options = ClientSecretCredentialOptions {
                client_options: attempt.client_options(),
            };
            let credential = ClientSecretCredential::new(
                &self.tenant_id,
                self.client_id.clone(),
                secret.into(),
                Some(options),
            );
            ask(attempt, credential).await
        })
    }
}
