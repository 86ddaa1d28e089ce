//! What tells one content of a slot from another.

use crate::{Error, Offer, OfferDocument, Slot};
use serde::{Deserialize, Serialize};

/// Far above any time; what is longer is none.
const LONGEST: usize = 100;

/// What tells one content of a slot from another: the document's version, and when it
/// was last changed, as far as the service says. Only a publishing that is done changes
/// what is in Preview, and only a go-live that is done what is in Production.
///
/// Kept with serde while somebody looks at a preview
/// ([`Offer::preview_edition`]), it makes sure that this preview goes live and no other
/// ([`GoLive::expect_edition`](crate::GoLive::expect_edition)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edition {
    /// Raised by the service; not at each publishing everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// In the service's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed_time: Option<String>,
    /// There was nothing in the slot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    empty: bool,
}

impl Edition {
    pub(crate) fn of(document: &OfferDocument) -> Self {
        let changed = document.value().get("changedTime");
        let changed = changed.and_then(|it| it.as_str());
        let changed = changed.filter(|it| it.len() <= LONGEST);
        Self {
            version: document.version(),
            changed_time: changed.map(str::to_owned),
            empty: false,
        }
    }

    pub(crate) const fn nothing() -> Self {
        Self {
            version: None,
            changed_time: None,
            empty: true,
        }
    }

    #[cfg(test)]
    pub(crate) fn of_version(version: i64) -> Self {
        Self {
            version: Some(version),
            ..Self::default()
        }
    }

    /// Whether there was nothing in the slot.
    pub(crate) const fn is_empty(&self) -> bool {
        self.empty
    }

    /// Whether the service says nothing that tells this content from another.
    pub fn is_unknown(&self) -> bool {
        self.version.is_none() && self.changed_time.is_none()
    }

    /// Whether the slot has other content by a `later` look. Only what both looks have
    /// is compared: a field that comes and goes says nothing.
    pub fn is_replaced_by(&self, later: &Self) -> bool {
        let version = self.version.zip(later.version);
        let changed = self.changed_time.as_ref().zip(later.changed_time.as_ref());
        version.is_some_and(|(before, later)| before != later)
            || changed.is_some_and(|(before, later)| before != later)
    }
}

impl Offer {
    /// Which preview there is now: for whoever shows it to somebody and goes live later.
    /// It [is unknown](Edition::is_unknown) where the service does not show what is in
    /// Preview.
    ///
    /// # Errors
    ///
    /// The caller is not signed in ([`Error::is_unauthorized`]), or the service cannot
    /// be reached or has failed.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// let shown = offer.preview_edition().await?;
    /// // Somebody looks at the preview, and says yes hours later.
    /// let operation = offer.go_live().expect_edition(shown).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn preview_edition(&self) -> Result<Edition, Error> {
        match self.edition_in(Slot::Preview).await {
            // A token that is not accepted says nothing about the slot.
            Err(error) if matches!(error.status(), Some(400 | 402..=407 | 409..=428)) => {
                Ok(Edition::default())
            }
            looked => looked,
        }
    }

    pub(crate) async fn edition_in(&self, slot: Slot) -> Result<Edition, Error> {
        match self.get_slot(slot).await {
            Ok(document) => Ok(Edition::of(&document)),
            Err(error) if error.is_not_found() => Ok(Edition::nothing()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(json: &str) -> Edition {
        Edition::of(&json.parse().unwrap())
    }

    #[test]
    fn only_what_both_looks_have_is_compared() {
        let both = edition(r#"{"version": 1, "changedTime": "a"}"#);
        for (now, replaced) in [
            (r#"{"version": 1, "changedTime": "a"}"#, false),
            (r#"{"version": 2, "changedTime": "a"}"#, true),
            (r#"{"version": 1, "changedTime": "b"}"#, true),
            (r#"{"version": 1}"#, false),
            (r#"{"version": 2}"#, true),
            (r#"{"changedTime": "b"}"#, true),
            (r#"{"version": "2", "changedTime": null}"#, false),
            ("{}", false),
        ] {
            let now = edition(now);
            assert_eq!(both.is_replaced_by(&now), replaced, "{now:?}");
            assert_eq!(now.is_replaced_by(&both), replaced, "{now:?}");
        }
        assert!(edition("{}").is_unknown());
        assert!(Edition::nothing().is_unknown());
        assert!(!both.is_unknown());
    }

    #[test]
    fn what_is_kept_is_short() {
        let long = "1".repeat(1_000_000);
        assert!(edition(&format!(r#"{{"changedTime": "{long}"}}"#)).is_unknown());
        let kept = serde_json::to_string(&edition(r#"{"version": 1, "id": "x"}"#)).unwrap();
        assert_eq!(kept, r#"{"version":1}"#);
    }
}
