//! `golive publish`

use super::Submitting;
use clap::Args;

/// `golive publish`
#[derive(Debug, Args)]
pub struct Publish {
    /// Print the resume token as soon as the service has accepted, and do not wait
    #[arg(long)]
    pub no_wait: bool,
    /// Whom to notify by mail; may be repeated, or a list with commas [env: GOLIVE_NOTIFY]
    #[arg(long, value_name = "EMAIL", value_delimiter = ',')]
    pub notify: Vec<String>,
    // Last, because it ends under another heading.
    #[command(flatten)]
    pub submitting: Submitting,
}
