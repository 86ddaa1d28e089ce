//! Which versions of the API are answered.

use golive_client::endpoints::API_VERSION;

/// What happens to a request for a newer version than the contract's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum VersionPolicy {
    /// It is answered as the contract says, with a warning: an emulator that
    /// refused would stop every update of a client.
    #[default]
    AcceptNewer,
    /// It is refused, as the service would.
    Strict,
}

/// The version that a request asks for, if it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// The contract's.
    Known,
    /// A newer one.
    Newer,
}

impl Version {
    /// None if the version is not answered.
    pub(crate) fn read(text: &str, policy: VersionPolicy) -> Option<Self> {
        if text == API_VERSION {
            return Some(Self::Known);
        }
        let newer = date(text)? > date(API_VERSION)?;
        (newer && policy == VersionPolicy::AcceptNewer).then_some(Self::Newer)
    }

    /// What the answer warns of, as a `Warning` header has it.
    pub(crate) fn warning(self) -> Option<String> {
        let text = format!("answered as api-version {API_VERSION}, the only one known here");
        (self == Self::Newer).then(|| format!("299 golive-emulator \"{text}\""))
    }
}

/// A date with an optional word after it, for example `2016-08-01-preview`.
fn date(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.splitn(4, '-');
    let mut number = |length: usize| {
        let part = parts.next()?;
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(part)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
    let word = parts.next().is_none_or(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    (exists && word).then_some((year.parse().ok()?, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_versions_are_accepted_unless_it_is_strict() {
        for newer in ["2017-11-01", "2018-01-01-preview", "2099-12-31"] {
            let read = |policy| Version::read(newer, policy);
            assert_eq!(read(VersionPolicy::AcceptNewer), Some(Version::Newer));
            assert_eq!(read(VersionPolicy::Strict), None);
        }
        for other in [
            "",
            "2016-08-01-preview",
            "2099",
            "2099-13-01",
            "2099-01-32",
            "2099-1-1",
            "2099-01-01-",
            "2099-01-01-pre view",
            "99999-01-01",
            "2099-01-0१",
            "latest",
        ] {
            assert_eq!(
                Version::read(other, VersionPolicy::AcceptNewer),
                None,
                "{other}"
            );
        }
        assert_eq!(
            Version::read(API_VERSION, VersionPolicy::Strict),
            Some(Version::Known)
        );
        assert_eq!(Version::Known.warning(), None);
    }
}
