//! Answers that are lost, throttled or refused.

use super::{LONG, Stage, results, words};
use golive_emulator::{Emulator, Scenario, Tokens};
use std::time::Duration;

fn scenario(text: &str) -> Scenario {
    Scenario::from_toml(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_acceptance_is_found_again_in_the_same_run() {
    let stage = Stage::fast().await;
    stage.previews(&["a", "b"]).await;
    let lost = Scenario::named("lost-acceptance").unwrap();
    stage.emulator.controls().add_scenario(&lost).unwrap();
    let ended = stage.many(&stage.table(&["a", "b"]), &[]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(stage.submissions().1, 2);
    stage.assert_accepted(&["a golive", "b golive"]);
}

/// The list of operations cannot be had, so that nobody can say.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_decided_is_unknown_and_submitted_again_only_on_request() {
    let stage = Stage::fast().await;
    stage.previews(&["a", "b"]).await;
    let rules = scenario(
        r#"
        name = "unknown"
        [[rule]]
        endpoint = ["list_operations", "get_offer_status"]
        action = { kind = "reply", status = 404 }
        [[rule]]
        endpoint = "go_live_offer"
        nth = 1
        action = { kind = "reset" }
        "#,
    );
    stage.emulator.controls().add_scenario(&rules).unwrap();
    let file = stage.table(&["a", "b"]);
    let arguments = ["--concurrency", "1", "--output", "json"];
    let ended = stage.many(&file, &arguments);
    assert_eq!(ended.code, 5, "{ended:?}");
    let expected = [("a", "unknown"), ("b", "succeeded")];
    assert_eq!(results(&ended), words(expected));
    assert!(
        ended.stderr.contains("do not simply repeat it"),
        "{ended:?}"
    );
    let (_, sent) = stage.submissions();

    // Neither the next run nor one that retries what failed sends it again.
    let arguments = [&arguments[..], &["--retry-failed"]].concat();
    let ended = stage.many(&file, &arguments);
    assert_eq!(ended.code, 5, "{ended:?}");
    assert_eq!(stage.submissions().1, sent);

    let arguments = [&arguments[..], &["--retry-unknown"]].concat();
    let ended = stage.many(&file, &arguments);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(stage.submissions().1, sent + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_throttled_submission_is_sent_again() {
    let stage = Stage::fast().await;
    stage.previews(&["a", "b", "c"]).await;
    let rules = scenario(
        r#"
        name = "throttled"
        [[rule]]
        endpoint = "go_live_offer"
        nth = { from = 1, to = 2 }
        action = { kind = "reply", status = 429, retry-after = { seconds = 1 } }
        "#,
    );
    stage.emulator.controls().add_scenario(&rules).unwrap();
    let ended = stage.many(&stage.table(&["a", "b", "c"]), &["--concurrency", "1"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        ended
            .stderr
            .contains("the service asks to slow down (429); the next submission is in 1 s"),
        "{ended:?}"
    );
    assert_eq!(stage.submissions().1, 5);
    stage.assert_accepted(&["a golive", "b golive", "c golive"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_nothing_is_lost_and_nothing_more_is_submitted() {
    let emulator = Emulator::builder()
        .tokens(Tokens::Issued)
        .token_lifetime(Duration::from_secs(3600));
    let stage = Stage {
        emulator: emulator.start().await.unwrap(),
        folder: tempfile::tempdir().unwrap(),
    };
    let file = stage.file(
        "offers.csv",
        "publisher,offer\ncontoso,contoso-virtualmachineoffer\ncontoso,other\n",
    );
    let ended = stage.many(&file, &["--output", "json"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let expected = [
        ("contoso-virtualmachineoffer", "pending"),
        ("other", "pending"),
    ];
    assert_eq!(results(&ended), words(expected));
    stage.emulator.advance(LONG);
    assert_eq!(stage.submissions().0.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_not_there_ends_the_submitting_soon() {
    let stage = Stage::still().await;
    let ids: Vec<String> = (0..40).map(|n| format!("offer-{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let file = stage.table(&ids);
    // A port that was free a moment ago and that nobody listens on.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let arguments = ["--endpoint", &endpoint, "--output", "json"];
    let ended = stage.many(&file, &arguments);
    assert_eq!(ended.code, 4, "{ended:?}");
    assert_eq!(ended.json()["counts"]["pending"], 40);
    assert!(
        ended
            .stderr
            .contains("nothing more is submitted in this run"),
        "{ended:?}"
    );
    let tried = ended
        .stderr
        .matches("the service cannot be reached")
        .count();
    assert!((8..=16).contains(&tried), "{tried}: {ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_operation_refuses_or_is_attached_to() {
    let stage = Stage::still().await;
    stage.previews(&["a"]).await;
    let offer = stage.portal().offer("contoso", "a").unwrap();
    let _ = offer.go_live().await.unwrap();
    let file = stage.table(&["a"]);
    let ended = stage.many(&file, &["--output", "json"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(results(&ended), words([("a", "refused")]));
    stage.emulator.advance(Duration::from_secs(3600));
    let arguments = ["--retry-failed", "--on-conflict", "attach"];
    let ended = stage.many(&file, &[&arguments[..], &["--deadline", "1s"]].concat());
    assert_eq!(ended.code, 75, "{ended:?}");
    stage.emulator.advance(LONG);
    assert_eq!(stage.many(&file, &[]).code, 0);
    assert_eq!(stage.submissions().0.len(), 0);
}
