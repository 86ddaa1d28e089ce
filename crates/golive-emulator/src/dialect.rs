//! In which of its ways of speaking the service answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which polling URL an accepted operation gets.
///
/// The documentation changed over the years, and the service with it. All ways
/// are understood in requests; this chooses how replies are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dialect {
    /// The documentation of 2018: an accepted operation is named by an absolute
    /// `Operation-Location` without `api-version`.
    Seed,
    /// The service of today, for an offer that was migrated to Partner Center:
    /// a relative `Location` that names the operation by its id.
    #[default]
    Migrated,
    /// The service of today, for an offer that was not migrated: a relative
    /// `Location` that names the operation by a key with dollar signs.
    NonMigrated,
}

/// How the words for a status are spelled. The contract lists the spellings of
/// each; no source has its own for all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Spelling {
    /// The usual one: `completed`, as the table of operations says.
    #[default]
    Usual,
    /// The second of the contract's, if there is one: `complete`, which mash
    /// waits for, and `published`, as the sample of the list of offers says.
    Second,
    /// The third of the contract's, if there is one: `succeeded`, which
    /// gardenlinux waits for.
    Third,
    /// With a capital, as the tables of offer and step statuses have it:
    /// `NotStarted`.
    Capitals,
    /// With spaces, as the table of operation statuses has it: `not started`.
    Spaced,
}

/// How an answer is written: a [`Dialect`] and what else has been seen on the
/// wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manner {
    /// Which polling URL an accepted operation gets.
    pub(crate) dialect: Dialect,
    /// How the words for a status are spelled.
    pub(crate) spelling: Spelling,
    /// Whether the status of an operation is in an array of one, as the samples
    /// of the documentation print it.
    pub(crate) in_array: bool,
    /// Whether times are written without their zone.
    pub(crate) without_zone: bool,
    /// Whether a publishing, and with it the offer, stays `running` until the
    /// publisher has signed off, as azure-img-utils of SUSE meets it: only the step
    /// of the sign-off says then that the preview is ready.
    pub(crate) running_until_sign_off: bool,
}

impl Manner {
    /// Chooses how statuses are spelled.
    #[must_use]
    pub fn spelling(mut self, spelling: Spelling) -> Self {
        self.spelling = spelling;
        self
    }

    /// Puts the status of an operation into an array of one.
    #[must_use]
    pub fn in_array(mut self) -> Self {
        self.in_array = true;
        self
    }

    /// Writes times without their zone.
    #[must_use]
    pub fn without_zone(mut self) -> Self {
        self.without_zone = true;
        self
    }

    /// Keeps a publishing `running` until the publisher has signed off. Until then
    /// it can be canceled, too.
    #[must_use]
    pub fn running_until_sign_off(mut self) -> Self {
        self.running_until_sign_off = true;
        self
    }
}

impl From<Dialect> for Manner {
    fn from(dialect: Dialect) -> Self {
        Self {
            dialect,
            ..Self::default()
        }
    }
}
