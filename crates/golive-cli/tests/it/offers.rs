//! `golive offers`, `golive publishers` and `golive offer-types`

use crate::steady::{assert_shown, client, golive, golive_with, seeded_emulator};
use golive_emulator::Emulator;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::{Value, json};

const OFFER: &str = "contoso contoso-virtualmachineoffer";

/// The draft of the emulator's offer.
fn draft(emulator: &Emulator) -> Value {
    let ended = golive(&emulator.url(), &format!("offers show {OFFER} --quiet"));
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.stderr, "");
    ended.json()
}

fn put(emulator: &Emulator, document: &Value, arguments: &str) -> crate::program::Ended {
    let line = format!("offers put {OFFER} -{arguments}");
    golive_with(&emulator.url(), &line, &document.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_listed() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    assert_shown!(golive(&url, "publishers list"), @r"
    ID       NAME
    contoso  contoso
    --- standard error ---
    --- exit code 0
    ");
    assert_shown!(golive(&url, "offer-types list"), @r"
    ID
    microsoft-azure-virtualmachines
    microsoft-azure-corevm
    --- standard error ---
    --- exit code 0
    ");
    assert_shown!(golive(&url, "offers list contoso"), @r"
    ID                           NAME                     TYPE                             STATUS                     VERSION  CHANGED
    contoso-virtualmachineoffer  Contoso Virtual Machine  microsoft-azure-virtualmachines  waitingForPublisherReview  1        [time]
    --- standard error ---
    --- exit code 0
    ");
    let json = golive(&url, "offers list contoso --output json").json();
    assert_eq!(json[0]["id"], "contoso-virtualmachineoffer");
    assert_eq!(
        json[0]["definition"]["displayText"],
        "Contoso Virtual Machine"
    );
    for (line, field) in [("publishers list", "id"), ("offer-types list", "id")] {
        let json = golive(&url, &format!("{line} --output json")).json();
        assert!(json[0][field].is_string(), "{json}");
        let lines = golive(&url, &format!("{line} --output jsonl")).stdout;
        assert_eq!(lines.lines().count(), json.as_array().unwrap().len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_are_filtered_by_the_service() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let count = |line: &str| {
        let ended = golive(&url, &format!("{line} --output json"));
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.json().as_array().unwrap().len()
    };
    assert_eq!(
        count("offers list contoso --type microsoft-azure-virtualmachines"),
        1
    );
    assert_eq!(
        count("offers list contoso --type microsoft-azure-corevm"),
        0
    );
    let ended = golive(&url, "offers list contoso --type it's");
    assert!(ended.stderr.contains("offerTypeId eq 'it''s'"), "{ended:?}");
    let filter = ["offers", "list", "contoso", "--filter"];
    let ended = crate::program::run(
        client(&url)
            .args(filter)
            .arg("offerTypeId eq 'microsoft-azure-virtualmachines'"),
        "",
    );
    assert!(
        ended.stdout.contains("contoso-virtualmachineoffer"),
        "{ended:?}"
    );
    let both = golive(&url, "offers list contoso --filter x --type y");
    assert_eq!(both.code, 2, "{both:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_the_list_is_empty() {
    let emulator = Emulator::builder().empty().start().await.unwrap();
    let url = emulator.url();
    assert_shown!(golive(&url, "publishers list"), @r"
    --- standard error ---
    no publishers that you may act for
    --- exit code 0
    ");
    assert_eq!(
        golive(&url, "publishers list --output json").json(),
        json!([])
    );
    let server = MockServer::start();
    server.list_offers(|_, then| {
        then.ok(&Vec::new());
    });
    assert_shown!(golive(&server.base_url(), "offers list contoso"), @r"
    --- standard error ---
    no offers of contoso
    --- exit code 0
    ");
    let none = golive(&server.base_url(), "offers list contoso --output json");
    assert_eq!(none.json(), json!([]));
}

#[test]
fn thousands_of_offers_are_listed() {
    let server = MockServer::start();
    let offers: Vec<Value> = (0..10_000)
        .map(|n| json!({"id": format!("offer-{n}"), "definition": {"displayText": "x".repeat(n % 100)}}))
        .collect();
    server.list_offers(|_, then| {
        then.ok(&serde_json::from_value(json!(offers)).unwrap());
    });
    let url = server.base_url();
    let text = golive(&url, "offers list contoso").stdout;
    assert_eq!(text.lines().count(), 10_001);
    let json = golive(&url, "offers list contoso --output json").json();
    assert_eq!(json.as_array().unwrap().len(), 10_000);
    let lines = golive(&url, "offers list contoso --output jsonl").stdout;
    assert_eq!(lines.lines().count(), 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_shown_by_slot_and_by_version() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let golive = |line: &str| golive(&url, &line.replace("OFFER", OFFER));
    assert_shown!(golive("offers show OFFER"), @r#"
    {
      "changedTime": "[time]",
      "definition": {
        "displayText": "Contoso Virtual Machine",
        "offer": {
          "microsoft-azure-marketplace.title": "Contoso Virtual Machine",
          "microsoft-azure-marketplace.summary": "A machine to rehearse a release with."
        },
        "plans": [
          {
            "microsoft-azure-virtualmachines.vmImages": {
              "1.0.0": {
                "lunVhdDetails": [],
                "osVhdUrl": "https://contoso.example/vhds/contoso-1.0.0.vhd"
              }
            },
            "planId": "standard",
            "regions": [
              "DE",
              "US"
            ]
          }
        ]
      },
      "id": "contoso-virtualmachineoffer",
      "lockStatus": "none",
      "offerTypeId": "microsoft-azure-virtualmachines",
      "pcMigrationStatus": "migrated",
      "publisherId": "contoso",
      "status": "waitingForPublisherReview",
      "version": 1
    }
    --- standard error ---
    etag: W/"1"
    --- exit code 0
    "#);
    let draft = golive("offers show OFFER").json();
    for line in [
        "offers show OFFER --slot draft --output json",
        "offers show OFFER --slot preview --output jsonl",
        "offers show OFFER --version 1",
    ] {
        assert_eq!(
            golive(line).json()["definition"],
            draft["definition"],
            "{line}"
        );
    }
    assert_shown!(golive("offers show OFFER --slot production"), @r"
    --- standard error ---
    error: cannot read contoso/contoso-virtualmachineoffer: the service answered 404 Not Found: The offer 'contoso-virtualmachineoffer' has nothing in the slot Production. (code NotFound, correlation id [id])
      what to do: check the ids of the publisher and of the offer; ids are not display names
      nothing is live of an offer until it has gone live
    --- exit code 4
    ");
    let none = golive("offers show OFFER --version 636576975611768314");
    assert_eq!(none.code, 4, "{none:?}");
    for line in [
        "offers show OFFER --slot staging",
        "offers show OFFER --version x",
        "offers show OFFER --slot preview --version 1",
    ] {
        assert_eq!(golive(line).code, 2, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_written_and_compared() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let diff = |arguments: &str| golive(&url, &format!("offers diff {OFFER}{arguments}"));
    assert_shown!(diff(""), @r"
    --- standard error ---
    the draft of contoso/contoso-virtualmachineoffer equals the preview
    --- exit code 0
    ");
    assert_eq!(diff(" --exit-code").code, 0);
    assert_eq!(diff(" --output json").json(), json!([]));
    assert_shown!(diff(" --against production"), @r"
    --- standard error ---
    error: cannot read contoso/contoso-virtualmachineoffer: the service answered 404 Not Found: The offer 'contoso-virtualmachineoffer' has nothing in the slot Production. (code NotFound, correlation id [id])
      what to do: check the ids of the publisher and of the offer; ids are not display names
      nothing is live of an offer until it has gone live
    --- exit code 4
    ");

    let mut document = draft(&emulator);
    document["definition"]["displayText"] = "Contoso\u{1b}[2J".into();
    document["definition"]["offer"]["summary/long"] = "one\ntwo\nthree\n".into();
    let plans = document["definition"]["plans"].as_array_mut().unwrap();
    plans[0]["regions"] = json!(["DE", "FR", "US"]);
    plans.insert(0, json!({"planId": "basic", "regions": []}));
    assert_shown!(put(&emulator, &document, ""), @r#"
    contoso/contoso-virtualmachineoffer: draft written (version 1)
    --- standard error ---
    etag: W/"2"
    --- exit code 0
    "#);
    assert_shown!(diff(" --exit-code"), @r#"
    /definition/displayText
      - "Contoso Virtual Machine"
      + "Contoso\u001b[2J"
    /definition/offer/summary~1long
      + "one\ntwo\nthree\n"
    /definition/plans/0/regions/1 (plan standard)
      + "FR"
    /definition/plans/0 (plan basic)
      + {
      +   "planId": "basic",
      +   "regions": []
      + }
    --- standard error ---
    --- exit code 1
    "#);
    let changes = diff(" --output json").json();
    assert_eq!(changes.as_array().unwrap().len(), 4);
    assert_eq!(changes[3]["op"], "add");
    assert_eq!(changes[3]["path"], "/definition/plans/0");
    assert_eq!(changes[3]["plan"], "basic");
    assert_eq!(diff(" --output jsonl").stdout.lines().count(), 4);
    let all = diff(" --all --output json").json();
    let paths: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["path"].as_str().unwrap())
        .collect();
    assert!(paths.contains(&"/changedTime"), "{paths:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_is_compared_line_by_line() {
    let emulator = seeded_emulator().await;
    let mut document = draft(&emulator);
    let text = |lines: &[&str]| Value::from(lines.join("\n"));
    document["definition"]["offer"]["text"] = text(&[
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
    ]);
    assert_eq!(put(&emulator, &document, "").code, 0);
    let publish = golive(&emulator.url(), &format!("publish {OFFER} --no-wait"));
    assert_eq!(publish.code, 0, "{publish:?}");
    emulator.advance(std::time::Duration::from_secs(200 * 3600));
    document["definition"]["offer"]["text"] = text(&[
        "a", "b", "X", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "",
    ]);
    assert_eq!(put(&emulator, &document, "").code, 0);
    assert_shown!(golive(&emulator.url(), &format!("offers diff {OFFER}")), @r"
    /definition/offer/text
        a
        b
      - c
      + X
        d
        e
        ...
        k
        l
      - m (no line break at the end)
      + m
    --- standard error ---
    --- exit code 0
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_etag_guards_what_others_wrote() {
    let emulator = seeded_emulator().await;
    let document = draft(&emulator);
    let first = golive(&emulator.url(), &format!("offers show {OFFER}"));
    let etag = first
        .stderr
        .trim()
        .strip_prefix("etag: ")
        .unwrap()
        .to_owned();
    let guarded = format!(" --if-match {etag}");
    assert_eq!(put(&emulator, &document, &guarded).code, 0);
    assert_shown!(put(&emulator, &document, &guarded), @r#"
    --- standard error ---
    error: cannot write contoso/contoso-virtualmachineoffer: the service answered 412 Precondition Failed: The offer is not the one that If-Match names. Read it again. (code PreconditionFailed, correlation id [id])
      what to do: the draft has changed since it had the ETag W/"1", so nothing was written; read it again with golive offers show, which prints its ETag, and make your change there
    --- exit code 4
    "#);
    let json = put(&emulator, &document, " --output json").json();
    assert_eq!(json["id"], "contoso-virtualmachineoffer");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_do_not_agree_are_told() {
    let emulator = seeded_emulator().await;
    let mut document = draft(&emulator);
    document["id"] = "another-offer".into();
    document["publisherId"] = "fabrikam".into();
    let ended = put(&emulator, &document, "");
    assert!(
        ended.stderr.contains(
            "warning: the document is of the publisher fabrikam, and is written to the \
             publisher contoso"
        ),
        "{ended:?}"
    );
    assert!(
        ended
            .stderr
            .contains("of the offer another-offer, and is written to the offer contoso-"),
        "{ended:?}"
    );
}

#[test]
fn what_is_no_document_is_found_before_anything_is_sent() {
    let server = MockServer::start();
    let anything = server.mock(|_, then| {
        then.status(500);
    });
    let url = server.base_url();
    for (stdin, words) in [
        ("", "it is empty"),
        ("\u{feff} \n", "it is empty"),
        ("{", "it is not JSON"),
        ("[]", "must be a JSON object"),
        ("\"x\"", "must be a JSON object"),
    ] {
        let ended = golive_with(&url, &format!("offers put {OFFER} -"), stdin);
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains(words), "{ended:?}");
        assert!(ended.stderr.contains("standard input"), "{ended:?}");
    }
    let deep = golive_with(&url, &format!("offers put {OFFER} -"), &"[".repeat(100_000));
    assert_eq!(deep.code, 2, "{deep:?}");
    for (arguments, words) in [
        ("/no/such/file", "/no/such/file cannot be read"),
        ("/", "/ is not the document"),
        (
            "- --access-token-stdin",
            "standard input has the bearer token",
        ),
        ("- --if-match \u{1}", "ETag"),
    ] {
        let line = format!("offers put {OFFER} {arguments}");
        let ended = golive_with(&url, &line, "{}");
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains(words), "{ended:?}");
    }
    anything.assert_calls(0);
}
