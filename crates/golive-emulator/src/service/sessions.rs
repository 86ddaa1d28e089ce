//! Sessions: callers that do not see each other.

use http::HeaderMap;

/// The header that names a session.
const HEADER: &str = "x-emulator-session";

/// What the first segment of a path begins with, if it names a session.
const MARK: char = '@';

/// How long a name may be.
const LONGEST: usize = 64;

/// Which session a request is of, and where its path begins without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Addressed {
    /// Empty for those who ask for none.
    pub(super) session: String,
    /// The prefix of the path that names it, if it does.
    pub(super) prefix: String,
}

/// Reads the session from a header or from the path, `/@name/api/...`; none if
/// the name is not one, or both name different ones.
pub(super) fn read(headers: &HeaderMap, path: &str) -> Option<Addressed> {
    let by_header = match headers.get(HEADER) {
        Some(value) => Some(checked(value.to_str().ok()?)?),
        None => None,
    };
    let segment = path.strip_prefix('/').and_then(|it| it.strip_prefix(MARK));
    let by_path = match segment {
        Some(rest) => {
            let name = rest.split('/').next().unwrap_or_default();
            Some(checked(name)?)
        }
        None => None,
    };
    match (by_header, by_path) {
        (Some(one), Some(other)) if one != other => None,
        (_, Some(name)) => Some(Addressed {
            prefix: format!("/{MARK}{name}"),
            session: name,
        }),
        (Some(session), None) => Some(Addressed {
            session,
            prefix: String::new(),
        }),
        (None, None) => Some(Addressed::default()),
    }
}

fn checked(name: &str) -> Option<String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let fits = !name.is_empty() && name.len() <= LONGEST && name.bytes().all(allowed);
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addressed(header: Option<&str>, path: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(HEADER, header.parse().unwrap());
        }
        read(&headers, path).map(|it| (it.session, it.prefix))
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
