//! Sessions: callers that do not see each other.

use http::header::{HeaderMap, HeaderName};

/// The header that names a session.
const HEADER: HeaderName = HeaderName::from_static("x-emulator-session");

/// What the first segment of a path begins with, if it names a session.
const MARK: char = '@';

/// How long a name may be.
const LONGEST: usize = 64;

/// Which session a request is of, and where its path begins without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Addressed<'a> {
    /// Empty for those who ask for none.
    pub(super) session: &'a str,
    /// The beginning of the path that names it, if it does.
    pub(super) prefix: &'a str,
}

/// Reads the session from a header or from the path, `/@name/api/...`; none if
/// the name is not one, or both name different ones.
pub(super) fn read<'a>(headers: &'a HeaderMap, path: &'a str) -> Option<Addressed<'a>> {
    let by_header = match headers.get(HEADER) {
        Some(value) => Some(checked(value.to_str().ok()?)?),
        None => None,
    };
    let segment = path.strip_prefix('/').and_then(|it| it.strip_prefix(MARK));
    let Some(rest) = segment else {
        return Some(Addressed {
            session: by_header.unwrap_or_default(),
            prefix: "",
        });
    };
    let session = checked(rest.split('/').next().unwrap_or_default())?;
    let before = path.len() - rest.len();
    let prefix = &path[..before + session.len()];
    let same = by_header.is_none_or(|other| other == session);
    same.then_some(Addressed { session, prefix })
}

fn checked(name: &str) -> Option<&str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let fits = !name.is_empty() && name.len() <= LONGEST && name.bytes().all(allowed);
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addressed(header: Option<&str>, path: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(HEADER, header.parse().unwrap());
        }
        read(&headers, path).map(|it| (it.session.to_owned(), it.prefix.to_owned()))
    }

    #[test]
    fn a_session_is_named_by_a_header_or_by_the_path() {
        let some = |session: &str, prefix: &str| Some((session.to_owned(), prefix.to_owned()));
        assert_eq!(addressed(None, "/api/publishers"), some("", ""));
        assert_eq!(addressed(Some("a"), "/api"), some("a", ""));
        assert_eq!(addressed(None, "/@a/api"), some("a", "/@a"));
        assert_eq!(addressed(Some("a"), "/@a"), some("a", "/@a"));
        for (header, path) in [
            (Some("a"), "/@b/api"),
            (Some(""), "/api"),
            (Some("a b"), "/api"),
            (None, "/@/api"),
            (None, "/@%61/api"),
        ] {
            assert_eq!(addressed(header, path), None, "{header:?} {path}");
        }
        assert_eq!(addressed(Some(&"a".repeat(65)), "/"), None);
    }
}
