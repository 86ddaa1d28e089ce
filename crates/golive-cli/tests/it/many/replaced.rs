//! What goes live is the preview that was shown, and nothing that somebody has
//! published since.

use super::{LONG, PUBLISHER, Stage, document, results, words};
use crate::portal::eventually;
use crate::program::{Ended, ended, send, start};
use crate::terminal::Terminal;
use golive_emulator::Scenario;
use std::process::{Child, Stdio};

const REPLACED: &str = "something else has been published to preview since";
const RELEASE: [&str; 4] = ["--action", "release", "--output", "json"];
const FILES: [&str; 4] = [
    "--approve",
    "file",
    "--approval-file",
    "{publisher}.{offer}",
];

/// The slot of the preview cannot be read.
const NO_SLOT: &str = r#"
    [[rule]]
    endpoint = "get_offer_slot"
    action = { kind = "reply", status = 404 }
"#;

impl Stage {
    /// With an offer whose release has been run up to its preview.
    async fn shown() -> Self {
        let stage = Self::fast().await;
        stage.drafts(&["a"]).await;
        let ended = stage.release(&[]);
        assert_eq!(ended.code, 75, "{ended:?}");
        let waits = words([("a", "waitingForApproval")]);
        assert_eq!(results(&ended), waits, "{ended:?}");
        stage
    }

    fn release(&self, arguments: &[&str]) -> Ended {
        self.many(&self.table(&["a"]), &[&RELEASE, arguments].concat())
    }

    fn start_release(&self, arguments: &[&str]) -> Child {
        let arguments = [&RELEASE, arguments].concat();
        start(&mut self.command(&self.table(&["a"]), &arguments))
    }

    /// A colleague changes the draft.
    async fn somebody_writes(&self) {
        let offer = self.portal().offer(PUBLISHER, "a").unwrap();
        let mut document = document("a");
        document.value_mut()["definition"]["displayText"] = "unseen".into();
        offer.put(&document).await.unwrap();
    }

    /// A colleague publishes something else, up to its preview.
    async fn somebody_publishes(&self) {
        self.somebody_writes().await;
        let offer = self.portal().offer(PUBLISHER, "a").unwrap();
        let _ = offer.publish().await.unwrap();
        self.emulator.advance(LONG);
        assert!(offer.status().await.unwrap().is_preview_ready());
    }

    fn approve(&self) {
        self.file("contoso.a", "approved");
    }

    fn rules(&self, text: &str) {
        let rules = Scenario::from_toml(text).unwrap();
        self.emulator.controls().add_scenario(&rules).unwrap();
    }

    fn last_line(&self) -> serde_json::Value {
        self.journal("offers.csv.journal.jsonl").pop().unwrap()
    }

    /// Until the journal has the preview, which is then looked at.
    async fn until_ready(&self) {
        let path = self.path("offers.csv.journal.jsonl");
        eventually("a preview", async || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            text.contains("previewReady")
        })
        .await;
    }

    /// The release of the offer has ended, and nothing went live.
    fn assert_replaced(&self, ended: &Ended) {
        assert_eq!(ended.code, 1, "{ended:?}");
        assert_eq!(results(ended), words([("a", "failed")]));
        let error = &ended.json()["offers"][0]["error"];
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(REPLACED), "{ended:?}");
        let advice = error["advice"].as_str().unwrap();
        assert!(advice.contains("--retry-failed"), "{ended:?}");
        assert!(ended.stderr.contains(REPLACED), "{ended:?}");
        self.assert_accepted(&["a publish"]);
    }

    fn assert_live(&self, ended: &Ended) {
        assert_eq!(ended.code, 0, "{ended:?}");
        self.assert_accepted(&["a golive", "a publish"]);
    }
}

/// Whoever approves, it is of what the run before has shown.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_the_preview_of_an_earlier_run_is_not_one_to_another() {
    for approve in [&FILES[..], &["--approve", "auto"], &[]] {
        let stage = Stage::shown().await;
        stage.approve();
        stage.somebody_publishes().await;
        stage.assert_replaced(&stage.release(approve));
    }
}

