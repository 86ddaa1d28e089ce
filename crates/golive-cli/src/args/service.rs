//! Which service to talk to, and as whom.

use clap::Args;
use std::path::PathBuf;

/// Which service to talk to, and as whom.
// Variables are read by the settings, not by clap: it would take one for a flag
// that conflicts with another.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Service")]
pub struct Service {
    /// Where the service is [env: GOLIVE_ENDPOINT] [default: https://cloudpartner.azure.com]
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
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
