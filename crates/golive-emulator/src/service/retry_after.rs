//! `Retry-After`, in every form that a service or a gateway may write.

use crate::scenario::{RetryAfter, RetryAfterForm};
use http::header::{self, HeaderName};
use std::time::{SystemTime, UNIX_EPOCH};

/// A header that says when to come again, in one of the forms that there are.
pub(super) fn written(retry_after: RetryAfter, now: SystemTime) -> (HeaderName, String) {
    let seconds = retry_after.seconds;
    let date = |format: &str| {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let then = i64::try_from(since.saturating_add(seconds)).unwrap_or(i64::MAX);
        let then = jiff::Timestamp::from_second(then).unwrap_or(jiff::Timestamp::MAX);
        then.strftime(format).to_string()
    };
    let milliseconds = || seconds.saturating_mul(1000).to_string();
    match retry_after.form {
        RetryAfterForm::Seconds => (header::RETRY_AFTER, seconds.to_string()),
        RetryAfterForm::ImfFixdate => (header::RETRY_AFTER, date("%a, %d %b %Y %H:%M:%S GMT")),
        RetryAfterForm::Rfc850 => (header::RETRY_AFTER, date("%A, %d-%b-%y %H:%M:%S GMT")),
        RetryAfterForm::Asctime => (header::RETRY_AFTER, date("%a %b %e %H:%M:%S %Y")),
        RetryAfterForm::Milliseconds => (HeaderName::from_static("retry-after-ms"), milliseconds()),
        RetryAfterForm::XMsMilliseconds => (
            HeaderName::from_static("x-ms-retry-after-ms"),
            milliseconds(),
        ),
        RetryAfterForm::Garbage => (header::RETRY_AFTER, "in a while".to_owned()),
        RetryAfterForm::Negative => (header::RETRY_AFTER, format!("-{seconds}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_time_is_written_in_every_form() {
        // The example of RFC 9110.
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777 - 30);
        let all = [
            (RetryAfterForm::Seconds, "retry-after", "30"),
            (
                RetryAfterForm::ImfFixdate,
                "retry-after",
                "Sun, 06 Nov 1994 08:49:37 GMT",
            ),
            (
                RetryAfterForm::Rfc850,
                "retry-after",
                "Sunday, 06-Nov-94 08:49:37 GMT",
            ),
            (
                RetryAfterForm::Asctime,
                "retry-after",
                "Sun Nov  6 08:49:37 1994",
            ),
            (RetryAfterForm::Milliseconds, "retry-after-ms", "30000"),
            (
                RetryAfterForm::XMsMilliseconds,
                "x-ms-retry-after-ms",
                "30000",
            ),
            (RetryAfterForm::Garbage, "retry-after", "in a while"),
            (RetryAfterForm::Negative, "retry-after", "-30"),
        ];
        for (form, name, value) in all {
            let (header, text) = written(RetryAfter { seconds: 30, form }, now);
            assert_eq!((header.as_str(), text.as_str()), (name, value));
        }
    }
}
