//! The operations that an offer had before a request, in little space: an offer may
//! have thousands, and they are kept in a token.

use crate::Submission;
use crate::fingerprint::fingerprint;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashSet;

/// How many are told apart: those that changed last.
const MOST: usize = 1024;

/// The operations that an offer had before a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    newest: Fingerprints,
    /// All the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rest: Option<Rest>,
}

/// Operations that are not told apart: a list has them and a few more if the sum of all
/// fingerprints less those of the few is theirs. The service documents no order of its
/// list, and an operation may change long after it has ended, so that neither place nor
/// time would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Rest {
    count: usize,
    sum: u64,
}

/// As bytes in base64, in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Fingerprints(HashSet<u64>);

impl From<Fingerprints> for String {
    fn from(Fingerprints(set): Fingerprints) -> Self {
        let mut sorted: Vec<_> = set.into_iter().collect();
        sorted.sort_unstable();
        let bytes: Vec<u8> = sorted.into_iter().flat_map(u64::to_le_bytes).collect();
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl TryFrom<String> for Fingerprints {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| "no base64")?;
        let (numbers, rest) = bytes.as_chunks();
        if !rest.is_empty() {
            return Err("not of whole numbers");
        }
        Ok(Self(
            numbers.iter().copied().map(u64::from_le_bytes).collect(),
        ))
    }
}

/// Each operation once, with its fingerprint, the one that changed last first.
fn newest_first(list: &[Submission]) -> Vec<(u64, &Submission)> {
    let mut seen = HashSet::new();
    let list = list.iter().map(|it| (fingerprint(it.id.as_bytes()), it));
    let mut list: Vec<_> = list.filter(|(number, _)| seen.insert(*number)).collect();
    list.sort_by_key(|(_, submission)| Reverse(submission.changed));
    list
}

fn sum<'a>(list: impl IntoIterator<Item = &'a (u64, &'a Submission)>) -> u64 {
    list.into_iter()
        .fold(0, |sum, (number, _)| sum.wrapping_add(*number))
}

impl Known {
    pub(crate) fn of(list: &[Submission]) -> Self {
        Self::of_most(MOST, list)
    }

    fn of_most(most: usize, list: &[Submission]) -> Self {
        let list = newest_first(list);
        let (newest, rest) = list.split_at(most.min(list.len()));
        Self {
            newest: Fingerprints(newest.iter().map(|(number, _)| *number).collect()),
            rest: (!rest.is_empty()).then(|| Rest {
                count: rest.len(),
                sum: sum(rest),
            }),
        }
    }

    /// What is in a list and was not there before, the newest first. None if nobody can
    /// tell, which needs more than a thousand operations, and that old ones of them have
    /// gone or that several have come which are not the newest.
    pub(crate) fn new_in(&self, list: &[Submission]) -> Option<Vec<Submission>> {
        let mut others = newest_first(list);
        others.retain(|(number, _)| !self.newest.0.contains(number));
        let new = match self.rest {
            None => others,
            Some(rest) => {
                let more = others.len().checked_sub(rest.count)?;
                let too_much = sum(&others).wrapping_sub(rest.sum);
                let (newest, _) = others.split_at(more);
                if sum(newest) == too_much {
                    newest.to_vec()
                } else if more == 1 {
                    let only = others.iter().find(|(number, _)| *number == too_much)?;
                    vec![*only]
                } else {
                    return None;
                }
            }
        };
        Some(new.into_iter().map(|(_, it)| it.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;
    use proptest::prelude::*;
    use std::time::{Duration, UNIX_EPOCH};

    fn submission(id: u32, changed: Option<u8>) -> Submission {
        let changed = changed.map(|it| UNIX_EPOCH + Duration::from_secs(it.into()));
        Submission {
            id: format!("00000000-0000-0000-0000-{id:012}"),
            kind: None,
            status: Status::Succeeded,
            slot: None,
            changed,
            offer_version: None,
        }
    }

    fn ids(list: &[Submission]) -> Vec<String> {
        let mut ids: Vec<_> = list.iter().map(|it| it.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn reread(known: &Known) -> Known {
        serde_json::from_str(&serde_json::to_string(known).unwrap()).unwrap()
    }

    #[test]
    fn however_long_the_list_is_it_takes_little_space() {
        let list: Vec<_> = (0..200_000).map(|id| submission(id, None)).collect();
        let known = Known::of(&list);
        let length = serde_json::to_string(&known).unwrap().len();
        assert!(length < 12 * 1024, "{length}");
        assert_eq!(known.new_in(&list), Some(vec![]));
        let mut later = list.clone();
        later.insert(77, submission(200_000, None));
        assert_eq!(ids(&known.new_in(&later).unwrap()), ids(&later[77..78]));
        // Nobody can tell.
        assert_eq!(known.new_in(&later[..150_000]), None);
    }

    type Times = Vec<Option<u8>>;

    fn times(range: std::ops::Range<usize>) -> impl Strategy<Value = Times> {
        proptest::collection::vec(any::<Option<u8>>(), range)
    }

    proptest! {
        /// It says what a set of all ids says, or nothing.
        #[test]
        fn it_tells_what_is_new_like_the_full_set(
            most in 0..12_usize,
            before in times(0..24),
            new in times(0..4),
            gone in proptest::collection::vec(any::<prop::sample::Index>(), 0..3),
            touched in any::<Option<prop::sample::Index>>(),
            order in any::<u64>(),
        ) {
            let times: Vec<_> = before.iter().chain(&new).collect();
            let all: Vec<_> = (0..).zip(&times).map(|(id, at)| submission(id, **at)).collect();
            let (old, new) = all.split_at(before.len());
            let known = reread(&Known::of_most(most, old));
            let mut later = all.clone();
            // It changed since.
            if let Some(index) = touched.filter(|_| !later.is_empty()) {
                index.get_mut(&mut later).changed = Some(UNIX_EPOCH + Duration::from_secs(999));
            }
            for index in gone {
                if !later.is_empty() {
                    later.remove(index.index(later.len()));
                }
            }
            fastrand::Rng::with_seed(order).shuffle(&mut later);
            let full: Vec<_> = later.iter().filter(|it| ids(new).contains(&it.id)).cloned().collect();
            let told = known.new_in(&later);
            if let Some(told) = &told {
                prop_assert_eq!(ids(told), ids(&full));
            }
            let all_there = later.len() == all.len();
            if all_there && new.len() <= 1 || known.rest.is_none() {
                prop_assert!(told.is_some());
            }
        }

        #[test]
        fn any_text_is_no_panic(text in "\\PC{0,40}", base64 in "[A-Za-z0-9_-]{0,40}") {
            let _ = serde_json::from_str::<Known>(&text);
            let _ = serde_json::from_str::<Known>(&format!(r#"{{"newest":"{base64}"}}"#));
        }
    }
}
