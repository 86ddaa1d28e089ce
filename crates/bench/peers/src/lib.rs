//! The pollers of other SDKs, as subjects of the measurements.

mod azure;
mod google;

use bench_poll::subject::Subject;

/// Everything that is not ours.
pub fn subjects() -> Vec<Subject> {
    azure::subjects()
        .into_iter()
        .chain(google::subjects())
        .collect()
}
