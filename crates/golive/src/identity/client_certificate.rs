//! An application and its certificate.

use super::Secret;
use super::attempt::Attempt;
use super::method::{Method, ask};
use crate::CredentialError;
use azure_core::credentials::{AccessToken, SecretBytes};
use azure_identity::{ClientCertificateCredential, ClientCertificateCredentialOptions};
use lro::BoxFuture;
use std::path::PathBuf;
use std::sync::Arc;

/// A certificate with its RSA private key, in a file of the format PKCS#12
/// (`.pfx`). `Debug` says where it is.
///
/// From two PEM files:
/// `openssl pkcs12 -export -inkey key.pem -in certificate.pem -out certificate.pfx`.
///
/// ```
/// # fn main() -> Result<(), golive::CredentialError> {
/// use golive::identity::{Certificate, Identity, Secret};
///
/// let certificate = Certificate::file("/run/secrets/certificate.pfx")
///     .password(Secret::file("/run/secrets/certificate-password"));
/// let identity = Identity::client_certificate(
///     "contoso.com",
///     "11111111-2222-3333-4444-555555555555",
///     certificate,
/// )
/// .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Certificate {
    path: PathBuf,
    password: Option<Secret>,
}

impl Certificate {
    /// In a file, without a password.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            password: None,
        }
    }

    /// The password of the file.
    #[must_use]
    pub fn password(mut self, password: Secret) -> Self {
        self.password = Some(password);
        self
    }
}

#[derive(Debug)]
pub(super) struct ClientCertificate {
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) certificate: Certificate,
}

impl Method for ClientCertificate {
    fn name(&self) -> &'static str {
        "client certificate"
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let Certificate { path, password } = &self.certificate;
            let bytes = std::fs::read(path).map_err(|error| {
                let message = format!("the file {} cannot be read", path.display());
                CredentialError::new(message).with_source(error)
            })?;
            let password = match password {
                Some(password) => Some(password.read(attempt)?.into()),
                None => None,
            };
            let options = ClientCertificateCredentialOptions {
                client_options: attempt.client_options(),
                password,
            };
            let credential = ClientCertificateCredential::new(
                self.tenant_id.clone(),
                self.client_id.clone(),
                SecretBytes::new(bytes),
                Some(options),
            );
            ask(attempt, credential).await
        })
    }
}
