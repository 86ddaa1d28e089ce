//! How a run ends, and with which exit code.

use super::{LONG, Stage, results, words};
use crate::program::{ended, start};
use serde_json::Value;
use std::io::{BufRead, BufReader};

const EVERY_ACTION: &str = "\
- publisher: contoso
  offer: a
- publisher: contoso
  offer: b
  action: publish
  notify: [release@contoso.com]
  expectImage: {standard: 1.0.1}
- publisher: contoso
  offer: c
  action: release
  expectImage: {standard: 1.0.1}
  expectValue:
    /definition/displayText: c
";

#[tokio::test(flavor = "multi_thread")]
async fn every_action_runs_to_its_end_and_only_once() {
    let stage = Stage::fast().await;
    stage.previews(&["a"]).await;
    stage.drafts(&["b", "c"]).await;
    let file = stage.file("offers.yaml", EVERY_ACTION);
    let ended = stage.many(&file, &["--approve", "auto"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let table: Vec<Vec<&str>> = ended
        .stdout
        .lines()
        .map(|line| line.split_whitespace().take(3).collect())
        .collect();
    assert_eq!(
        table,
        [
            ["OFFER", "RESULT", "PHASE"],
            ["contoso/a", "succeeded", "live"],
            ["contoso/b", "succeeded", "preview"],
            ["contoso/c", "succeeded", "live"],
            ["3", "offers:", "3"],
        ],
        "{ended:?}"
    );
    assert!(!ended.stderr.contains('\u{1b}'), "{ended:?}");
    let all = ["a golive", "b publish", "c golive", "c publish"];
    stage.assert_accepted(&all);

    let again = stage.many(&file, &["--approve", "auto"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stdout.contains("succeeded before"), "{again:?}");
    assert!(again.stderr.contains("nothing is left to do"), "{again:?}");
    stage.assert_accepted(&all);

    let journal = std::fs::read_to_string(stage.path("offers.yaml.journal.jsonl")).unwrap();
    assert!(!journal.contains("test-secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn some_that_do_not_succeed_are_exit_code_1_and_are_retried_on_request() {
    let stage = Stage::fast().await;
    stage.previews(&["good", "bad"]).await;
    stage.drafts(&["draft"]).await;
    let message = "The image <b>cannot</b> be replicated";
    stage
        .emulator
        .fail_step("contoso", "bad", "live", message)
        .unwrap();
    let file = stage.table(&["good", "bad", "draft", "missing"]);
    let ended = stage.many(&file, &["--output", "json"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    let expected = [
        ("good", "succeeded"),
        ("bad", "failed"),
        ("draft", "refused"),
        ("missing", "refused"),
    ];
    assert_eq!(results(&ended), words(expected));
    let json = ended.json();
    assert_eq!(json["counts"]["total"], 4);
    assert_eq!(json["counts"]["refused"], 2);
    let bad = &json["offers"][1];
    assert_eq!(bad["error"]["step"], "live");
    assert_eq!(bad["error"]["reasons"][0], "The image cannot be replicated");
    for text in [
        "error: contoso/bad: the operation failed at the step Live",
        "error: contoso/missing: cannot take contoso/missing live: the service answered 404",
        "what to do: check the ids",
    ] {
        assert!(ended.stderr.contains(text), "{text}: {ended:?}");
    }
    let (_, sent) = stage.submissions();

    // Not again by itself, and with the same exit code.
    let again = stage.many(&file, &["--output", "json"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert_eq!(results(&again), words(expected));
    assert_eq!(stage.submissions().1, sent);

    stage.previews(&["bad", "draft", "missing"]).await;
    let retried = stage.many(&file, &["--output", "json", "--retry-failed"]);
    assert_eq!(retried.code, 0, "{retried:?}");
    let (accepted, _) = stage.submissions();
    assert_eq!(accepted["good golive"], 1);
    assert_eq!(accepted["bad golive"], 2);
    assert_eq!(accepted["draft golive"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_stops_at_its_preview_until_it_is_approved() {
    let stage = Stage::fast().await;
    stage.drafts(&["a", "b"]).await;
    let file = stage.file(
        "offers.json",
        r#"[{"publisher": "contoso", "offer": "a", "expectImage": "standard=1.0.1"},
            {"publisher": "contoso", "offer": "b", "expectImage": "standard=9.9.9"}]"#,
    );
    let ended = stage.many(&file, &["--action", "release", "--output", "json"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    let expected = [("a", "waitingForApproval"), ("b", "failed")];
    assert_eq!(results(&ended), words(expected));
    assert!(
        ended
            .stderr
            .contains("the preview has no image 9.9.9 in the plan standard"),
        "{ended:?}"
    );
    let go_on = ended.stderr.lines().find_map(|line| {
        let command = line.strip_prefix("go on with: golive many ")?;
        Some(command.split(' ').map(str::to_owned).collect::<Vec<_>>())
    });
    let mut arguments = go_on.unwrap();
    let file = arguments.remove(0);
    arguments.extend(["--approve", "auto", "--output", "json"].map(str::to_owned));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = stage.many(file.as_ref(), &arguments);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(
        results(&ended),
        words([("a", "succeeded"), ("b", "failed")])
    );
    stage.assert_accepted(&["a golive", "a publish", "b publish"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_leaves_all_running_and_the_next_run_goes_on() {
    let stage = Stage::still().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let ended = stage.many(&file, &["--deadline", "1s", "--output", "json"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(results(&ended), words([("a", "running"), ("b", "running")]));
    let token = ended.json()["offers"][0]["resumeToken"].clone();
    stage.emulator.advance(LONG);
    let ended = stage.many(&file, &["--output", "json"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    stage.assert_accepted(&["a golive", "b golive"]);
    // What is printed serves the other command too.
    let mut wait = crate::program::program();
    wait.env("GOLIVE_ENDPOINT", stage.emulator.url())
        .env("GOLIVE_TOKEN", "test-secret")
        .args(["wait", token.as_str().unwrap()]);
    assert_eq!(crate::program::run(&mut wait, "").code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_name_their_offers_and_a_summary_is_the_last() {
    let stage = Stage::frozen().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let mut child = start(&mut stage.command(&file, &["--output", "jsonl"]));
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut events: Vec<Value> = Vec::new();
    // Both run for as long as nobody has seen them run.
    let seen = |events: &[Value], id: &str| {
        let of = |event: &Value| event["event"] == "status" && event["offer"] == id;
        events.iter().any(of)
    };
    while !["a", "b"].iter().all(|id| seen(&events, id)) {
        let mut line = String::new();
        assert_ne!(stdout.read_line(&mut line).unwrap(), 0, "{events:?}");
        events.push(serde_json::from_str(&line).unwrap());
    }
    stage.emulator.advance(LONG);
    let rest = stdout.lines().map(|line| line.unwrap());
    events.extend(rest.map(|line| serde_json::from_str::<Value>(&line).unwrap()));
    let ended = ended(child).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let (last, others) = events.split_last().unwrap();
    assert_eq!(last["event"], "summary");
    assert_eq!(last["offers"].as_array().unwrap().len(), 2);
    assert!(last["offers"][0]["polls"].as_u64().unwrap() >= 2);
    for id in ["a", "b"] {
        let of_offer = others.iter().filter(|event| event["offer"] == id);
        let kinds: Vec<&str> = of_offer
            .map(|event| event["event"].as_str().unwrap())
            .collect();
        assert_eq!(kinds.first(), Some(&"accepted"), "{kinds:?}");
        assert_eq!(kinds.last(), Some(&"offer"), "{kinds:?}");
        assert!(kinds.contains(&"status"), "{kinds:?}");
    }
    assert!(others.iter().all(|event| event["offer"].is_string()));
}
