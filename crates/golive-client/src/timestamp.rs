//! Points in time, as the service writes them.

use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::SystemTime;

/// A point in time, as the service writes it.
///
/// The service writes 0 to 7 digits of a second, with or without a zone, and
/// uses `0001-01-01` and `1601-01-01` for "none". The text is kept as it is, so
/// that a form nobody has seen fails no payload.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text of the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The point in time. Without a zone the text is taken as UTC. None for a
    /// text that is not a time, and for the service's values of "none".
    pub fn instant(&self) -> Option<SystemTime> {
        let text = self.0.trim();
        let instant: jiff::Timestamp = match text.parse() {
            Ok(instant) => instant,
            Err(_) => {
                let civil: civil::DateTime = text.parse().ok()?;
                civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp()
            }
        };
        let year = instant.to_zoned(jiff::tz::TimeZone::UTC).year();
        let none = year <= 1 || year == 1601;
        (!none).then(|| instant.into())
    }
}

impl From<SystemTime> for Timestamp {
    /// Writes microseconds and the zone `Z`. A time outside the years 1 to 9999
    /// becomes the service's `0001-01-01T00:00:00Z`.
    fn from(time: SystemTime) -> Self {
        Self(match jiff::Timestamp::try_from(time) {
            Ok(time)
                if time
                    >= jiff::Timestamp::from_second(-62_135_596_800)
                        .unwrap_or(jiff::Timestamp::MIN) =>
            {
                format!("{time:.6}")
            }
            _ => "0001-01-01T00:00:00Z".to_owned(),
        })
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn reads_every_form_of_the_wire() {
        let at = |seconds, nanos| Some(UNIX_EPOCH + Duration::new(seconds, nanos));
        for (text, expected) in [
            ("2018-01-01T00:00:00Z", at(1_514_764_800, 0)),
            ("2018-01-01T00:00:00", at(1_514_764_800, 0)),
            ("2018-01-01T02:00:00+02:00", at(1_514_764_800, 0)),
            ("2022-06-02T12:25:56.651", at(1_654_172_756, 651_000_000)),
            (
                "2018-03-25T05:12:41.3792153Z",
                at(1_521_954_761, 379_215_300),
            ),
            ("2018-03-16", at(1_521_158_400, 0)),
            ("0001-01-01T00:00:00", None),
            ("0001-01-01", None),
            ("1601-01-01T00:00:00Z", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(Timestamp::from(text).instant(), expected, "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        let time = UNIX_EPOCH + Duration::from_micros(1_521_954_761_379_215);
        let written = Timestamp::from(time);
        assert_eq!(written.as_str(), "2018-03-25T05:12:41.379215Z");
        assert_eq!(written.instant(), Some(time));
    }
}
