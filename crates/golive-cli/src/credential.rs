//! Where bearer tokens come from.

use crate::args::{CredentialName, Service};
use crate::config::Settings;
use crate::moment;
use crate::token_file::bounded;
use anyhow::{Context as _, Result, bail};
use golive::identity::{Identity, IdentityBuilder, Secret};
use golive::lro::BoxFuture;
use golive::{
    AccessToken, Chain, Credential, CredentialError, EnvironmentToken, FileToken, StaticToken,
};
use std::error::Error;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Where the token is taken from first.
pub const VARIABLE: &str = "GOLIVE_TOKEN";

/// The name of a token in a file.
pub const TOKEN_FILE: &str = "access token file";

/// How long the metadata service of Azure may take to answer when it is not known
/// whether there is one.
const PROBE: Duration = Duration::from_secs(4);

/// The ways to sign in to Microsoft Entra ID, in the order in which they are
/// tried, which is that of the library.
const WAYS: [(CredentialName, &str); 6] = [
    (CredentialName::ClientSecret, "client secret"),
    (CredentialName::WorkloadIdentity, "workload identity"),
    (CredentialName::GithubActions, "GitHub Actions"),
    (CredentialName::AzurePipelines, "Azure Pipelines"),
    (CredentialName::ManagedIdentity, "managed identity"),
    (CredentialName::AzureCli, "Azure CLI"),
];

type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The credentials of a run.
pub struct Credentials {
    /// In the order in which they are tried.
    pub chain: Chain,
    /// Why some of them did not serve.
    pub refusals: Refusals,
}

impl Credentials {
    /// What the command line says; else what the settings select; else the
    /// variable and the file that are set; else the ways to sign in that the
    /// environment offers.
    pub fn of(
        settings: &Settings,
        service: &Service,
        environment: Environment<'_>,
    ) -> Result<Self> {
        if service.access_token_stdin {
            return Ok(Self::only(
                "standard input",
                StaticToken::new(from_stdin()?),
            ));
        }
        let file = settings.access_token_file.as_ref();
        let from_file = |path| {
            Self::only(
                "access token file",
                FileToken::new(std::path::Path::new(path)),
            )
        };
        let selected = settings.credential.value;
        if let Some(path) = &service.access_token_file {
            let named = service.credential.unwrap_or(CredentialName::TokenFile);
            if !matches!(named, CredentialName::Auto | CredentialName::TokenFile) {
                bail!("--access-token-file cannot be used with --credential {named}");
            }
            return Ok(from_file(path));
        }
        let is_set = environment(VARIABLE).is_some_and(|token| !token.is_empty());
        match (selected, file) {
            (CredentialName::Token, _) => Ok(Self::only(VARIABLE, EnvironmentToken::new(VARIABLE))),
            (CredentialName::Auto, _) if is_set => {
                Ok(Self::only(VARIABLE, EnvironmentToken::new(VARIABLE)))
            }
            (CredentialName::Auto | CredentialName::TokenFile, Some(file)) => {
                Ok(from_file(&file.value))
            }
            (CredentialName::TokenFile, None) => bail!(
                "the credential token-file of {} needs a file: give --access-token-file or \
                 GOLIVE_ACCESS_TOKEN_FILE",
                settings.credential.source
            ),
            (CredentialName::Auto, None) => Self::any_way(settings, environment),
            (selected, _) => Self::one_way(settings, selected, environment),
        }
    }

    /// One credential and no other.
    pub fn only(name: &'static str, credential: impl Credential) -> Self {
        let refusals = Refusals::default();
        let chain = Chain::new().or(name, refusals.watch(name, credential, None));
        Self { chain, refusals }
    }

    fn any_way(settings: &Settings, environment: Environment<'_>) -> Result<Self> {
        let ways = Ways::new(settings, environment)?;
        let refusals = Refusals::default();
        let not_set = NotConfigured(CredentialError::new("not set"));
        let mut chain = Chain::new().or(VARIABLE, refusals.watch(VARIABLE, not_set, None));
        for (way, name) in WAYS {
            let limit = (way == CredentialName::ManagedIdentity).then_some(PROBE);
            chain = chain.or(name, refusals.watch(name, ways.way(way), limit));
            if way == CredentialName::ClientSecret
                && let Some(certificate) = ways.certificate()
            {
                let name = "client certificate";
                chain = chain.or(name, refusals.watch(name, certificate, None));
            }
        }
        Ok(Self { chain, refusals })
    }

