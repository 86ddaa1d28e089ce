//! Reads response headers.

use reqwest::header::HeaderMap;

/// The response headers of an endpoint.
pub trait ResponseHeaders: Sized {
    /// Reads the headers that the contract names; the others are left out.
    ///
    /// A header that is sent twice counts once, with its first value. Bytes that
    /// are not UTF-8 are replaced.
    fn read(headers: &HeaderMap) -> Self;
}

pub(crate) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers::GoLiveOfferHeaders;
    use reqwest::header::HeaderValue;

    #[test]
    fn reads_what_is_there() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "location",
            HeaderValue::from_static("/api/operations/a$b$2$preview"),
        );
        headers.append("location", HeaderValue::from_static("/second"));
        headers.insert("retry-after", HeaderValue::from_bytes(b"\xff5").unwrap());
        let read = GoLiveOfferHeaders::read(&headers);
        assert_eq!(
            read.location.as_deref(),
            Some("/api/operations/a$b$2$preview")
        );
        assert_eq!(read.operation_location, None);
        assert_eq!(read.retry_after.as_deref(), Some("\u{fffd}5"));
    }
}
