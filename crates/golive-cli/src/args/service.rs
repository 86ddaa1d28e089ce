//! Which service to talk to, and as whom.

use super::global::named;
use clap::{Args, ValueEnum};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Which service to talk to, and as whom.
// Variables are read by the settings, not by clap: it would take one for a flag
// that conflicts with another.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Service")]
pub struct Service {
    /// Where the service is [env: GOLIVE_ENDPOINT] [default: https://cloudpartner.azure.com]
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
    /// How to sign in [env: GOLIVE_CREDENTIAL] [default: auto]
    #[arg(
        long,
        value_enum,
        value_name = "NAME",
        conflicts_with = "access_token_stdin"
    )]
    pub credential: Option<CredentialName>,
    /// Read the bearer token from this file, again whenever it changes [env: GOLIVE_ACCESS_TOKEN_FILE]
    #[arg(long, value_name = "FILE", conflicts_with = "access_token_stdin")]
    pub access_token_file: Option<PathBuf>,
    /// Read the bearer token from standard input, once
    #[arg(long)]
    pub access_token_stdin: bool,
    /// The authority that issues tokens [env: AZURE_AUTHORITY_HOST] [default: https://login.microsoftonline.com]
    #[arg(long, value_name = "URL")]
    pub authority: Option<String>,
    /// The scope of the tokens [env: GOLIVE_SCOPE] [default: https://cloudpartner.azure.com/.default]
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CredentialName {
    /// GOLIVE_TOKEN, else the token file, else the first of the others that serves
    Auto,
    /// The bearer token in GOLIVE_TOKEN
    Token,
    /// The bearer token in the file of --access-token-file
    TokenFile,
    /// AZURE_TENANT_ID, AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or AZURE_CLIENT_SECRET_FILE
    ClientSecret,
    /// AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID and AZURE_CLIENT_ID
    WorkloadIdentity,
    /// The ID token of the job, AZURE_TENANT_ID and AZURE_CLIENT_ID
    GithubActions,
    /// The service connection of the job, and SYSTEM_ACCESSTOKEN
    AzurePipelines,
    /// The identity of this machine; with AZURE_CLIENT_ID a user-assigned one
    ManagedIdentity,
    /// Whoever is signed in with az login; AZURE_TENANT_ID selects a tenant
    AzureCli,
}

named!(CredentialName);
