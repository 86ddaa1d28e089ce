//! `golive operations`

use crate::steady::{assert_shown, golive, seeded_emulator};
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::json;

const OFFER: &str = "contoso contoso-virtualmachineoffer";

#[tokio::test(flavor = "multi_thread")]
async fn operations_are_listed_and_shown() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let golive = |line: &str| golive(&url, &line.replace("OFFER", OFFER));
    assert_eq!(golive("go-live OFFER --no-wait").code, 0);
    assert_shown!(golive("operations list OFFER"), @r"
    ID                                    TYPE     STATUS     SLOT        OFFER VERSION  CHANGED
    0d42b1a7-e912-493c-aac8-4150961f97de  goLive   running    production  1              [time]
    3eb70203-c6a6-44be-aa96-798f75ff1a77  publish  succeeded  staging     1              [time]
    --- standard error ---
    --- exit code 0
    ");
    assert_shown!(golive("operations list OFFER --status running"), @r"
    ID                                    TYPE    STATUS   SLOT        OFFER VERSION  CHANGED
    0d42b1a7-e912-493c-aac8-4150961f97de  goLive  running  production  1              [time]
    --- standard error ---
    --- exit code 0
    ");
    assert_shown!(golive("operations list OFFER --status failed"), @r"
    --- standard error ---
    no operations of contoso/contoso-virtualmachineoffer with the status failed
    --- exit code 0
    ");

    let list = golive("operations list OFFER --output json").json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0]["status"], "running");
    assert_eq!(list[0]["type"], "goLive");
    assert_eq!(list[1]["slot"], "staging");
    let lines = golive("operations list OFFER --output jsonl").stdout;
    assert_eq!(lines.lines().count(), 2);
    let none = golive("operations list OFFER --status failed --output json");
    assert_eq!(none.json(), json!([]));
    let none = golive("operations list OFFER --status failed --output jsonl --quiet");
    assert_eq!((none.stdout.as_str(), none.stderr.as_str()), ("", ""));

    let id = list[0]["id"].as_str().unwrap();
    assert_shown!(golive(&format!("operations show OFFER {id}")), @r"
    contoso/contoso-virtualmachineoffer operation 0d42b1a7-e912-493c-aac8-4150961f97de: running
    preview: not ready

    STEP                                        STATUS      PROGRESS  USUALLY
    Validate Pre-Requisites                     complete    100%      < 15 min
    Certification                               complete    100%      < 5 day
    Provisioning                                complete    100%      < 1 day
    Packaging and Lead Generation Registration  complete    100%      < 1 hour
    Publisher signoff                           complete    100%      -
    Live                                        inProgress  0%        ~2-5 days

    Validate Pre-Requisites: The settings are valid.
    Certification: The offer is certified.
    Provisioning: The offer is provisioned.
    Packaging and Lead Generation Registration: The preview can be reviewed.
    Publisher signoff: The publisher has signed off.

    preview at https://marketplace.example/apps/contoso.contoso-virtualmachineoffer?preview=true
    --- standard error ---
    follow it with: golive wait --endpoint [endpoint] [resume token]
    --- exit code 0
    ");
    let json = golive(&format!("operations show OFFER {id} --output json")).json();
    assert_eq!(json["operation"]["id"], id);
    let url_of = json["operation"]["url"].as_str().unwrap();
    for name in [url_of, url_of.strip_prefix(&url).unwrap()] {
        let by_url = golive(&format!("operations show OFFER {name} --output json")).json();
        for field in ["operation", "status", "steps", "previewReady"] {
            assert_eq!(by_url[field], json[field]);
        }
    }
    let token = json["resumeToken"].as_str().unwrap();
    assert_eq!(golive(&format!("wait {token} --deadline 1s")).code, 75);

    let ended = list[1]["id"].as_str().unwrap();
    let json = golive(&format!("operations show OFFER {ended} --output json")).json();
    assert_eq!(json["status"], "succeeded");
    assert_eq!(json.get("resumeToken"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_operation_is_told() {
    let emulator = seeded_emulator().await;
    let show = |id: &str| golive(&emulator.url(), &format!("operations show {OFFER} {id}"));
    assert_shown!(show("00000000-0000-0000-0000-000000000000"), @r"
    --- standard error ---
    error: cannot read the operation 00000000-0000-0000-0000-000000000000 of contoso/contoso-virtualmachineoffer: the service answered 404 Not Found: The offer 'contoso-virtualmachineoffer' has no operation '00000000-0000-0000-0000-000000000000'. (code NotFound, correlation id [id])
      what to do: check the ids of the publisher and of the offer; ids are not display names
    --- exit code 4
    ");
    assert_eq!(
        show("contoso$contoso-virtualmachineoffer$9$preview").code,
        4
    );
    let elsewhere = show("https://elsewhere.example/api/operations/x");
    assert_eq!(elsewhere.code, 2, "{elsewhere:?}");
    assert!(
        elsewhere.stderr.contains("not an allowed origin"),
        "{elsewhere:?}"
    );
    for id in ["..", "a?b", "a#b", "a%2fb"] {
        let ended = show(id);
        assert_eq!(ended.code, 2, "{id}: {ended:?}");
    }
}

#[test]
fn a_failed_operation_is_shown_and_is_no_failure_of_the_command() {
    let server = MockServer::start();
    server.get_operation(|_, then| {
        let document = json!({"status": "failed", "steps": [{"id": "live", "stepName": "Live",
            "status": "failed", "messages": [{"messageHtml": "<b>No</b> luck", "level": "error"}]}]});
        then.ok(&serde_json::from_value(document).unwrap());
    });
    let id = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
    let path =
        format!("/api/publishers/contoso/offers/contoso-virtualmachineoffer/operations/{id}");
    for name in [id, &path] {
        let ended = golive(
            &server.base_url(),
            &format!("operations show {OFFER} {name}"),
        );
        assert_eq!(ended.code, 0, "{ended:?}");
        assert!(
            ended.stdout.contains("Live is failed: No luck"),
            "{ended:?}"
        );
    }
}
