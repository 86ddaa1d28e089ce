//! Who says that the previews of releases go live.

use super::{Stage, results, words};
use crate::portal::eventually;
use crate::program::{Ended, run};
use crate::terminal::Terminal;
use std::process::Stdio;

const FILES: [&str; 4] = [
    "--approve",
    "file",
    "--approval-file",
    "approvals/{publisher}.{offer}",
];

impl Stage {
    /// Writes an answer to the approval file of an offer.
    fn answer(&self, offer: &str, answer: &str) {
        std::fs::create_dir_all(self.path("approvals")).unwrap();
        std::fs::write(self.path(&format!("approvals/contoso.{offer}")), answer).unwrap();
    }

    /// Releases of these, with the approval files of [`FILES`].
    fn releases(&self, offers: &[&str], arguments: &[&str]) -> Ended {
        let file = self.table(offers);
        self.many(
            &file,
            &[&["--action", "release"], &FILES[..], arguments].concat(),
        )
    }
}

/// What is approved goes live, what is rejected does not, and what nobody has
/// answered waits, over any number of runs.
#[tokio::test(flavor = "multi_thread")]
async fn each_offer_has_a_file_for_its_answer() {
    let stage = Stage::fast().await;
    stage.drafts(&["good", "bad", "open"]).await;
    let offers = ["good", "bad", "open"];
    let json = ["--deadline", "5s", "--output", "json"];
    let ended = stage.releases(&offers, &json);
    assert_eq!(ended.code, 75, "{ended:?}");
    let waits = "waitingForApproval";
    let expected = [("good", waits), ("bad", waits), ("open", waits)];
    assert_eq!(results(&ended), words(expected));
    let said = "contoso/bad waiting for approval: write approved or rejected to \
                approvals/contoso.bad";
    assert!(ended.stderr.contains(said), "{ended:?}");
    let go_on = "--approve file --approval-file 'approvals/{publisher}.{offer}'";
    assert!(ended.stderr.contains(go_on), "{ended:?}");

    stage.answer("good", "approved\n");
    stage.answer("bad", "Rejected");
    stage.answer("open", "I have to ask");
    let ended = stage.releases(&offers, &json);
    assert_eq!(ended.code, 75, "{ended:?}");
    let expected = [("good", "succeeded"), ("bad", "failed"), ("open", waits)];
    assert_eq!(results(&ended), words(expected));
    let bad = &ended.json()["offers"][1];
    assert_eq!(
        bad["error"]["message"],
        "the preview of contoso/bad was not approved"
    );
    assert_eq!(bad["phase"], "approval");
    for text in [
        "approvals/contoso.open has neither approved nor rejected in it; still waiting",
        "remove approvals/contoso.bad, and run it again with --retry-failed",
    ] {
        assert!(ended.stderr.contains(text), "{text}: {ended:?}");
    }

    stage.answer("open", "approved");
    let ended = stage.releases(&offers, &["--output", "json"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    stage.assert_accepted(&[
        "bad publish",
        "good golive",
        "good publish",
        "open golive",
        "open publish",
    ]);

    // It begins anew, and an old answer is not one to the new preview.
    let retry = ["--retry-failed", "--deadline", "5s", "--output", "json"];
    let ended = stage.releases(&offers, &retry);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("contoso.bad has an answer already"));
    assert_eq!(stage.submissions().0["bad publish"], 1);
    std::fs::remove_file(stage.path("approvals/contoso.bad")).unwrap();
    let ended = stage.releases(&offers, &retry);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(stage.submissions().0["bad publish"], 2);
}

#[test]
fn a_file_for_all_is_refused() {
    for files in ["approval", "{publisher}", "approvals/{offer}"] {
        let mut command = crate::program::program();
        command.args(["many", "offers.yaml", "--approve", "file"]);
        let ended = run(command.args(["--approval-file", files]), "");
        assert_eq!(ended.code, 2, "{ended:?}");
        let said = "each offer needs a file of its own";
        assert!(ended.stderr.contains(said), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_where_there_is_no_terminal() {
    let stage = Stage::still().await;
    stage.drafts(&["a"]).await;
    let file = stage.table(&["a"]);
    let ended = stage.many(&file, &["--action", "release", "--approve", "prompt"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("no terminal"), "{ended:?}");
    assert_eq!(stage.submissions().1, 0);
}

/// One question after the other, with the view away meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_at_the_terminal_is_asked_about_one_preview_at_a_time() {
    let stage = Stage::fast().await;
    stage.drafts(&["a", "b", "c"]).await;
    let file = stage.table(&["a", "b", "c"]);
    let arguments = ["--action", "release", "--approve", "prompt"];
    let terminal = Terminal::start(stage.command(&file, &arguments), 100, 30);
    for answer in ["yes", "no", "later"] {
        let rows = terminal.until("a question without the view below it", |rows| {
            rows.last()
                .is_some_and(|row| row.ends_with("(yes, no, or later)"))
        });
        assert!(
            rows.last().unwrap().starts_with("Take contoso/"),
            "{rows:#?}"
        );
        terminal.type_in(&format!("{answer}\n"));
        // What was typed is in the row after the question.
        terminal.until("the answer", |rows| rows.iter().any(|row| row == answer));
    }
    let (code, lines) = terminal.end();
    assert_eq!(code, 75, "{lines:#?}");
    let counts = "3 offers: 1 succeeded, 1 failed, 1 waiting for approval";
    assert!(lines.contains(&counts.to_owned()), "{lines:#?}");
    let (accepted, _) = stage.submissions();
    let live = accepted.keys().filter(|it| it.ends_with("golive")).count();
    assert_eq!(live, 1, "{accepted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_question_leaves_it_open() {
    let stage = Stage::fast().await;
    stage.drafts(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let arguments = ["--action", "release", "--approve", "prompt"];
    let terminal = Terminal::start(stage.command(&file, &arguments), 100, 30);
    terminal.until_shown("(yes, no, or later)");
    terminal.type_in("\u{3}");
    let (code, lines) = terminal.end();
    assert_eq!(code, 130, "{lines:#?}");
    let last = lines.iter().rfind(|line| line.starts_with("go on with: "));
    assert!(last.unwrap().contains("--approve prompt"), "{lines:#?}");
    let ended = stage.many(&file, &["--action", "release", "--approve", "auto"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    stage.assert_accepted(&["a golive", "a publish", "b golive", "b publish"]);
}

/// A script is told when there is something to look at.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_says_that_a_preview_waits() {
    let stage = Stage::fast().await;
    stage.drafts(&["a"]).await;
    let file = stage.table(&["a"]);
    let arguments = [&["--action", "release", "--output", "jsonl"], &FILES[..]].concat();
    let events = stage.path("events");
    let mut child = stage
        .command(&file, &arguments)
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&events).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let event = r#""result":"waitingForApproval""#;
    eventually("an event", async || {
        std::fs::read_to_string(&events).unwrap().contains(event)
    })
    .await;
    stage.answer("a", "yes");
    let code = tokio::task::spawn_blocking(move || child.wait().unwrap().code());
    assert_eq!(code.await.unwrap(), Some(0));
    stage.assert_accepted(&["a golive", "a publish"]);
}
