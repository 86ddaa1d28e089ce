//! In which of its ways of speaking the service answers.

/// In which of its ways of speaking the service answers.
///
/// The documentation changed over the years, and the service with it. All ways
/// are understood in requests; this chooses how replies are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
