//! `golive many`

use super::{Approve, Service, Waiting, headed};
use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// `golive many`
#[derive(Debug, Args)]
#[command(after_help = headed(EXIT_CODES))]
pub struct Many {
    /// The rows: a YAML, JSON or CSV file; - for standard input
    ///
    /// Each row has publisher and offer, and may have action, notify, expectImage and
    /// expectValue.
    pub file: PathBuf,
    /// How the rows are written [default: by the name of the file]
    #[arg(long, value_enum, value_name = "FORM", required_if_eq("file", "-"))]
    pub format: Option<Format>,
    /// What to do with rows that do not say
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Action::GoLive)]
    pub action: Action,
    /// Keep here how far each offer is, and go on from it [default: FILE.journal.jsonl]
    #[arg(long, value_name = "FILE", required_if_eq("file", "-"))]
    pub journal: Option<PathBuf>,
    /// How many requests may run at once
    #[arg(
        long,
        value_name = "N",
        default_value_t = CONCURRENCY,
        value_parser = clap::value_parser!(u16).range(1..=256)
    )]
    pub concurrency: u16,
    /// Who says that the previews of releases may go live; without this they stop there
    #[arg(long, value_enum, value_name = "HOW")]
    pub approve: Option<Approve>,
    /// For --approve file: the file of each offer, such as approvals/{publisher}.{offer}
    #[arg(long, value_name = "FILE", required_if_eq("approve", "file"))]
    pub approval_file: Option<ApprovalFiles>,
    /// What to do when another operation of an offer is running
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnConflictOfMany::Fail)]
    pub on_conflict: OnConflictOfMany,
    /// Run what failed, was canceled or was refused in an earlier run once more
    #[arg(long)]
    pub retry_failed: bool,
    /// Submit once more where the service cannot say whether it accepted: look at the offers first
    #[arg(long)]
    pub retry_unknown: bool,
    /// Whom to notify by mail, where a row does not say [env: GOLIVE_NOTIFY]
    #[arg(long, value_name = "EMAIL", value_delimiter = ',')]
    pub notify: Vec<String>,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// How many requests may run at once, unless somebody says.
pub const CONCURRENCY: u16 = 8;

const EXIT_CODES: &str = "\
Exit codes, the first that applies:
  130  interrupted (143 by SIGTERM) before every offer had ended
  2    wrong usage, or the journal cannot be written, before every offer had ended
  75   not every offer has ended: the deadline passed, or previews wait for approval
  3    not signed in, or not allowed, before every offer had ended
  4    the service or the network failed before every offer had ended
  5    of an offer it is unknown whether the service accepted the submission
  1    every offer has ended, and some failed, were canceled or were refused
  0    every offer has ended, and all succeeded
The same command goes on where the journal ends.";

impl Many {
    /// Whether the rows come from standard input.
    pub fn reads_stdin(&self) -> bool {
        self.file == Path::new("-")
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A list of mappings
    Yaml,
    /// An array of objects
    Json,
    /// A line with the names of the fields, then a line for each row
    Csv,
}

/// What to do with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Take a previewed offer live
    GoLive,
    /// Publish the draft to preview
    Publish,
    /// Publish, check the preview, and go live
    Release,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GoLive => "go-live",
            Self::Publish => "publish",
            Self::Release => "release",
        })
    }
}

/// Where somebody writes whether an offer may go live: a path with `{publisher}`
/// and `{offer}` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalFiles(String);

impl ApprovalFiles {
    /// The file of an offer.
    pub fn of(&self, publisher: &str, offer: &str) -> PathBuf {
        let path = self.0.replace("{publisher}", publisher);
        path.replace("{offer}", offer).into()
    }
}

impl FromStr for ApprovalFiles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        for part in ["{publisher}", "{offer}"] {
            if !text.contains(part) {
                return Err(format!(
                    "each offer needs a file of its own, and there is no {part} in it: write for \
                     example approvals/{{publisher}}.{{offer}}"
                ));
            }
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ApprovalFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What to do when another operation of an offer is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnConflictOfMany {
    /// The offer counts as refused
    Fail,
    /// Follow the running operation instead, if it does the same
    Attach,
}

impl From<OnConflictOfMany> for golive::OnConflict {
    fn from(on_conflict: OnConflictOfMany) -> Self {
        match on_conflict {
            OnConflictOfMany::Fail => Self::Fail,
            OnConflictOfMany::Attach => Self::Attach,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_offer_has_an_approval_file_of_its_own() {
        let files: ApprovalFiles = "a/{publisher}/{offer}.txt".parse().unwrap();
        assert_eq!(files.of("contoso", "vm"), Path::new("a/contoso/vm.txt"));
        for (text, missing) in [
            ("approval", "{publisher}"),
            ("{offer}", "{publisher}"),
            ("{publisher}.txt", "{offer}"),
        ] {
            let error = text.parse::<ApprovalFiles>().unwrap_err();
            assert!(error.contains(&format!("no {missing} in it")), "{error}");
        }
    }
}
