//! The identity that Azure has given to this machine, app or container.

use super::attempt::Attempt;
use super::method::{Method, ask};
use crate::CredentialError;
use azure_core::credentials::AccessToken;
use azure_identity::{ManagedIdentityCredential, ManagedIdentityCredentialOptions, UserAssignedId};
use lro::BoxFuture;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct ManagedIdentity {
    user_assigned: Option<UserAssignedId>,
}

impl ManagedIdentity {
    pub(super) fn system_assigned() -> Self {
        Self {
            user_assigned: None,
        }
    }

    pub(super) fn client_id(id: String) -> Self {
        Self {
            user_assigned: Some(UserAssignedId::ClientId(id)),
        }
    }

    pub(super) fn object_id(id: String) -> Self {
        Self {
            user_assigned: Some(UserAssignedId::ObjectId(id)),
        }
    }

    pub(super) fn resource_id(id: String) -> Self {
        Self {
            user_assigned: Some(UserAssignedId::ResourceId(id)),
        }
    }
}

impl Method for ManagedIdentity {
    fn name(&self) -> &'static str {
        "managed identity"
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let options = ManagedIdentityCredentialOptions {
                user_assigned_id: self.user_assigned.clone(),
                client_options: attempt.client_options(),
            };
            ask(attempt, ManagedIdentityCredential::new(Some(options))).await
        })
    }
}
