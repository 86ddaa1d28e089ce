//! Where requests, and with them credentials, may go.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

/// Why a URL is no place to send anything to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Neither https nor http on the loopback.
    Scheme,
    /// `user@host`: it confuses readers and carries a credential.
    UserInfo,
    /// Fit, but not one of the service's origins.
    Foreign,
}

impl Origin {
    /// The origin of a URL that is fit for requests at all.
    pub(crate) fn of(url: &Url) -> Result<Self, Unfit> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unfit::UserInfo);
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(Unfit::Scheme);
        };
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            _ => return Err(Unfit::Scheme),
        }
        Ok(Self {
            scheme: url.scheme().to_owned(),
            host: host.to_string(),
            port,
        })
    }

    fn is_of(&self, url: &Url) -> bool {
        url.scheme() == self.scheme
            && url.port_or_known_default() == Some(self.port)
            && url.host_str() == Some(&self.host)
    }
}

/// Whether `url` may be sent to, given the allowed origins.
pub(crate) fn check(allowed: &[Origin], url: &Url) -> Result<(), Unfit> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::UserInfo);
    }
    if allowed.iter().any(|origin| origin.is_of(url)) {
        return Ok(());
    }
    Err(Unfit::Foreign)
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => Ipv4Addr::is_loopback(address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(address),
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Origin, Unfit, check};

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn https_or_loopback() {
        for good in [
            "https://svc.example/",
            "http://localhost:80/",
            "http://127.9.9.9:1/",
            "http://[::1]/",
        ] {
            assert!(Origin::of(&url(good)).is_ok(), "{good}");
        }
        for bad in [
            "http://svc.example/",
            "ftp://svc.example/",
            "data:,x",
            "http://localhost.evil.example/",
            "http://10.0.0.1/",
        ] {
            assert_eq!(Origin::of(&url(bad)), Err(Unfit::Scheme), "{bad}");
        }
        assert_eq!(
            Origin::of(&url("https://a@svc.example/")),
            Err(Unfit::UserInfo)
        );
    }

    #[test]
    fn scheme_host_and_port_must_agree() {
        let allowed = [Origin::of(&url("https://svc.example/api")).expect("fit")];
        for good in ["https://SVC.example/x", "https://svc.example:443/y?z"] {
            assert_eq!(check(&allowed, &url(good)), Ok(()), "{good}");
        }
        for bad in [
            "https://evil.example/",
            "https://svc.example:444/",
            "http://svc.example/",
            "http://svc.example:443/",
            "https://svc.example.evil.example/",
            "https://svc.example./",
        ] {
            assert_eq!(check(&allowed, &url(bad)), Err(Unfit::Foreign), "{bad}");
        }
        assert_eq!(
            check(&allowed, &url("https://svc.example@evil.example/")),
            Err(Unfit::UserInfo)
        );
        assert_eq!(
            check(&allowed, &url("https://user:pw@svc.example/")),
            Err(Unfit::UserInfo)
        );
    }
}
