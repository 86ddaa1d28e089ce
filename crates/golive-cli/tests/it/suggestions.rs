//! "Did you mean …?", wherever an offer or a scenario is named.

use crate::steady::{assert_shown, golive, golive_with, seeded_emulator};
use golive_httpmock::MockServerExt;
use httpmock::MockServer;

#[tokio::test(flavor = "multi_thread")]
async fn every_command_that_names_an_offer_suggests_the_nearest() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    for line in [
        "go-live OFFER",
        "publish OFFER",
        "release OFFER --approve auto",
        "status OFFER",
        "cancel OFFER",
        "operations list OFFER",
        "operations show OFFER 56615b67-2185-49fe-80d2-c4ddf77bb2e8",
        "offers show OFFER",
        "offers show OFFER --slot preview",
        "offers diff OFFER",
    ] {
        for (name, meant) in [
            (
                "contoso contoso-virtualmachinofer",
                "did you mean the offer contoso-virtualmachineoffer?",
            ),
            (
                "contosso contoso-virtualmachineoffer",
                "did you mean the publisher contoso?",
            ),
            (
                "contoso zzz",
                "no offer of the publisher contoso is called like that",
            ),
            ("zzz zzz", "golive publishers list"),
        ] {
            let ended = golive(&url, &line.replace("OFFER", name));
            assert_eq!(ended.code, 4, "{line}: {ended:?}");
            assert!(ended.stderr.contains(meant), "{line}: {ended:?}");
        }
    }
    let ended = golive(&url, "offers list contosso");
    assert!(
        ended.stderr.contains("did you mean the publisher contoso?"),
        "{ended:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_suggestion_follows_the_error() {
    let emulator = seeded_emulator().await;
    let ended = golive(&emulator.url(), "go-live contoso contoso-virtualmachinofer");
    assert_shown!(ended, @r"
    --- standard error ---
    error: cannot take contoso/contoso-virtualmachinofer live: the service answered 404 Not Found: The publisher 'contoso' has no offer 'contoso-virtualmachinofer'. (code NotFound, correlation id [id])
      what to do: check the ids of the publisher and of the offer; ids are not display names
      did you mean the offer contoso-virtualmachineoffer?
    --- exit code 4
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_for_people_leads_to_the_id() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let document = r#"{"offerTypeId": "microsoft-azure-virtualmachines",
        "definition": {"displayText": "Tailspin"}}"#;
    let put = golive_with(&url, "offers put contoso toy-4711 -", document);
    assert_eq!(put.code, 0, "{put:?}");
    let ended = golive(&url, "status contoso tailspin");
    assert!(
        ended.stderr.contains("did you mean the offer toy-4711?"),
        "{ended:?}"
    );
}

#[test]
fn a_list_that_cannot_be_had_changes_nothing() {
    let server = MockServer::start();
    server.get_offer_status(|_, then| {
        then.into_inner().status(404).body("no such offer");
    });
    server.list_offers(|_, then| {
        then.into_inner().status(400);
    });
    let ended = golive(&server.base_url(), "status contoso contoso-vm");
    assert_shown!(ended, @r"
    --- standard error ---
    error: cannot read the status of contoso/contoso-vm: the service answered 404 Not Found: no such offer
      what to do: check the ids of the publisher and of the offer; ids are not display names
    --- exit code 4
    ");
}

#[test]
fn a_scenario_is_suggested_too() {
    let ended = golive("http://127.0.0.1:1", "emulator --scenario burst-of-50");
    assert_eq!(ended.code, 2, "{ended:?}");
    let meant = "of the library; did you mean burst-of-503? There are blocked-step,";
    assert!(ended.stderr.contains(meant), "{ended:?}");
}
