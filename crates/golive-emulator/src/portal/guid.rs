//! Ids that follow from a seed.

use fastrand::Rng;
use std::time::Duration;
use uuid::Uuid;

/// Ids in a row.
#[derive(Debug)]
pub(crate) struct Guids(Rng);

impl Guids {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }
}

impl Iterator for Guids {
    type Item = Uuid;

    fn next(&mut self) -> Option<Uuid> {
        Some(guid(&mut self.0))
    }
}

/// The id of an operation. It depends on nothing but the seed and what the
/// operation is, so that callers who come in another order get the same ids.
pub(super) fn of_operation(seed: u64, publisher: &str, offer: &str, number: i64) -> Uuid {
    let mut rng = Rng::with_seed(seed);
    let number = number.to_le_bytes();
    // The separator is no part of an id.
    for part in [publisher.as_bytes(), b"$", offer.as_bytes(), b"$", &number] {
        for byte in part {
            rng = Rng::with_seed(rng.u64(..) ^ u64::from(*byte));
        }
    }
    guid(&mut rng)
}

/// How long the cancellation of an operation takes: one to three minutes.
pub(super) fn cancellation_takes(operation: Uuid) -> Duration {
    let (high, low) = operation.as_u64_pair();
    Duration::from_secs(Rng::with_seed(high ^ low).u64(60..=180))
}

fn guid(rng: &mut Rng) -> Uuid {
    uuid::Builder::from_random_bytes(rng.u128(..).to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        assert_eq!(of_operation(1, "a", "b", 1), of_operation(1, "a", "b", 1));
        let others = [
            of_operation(1, "a", "b", 1),
            of_operation(2, "a", "b", 1),
            of_operation(1, "ab", "", 1),
            of_operation(1, "a", "b", 2),
            of_operation(1, "b", "a", 1),
        ];
        for (index, id) in others.iter().enumerate() {
            assert!(!others[index + 1..].contains(id));
            assert_eq!(id.get_version_num(), 4);
        }
        assert!(Guids::new(3).take(8).eq(Guids::new(3).take(8)));
    }

    #[test]
    fn a_cancellation_takes_one_to_three_minutes() {
        for id in Guids::new(0).take(1000) {
            let takes = cancellation_takes(id).as_secs();
            assert!((60..=180).contains(&takes), "{takes}");
        }
    }
}
