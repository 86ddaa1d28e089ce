//! What a row of the table of endpoints says.

use std::fmt;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query string.
    Query,
    /// Into a request header.
    Header,
}

/// A parameter of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// The name of its schema or of its primitive type.
    pub schema: &'static str,
}

/// The body that an endpoint takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestBody {
    /// The name of its schema.
    pub schema: &'static str,
    /// Whether it must be given.
    pub required: bool,
}

/// A documented answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// Its status code.
    pub status: u16,
    /// The names of its headers.
    pub headers: &'static [&'static str],
    /// The name of the schema of its body; `[Offer]` is a list of `Offer`.
    pub body: Option<&'static str>,
}

/// How a long-running endpoint ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongRunning {
    /// Where the final state is found: `operation-location`, `location`,
    /// `azure-async-operation` or `original-uri`.
    pub final_state_via: &'static str,
}

/// An endpoint of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id, which is also the name of the method of [`Client`](crate::Client).
    pub id: &'static str,
    /// Its HTTP method, in capitals.
    pub method: &'static str,
    /// Its path, with the names of parameters in braces.
    pub path: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its body, if it takes one.
    pub request_body: Option<RequestBody>,
    /// Its answers.
    pub responses: &'static [Response],
    /// How it ends, if it is long-running.
    pub long_running: Option<LongRunning>,
}

/// A path that cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    name: String,
    problem: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.problem)
    }
}

impl std::error::Error for PathError {}

impl Endpoint {
    /// The answer with a status code, if it is documented.
    pub fn response(&self, status: u16) -> Option<&'static Response> {
        self.responses
            .iter()
            .find(|response| response.status == status)
    }

    /// The path with its parameters filled in, in the order of the path.
    ///
    /// # Errors
    ///
    /// Too few or too many values, and a value that would change the shape of
    /// the path: one that is empty, made of dots, or has a character outside
    /// letters, digits and `-._~$`.
    ///
    /// ```
    /// use golive_client::endpoints::GO_LIVE_OFFER;
    ///
    /// let path = GO_LIVE_OFFER.path_with(&["contoso", "offer"])?;
    /// assert_eq!(path, "/api/publishers/contoso/offers/offer/golive");
    /// assert!(GO_LIVE_OFFER.path_with(&["contoso", ".."]).is_err());
    /// # Ok::<(), golive_client::PathError>(())
    /// ```
    pub fn path_with(&self, values: &[&str]) -> Result<String, PathError> {
        let mut values = values.iter();
        let mut path = String::with_capacity(self.path.len() + 64);
        for (index, segment) in self.path.split('/').enumerate() {
            if index > 0 {
                path.push('/');
            }
            match parameter_name(segment) {
                None => path.push_str(segment),
                Some(name) => {
                    let failed = |problem| PathError {
                        name: name.to_owned(),
                        problem,
                    };
                    let value = values.next().ok_or_else(|| failed("no value is given"))?;
                    check_segment(value).map_err(failed)?;
                    path.push_str(value);
                }
            }
        }
        match values.next() {
            None => Ok(path),
            Some(_) => Err(PathError {
                name: self.id.to_owned(),
                problem: "more values are given than the path has parameters",
            }),
        }
    }

    /// The values of the parameters in a path of this endpoint, in order; none
    /// if the path is another endpoint's.
    ///
    /// ```
    /// use golive_client::endpoints::GET_OPERATION;
    ///
    /// let path = "/api/publishers/contoso/offers/offer/operations/1";
    /// assert_eq!(GET_OPERATION.matches(path), Some(vec!["contoso", "offer", "1"]));
    /// assert_eq!(GET_OPERATION.matches("/api/publishers"), None);
    /// ```
    pub fn matches<'p>(&self, path: &'p str) -> Option<Vec<&'p str>> {
        let mut values = Vec::new();
        let mut segments = path.split('/');
        for expected in self.path.split('/') {
            let segment = segments.next()?;
            match parameter_name(expected) {
                Some(_) if segment.is_empty() => return None,
                Some(_) => values.push(segment),
                None if segment == expected => {}
                None => return None,
            }
        }
        segments.next().is_none().then_some(values)
    }
}

fn parameter_name(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn check_segment(value: &str) -> Result<(), &'static str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~$".contains(&byte);
    if value.is_empty() {
        Err("is empty")
    } else if value == "." || value == ".." {
        Err("is made of dots, which would change the path")
    } else if !value.bytes().all(allowed) {
        Err("has a character other than letters, digits and -._~$")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::endpoints::{ENDPOINTS, GET_OPERATION, GET_OPERATION_BY_KEY};

    #[test]
    fn a_path_that_is_built_is_matched() {
        for endpoint in ENDPOINTS {
            let names = endpoint.path.matches('{').count();
            let values = vec!["a$b"; names];
            let path = endpoint.path_with(&values).unwrap();
            assert_eq!(endpoint.matches(&path), Some(values), "{}", endpoint.id);
            assert!(!path.contains('{'));
        }
    }

    #[test]
    fn values_that_would_leave_the_path_are_refused() {
        for value in [
            "", ".", "..", "a/b", "a\\b", "a?b", "a#b", "a%2fb", "a b", "ä", "a\n",
        ] {
            let error = GET_OPERATION_BY_KEY.path_with(&[value]).unwrap_err();
            assert!(error.to_string().starts_with("operationKey: "), "{error}");
        }
        assert!(GET_OPERATION.path_with(&["a", "b"]).is_err());
        assert!(GET_OPERATION.path_with(&["a", "b", "c", "d"]).is_err());
    }
}
