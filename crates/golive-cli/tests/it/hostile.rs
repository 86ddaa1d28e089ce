//! Names and messages that somebody else wrote, on their way to a terminal and to
//! the log of a CI system.

use crate::program::run;
use crate::steady::{client, golive_with, seeded_emulator};
use golive_client::endpoints::GET_OPERATION;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::json;

/// Clears the screen, reorders what follows, and gives both CI systems a command.
const NAME: &str = "\u{1b}[2J\u{9b}31m\u{202e}x\r\n::error::y\n##vso[task.complete result=Failed]z";

/// Runs a command line under each CI system, and without one, in each form.
fn is_harmless_everywhere(url: &str, line: &str) {
    for (variable, value) in [
        ("NO_CI", "1"),
        ("GITHUB_ACTIONS", "true"),
        ("TF_BUILD", "True"),
    ] {
        for output in ["text", "json", "jsonl"] {
            let mut command = client(url);
            command.env(variable, value).args(line.split(' '));
            let ended = run(command.args(["--output", output]), "");
            assert_ne!(ended.code, 2, "{ended:?}");
            is_harmless(&ended.stdout);
            is_harmless(&ended.stderr);
            if variable == "TF_BUILD" {
                // It looks for commands anywhere in a line. What follows one of
                // ours is its text.
                let lines = ended.stdout.lines().chain(ended.stderr.lines());
                let mut foreign = lines.filter(|line| !line.starts_with("##vso[task."));
                assert!(!foreign.any(|line| line.contains("##vso[")), "{ended:?}");
            }
        }
    }
}

/// Nothing that moves the cursor, and no line that nobody wrote.
fn is_harmless(text: &str) {
    for dangerous in ["\u{1b}", "\u{9b}", "\u{202e}", "\r"] {
        assert!(!text.contains(dangerous), "{text:?}");
    }
    for line in text.lines() {
        assert!(!line.starts_with("::error::y"), "{text:?}");
        assert!(!line.starts_with("##vso[task.complete"), "{text:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_offers_are_no_commands() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let document = json!({
        "offerTypeId": "microsoft-azure-virtualmachines",
        "definition": {"displayText": NAME, "plans": [{"planId": NAME, "text": NAME}]},
    });
    let put = "offers put contoso contoso-virtualmachineoffer -";
    let put = golive_with(&url, put, &document.to_string());
    assert_eq!(put.code, 0, "{put:?}");
    for line in [
        "offers list contoso",
        "offers show contoso contoso-virtualmachineoffer",
        "offers diff contoso contoso-virtualmachineoffer",
    ] {
        is_harmless_everywhere(&url, line);
    }
    // In JSON nothing is lost.
    let shown = golive_with(&url, "offers show contoso contoso-virtualmachineoffer", "");
    assert_eq!(shown.json()["definition"]["displayText"], NAME);
}

#[test]
fn the_service_s_messages_are_no_commands() {
    let id = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
    let path = GET_OPERATION
        .path_with(&["contoso", "contoso-vm", id])
        .unwrap();
    let server = MockServer::start();
    server.get_offer_status(|_, then| {
        let document = json!({
            "status": NAME,
            "steps": [{"id": NAME, "stepName": NAME, "status": NAME,
                "messages": [{"messageHtml": NAME, "level": NAME}]}],
            "messages": [NAME], "previewLinks": [NAME], "liveLinks": [{"uri": NAME}],
        });
        then.ok(&serde_json::from_value(document).unwrap());
    });
    server.list_operations(|_, then| {
        let list =
            json!([{"id": NAME, "submissionState": NAME, "submissionType": NAME, "slot": NAME}]);
        then.ok(&serde_json::from_value(list).unwrap());
    });
    server.list_publishers(|_, then| {
        let list = json!([{"id": NAME, "definition": {"displayText": NAME}}]);
        then.ok(&serde_json::from_value(list).unwrap());
    });
    server.cancel_operation(|_, then| {
        then.accepted().location(path.as_str());
    });
    server.get_operation(|_, then| {
        let step = json!({"id": NAME, "stepName": NAME, "status": "blocked", "messages": [NAME]});
        let document = json!({"status": NAME, "steps": [step]});
        then.ok(&serde_json::from_value(document).unwrap());
    });
    server.go_live_offer(|_, then| {
        then.into_inner()
            .status(400)
            .json_body(json!({"error": {"code": NAME, "message": NAME}}));
    });
    server.list_offer_types(|_, then| {
        then.ok(&serde_json::from_value(json!([{"id": NAME}])).unwrap());
    });
    server.list_offers(|_, then| {
        then.into_inner().status(404).json_body(json!(NAME));
    });
    for line in [
        "status contoso contoso-vm",
        "operations list contoso contoso-vm",
        "publishers list",
        "offer-types list",
        "offers list contoso",
        "auth check contoso",
        "cancel contoso contoso-vm --deadline 1s",
        "go-live contoso contoso-vm --no-wait",
    ] {
        is_harmless_everywhere(&server.base_url(), line);
    }
}
