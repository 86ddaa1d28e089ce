//! Hosts that have asked for quiet.

use std::time::Duration;

use url::Url;

/// Hosts that have asked for quiet, and until when by the clock. A set knows
/// few hosts, so a list will do; and a host is on it only while it is quiet.
#[derive(Default)]
pub(crate) struct Pauses(Vec<(String, Duration)>);

impl Pauses {
    /// Until when the host of `url` is quiet, if it is.
    pub(crate) fn until(&mut self, url: &Url, now: Duration) -> Option<Duration> {
        if self.0.is_empty() {
            return None;
        }
        self.0.retain(|(_, until)| *until > now);
        let host = url.host_str()?;
        let (_, until) = self.0.iter().find(|(name, _)| name == host)?;
        Some(*until)
    }

    /// The host of `url` is quiet until then. A longer pause stays.
    pub(crate) fn set(&mut self, url: &Url, until: Duration) {
        let Some(host) = url.host_str() else { return };
        match self.0.iter_mut().find(|(name, _)| name == host) {
            Some((_, old)) => *old = until.max(*old),
            None => self.0.push((host.to_owned(), until)),
        }
    }
}
