//! What every way to sign in needs to know.

use super::transport::DefaultTransport;
use crate::{CredentialError, SCOPE};
use lro::{Clock, TokioClock, Transport};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const PUBLIC_CLOUD: &str = "https://login.microsoftonline.com";

/// The pauses between attempts.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

pub(super) type Variables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What the caller has set.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) scope: Option<String>,
    pub(super) authority: Option<String>,
    pub(super) audience: Option<String>,
    pub(super) timeout: Option<Duration>,
    pub(super) clock: Option<Arc<dyn Clock>>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) variables: Option<Variables>,
}

/// The same, complete and checked.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) scope: String,
    pub(super) authority: Url,
    pub(super) audience: String,
    pub(super) timeout: Duration,
    /// The pauses between attempts; there is one attempt more.
    pub(super) pauses: &'static [Duration],
    pub(super) clock: Arc<dyn Clock>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) variables: Variables,
}

impl Draft {
    pub(super) fn finish(self) -> Result<Settings, CredentialError> {
        let variables = self
            .variables
            .unwrap_or_else(|| Arc::new(|name| std::env::var(name).ok()));
        let authority = self
            .authority
            .or_else(|| filled(variables("AZURE_AUTHORITY_HOST")))
            .unwrap_or_else(|| PUBLIC_CLOUD.to_owned());
        let authority = parse_authority(&authority)?;
        let audience = self.audience.unwrap_or_else(|| audience_of(&authority));
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(DefaultTransport::new()?),
        };
        Ok(Settings {
            scope: checked_scope(self.scope.unwrap_or_else(|| SCOPE.to_owned()))?,
            authority,
            audience,
            timeout: self.timeout.unwrap_or(Duration::from_secs(30)),
            pauses: &PAUSES,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::new())),
            transport,
            variables,
        })
    }
}

impl Settings {
    /// A variable with something in it. Pipelines set variables to nothing when
    /// a secret is missing.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        filled((self.variables)(name))
    }

    /// Whether this is a job of a pipeline, in which nobody renews a file or the
    /// session of the Azure CLI.
    pub(super) fn in_pipeline(&self) -> bool {
        ["GITHUB_ACTIONS", "TF_BUILD"].iter().any(|name| {
            self.variable(name)
                .is_some_and(|value| value.eq_ignore_ascii_case("true"))
        })
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

fn parse_authority(text: &str) -> Result<Url, CredentialError> {
    let invalid = |problem: &str| {
        CredentialError::new(format!(
            "the authority {problem}; it is, for example, {PUBLIC_CLOUD}"
        ))
    };
    let url =
        Url::parse(text.trim()).map_err(|error| invalid(&format!("is not a URL ({error})")))?;
    if url.scheme() != "https" {
        return Err(invalid(
            "must begin with https://, because a secret is sent there",
        ));
    }
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if !plain {
        return Err(invalid(
            "must be https:// and a host, without a path or a user name",
        ));
    }
    Ok(url)
}

/// The Azure CLI gets the scope on a command line, so nothing else may be in it.
fn checked_scope(scope: String) -> Result<String, CredentialError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/".contains(c);
    if scope.is_empty() || !scope.chars().all(allowed) {
        let message = format!("the scope {scope:?} cannot be one; it is, for example, {SCOPE}");
        return Err(CredentialError::new(message));
    }
    Ok(scope)
}

/// What Microsoft Entra ID expects as the audience of an ID token, by cloud.
fn audience_of(authority: &Url) -> String {
    let host = authority.host_str().unwrap_or_default();
    let cloud = match host.rsplit('.').next() {
        Some("us") => "USGov",
        Some("cn") => "China",
        _ => "",
    };
    format!("api://AzureADTokenExchange{cloud}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_authority(authority: &str) -> Result<Settings, CredentialError> {
        Draft {
            authority: Some(authority.to_owned()),
            ..Draft::default()
        }
        .finish()
    }

    #[test]
    fn an_authority_is_https_and_a_host() {
        for (authority, audience) in [
            (
                "https://login.microsoftonline.com",
                "api://AzureADTokenExchange",
            ),
            (
                "https://login.microsoftonline.us/",
                "api://AzureADTokenExchangeUSGov",
            ),
            (
                "https://login.partner.microsoftonline.cn",
                "api://AzureADTokenExchangeChina",
            ),
            (
                "https://login.chinacloudapi.cn",
                "api://AzureADTokenExchangeChina",
            ),
            ("https://127.0.0.1:8443", "api://AzureADTokenExchange"),
        ] {
            assert_eq!(with_authority(authority).unwrap().audience, audience);
        }
        for authority in [
            "login.microsoftonline.com",
            "http://login.microsoftonline.com",
            "https://login.microsoftonline.com/contoso",
            "https://user:hidden@login.microsoftonline.com",
            "https://login.microsoftonline.com?x=hidden",
            "",
        ] {
            let error = with_authority(authority).err().unwrap().to_string();
            assert!(error.contains("https://login"), "{error}");
            assert!(!error.contains("hidden"), "{error}");
        }
    }

    #[test]
    fn the_authority_of_the_environment_is_the_default() {
        let settings = |variable: &'static str| {
            Draft {
                variables: Some(Arc::new(move |name| {
                    (name == "AZURE_AUTHORITY_HOST").then(|| variable.to_owned())
                })),
                ..Draft::default()
            }
            .finish()
        };
        let authority = |variable| settings(variable).unwrap().authority.to_string();
        assert_eq!(
            authority("https://login.example.cn"),
            "https://login.example.cn/"
        );
        assert_eq!(authority(""), "https://login.microsoftonline.com/");
        assert!(settings("http://login.example.cn").is_err());
    }

    #[test]
    fn a_scope_cannot_smuggle_a_command() {
        for scope in ["", "a b", "a;reboot", "$(reboot)", "a\"b"] {
            assert!(checked_scope(scope.to_owned()).is_err(), "{scope}");
        }
        assert!(checked_scope(SCOPE.to_owned()).is_ok());
    }
}
