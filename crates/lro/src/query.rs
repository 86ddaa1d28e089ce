//! Query parameters that every request carries, such as the API's version.

use http::Uri;
use http::uri::InvalidUri;
use url::{Position, Url, form_urlencoded};

/// A query parameter that every request carries.
pub(crate) struct QueryRule {
    name: String,
    /// `name=value`, encoded.
    pair: String,
    replace: bool,
}

impl QueryRule {
    pub(crate) fn new(name: String, value: &str, replace: bool) -> Self {
        let pair = form_urlencoded::Serializer::new(String::new())
            .append_pair(&name, value)
            .finish();
        Self {
            name,
            pair,
            replace,
        }
    }

    fn is_for(&self, pair: &str) -> bool {
        form_urlencoded::parse(pair.as_bytes())
            .next()
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case(&self.name))
    }
}

/// `url` for a request, with the parameters of the rules. The parameters that
/// the server put there keep their exact spelling, because they may be signed.
pub(crate) fn request_uri(url: &Url, rules: &[QueryRule]) -> Result<Uri, InvalidUri> {
    let (place, query) = (&url[..Position::AfterPath], url.query().unwrap_or_default());
    let room = rules.iter().map(|rule| rule.pair.len() + 1).sum::<usize>();
    let mut text = String::with_capacity(place.len() + 1 + query.len() + room);
    text.push_str(place);
    let mut separator = '?';
    let mut push = |pair: &str| {
        text.push(separator);
        text.push_str(pair);
        separator = '&';
    };
    for pair in query.split('&').filter(|_| !query.is_empty()) {
        if !rules.iter().any(|rule| rule.replace && rule.is_for(pair)) {
            push(pair);
        }
    }
    for rule in rules {
        let is_there = || !query.is_empty() && query.split('&').any(|pair| rule.is_for(pair));
        if rule.replace || !is_there() {
            push(&rule.pair);
        }
    }
    Uri::from_maybe_shared(bytes::Bytes::from(text))
}
