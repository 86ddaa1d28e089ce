//! `golive release`

use super::Submitting;
use super::go_live::Expected;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `golive release`
#[derive(Debug, Args)]
pub struct Release {
    /// Whom to notify by mail; may be repeated, or a list with commas [env: GOLIVE_NOTIFY]
    #[arg(long, value_name = "EMAIL", value_delimiter = ',')]
    pub notify: Vec<String>,
    #[command(flatten)]
    pub expected: Expected,
    #[command(flatten)]
    pub approval: Approval,
    // Last, because it ends under another heading.
    #[command(flatten)]
    pub submitting: Submitting,
}

/// Who says that the preview may go live.
#[derive(Clone, Debug, Default, Args)]
pub struct Approval {
    /// Who says that the preview may go live [default: prompt, on a terminal]
    #[arg(long, value_enum, value_name = "HOW")]
    pub approve: Option<Approve>,
    /// For --approve file: approved or rejected is written here by somebody
    #[arg(long, value_name = "FILE", required_if_eq("approve", "file"))]
    pub approval_file: Option<PathBuf>,
}

/// Who says that the preview may go live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Approve {
    /// Nobody is asked: a preview that is as expected goes live
    Auto,
    /// Somebody at this terminal
    Prompt,
    /// Whoever writes approved or rejected to the file of --approval-file
    File,
}