    fn one_way(
        settings: &Settings,
        selected: CredentialName,
        environment: Environment<'_>,
    ) -> Result<Self> {
        let ways = Ways::new(settings, environment)?;
        let name = WAYS.iter().find(|(way, _)| *way == selected);
        let name = name.map_or("credential", |(_, name)| name);
        Ok(Self::only(name, ways.way(selected)))
    }
}

/// What the ways to sign in to Microsoft Entra ID need to know.
struct Ways<'a> {
    settings: &'a Settings,
    environment: Environment<'a>,
}

impl<'a> Ways<'a> {
    /// What all ways have in common is found wrong here.
    fn new(settings: &'a Settings, environment: Environment<'a>) -> Result<Self> {
        let ways = Self {
            settings,
            environment,
        };
        let common = ways.finish(Identity::azure_cli());
        common.context("there is no way to sign in")?;
        Ok(ways)
    }

    /// A way to sign in. One that is not configured says so when it is asked.
    fn way(&self, name: CredentialName) -> Arc<dyn Credential> {
        let way = match name {
            CredentialName::ClientSecret => self.client_secret(),
            CredentialName::WorkloadIdentity => self.workload_identity(),
            CredentialName::GithubActions => self.github_actions(),
            CredentialName::AzurePipelines => self.azure_pipelines(),
            CredentialName::ManagedIdentity => self.managed_identity(),
            CredentialName::AzureCli => self.azure_cli(),
            CredentialName::Auto | CredentialName::Token | CredentialName::TokenFile => Err(
                CredentialError::new("it is no way to sign in to Microsoft Entra ID"),
            ),
        };
        match way {
            Ok(identity) => Arc::new(identity),
            Err(error) => Arc::new(NotConfigured(error)),
        }
    }

    fn client_secret(&self) -> Result<Identity, CredentialError> {
        let (variable, file) = ("AZURE_CLIENT_SECRET", "AZURE_CLIENT_SECRET_FILE");
        self.required(&[variable, file])?;
        let secret = match self.variable(variable) {
            Some(_) => Secret::variable(variable),
            None => Secret::file(self.required(&[file])?),
        };
        let (tenant, client) = self.tenant_and_client()?;
        self.finish(Identity::client_secret(tenant, client, secret))
    }

    /// A certificate is there, and this program cannot use it.
    fn certificate(&self) -> Option<NotConfigured> {
        self.variable("AZURE_CLIENT_CERTIFICATE_PATH")?;
        let error = "this program was built without client certificates, which need OpenSSL";
        Some(NotConfigured(CredentialError::new(error)))
    }

    fn workload_identity(&self) -> Result<Identity, CredentialError> {
        let file = self.required(&["AZURE_FEDERATED_TOKEN_FILE"])?;
        let (tenant, client) = self.tenant_and_client()?;
        self.finish(Identity::workload_identity(tenant, client, file))
    }

    fn github_actions(&self) -> Result<Identity, CredentialError> {
        let url = self.required(&["ACTIONS_ID_TOKEN_REQUEST_URL"]);
        if url.is_err() && self.variable("GITHUB_ACTIONS").is_some() {
            let message = "the job has no `permissions: id-token: write`";
            return Err(CredentialError::new(message));
        }
        url?;
        let (tenant, client) = self.tenant_and_client()?;
        self.finish(Identity::github_actions(tenant, client))
    }

    fn azure_pipelines(&self) -> Result<Identity, CredentialError> {
        self.required(&["SYSTEM_OIDCREQUESTURI"])?;
        self.required(&["SYSTEM_ACCESSTOKEN"])?;
        let connection = self.required(&["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"])?;
        let tenant = self.required(&["AZURESUBSCRIPTION_TENANT_ID", "AZURE_TENANT_ID"])?;
        let client = self.required(&["AZURESUBSCRIPTION_CLIENT_ID", "AZURE_CLIENT_ID"])?;
        let secret = Secret::variable("SYSTEM_ACCESSTOKEN");
        self.finish(Identity::azure_pipelines(
            tenant, client, connection, secret,
        ))
    }

