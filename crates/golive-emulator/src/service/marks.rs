//! What every answer is marked with: an id by which it is found again, and when.

use crate::portal::Guids;
use http::header::HeaderValue;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// What an answer is marked with.
#[derive(Debug)]
pub(crate) struct Marks {
    pub(crate) correlation_id: Uuid,
    pub(crate) now: SystemTime,
    /// The same moment, as the header has it.
    pub(crate) date: HeaderValue,
}

/// Makes marks. The date is written once for each second.
#[derive(Debug)]
pub(super) struct Marking {
    guids: Guids,
    /// In seconds since the epoch.
    second: u64,
    date: HeaderValue,
}

impl Marking {
    /// Ids follow from a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            guids: Guids::new(seed),
            second: 0,
            date: written(0),
        }
    }

    pub(super) fn next(&mut self, now: SystemTime) -> Marks {
        let second = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if second != self.second {
            self.second = second;
            self.date = written(second);
        }
        Marks {
            correlation_id: self.guids.next().unwrap_or_default(),
            now,
            date: self.date.clone(),
        }
    }
}

fn written(second: u64) -> HeaderValue {
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(second));
    HeaderValue::try_from(date).unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_follows_the_time_and_no_id_comes_twice() {
        let mut marking = Marking::new(0);
        let mut ids = Vec::new();
        for (nanos, date) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (999_999_999, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_000_000_000, "Thu, 01 Jan 1970 00:00:01 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] {
            let marks = marking.next(UNIX_EPOCH + Duration::from_nanos(nanos));
            assert_eq!(marks.date, date);
            assert!(!ids.contains(&marks.correlation_id));
            ids.push(marks.correlation_id);
        }
    }
}
