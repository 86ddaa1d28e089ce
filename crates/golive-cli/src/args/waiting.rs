//! How to wait.

use super::Span;
use clap::Args;

/// How to wait.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Waiting")]
pub struct Waiting {
    /// Stop waiting after this time, for example 90s or 5h; the operation goes on [env: GOLIVE_DEADLINE]
    #[arg(long, value_name = "DURATION")]
    pub deadline: Option<Span>,
    /// The time between polls where it counts: in a short step, or near an end [env: GOLIVE_INTERVAL] [default: 15s]
    #[arg(long, value_name = "DURATION")]
    pub interval: Option<Span>,
    /// The longest time between polls, inside a step of days; the same as --interval for a fixed one [env: GOLIVE_MAX_INTERVAL] [default: 14m]
    #[arg(long, value_name = "DURATION")]
    pub max_interval: Option<Span>,
    /// Warn when a step runs for longer than this [env: GOLIVE_STALL_AFTER] [default: three times the service's estimate]
    #[arg(long, value_name = "DURATION")]
    pub stall_after: Option<Span>,
    /// Where there is no terminal: say at least this often that it still runs [env: GOLIVE_HEARTBEAT] [default: 5m]
    #[arg(long, value_name = "DURATION")]
    pub heartbeat: Option<Span>,
}