    fn managed_identity(&self) -> Result<Identity, CredentialError> {
        self.finish(match self.variable("AZURE_CLIENT_ID") {
            Some(client) => Identity::managed_identity_with_client_id(client),
            None => Identity::managed_identity(),
        })
    }

    fn azure_cli(&self) -> Result<Identity, CredentialError> {
        self.finish(match self.variable("AZURE_TENANT_ID") {
            Some(tenant) => Identity::azure_cli_in_tenant(tenant),
            None => Identity::azure_cli(),
        })
    }

    fn finish(&self, builder: IdentityBuilder<Identity>) -> Result<Identity, CredentialError> {
        builder
            .authority(&self.settings.authority.value)
            .scope(&self.settings.scope.value)
            .build()
    }

    /// A variable with something in it. Pipelines set variables to nothing when a
    /// secret is missing.
    fn variable(&self, name: &str) -> Option<String> {
        let value = (self.environment)(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    fn required(&self, names: &[&str]) -> Result<String, CredentialError> {
        let value = names.iter().find_map(|name| self.variable(name));
        value.ok_or_else(|| {
            let names = names.join(" or ");
            CredentialError::new(format!("not configured: {names} is not set"))
        })
    }

    fn tenant_and_client(&self) -> Result<(String, String), CredentialError> {
        let tenant = self.required(&["AZURE_TENANT_ID"])?;
        Ok((tenant, self.required(&["AZURE_CLIENT_ID"])?))
    }
}

/// A way that cannot be gone, and why.
struct NotConfigured(CredentialError);

impl Credential for NotConfigured {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(std::future::ready(Err(self.0.clone())))
    }
}

/// Why credentials did not serve, each for its last reason.
#[derive(Clone, Default)]
pub struct Refusals(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Refusals {
    /// Each credential that did not serve, and why.
    pub fn all(&self) -> Vec<(&'static str, String)> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, name: &'static str, reason: String) {
        let mut refusals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match refusals.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = reason,
            None => refusals.push((name, reason)),
        }
    }

    fn watch(
        &self,
        name: &'static str,
        credential: impl Credential,
        limit: Option<Duration>,
    ) -> Watched {
        Watched {
            name,
            credential: Arc::new(credential),
            limit,
            refusals: self.clone(),
        }
    }
}

/// A credential whose failures are remembered.
struct Watched {
    name: &'static str,
    credential: Arc<dyn Credential>,
    /// How long it may take.
    limit: Option<Duration>,
    refusals: Refusals,
}

impl Watched {
    async fn within_limit(&self) -> Result<AccessToken, CredentialError> {
        let Some(limit) = self.limit else {
            return self.credential.token().await;
        };
        let token = tokio::time::timeout(limit, self.credential.token()).await;
        token.unwrap_or_else(|_| {
            let limit = moment::spoken(limit);
            Err(CredentialError::new(format!("no answer within {limit}")))
        })
    }
}

impl Credential for Watched {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async {
            let token = self.within_limit().await;
            if let Err(error) = &token {
                let reason = in_full(error);
                let named = format!("{}: ", self.name);
                let reason = reason.strip_prefix(&named).unwrap_or(&reason);
                self.refusals.keep(self.name, reason.to_owned());
            }
            token
        })
    }

    fn refused(&self, token: &AccessToken) {
        self.credential.refused(token);
    }

    fn outlives(&self) -> Option<Duration> {
        self.credential.outlives()
    }
}

/// The error and its causes in one line.
fn in_full(error: &CredentialError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

fn from_stdin() -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        bail!("--access-token-stdin reads standard input, which is a terminal: use a pipe");
    }
    let token = bounded(stdin).context("no token can be read from standard input")?;
    let token = token.trim();
    if token.is_empty() {
        bail!("standard input has no token in it");
    }
    Ok(token.to_owned())
}

#[cfg(test)]
mod tests;
