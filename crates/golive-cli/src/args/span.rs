//! Times as people write them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// `90s`, `5h`, `1h 30m`, `3d`: a day has 24 hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    text: String,
    /// How long that is.
    pub duration: Duration,
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span: jiff::Span = text
            .parse()
            .map_err(|_| "write a number and a unit, for example 90s, 5h or 3d".to_owned())?;
        let duration = span
            .to_duration(jiff::SpanRelativeTo::days_are_24_hours())
            .map_err(|_| "write days or weeks: months and years have no fixed length".to_owned())?;
        Ok(Self {
            text: text.to_owned(),
            duration: Duration::try_from(duration)
                .map_err(|_| "must not be negative".to_owned())?,
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        for (text, seconds) in [
            ("90s", 90),
            ("5h", 18_000),
            ("1h 30m", 5_400),
            ("3d", 259_200),
            ("0s", 0),
        ] {
            let span: Span = text.parse().unwrap();
            assert_eq!(span.duration, Duration::from_secs(seconds), "{text}");
            assert_eq!(span.to_string(), text);
        }
        for text in ["1mo", "1y"] {
            let error = text.parse::<Span>().unwrap_err();
            assert!(error.starts_with("write days or weeks"), "{error}");
        }
        for text in [
            "",
            "5",
            "-5s",
            "soon",
            "5 fortnights",
            "99999999999999999999s",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
