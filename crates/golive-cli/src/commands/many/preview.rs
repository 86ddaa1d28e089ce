//! Which preview somebody was shown: what goes live is that one, and no other.

use golive::{Error, GoLive, Offer, OfferDocument, Slot};
use serde::{Deserialize, Serialize};

/// Far above any time; what is longer is none.
const LONGEST: usize = 100;

/// What tells one content of the Preview slot from another. Nothing, if the service
/// does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Raised by the service; not at each publishing everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// When the content was last changed, in the service's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed_time: Option<String>,
}

impl Preview {
    fn of(document: &OfferDocument) -> Self {
        let changed = document.value().get("changedTime");
        let changed = changed.and_then(|it| it.as_str());
        let changed = changed.filter(|it| it.len() <= LONGEST);
        Self {
            version: document.version(),
            changed_time: changed.map(str::to_owned),
        }
    }

    async fn now(offer: &Offer) -> Result<Self, Error> {
        Ok(Self::of(&offer.get_slot(Slot::Preview).await?))
    }

    /// What is in preview now: nothing, where the service refuses to say.
    pub async fn look(offer: &Offer) -> Result<Self, Error> {
        match Self::now(offer).await {
            // A token that is not accepted says nothing about the slot.
            Err(error) if matches!(error.status(), Some(400 | 402..=407 | 409..=428)) => {
                Ok(Self::default())
            }
            looked => looked,
        }
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something else was published between this and a later look. Only what
    /// both looks have is compared: a field that comes and goes says nothing.
    pub fn is_replaced_by(&self, now: &Self) -> bool {
        let version = self.version.zip(now.version);
        let changed = self.changed_time.as_ref().zip(now.changed_time.as_ref());
        version.is_some_and(|(before, now)| before != now)
            || changed.is_some_and(|(before, now)| before != now)
    }

    /// A go-live of this preview only; none if it was replaced already. What is
    /// published after this look is found by the one right before the request.
    pub async fn alone(&self, offer: &Offer, go_live: GoLive) -> Result<Option<GoLive>, Error> {
        if self.is_unknown() {
            return Ok(Some(go_live));
        }
        let now = Self::now(offer).await?;
        if self.is_replaced_by(&now) {
            return Ok(None);
        }
        let mut go_live = go_live;
        if let Some((version, _)) = self.version.zip(now.version) {
            go_live = go_live.expect_value("/version", version);
        }
        if let Some((changed, _)) = self.changed_time.as_ref().zip(now.changed_time) {
            go_live = go_live.expect_value("/changedTime", changed.as_str());
        }
        Ok(Some(go_live))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use golive::{Portal, StaticToken};
    use golive_httpmock::MockServerExt;
    use httpmock::MockServer;
    use serde_json::json;

    fn offer(server: &MockServer) -> Offer {
        let portal = Portal::builder()
            .endpoint(server.base_url())
            .credential(StaticToken::new("test-secret"))
            .build()
            .unwrap();
        portal.offer("contoso", "a").unwrap()
    }

    fn shows<'a>(server: &'a MockServer, document: &serde_json::Value) -> httpmock::Mock<'a> {
        let document = serde_json::from_value(document.clone()).unwrap();
        server.get_offer_slot(|_, then| {
            then.ok(&document);
        })
    }

    /// What is published between the look and the request is found too.
    #[tokio::test]
    async fn the_go_live_itself_expects_what_was_shown() {
        let server = MockServer::start_async().await;
        let offer = offer(&server);
        let changed = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
        let first = json!({"id": "a", "version": 1, "changedTime": changed[0]});
        for second in [
            json!({"id": "a", "version": 2, "changedTime": changed[0]}),
            json!({"id": "a", "version": 1, "changedTime": changed[1]}),
        ] {
            let mut slot = shows(&server, &first);
            let shown = Preview::look(&offer).await.unwrap();
            let alone = async || shown.alone(&offer, offer.go_live()).await.unwrap();
            let go_live = alone().await.unwrap();
            go_live.check().await.unwrap();
            slot.delete();
            let mut slot = shows(&server, &second);
            let error = go_live.check().await.unwrap_err();
            assert!(error.is_unexpected_preview(), "{error}");
            assert!(alone().await.is_none());
            slot.delete();
        }
    }

    #[tokio::test]
    async fn only_a_service_that_does_not_show_it_leaves_it_unknown() {
        for (status, is_unknown) in [(403, true), (404, true), (401, false)] {
            let server = MockServer::start_async().await;
            server.get_offer_slot(|_, then| {
                then.into_inner().status(status);
            });
            let offer = offer(&server);
            let looked = Preview::look(&offer).await;
            assert_eq!(
                looked.is_ok_and(|it| it.is_unknown()),
                is_unknown,
                "{status}"
            );
            // There is nothing to compare with.
            let unknown = Preview::default().alone(&offer, offer.go_live()).await;
            assert!(unknown.unwrap().is_some());
            // What was shown must be seen to be there still.
            let shown = preview(r#"{"version": 1}"#);
            let refused = shown.alone(&offer, offer.go_live()).await;
            assert_eq!(refused.unwrap_err().status(), Some(status));
        }
    }

    fn preview(json: &str) -> Preview {
        Preview::of(&json.parse().unwrap())
    }

    #[test]
    fn only_what_both_looks_have_is_compared() {
        let both = preview(r#"{"version": 1, "changedTime": "a"}"#);
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
            let now = preview(now);
            assert_eq!(both.is_replaced_by(&now), replaced, "{now:?}");
            assert_eq!(now.is_replaced_by(&both), replaced, "{now:?}");
        }
        assert!(preview("{}").is_unknown());
        assert!(!both.is_unknown());
    }

    #[test]
    fn what_is_kept_is_short() {
        let long = "1".repeat(1_000_000);
        assert!(preview(&format!(r#"{{"changedTime": "{long}"}}"#)).is_unknown());
        let kept = serde_json::to_string(&preview(r#"{"version": 1, "id": "x"}"#)).unwrap();
        assert_eq!(kept, r#"{"version":1}"#);
    }
}
