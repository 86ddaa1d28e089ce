//! Signing in to Microsoft Entra ID.
//!
//! An [`Identity`] is one way to sign in, and a [`Credential`]
//! that can be given to a [`Portal`](crate::Portal). It keeps its token, renews it
//! before it expires, and shares one renewal between all that wait for it. The
//! chain of [`Identity::from_environment`] finds out by itself which way there is.
//!
//! ```no_run
//! use golive::identity::Identity;
//! use golive::Portal;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! // In a job of GitHub Actions that has the permission `id-token: write`:
//! let identity = Identity::github_actions("contoso.com", "11111111-2222-3333-4444-555555555555")
//!     .build()?;
//! let portal = Portal::builder().credential(identity).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # What lives how long
//!
//! An access token lives about an hour. What it is bought with differs:
//!
//! | way to sign in | bought with | serves a wait of days |
//! |---|---|---|
//! | [client secret](Identity::client_secret), certificate | lives months | yes |
//! | [managed identity](Identity::managed_identity) | the machine itself | yes |
//! | [GitHub Actions](Identity::github_actions), [Azure Pipelines](Identity::azure_pipelines) | an ID token of minutes, asked for anew at each renewal | as long as the job |
//! | [token file](Identity::workload_identity) | a file that somebody renews | if somebody does; not in a pipeline |
//! | [Azure CLI](Identity::azure_cli) | the session of `az login` | at a desk; not in a pipeline |
//!
//! Those that do not last say so when a wait begins
//! ([`Credential::outlives`]).
//!
//! # National clouds
//!
//! Name the authority, and the scope if the portal there has another one:
//!
//! ```
//! # fn main() -> Result<(), golive::CredentialError> {
//! use golive::identity::{Identity, Secret};
//!
//! let identity = Identity::client_secret(
//!     "contoso.onmicrosoft.us",
//!     "11111111-2222-3333-4444-555555555555",
//!     Secret::variable("AZURE_CLIENT_SECRET"),
//! )
//! .authority("https://login.microsoftonline.us")
//! .build()?;
//! # Ok(())
//! # }
//! ```

mod attempt;
mod azure_cli;
mod azure_pipelines;
mod builder;
mod client_secret;
mod environment;
mod explain;
mod federated;
mod fetch;
mod github_actions;
mod managed_identity;
mod method;
mod redact;
mod secret;
mod settings;
mod transport;

#[cfg(feature = "identity-certificate")]
mod client_certificate;

/// Compiles the examples of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/identity.md")]
mod guide {}

pub use builder::IdentityBuilder;
#[cfg(feature = "identity-certificate")]
pub use client_certificate::Certificate;
pub use secret::Secret;

use crate::{AccessToken, Cached, Chain, Credential, CredentialError};
use fetch::Fetch;
use lro::BoxFuture;
use method::Method;
use settings::Settings;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// One way to sign in to Microsoft Entra ID.
///
/// Each way is a builder with settings that most programs leave alone:
///
/// ```
/// # fn main() -> Result<(), golive::CredentialError> {
/// use golive::identity::Identity;
///
/// let identity = Identity::azure_cli().build()?;
/// println!("signing in with {}", identity.name());
/// # Ok(())
/// # }
/// ```
///
/// Clones share the token.
#[derive(Clone)]
pub struct Identity {
    method: Arc<dyn Method>,
    settings: Settings,
    token: Cached<Fetch>,
}

impl Identity {
    fn new(method: Arc<dyn Method>, settings: Settings) -> Self {
        let fetch = Fetch::new(method.clone(), settings.clone());
        Self {
            token: Cached::new(fetch).clock(settings.clock.clone()),
            method,
            settings,
        }
    }

    fn builder(method: impl Method) -> IdentityBuilder<Self> {
        let method = Arc::new(method);
        IdentityBuilder::new(move |settings| Ok(Self::new(method, settings)))
    }

    /// An application and its client secret. The secret is read anew at each
    /// renewal.
    ///
    /// `tenant_id` is the identifier of the directory or one of its domains;
    /// `client_id` is the application's identifier.
    pub fn client_secret(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        secret: Secret,
    ) -> IdentityBuilder<Self> {
        Self::builder(client_secret::ClientSecret {
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            secret,
        })
    }

    /// An application and its certificate. The file is read anew at each renewal.
    #[cfg(feature = "identity-certificate")]
    pub fn client_certificate(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        certificate: Certificate,
    ) -> IdentityBuilder<Self> {
        Self::builder(client_certificate::ClientCertificate {
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            certificate,
        })
    }

    /// Workload identity federation with a token in a file, such as the one
    /// that Kubernetes projects into a pod (`AZURE_FEDERATED_TOKEN_FILE`). The
    /// file is read anew at each renewal.
    ///
    /// In a pipeline nobody renews the file, and
    /// [`outlives`](Credential::outlives) says so.
    pub fn workload_identity(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> IdentityBuilder<Self> {
        Self::builder(federated::Federated {
            name: "workload identity",
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            assertion: federated::TokenFile::new(token_file.into()),
        })
    }

    /// Workload identity federation with any other issuer: `assertion` gives the
    /// issuer's token, and is asked anew at each renewal.
    ///
    /// ```
    /// # fn main() -> Result<(), golive::CredentialError> {
    /// use golive::EnvironmentToken;
    /// use golive::identity::Identity;
    ///
    /// // A job of another pipeline, which puts its ID token into a variable.
    /// let identity = Identity::federated(
    ///     "contoso.com",
    ///     "11111111-2222-3333-4444-555555555555",
    ///     EnvironmentToken::new("CI_ID_TOKEN"),
    /// )
    /// .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn federated(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        assertion: impl Credential,
    ) -> IdentityBuilder<Self> {
        Self::builder(federated::Federated {
            name: "federated identity",
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            assertion: federated::Given(assertion),
        })
    }

