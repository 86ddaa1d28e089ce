//! `golive status`

use crate::steady::{assert_shown, golive, seeded_emulator};
use golive_emulator::{Emulator, Scenario};
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::json;
use std::time::Duration;

const STATUS: &str = "status contoso contoso-virtualmachineoffer";

#[tokio::test(flavor = "multi_thread")]
async fn the_steps_and_the_preview_are_shown() {
    let emulator = seeded_emulator().await;
    assert_shown!(golive(&emulator.url(), STATUS), @r"
    contoso/contoso-virtualmachineoffer: waitingForPublisherReview
    preview: ready

    STEP                                        STATUS                     PROGRESS  USUALLY
    Validate Pre-Requisites                     complete                   100%      < 15 min
    Certification                               complete                   100%      < 5 day
    Provisioning                                complete                   100%      < 1 day
    Packaging and Lead Generation Registration  complete                   100%      < 1 hour
    Publisher signoff                           waitingForPublisherReview  0%        -
    Live                                        notStarted                 0%        ~2-5 days

    Validate Pre-Requisites: The settings are valid.
    Certification: The offer is certified.
    Provisioning: The offer is provisioned.
    Packaging and Lead Generation Registration: The preview can be reviewed.

    preview at https://marketplace.example/apps/contoso.contoso-virtualmachineoffer?preview=true
    --- standard error ---
    --- exit code 0
    ");
    let json = golive(&emulator.url(), &format!("{STATUS} --output json")).json();
    assert_eq!(json["status"], "waitingForPublisherReview");
    assert_eq!(json["previewReady"], true);
    assert_eq!(json["steps"][1]["estimate"], "< 5 day");
    assert_eq!(json["steps"][1]["messages"][0]["level"], "information");
    assert_eq!(json["previewLinks"].as_array().unwrap().len(), 1);
    assert_eq!(json["liveLinks"], json!([]));
    let lines = golive(&emulator.url(), &format!("{STATUS} --output jsonl"));
    assert_eq!(lines.json(), json);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_cannot_go_on_says_why() {
    for scenario in ["blocked-step", "rejected-step"] {
        let emulator = Emulator::builder()
            .seed(7)
            .scenario(Scenario::named(scenario).unwrap());
        let emulator = emulator.start().await.unwrap();
        let go_live = "go-live contoso contoso-virtualmachineoffer --no-wait";
        assert_eq!(golive(&emulator.url(), go_live).code, 0);
        emulator.advance(Duration::from_secs(40 * 3600));
        let ended = golive(&emulator.url(), STATUS);
        assert_eq!(ended.code, 0, "{ended:?}");
        let why = match scenario {
            "blocked-step" => "Live is blocked: The image is locked. Contact support.",
            _ => "Live is rejected: The plan was rejected.",
        };
        assert!(ended.stdout.contains(why), "{ended:?}");
        assert!(ended.stdout.contains("preview: not ready"), "{ended:?}");
    }
}

#[test]
fn a_step_without_a_reason_is_told_all_the_same() {
    let server = MockServer::start();
    server.get_offer_status(|_, then| {
        let document = json!({"status": "running", "steps": [
            {"id": "displaycertify", "stepName": "Certification", "status": "Blocked"}]});
        then.ok(&serde_json::from_value(document).unwrap());
    });
    assert_shown!(golive(&server.base_url(), STATUS), @r"
    contoso/contoso-virtualmachineoffer: running
    preview: not ready

    STEP           STATUS   PROGRESS  USUALLY
    Certification  blocked  -         -

    Certification is blocked, and the service does not say why
    --- standard error ---
    --- exit code 0
    ");
}

#[test]
fn an_answer_that_cannot_be_understood_is_4() {
    for body in ["", "<html>", "[]", "{\"status\":[]}", "[[[[[[["] {
        let server = MockServer::start();
        server.get_offer_status(|_, then| {
            then.into_inner().status(200).body(body);
        });
        let ended = golive(&server.base_url(), STATUS);
        assert_eq!(ended.code, 4, "{ended:?}");
        assert!(ended.stdout.is_empty(), "{ended:?}");
        assert!(
            ended.stderr.contains("cannot read the status of"),
            "{ended:?}"
        );
    }
}
