//! `golive offers`

use super::{OfferName, Service};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `golive offers`
#[derive(Debug, Args)]
pub struct Offers {
    #[command(subcommand)]
    pub command: OffersCommand,
}

/// What to do with offers.
#[derive(Debug, Subcommand)]
pub enum OffersCommand {
    /// List the offers of a publisher
    List(Box<OffersList>),
    /// Print the document of an offer
    Show(Box<OffersShow>),
    /// Create an offer, or replace its draft
    Put(Box<OffersPut>),
    /// Compare the draft of an offer with its preview, or with what is live
    Diff(Box<OffersDiff>),
}

/// `golive offers list`
#[derive(Debug, Args)]
pub struct OffersList {
    /// The id of the publisher
    pub publisher: String,
    /// Only what this OData filter lets through, for example "offerTypeId eq 'microsoft-azure-virtualmachines'"
    #[arg(long, value_name = "ODATA", conflicts_with = "type")]
    pub filter: Option<String>,
    /// Only offers of this type, for example microsoft-azure-virtualmachines
    #[arg(long, value_name = "OFFERTYPE")]
    pub r#type: Option<String>,
    #[command(flatten)]
    pub service: Service,
}

/// `golive offers show`
#[derive(Debug, Args)]
pub struct OffersShow {
    #[command(flatten)]
    pub name: OfferName,
    /// Which document: what is being written, what is previewed, or what is live
    #[arg(long, value_enum, default_value_t = Slot::Draft, conflicts_with = "version")]
    pub slot: Slot,
    /// The document of this version
    #[arg(long, value_name = "N")]
    pub version: Option<i64>,
    /// With the private prices of the plans
    #[arg(long)]
    pub include_all_pricing: bool,
    #[command(flatten)]
    pub service: Service,
}

/// `golive offers put`
#[derive(Debug, Args)]
pub struct OffersPut {
    #[command(flatten)]
    pub name: OfferName,
    /// The file with the document, or - for standard input
    pub file: PathBuf,
    /// Refuse if the draft has changed since it had this ETag
    #[arg(
        long,
        value_name = "ETAG",
        default_value = "*",
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub if_match: String,
    #[command(flatten)]
    pub service: Service,
}

/// `golive offers diff`
#[derive(Debug, Args)]
#[command(after_help = "\
What differs is shown by JSON pointer: - is what the preview or the live offer has,
+ is what the draft has. Plans are matched by their ids, and their order does not
count. With --output json it is a JSON Patch (RFC 6902) that leads to the draft; what
was there before is in the member \"old\".")]
pub struct OffersDiff {
    #[command(flatten)]
    pub name: OfferName,
    /// What to compare the draft with
    #[arg(long, value_enum, default_value_t = Against::Preview)]
    pub against: Against,
    /// Compare also what the service keeps about an offer, such as its status, version and times
    #[arg(long)]
    pub all: bool,
    /// End with exit code 1 if there are differences
    #[arg(long)]
    pub exit_code: bool,
    #[command(flatten)]
    pub service: Service,
}

/// Where a document of an offer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Slot {
    /// What is being written
    Draft,
    /// What is previewed
    Preview,
    /// What is live
    Production,
}

/// What a draft is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// What is previewed
    Preview,
    /// What is live
    Production,
}

impl From<Against> for Slot {
    fn from(against: Against) -> Self {
        match against {
            Against::Preview => Self::Preview,
            Against::Production => Self::Production,
        }
    }
}

impl From<Slot> for golive::Slot {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::Draft => Self::Draft,
            Slot::Preview => Self::Preview,
            Slot::Production => Self::Production,
        }
    }
}

impl OffersCommand {
    /// Which service.
    pub fn service(&self) -> &Service {
        match self {
            Self::List(args) => &args.service,
            Self::Show(args) => &args.service,
            Self::Put(args) => &args.service,
            Self::Diff(args) => &args.service,
        }
    }
}
