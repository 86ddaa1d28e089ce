//! The ways to sign in that the environment offers.

use super::settings::Settings;
use super::{Identity, Secret};
use super::{azure_cli, azure_pipelines, client_secret, federated, github_actions};
use super::{managed_identity, method::Method};
use crate::{AccessToken, Chain, Credential, CredentialError};
use lro::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// How long the metadata service of Azure may take to answer when it is not
/// known whether there is one, and nobody answers elsewhere.
const PROBE: Duration = Duration::from_secs(4);

/// All ways, in their order. One that is not configured says so when it is asked.
pub(super) fn chain(settings: &Settings) -> Chain {
    let chain = Chain::new();
    let chain = add(chain, settings, "client secret", client_secret(settings));
    let chain = certificate(chain, settings);
    let chain = add(chain, settings, "workload identity", token_file(settings));
    let chain = add(chain, settings, "GitHub Actions", github(settings));
    let chain = add(chain, settings, "Azure Pipelines", pipelines(settings));
    let machine = match settings.variable("AZURE_CLIENT_ID") {
        Some(id) => managed_identity::ManagedIdentity::client_id(id),
        None => managed_identity::ManagedIdentity::system_assigned(),
    };
    let probing = Settings {
        timeout: PROBE.min(settings.timeout),
        pauses: &[],
        ..settings.clone()
    };
    let chain = add(chain, &probing, "managed identity", Ok(machine));
    let tenant_id = settings.variable("AZURE_TENANT_ID");
    let cli = azure_cli::AzureCli { tenant_id };
    add(chain, settings, "Azure CLI", Ok(cli))
}

fn add<M: Method>(
    chain: Chain,
    settings: &Settings,
    name: &str,
    method: Result<M, CredentialError>,
) -> Chain {
    match method {
        Ok(method) => chain.or(name, Identity::new(Arc::new(method), settings.clone())),
        Err(error) => chain.or(name, NotConfigured(error)),
    }
}

fn required(settings: &Settings, names: &[&str]) -> Result<String, CredentialError> {
    names
        .iter()
        .find_map(|name| settings.variable(name))
        .ok_or_else(|| {
            let names = names.join(" or ");
            CredentialError::new(format!("not configured: {names} is not set"))
        })
}

fn tenant_and_client(settings: &Settings) -> Result<(String, String), CredentialError> {
    let tenant_id = required(settings, &["AZURE_TENANT_ID"])?;
    Ok((tenant_id, required(settings, &["AZURE_CLIENT_ID"])?))
}

fn client_secret(settings: &Settings) -> Result<client_secret::ClientSecret, CredentialError> {
    required(
        settings,
        &["AZURE_CLIENT_SECRET", "AZURE_CLIENT_SECRET_FILE"],
    )?;
    let secret = match settings.variable("AZURE_CLIENT_SECRET") {
        Some(_) => Secret::variable("AZURE_CLIENT_SECRET"),
        None => Secret::file(required(settings, &["AZURE_CLIENT_SECRET_FILE"])?),
    };
    let (tenant_id, client_id) = tenant_and_client(settings)?;
    Ok(client_secret::ClientSecret {
        tenant_id,
        client_id,
        secret,
    })
}

#[cfg(feature = "identity-certificate")]
fn certificate(chain: Chain, settings: &Settings) -> Chain {
    use super::client_certificate::{Certificate, ClientCertificate};
    let method = || {
        let path = required(settings, &["AZURE_CLIENT_CERTIFICATE_PATH"])?;
        let (tenant_id, client_id) = tenant_and_client(settings)?;
        let password = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
        let mut certificate = Certificate::file(path);
        if settings.variable(password).is_some() {
            certificate = certificate.password(Secret::variable(password));
        }
        Ok(ClientCertificate {
            tenant_id,
            client_id,
            certificate,
        })
    };
    add(chain, settings, "client certificate", method())
}

/// Says so if there is a certificate that this build cannot use.
#[cfg(not(feature = "identity-certificate"))]
fn certificate(chain: Chain, settings: &Settings) -> Chain {
    match settings.variable("AZURE_CLIENT_CERTIFICATE_PATH") {
        Some(_) => {
            let error = "golive was built without the feature identity-certificate";
            chain.or(
                "client certificate",
                NotConfigured(CredentialError::new(error)),
            )
        }
        None => chain,
    }
}

type Federated<A> = Result<federated::Federated<A>, CredentialError>;

fn token_file(settings: &Settings) -> Federated<federated::TokenFile> {
    let path = required(settings, &["AZURE_FEDERATED_TOKEN_FILE"])?;
    let (tenant_id, client_id) = tenant_and_client(settings)?;
    Ok(federated::Federated {
        name: "workload identity",
        tenant_id,
        client_id,
        assertion: federated::TokenFile::new(path.into()),
    })
}

fn github(settings: &Settings) -> Federated<github_actions::IdToken> {
    let in_github = settings.variable("GITHUB_ACTIONS").is_some();
    let url = required(settings, &["ACTIONS_ID_TOKEN_REQUEST_URL"]);
    if in_github && url.is_err() {
        let message = "the job has no `permissions: id-token: write`";
        return Err(CredentialError::new(message));
    }
    url?;
    let (tenant_id, client_id) = tenant_and_client(settings)?;
    Ok(federated::Federated {
        name: "GitHub Actions",
        tenant_id,
        client_id,
        assertion: github_actions::IdToken,
    })
}

fn pipelines(settings: &Settings) -> Result<azure_pipelines::AzurePipelines, CredentialError> {
    required(settings, &["SYSTEM_OIDCREQUESTURI"])?;
    required(settings, &["SYSTEM_ACCESSTOKEN"])?;
    Ok(azure_pipelines::AzurePipelines {
        service_connection_id: required(settings, &["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"])?,
        tenant_id: required(
            settings,
            &["AZURESUBSCRIPTION_TENANT_ID", "AZURE_TENANT_ID"],
        )?,
        client_id: required(
            settings,
            &["AZURESUBSCRIPTION_CLIENT_ID", "AZURE_CLIENT_ID"],
        )?,
        system_access_token: Secret::variable("SYSTEM_ACCESSTOKEN"),
    })
}

/// A way that cannot be gone, and why.
struct NotConfigured(CredentialError);

impl Credential for NotConfigured {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(std::future::ready(Err(self.0.clone())))
    }
}