/// It begins anew then: the answer is refused, and what is published is shown.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_replaced_is_published_and_shown_again() {
    let stage = Stage::shown().await;
    stage.approve();
    stage.somebody_publishes().await;
    let ended = stage.release(&FILES);
    stage.assert_replaced(&ended);
    let advice = &ended.json()["offers"][0]["error"]["advice"];
    assert!(advice.as_str().unwrap().contains("remove contoso.a"));

    let retry = [&FILES[..], &["--retry-failed"]].concat();
    let ended = stage.release(&retry);
    assert_eq!(ended.code, 2, "{ended:?}");
    std::fs::remove_file(stage.path("contoso.a")).unwrap();
    let ended = stage.release(&["--retry-failed"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    stage.approve();
    let ended = stage.release(&FILES);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(stage.submissions().0["a publish"], 2);
    assert_eq!(stage.submissions().0["a golive"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_a_file_is_one_to_the_preview_that_was_shown() {
    let stage = Stage::fast().await;
    stage.drafts(&["a"]).await;
    let arguments = [&FILES[..], &["--output", "jsonl"]].concat();
    let events = stage.path("events");
    let arguments = [&["--action", "release"], &arguments[..]].concat();
    let mut command = stage.command(&stage.table(&["a"]), &arguments);
    let mut child = command
        .stdout(std::fs::File::create(&events).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let waits = r#""result":"waitingForApproval""#;
    eventually("an event", async || {
        std::fs::read_to_string(&events).unwrap().contains(waits)
    })
    .await;
    stage.somebody_publishes().await;
    stage.approve();
    let code = tokio::task::spawn_blocking(move || child.wait().unwrap().code());
    assert_eq!(code.await.unwrap(), Some(1));
    let events = std::fs::read_to_string(events).unwrap();
    assert!(events.contains(REPLACED), "{events}");
    stage.assert_accepted(&["a publish"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_at_the_terminal_is_one_to_the_preview_that_was_shown() {
    let stage = Stage::fast().await;
    stage.drafts(&["a"]).await;
    let arguments = ["--action", "release", "--approve", "prompt"];
    let command = stage.command(&stage.table(&["a"]), &arguments);
    let terminal = Terminal::start(command, 200, 30);
    terminal.until_shown("(yes, no, or later)");
    stage.somebody_publishes().await;
    terminal.type_in("yes\n");
    let (code, lines) = terminal.end();
    assert_eq!(code, 1, "{lines:#?}");
    let said = |line: &String| line.contains(REPLACED);
    assert!(lines.iter().any(said), "{lines:#?}");
    stage.assert_accepted(&["a publish"]);
}

/// Also where it can be told only after a run that was killed.
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_outlives_a_kill_with_the_preview_that_it_is_of() {
    for replaced in [false, true] {
        let stage = Stage::shown().await;
        stage.rules(
            r#"
            [[rule]]
            endpoint = "go_live_offer"
            action = { kind = "reply", status = 429, retry-after = { seconds = 600 } }
            "#,
        );
        stage.approve();
        let mut child = stage.start_release(&FILES);
        eventually("a go-live that is to be sent again", async || {
            let last = stage.last_line();
            last["state"] == "pending" && last["submission"] == "goLive"
        })
        .await;
        send(child.id(), "KILL");
        child.wait().unwrap();
        stage.emulator.controls().clear_rules();
        // Nobody is asked again: it was approved.
        std::fs::remove_file(stage.path("contoso.a")).unwrap();
        match replaced {
            true => stage.somebody_publishes().await,
            false => stage.somebody_writes().await,
        }
        let ended = stage.release(&[]);
        match replaced {
            true => stage.assert_replaced(&ended),
            false => stage.assert_live(&ended),
        }
    }
}

/// A draft that is only written changes nothing about the preview.
#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_is_still_there_goes_live() {
    for approve in [&FILES[..], &["--approve", "auto"]] {
        let stage = Stage::shown().await;
        stage.approve();
        stage.somebody_writes().await;
        stage.assert_live(&stage.release(approve));
    }
}

/// Nobody looks at them, so that it does not matter which they are.
#[tokio::test(flavor = "multi_thread")]
async fn previews_that_nobody_is_shown_are_not_asked_for() {
    let stage = Stage::fast().await;
    stage.drafts(&["a"]).await;
    stage.assert_live(&stage.release(&["--approve", "auto"]));
    let requests = stage.emulator.requests();
    let mut requests = requests.iter();
    assert!(requests.all(|it| it.endpoint != Some("get_offer_slot")));
}

/// A go-live that was refused is tried again without a new preview, and so without a
/// new answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_go_live_that_is_tried_again_is_of_the_same_preview() {
    for replaced in [false, true] {
        let stage = Stage::shown().await;
        stage.rules(
            r#"
            [[rule]]
            endpoint = "go_live_offer"
            action = { kind = "reply", status = 422 }
            "#,
        );
        stage.approve();
        let ended = stage.release(&FILES);
        assert_eq!(results(&ended), words([("a", "refused")]), "{ended:?}");
        stage.emulator.controls().clear_rules();
        if replaced {
            stage.somebody_publishes().await;
        }
        let ended = stage.release(&[&FILES[..], &["--retry-failed"]].concat());
        match replaced {
            true => stage.assert_replaced(&ended),
            false => stage.assert_live(&ended),
        }
    }
}

/// There is nothing to compare with then.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_does_not_show_its_previews_is_gone_on_with() {
    let stage = Stage::fast().await;
    stage.rules(NO_SLOT);
    stage.drafts(&["a"]).await;
    let ended = stage.release(&[]);
    assert_eq!(ended.code, 75, "{ended:?}");
    stage.approve();
    stage.assert_live(&stage.release(&FILES));
}

/// What was shown is not forgotten because it cannot be looked at now.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_compared_does_not_go_live() {
    let stage = Stage::shown().await;
    stage.rules(NO_SLOT);
    stage.approve();
    let ended = stage.release(&FILES);
    assert_eq!(results(&ended), words([("a", "refused")]), "{ended:?}");
    stage.assert_accepted(&["a publish"]);
    stage.emulator.controls().clear_rules();
    stage.assert_live(&stage.release(&[&FILES[..], &["--retry-failed"]].concat()));
}

/// Nobody is told to look at a preview as long as it is not known which it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_preview_waits_for_approval_once_it_was_looked_at() {
    let stage = Stage::fast().await;
    stage.drafts(&["a"]).await;
    stage.rules(
        r#"
        [[rule]]
        endpoint = "get_offer_slot"
        action = { kind = "delay", milliseconds = 600000, clock = "real" }
        "#,
    );
    let child = stage.start_release(&FILES);
    stage.until_ready().await;
    send(child.id(), "TERM");
    let ended = ended(child).await;
    assert_eq!(ended.code, 143, "{ended:?}");
    assert_eq!(results(&ended), words([("a", "running")]), "{ended:?}");
    assert!(!ended.stderr.contains("waiting for approval"), "{ended:?}");

    stage.emulator.controls().clear_rules();
    assert_eq!(stage.release(&[]).code, 75);
    stage.approve();
    stage.assert_live(&stage.release(&FILES));
}

/// Journals of before say nothing of what was shown.
#[tokio::test(flavor = "multi_thread")]
async fn a_journal_without_previews_is_gone_on_with() {
    let stage = Stage::shown().await;
    let path = stage.path("offers.csv.journal.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
    for line in &mut lines {
        let mut json: serde_json::Value = serde_json::from_str(line).unwrap();
        json.as_object_mut().unwrap().remove("preview");
        *line = json.to_string();
    }
    // The first line is told by how it begins.
    lines[0] = text.lines().next().unwrap().to_owned();
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    stage.somebody_publishes().await;
    stage.approve();
    stage.assert_live(&stage.release(&FILES));
}
