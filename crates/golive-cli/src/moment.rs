//! Times for people and for events. Waiting itself goes by the library's clock.

use jiff::{Timestamp, Unit};
use std::time::Duration;

/// Now, in RFC 3339, to the second.
pub fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

/// `12 s`, `3 min`, `5 h 12 min`, `2 d 3 h`
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs_f64().round();
    // Longer than anything that runs.
    let seconds = if seconds < 1e12 {
        seconds as u64
    } else {
        1_000_000_000_000
    };
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{minutes} min"),
        7200..172_800 => match minutes % 60 {
            0 => format!("{hours} h"),
            rest => format!("{hours} h {rest} min"),
        },
        _ => match hours % 24 {
            0 => format!("{days} d"),
            rest => format!("{days} d {rest} h"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_to_what_counts() {
        for (seconds, text) in [
            (0.0, "0 s"),
            (0.6, "1 s"),
            (119.0, "119 s"),
            (120.0, "2 min"),
            (7199.0, "119 min"),
            (7200.0, "2 h"),
            (18_720.0, "5 h 12 min"),
            (172_800.0, "2 d"),
            (183_600.0, "2 d 3 h"),
        ] {
            assert_eq!(spoken(Duration::from_secs_f64(seconds)), text);
        }
        assert_eq!(spoken(Duration::MAX), "11574074 d 1 h");
    }
}
