//! What a script finds on standard output when a command comes to nothing: one
//! document that says why.

use crate::portal::{eventually, frozen_emulator, polls, talking_to};
use crate::program::{program, run};
use crate::schema::{check, strict};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use serde_json::Value;
use std::process::Command;

/// Runs a command in both forms, and gives its document, which is the same in both
/// but for the name of the event.
fn document(command: impl Fn() -> Command + Sync, code: u8) -> Value {
    let ended = |form: &'static str| {
        let ended = run(command().args(["--output", form]), "");
        assert_eq!(ended.code, i32::from(code), "{ended:?}");
        assert!(!ended.stderr.is_empty(), "people are told too: {ended:?}");
        assert!(!ended.stdout.contains("test-secret"), "{ended:?}");
        ended
    };
    // At the same time: some take a while to give up.
    let (json, lines, text) = std::thread::scope(|scope| {
        let ended = &ended;
        let others = ["jsonl", "text"].map(|form| scope.spawn(move || ended(form)));
        let json = ended("json").json();
        let [lines, text] = others.map(|it| it.join().unwrap());
        (json, lines, text)
    });
    check(&strict("error"), &json);
    assert_eq!(json["exitCode"], code);
    let event: Value = serde_json::from_str(lines.stdout.trim_end()).unwrap();
    check(&strict("event"), &event);
    assert_eq!(event["event"], "error");
    assert_eq!(event["kind"], json["kind"]);
    assert_eq!(text.stdout, "");
    json
}

