//! What goes live is the preview that somebody was shown.

use golive::{Edition, Offer, Portal, StaticToken};
use golive_httpmock::MockServerExt;
use httpmock::{Mock, MockServer};
use serde_json::{Value, json};

fn offer(server: &MockServer) -> Offer {
    let portal = Portal::builder()
        .endpoint(server.base_url())
        .credential(StaticToken::new("test-secret"))
        .build()
        .unwrap();
    portal.offer("contoso", "a").unwrap()
}

fn shows<'a>(server: &'a MockServer, document: &Value) -> Mock<'a> {
    let document = serde_json::from_value(document.clone()).unwrap();
    server.get_offer_slot(|_, then| {
        then.ok(&document);
    })
}

#[tokio::test]
async fn another_preview_than_the_one_that_was_shown_is_unexpected() {
    let server = MockServer::start_async().await;
    let offer = offer(&server);
    let changed = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
    let first = json!({"id": "a", "version": 1, "changedTime": changed[0]});
    for second in [
        json!({"id": "a", "version": 2, "changedTime": changed[0]}),
        json!({"id": "a", "version": 1, "changedTime": changed[1]}),
    ] {
        let mut slot = shows(&server, &first);
        let shown = offer.preview_edition().await.unwrap();
        // It may be kept meanwhile.
        let kept = serde_json::to_string(&shown).unwrap();
        let kept: Edition = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept, shown);
        let go_live = offer.go_live().expect_edition(kept);
        go_live.check().await.unwrap();
        slot.delete();
        let mut slot = shows(&server, &second);
        for error in [
            go_live.check().await.unwrap_err(),
            // The mock answers no go-live: that would be another error.
            go_live.await.unwrap_err(),
        ] {
            assert!(error.is_unexpected_preview(), "{error}");
            assert!(error.is_preview_replaced(), "{error}");
            assert!(!error.may_have_been_sent(), "{error}");
        }
        // What is expected besides is another matter.
        let other = offer.go_live().expect_value("/id", "b");
        let error = other.check().await.unwrap_err();
        assert!(error.is_unexpected_preview(), "{error}");
        assert!(!error.is_preview_replaced(), "{error}");
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
        let shown = offer.preview_edition().await;
        assert_eq!(
            shown.is_ok_and(|it| it.is_unknown()),
            is_unknown,
            "{status}"
        );
        // There is nothing to compare with.
        let unknown = offer.go_live().expect_edition(Edition::default());
        unknown.check().await.unwrap();
        // What was shown must be seen to be there still.
        let shown: Edition = serde_json::from_str(r#"{"version": 1}"#).unwrap();
        let refused = offer.go_live().expect_edition(shown).check().await;
        assert_eq!(refused.unwrap_err().status(), Some(status));
    }
}
