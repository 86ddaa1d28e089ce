//! `golive cancel`

use super::{OfferName, Service, Waiting};
use clap::Args;

/// `golive cancel`
#[derive(Debug, Args)]
#[command(after_help = "\
The service accepts a cancellation whether or not anything runs, and takes one to
three minutes. Exit code 0: nothing runs any more, because it was canceled, had
failed, or nothing was running. Exit code 1: the operation was faster and
succeeded.")]
pub struct Cancel {
    #[command(flatten)]
    pub name: OfferName,
    /// Return as soon as the service has accepted
    #[arg(long)]
    pub no_wait: bool,
    /// Whom to notify by mail; several, or one list with commas [env: GOLIVE_NOTIFY]
    #[arg(long, value_name = "EMAIL", value_delimiter = ',')]
    pub notify: Vec<String>,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}
