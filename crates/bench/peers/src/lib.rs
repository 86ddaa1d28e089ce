//! The pollers of other SDKs, as subjects of the measurements.

mod azure;
mod google;

use bench::subject::Subject;

/// Everything that is not ours.
pub fn subjects() -> Vec<Subject> {
    azure::subjects()
        .into_iter()
        .chain(google::subjects())
        .collect()
}