fn go_live(url: &str, offer: &str) -> Command {
    let mut command = talking_to(url);
    command.args(["go-live", SEED_PUBLISHER, offer]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_offer_names_the_one_that_was_meant() {
    let emulator = frozen_emulator().await;
    for command in ["go-live", "publish", "status", "cancel"] {
        let document = document(
            || {
                let mut golive = talking_to(&emulator.url());
                golive.args([command, SEED_PUBLISHER, "contoso-virtualmachineofer"]);
                golive
            },
            4,
        );
        assert_eq!(document["kind"], "notFound");
        assert_eq!(document["error"]["code"], "NotFound");
        assert!(document["error"]["correlationId"].is_string());
        assert!(document["error"]["advice"].is_string());
        let hint = document["hint"].as_str().unwrap();
        assert!(hint.contains(SEED_OFFER), "{hint}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_names_the_operation_that_runs() {
    let emulator = frozen_emulator().await;
    let first = run(
        go_live(&emulator.url(), SEED_OFFER).args(["--no-wait", "--output", "json"]),
        "",
    );
    let document = document(|| go_live(&emulator.url(), SEED_OFFER), 4);
    assert_eq!(document["kind"], "conflict");
    assert_eq!(
        document["running"]["operation"]["id"],
        first.json()["operation"]["id"]
    );
    let token = document["running"]["resumeToken"].as_str().unwrap();
    let followed = run(
        talking_to(&emulator.url()).args(["wait", token, "--deadline", "0s"]),
        "",
    );
    assert_eq!(followed.code, 75, "{followed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_missing_or_refused() {
    let emulator = frozen_emulator().await;
    let missing = document(
        || {
            let mut command = go_live(&emulator.url(), SEED_OFFER);
            command.env_remove("GOLIVE_TOKEN");
            command
        },
        3,
    );
    assert_eq!(missing["kind"], "notSignedIn");
    assert!(
        missing["error"]["message"]
            .as_str()
            .unwrap()
            .contains("token")
    );
    for (status, kind) in [(401, "notSignedIn"), (403, "notAllowed")] {
        let rule = format!(
            "[[rule]]\nendpoint = ['list_operations', 'go_live_offer']\n\
             action = {{ kind = 'reply', status = {status} }}"
        );
        let scenario = Scenario::from_toml(&rule).unwrap();
        let emulator = Emulator::builder()
            .scenario(scenario)
            .start()
            .await
            .unwrap();
        let refused = document(|| go_live(&emulator.url(), SEED_OFFER), 3);
        assert_eq!(refused["kind"], kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost() {
    let lost = "[[rule]]\nendpoint = ['list_operations', 'get_offer_status']\n\
                action = { kind = 'reply', status = 404 }\n\
                [[rule]]\nendpoint = 'go_live_offer'\nphase = 'after'\n\
                action = { kind = 'reply', status = 502, body = 'html' }";
    let scenario = Scenario::from_toml(lost).unwrap();
    let emulator = Emulator::builder()
        .scenario(scenario)
        .start()
        .await
        .unwrap();
    let unknown = document(|| go_live(&emulator.url(), SEED_OFFER), 5);
    assert_eq!(unknown["kind"], "unknown");
}

/// The deadline and a signal, while another operation is in the way.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_end_before_anything_was_sent() {
    use crate::program::{ended, send, start};
    let emulator = frozen_emulator().await;
    let first = run(go_live(&emulator.url(), SEED_OFFER).arg("--no-wait"), "");
    assert_eq!(first.code, 0, "{first:?}");
    let waiting = || {
        let mut command = go_live(&emulator.url(), SEED_OFFER);
        command.args(["--on-conflict", "wait"]);
        command
    };
    let late = document(
        || {
            let mut command = waiting();
            command.args(["--deadline", "0s"]);
            command
        },
        75,
    );
    assert_eq!(late["kind"], "stillRunning");
    let said = late["error"]["message"].as_str().unwrap();
    assert!(said.contains("deadline"), "{said}");

    let child = start(waiting().args(["--output", "json"]));
    let before = polls(&emulator);
    eventually("a poll of what is in the way", async || {
        polls(&emulator) > before
    })
    .await;
    send(child.id(), "INT");
    let ended = ended(child).await;
    assert_eq!(ended.code, 130, "{ended:?}");
    let document = ended.json();
    check(&strict("error"), &document);
    assert_eq!(document["kind"], "interrupted");
    let said = document["error"]["message"].as_str().unwrap();
    assert!(said.contains("interrupted"), "{said}");
}

#[test]
fn a_service_that_is_not_there() {
    // Nobody listens there, and no other test can come to.
    let url = "http://127.0.0.1:1";
    std::thread::scope(|scope| {
        for words in [
            &["go-live", "contoso", "offer"][..],
            &["status", "contoso", "offer"],
            &["offers", "list", "contoso"],
            &["publishers", "list"],
        ] {
            scope.spawn(move || {
                let command = || {
                    let mut command = talking_to(url);
                    command.args(words);
                    command
                };
                let document = document(command, 4);
                assert_eq!(document["kind"], "unavailable");
            });
        }
    });
}

#[test]
fn what_is_wrong_on_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("golive.toml");
    std::fs::write(&settings, "dead-line = '5h'\n").unwrap();
    let settings = settings.to_str().unwrap();
    for (words, message) in [
        (
            &["status", "a", "b", "--config", settings][..],
            "golive.toml",
        ),
        (&["wait", "no-token"], "not a resume token"),
        (&["go-live", "a/b", "c"], "is not the id of a publisher"),
        (&["many", "no-such-file.yaml"], "no-such-file.yaml"),
        // The command line itself.
        (&["golive"], "unrecognized subcommand 'golive'"),
        (&["go-live", "contoso"], "<OFFER>"),
        (&["go-live", "a", "b", "--deadline", "5"], "90s, 5h or 3d"),
        (&[], "a command is missing"),
        (&["man", "go-life"], "did you mean go-live?"),
    ] {
        let document = document(
            || {
                let mut command = program();
                command.args(words);
                command
            },
            2,
        );
        assert_eq!(document["kind"], "usage");
        let said = document["error"]["message"].as_str().unwrap();
        let causes = document["causes"].to_string();
        assert!(format!("{said} {causes}").contains(message), "{document:#}");
    }
    let ended = run(program().env("GOLIVE_OUTPUT", "json").arg("nonsense"), "");
    assert_eq!(ended.json()["kind"], "usage");
}

/// The result is the only document, whatever goes wrong after it.
#[tokio::test(flavor = "multi_thread")]
async fn there_is_never_a_second_document() {
    let failed = Scenario::named("failed-live").unwrap();
    let builder = Emulator::builder().polls_per_step(1).scenario(failed);
    let emulator = builder.start().await.unwrap();
    let ended = run(
        go_live(&emulator.url(), SEED_OFFER).args(["--output", "json"]),
        "",
    );
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(ended.json()["status"], "failed");
    let ended = run(
        talking_to(&emulator.url()).args(["auth", "check", "nobody", "--output", "json"]),
        "",
    );
    assert_ne!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.json()["letIn"], false);
}