    /// Workload identity federation in a job of GitHub Actions, which needs the
    /// permission `id-token: write`. GitHub's ID token lives about five minutes,
    /// so a new one is asked for at each renewal, as long as the job runs.
    pub fn github_actions(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
    ) -> IdentityBuilder<Self> {
        Self::builder(federated::Federated {
            name: "GitHub Actions",
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            assertion: github_actions::IdToken,
        })
    }

    /// Workload identity federation in a job of Azure Pipelines.
    ///
    /// `service_connection_id` is the identifier of the service connection;
    /// `system_access_token` is the job's own token, which the pipeline has to
    /// map: `SYSTEM_ACCESSTOKEN: $(System.AccessToken)`. The variable
    /// `SYSTEM_OIDCREQUESTURI` is looked up in the process's environment.
    pub fn azure_pipelines(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        service_connection_id: impl Into<String>,
        system_access_token: Secret,
    ) -> IdentityBuilder<Self> {
        Self::builder(azure_pipelines::AzurePipelines {
            tenant_id: tenant_id.into(),
            client_id: client_id.into(),
            service_connection_id: service_connection_id.into(),
            system_access_token,
        })
    }

    /// The identity that Azure has given to this machine, app or container. The
    /// variables of App Service (`IDENTITY_ENDPOINT`, `IDENTITY_HEADER`) are
    /// looked up in the process's environment.
    pub fn managed_identity() -> IdentityBuilder<Self> {
        Self::builder(managed_identity::ManagedIdentity::system_assigned())
    }

    /// A user-assigned managed identity, by its client identifier.
    pub fn managed_identity_with_client_id(id: impl Into<String>) -> IdentityBuilder<Self> {
        Self::builder(managed_identity::ManagedIdentity::client_id(id.into()))
    }

    /// A user-assigned managed identity, by the identifier of its object.
    pub fn managed_identity_with_object_id(id: impl Into<String>) -> IdentityBuilder<Self> {
        Self::builder(managed_identity::ManagedIdentity::object_id(id.into()))
    }

    /// A user-assigned managed identity, by its resource identifier
    /// (`/subscriptions/...`). App Service does not take these.
    pub fn managed_identity_with_resource_id(id: impl Into<String>) -> IdentityBuilder<Self> {
        Self::builder(managed_identity::ManagedIdentity::resource_id(id.into()))
    }

    /// Whoever is signed in to the Azure CLI (`az login`), version 2.54 or later.
    ///
    /// In a pipeline the CLI cannot renew its session, and
    /// [`outlives`](Credential::outlives) says so.
    pub fn azure_cli() -> IdentityBuilder<Self> {
        Self::builder(azure_cli::AzureCli { tenant_id: None })
    }

    /// As [`azure_cli`](Self::azure_cli), in another tenant than the one that is
    /// selected there.
    pub fn azure_cli_in_tenant(tenant_id: impl Into<String>) -> IdentityBuilder<Self> {
        Self::builder(azure_cli::AzureCli {
            tenant_id: Some(tenant_id.into()),
        })
    }

    /// A chain of the ways that the environment offers, in this order:
    ///
    /// 1. client secret: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, and
    ///    `AZURE_CLIENT_SECRET` or `AZURE_CLIENT_SECRET_FILE`
    /// 2. client certificate (feature `identity-certificate`):
    ///    `AZURE_CLIENT_CERTIFICATE_PATH`, with
    ///    `AZURE_CLIENT_CERTIFICATE_PASSWORD` if it has one
    /// 3. workload identity: `AZURE_FEDERATED_TOKEN_FILE`
    /// 4. GitHub Actions: `ACTIONS_ID_TOKEN_REQUEST_URL` and
    ///    `ACTIONS_ID_TOKEN_REQUEST_TOKEN`
    /// 5. Azure Pipelines: `SYSTEM_OIDCREQUESTURI`, `SYSTEM_ACCESSTOKEN`, and
    ///    `AZURESUBSCRIPTION_SERVICE_CONNECTION_ID`
    /// 6. managed identity, user-assigned if there is an `AZURE_CLIENT_ID`
    /// 7. Azure CLI
    ///
    /// 2 to 5 need the tenant and the client too; for 5,
    /// `AZURESUBSCRIPTION_TENANT_ID` and `AZURESUBSCRIPTION_CLIENT_ID` come
    /// first. A variable that is empty counts as not set.
    ///
    /// ```
    /// # fn main() -> Result<(), golive::CredentialError> {
    /// use golive::identity::Identity;
    ///
    /// let chain = Identity::from_environment().build()?;
    /// // Once a token was asked for:
    /// println!("signed in with {}", chain.used().unwrap_or("nothing yet"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_environment() -> IdentityBuilder<Chain> {
        IdentityBuilder::new(|settings| Ok(environment::chain(&settings)))
    }

    /// What this way to sign in is called, for example `managed identity`.
    pub fn name(&self) -> &str {
        self.method.name()
    }
}

impl Credential for Identity {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        self.token.token()
    }

    fn refused(&self, token: &AccessToken) {
        self.token.refused(token);
    }

    fn outlives(&self) -> Option<Duration> {
        self.method.outlives(&self.settings)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("method", &self.method)
            .field("authority", &self.settings.authority.as_str())
            .field("scope", &self.settings.scope)
            .finish_non_exhaustive()
    }
}
