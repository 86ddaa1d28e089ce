//! `golive schema`

use clap::{Args, ValueEnum};

/// `golive schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// What to describe
    #[arg(value_enum, default_value_t = Document::Event)]
    pub document: Document,
}

/// What the program prints for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Document {
    /// A line of --output jsonl of go-live, publish, release, many, wait and cancel
    Event,
    /// The document of --output json of go-live, publish, release and wait
    Result,
    /// The document of --output json of many
    Summary,
    /// The document of --output json of any command that has no result because of an error
    Error,
    /// The document of --output json of status and operations show
    Status,
    /// The document of --output json of cancel
    Cancellation,
    /// The document of --output json of operations list; with jsonl, each element is a line
    Operations,
    /// The document of --output json of offers diff; with jsonl, each element is a line
    Diff,
    /// The document of --output json of auth check
    Auth,
    /// The document of --output json of config show; with jsonl, each element is a line
    Config,
}
