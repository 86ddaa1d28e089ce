//! `golive publish`

use super::Submitting;
use clap::Args;

/// `golive publish`
#[derive(Debug, Args)]
pub struct Publish {
    #[command(flatten)]
    pub submitting: Submitting,
    /// Print the resume token as soon as the service has accepted, and do not wait
    #[arg(long)]
    pub no_wait: bool,
    /// Whom to notify by mail; several, or one list with commas [env: GOLIVE_NOTIFY]
    #[arg(long, value_name = "EMAIL", value_delimiter = ',')]
    pub notify: Vec<String>,
}
