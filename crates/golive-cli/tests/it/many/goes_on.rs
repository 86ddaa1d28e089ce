//! The journal, and runs that go on from it.

use super::{LONG, PUBLISHER, Stage, results, words};
use crate::portal::eventually;
use crate::program::start;
use golive::{Portal, StaticToken};
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_on_one_journal_are_kept_apart() {
    let stage = Stage::still().await;
    stage.previews(&["a"]).await;
    let file = stage.table(&["a"]);
    let mut first = stage
        .command(&file, &["--output", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(first.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains("\"accepted\""), "{line}");
    let second = stage.many(&file, &[]);
    assert_eq!(second.code, 2, "{second:?}");
    assert!(
        second.stderr.contains("another run is using the journal"),
        "{second:?}"
    );
    first.kill().unwrap();
    first.wait().unwrap();
    stage.emulator.advance(LONG);
    assert_eq!(stage.many(&file, &[]).code, 0);
    stage.assert_accepted(&["a golive"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_change_between_runs() {
    let stage = Stage::still().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    assert_eq!(stage.many(&file, &["--deadline", "1s"]).code, 75);
    stage.emulator.advance(LONG);
    stage.previews(&["c"]).await;
    // One is gone, and one is new.
    stage.table(&["c", "b"]);
    let mut child = start(&mut stage.command(&file, &[]));
    eventually("an end and a beginning", async || {
        let journal = stage.journal("offers.csv.journal.jsonl");
        let has = |id: &str, state: &str| {
            let mut lines = journal.iter();
            lines.any(|line| line["offer"] == id && line["state"] == state)
        };
        has("b", "ended") && has("c", "accepted")
    })
    .await;
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let warning = "what is not in the file, and is not gone on with: contoso/a (go-live: running)";
    assert!(said.contains(warning), "{said}");
    stage.emulator.advance(LONG);
    stage.table(&["a", "b", "c"]);
    assert_eq!(stage.many(&file, &[]).code, 0);
    stage.assert_accepted(&["a golive", "b golive", "c golive"]);
}

/// The flags that decide how something is submitted are in the command that is printed.
#[tokio::test(flavor = "multi_thread")]
async fn the_printed_command_submits_in_the_same_way() {
    let stage = Stage::still().await;
    stage.drafts(&["a"]).await;
    let flags = "--action publish --concurrency 2 --on-conflict attach --notify a@b.c,d@e.f";
    let arguments: Vec<&str> = flags.split(' ').chain(["--deadline", "1ms"]).collect();
    let ended = stage.many(&stage.table(&["a"]), &arguments);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert!(ended.stderr.contains(&format!(" {flags} ")), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_action_begins_anew_unless_one_is_under_way() {
    let stage = Stage::still().await;
    stage.drafts(&["a"]).await;
    let file = stage.table(&["a"]);
    let publish = ["--action", "publish", "--deadline", "1s"];
    assert_eq!(stage.many(&file, &publish).code, 75);
    let ended = stage.many(&file, &[]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(
        ended
            .stderr
            .contains("line 2: the journal has contoso/a as publish, which has not ended"),
        "{ended:?}"
    );
    stage.emulator.advance(LONG);
    assert_eq!(stage.many(&file, &publish).code, 0);
    assert_eq!(stage.many(&file, &["--deadline", "1s"]).code, 75);
    stage.emulator.advance(LONG);
    assert_eq!(stage.many(&file, &[]).code, 0);
    stage.assert_accepted(&["a golive", "a publish"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_another_service_is_refused() {
    let stage = Stage::fast().await;
    stage.previews(&["a"]).await;
    let file = stage.table(&["a"]);
    assert_eq!(stage.many(&file, &[]).code, 0);
    let ended = stage.many(&file, &["--endpoint", "https://other.example"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("name another journal"), "{ended:?}");
}

/// What is in the way may be what the earlier run has submitted.
#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_after_an_attempt_is_no_refusal() {
    let stage = Stage::still().await;
    stage.previews(&["a"]).await;
    let offer = stage.portal().offer(PUBLISHER, "a").unwrap();
    let _ = offer.go_live().await.unwrap();
    let operations = offer.operations().await.unwrap();
    let known: Vec<&str> = operations.iter().map(|it| it.id.as_str()).collect();
    let attempt = attempt(&known).await;
    // As if the list had been late when the attempt was looked for.
    let header = format!(
        r#"{{"journal":"golive many","version":1,"endpoint":"{}","time":"2026-01-01T00:00:00Z"}}"#,
        stage.emulator.url()
    );
    let line = json!({
        "time": "2026-01-01T00:00:00Z", "publisher": PUBLISHER, "offer": "a",
        "action": "go-live", "state": "submitting", "submission": "goLive",
        "attempt": attempt,
    });
    stage.file("kept", &format!("{header}\n{line}\n"));
    let arguments = ["--journal", "kept", "--output", "json"];
    let ended = stage.many(&stage.table(&["a"]), &arguments);
    assert_eq!(ended.code, 5, "{ended:?}");
    assert_eq!(results(&ended), words([("a", "unknown")]));
    assert_eq!(stage.submissions().1, 0);
    let last = stage.journal("kept").pop().unwrap();
    assert_eq!(last["attempt"], attempt);
}

/// What is kept before the go-live of an offer with these operations.
async fn attempt(known: &[&str]) -> Value {
    let server = MockServer::start_async().await;
    let list = known.iter();
    let list = list.map(|id| json!({"id": id, "submissionState": "completed"}));
    let list = serde_json::from_value(Value::from_iter(list)).unwrap();
    server.list_operations(|_, then| {
        then.ok(&list);
    });
    let portal = Portal::builder()
        .endpoint(server.base_url())
        .credential(StaticToken::new("test-secret"))
        .build()
        .unwrap();
    let kept = Arc::new(Mutex::new(Value::Null));
    let keep = kept.clone();
    let go_live = portal.offer(PUBLISHER, "a").unwrap().go_live();
    let stopped = go_live.keep_attempt(move |attempt| {
        *keep.lock().unwrap() = json!(attempt);
        false
    });
    assert!(stopped.await.unwrap_err().is_stopped());
    kept.lock().unwrap().take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_ahead_of_the_service() {
    let stage = Stage::fast().await;
    stage.previews(&["a"]).await;
    let file = stage.table(&["a"]);
    assert_eq!(stage.many(&file, &["--journal", "kept"]).code, 0);
    let journal = stage.journal("kept");
    let states: Vec<&str> = journal
        .iter()
        .map(|line| line["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["submitting", "accepted", "ended"]);
    // What was there before the request, by which a lost answer is found again.
    let offer = stage.portal().offer(PUBLISHER, "a").unwrap();
    let operations = offer.operations().await.unwrap();
    let publishing = operations.iter().min_by_key(|it| it.changed).unwrap();
    assert_eq!(journal[0]["attempt"], attempt(&[&publishing.id]).await);
    assert!(journal.iter().all(|line| line["publisher"] == PUBLISHER));
    assert!(!stage.path("offers.csv.journal.jsonl").exists());
}
