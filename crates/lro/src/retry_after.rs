//! When the server wants to be asked again.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

static MILLIS: [HeaderName; 2] = [
    HeaderName::from_static("retry-after-ms"),
    HeaderName::from_static("x-ms-retry-after-ms"),
];

/// The delay that a reply asks for, if it asks for one that can be read.
///
/// Knows `retry-after-ms` and `x-ms-retry-after-ms` (milliseconds) and
/// `Retry-After` (seconds, or a date in any of HTTP's three forms). A date is
/// measured from the reply's own `Date`, so a wrong clock here or there does
/// not matter; only when there is none, `wall` is asked for the time of day. A
/// sign, a fraction or a word is no delay; a date in the past is zero; a number
/// too large saturates. **The result is what the server wants and is not
/// bounded**: clamp it. A [`Schedule`](crate::Schedule) does.
pub fn hint(headers: &HeaderMap, wall: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let text = |name: &HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    for name in &MILLIS {
        if let Some(millis) = text(name).and_then(digits) {
            return Some(Duration::from_millis(millis));
        }
    }
    let value = text(&header::RETRY_AFTER)?;
    if let Some(seconds) = digits(value) {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    let now = text(&header::DATE)
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(wall);
    Some(at.duration_since(now).unwrap_or(Duration::ZERO))
}

/// Digits only, saturating: `+5`, `-5`, `5.0` and the empty text are no number.
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::hint;

    fn of(pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        hint(&headers, || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
        })
    }

    #[test]
    fn seconds_and_milliseconds() {
        assert_eq!(of(&[("retry-after", "30")]), Some(Duration::from_secs(30)));
        assert_eq!(of(&[("retry-after", " 0 ")]), Some(Duration::ZERO));
        assert_eq!(
            of(&[("retry-after", "30"), ("retry-after-ms", "250")]),
            Some(Duration::from_millis(250))
        );
        assert_eq!(
            of(&[("x-ms-retry-after-ms", "250"), ("retry-after", "9")]),
            Some(Duration::from_millis(250))
        );
    }

    #[test]
    fn what_is_no_number_is_no_hint() {
        for value in ["-5", "+5", "5.0", "soon", "", "0x10", "5, 6"] {
            assert_eq!(of(&[("retry-after", value)]), None, "{value}");
        }
        assert_eq!(
            of(&[("retry-after-ms", "-1"), ("retry-after", "7")]),
            Some(Duration::from_secs(7))
        );
    }

    #[test]
    fn too_large_saturates() {
        assert_eq!(
            of(&[("retry-after", "99999999999999999999999999")]),
            Some(Duration::from_secs(u64::MAX))
        );
    }

    #[test]
    fn three_forms_of_date_from_the_local_clock() {
        // The local clock above stands at 08:49:37.
        for value in [
            "Sun, 06 Nov 1994 08:50:37 GMT",
            "Sunday, 06-Nov-94 08:50:37 GMT",
            "Sun Nov  6 08:50:37 1994",
        ] {
            assert_eq!(
                of(&[("retry-after", value)]),
                Some(Duration::from_secs(60)),
                "{value}"
            );
        }
        assert_eq!(
            of(&[("retry-after", "Sun, 06 Nov 1994 08:48:37 GMT")]),
            Some(Duration::ZERO)
        );
    }

    #[test]
    fn the_replys_date_corrects_the_local_clock() {
        assert_eq!(
            of(&[
                ("date", "Mon, 07 Nov 1994 08:49:37 GMT"),
                ("retry-after", "Mon, 07 Nov 1994 08:51:37 GMT")
            ]),
            Some(Duration::from_secs(120))
        );
    }
}
