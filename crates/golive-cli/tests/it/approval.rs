//! Who approves a preview: somebody at the terminal, a file, or nobody.

use crate::portal::{LONG, accepted_operations, client, eventually, frozen_emulator};
use crate::program::{Ended, run};
use crate::terminal::Terminal;
use golive::{OfferDocument, Portal, StaticToken};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::path::Path;
use std::process::{Command, Stdio};

fn release(emulator: &Emulator, arguments: &[&str]) -> Command {
    let mut command = client(emulator);
    command
        .args(["release", SEED_PUBLISHER, SEED_OFFER])
        .args(arguments);
    command
}

/// Somebody publishes another draft, up to its preview.
async fn publish_another(emulator: &Emulator) {
    let portal = Portal::builder().endpoint(emulator.url());
    let portal = portal.credential(StaticToken::new("theirs")).build();
    let offer = portal.unwrap().offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let mut draft = offer.get().await.unwrap().into_value();
    draft["definition"]["displayText"] = "Another".into();
    offer
        .put(&OfferDocument::new(draft).unwrap())
        .await
        .unwrap();
    let _ = offer.publish().await.unwrap();
    emulator.advance(LONG);
}

/// A release in a terminal, up to the question.
fn asked(emulator: &Emulator, arguments: &[&str]) -> Terminal {
    let terminal = Terminal::start(release(emulator, arguments), 100, 40);
    terminal.until_shown("Certification");
    emulator.advance(LONG);
    terminal.until_shown("Take this preview live? (yes or no)");
    terminal
}

fn wait(emulator: &Emulator, file: &Path, arguments: &[&str]) -> Command {
    let mut command = client(emulator);
    command
        .args(["wait", "--token-file"])
        .arg(file)
        .args(arguments);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn yes_takes_it_live() {
    let emulator = frozen_emulator().await;
    let terminal = asked(&emulator, &["--approve", "prompt"]);
    let before = accepted_operations(&emulator).await;
    terminal.type_in("yes\n");
    terminal.until_shown("Publisher signoff");
    emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    assert!(
        lines.iter().any(|line| line.starts_with("live at ")),
        "{lines:#?}"
    );
    assert_eq!(accepted_operations(&emulator).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_ends_before_the_go_live() {
    let emulator = frozen_emulator().await;
    let terminal = asked(&emulator, &[]);
    let before = accepted_operations(&emulator).await;
    terminal.type_in("NO\n");
    let (code, lines) = terminal.end();
    assert_eq!(code, 1, "{lines:#?}");
    assert!(
        lines.contains(&"error: the preview was not approved".to_owned()),
        "{lines:#?}"
    );
    let resume = lines.last().unwrap();
    assert!(
        resume.starts_with("resume with: golive wait "),
        "{lines:#?}"
    );
    assert_eq!(accepted_operations(&emulator).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_asked_again() {
    let emulator = frozen_emulator().await;
    let terminal = asked(&emulator, &["--approve", "prompt"]);
    terminal.type_in("maybe\n");
    terminal.until("the question again", |rows| {
        rows.iter()
            .filter(|row| row.starts_with("Take this"))
            .count()
            == 2
    });
    terminal.type_in("y\n");
    terminal.until_shown("Publisher signoff");
    emulator.advance(LONG);
    assert_eq!(terminal.end().0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_input_is_no_approval() {
    let emulator = frozen_emulator().await;
    let terminal = asked(&emulator, &["--approve", "prompt"]);
    terminal.type_in("\u{4}");
    let (code, lines) = terminal.end();
    assert_eq!(code, 1, "{lines:#?}");
    assert!(
        lines.contains(&"error: standard input has ended without an answer".to_owned()),
        "{lines:#?}"
    );
}

/// Interrupted at the question, gone on with until a deadline passes at it, then
/// where nobody can be asked, and at last with an approval: one go-live.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_waits_for_approval_goes_on_from_there() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let terminal = asked(&emulator, &["--token-file", file.to_str().unwrap()]);
    terminal.type_in("\u{3}");
    let (code, lines) = terminal.end();
    assert_eq!(code, 130, "{lines:#?}");
    let resume = format!(
        "resume with: golive wait --endpoint {} --token-file {}",
        emulator.url(),
        file.display()
    );
    assert_eq!(lines.last(), Some(&resume));

    let command = wait(&emulator, &file, &["--deadline", "0s"]);
    let terminal = Terminal::start(command, 100, 40);
    let (code, lines) = terminal.end();
    assert_eq!(code, 75, "{lines:#?}");
    assert!(
        lines.iter().any(|line| line.starts_with("Take this")),
        "{lines:#?}"
    );

    let ended = run(&mut wait(&emulator, &file, &[]), "");
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("nobody could be asked"), "{ended:?}");
    // That is no end, after which another release could take its place.
    let mut anew = client(&emulator);
    anew.args(["release", SEED_PUBLISHER, SEED_OFFER, "--approve", "auto"])
        .arg("--token-file")
        .arg(&file);
    let ended = run(&mut anew, "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("a release of"), "{ended:?}");

    let ended = run(
        &mut wait(&emulator, &file, &["--approve", "prompt"]),
        "yes\n",
    );
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("which is no terminal"), "{ended:?}");

    let before = accepted_operations(&emulator).await;
    let ended = run(
        &mut wait(&emulator, &file, &["--approve", "auto", "--deadline", "0s"]),
        "",
    );
    assert_eq!(ended.code, 75, "{ended:?}");
    emulator.advance(LONG);
    let ended = run(&mut wait(&emulator, &file, &[]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(accepted_operations(&emulator).await, before + 1);
}

/// What nobody has to approve is not asked about later on, at a terminal.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_without_approval_does_not_ask_when_it_goes_on() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let arguments = ["--approve", "auto", "--deadline", "0s", "--token-file"];
    let ended = run(release(&emulator, &arguments).arg(&file), "");
    assert_eq!(ended.code, 75, "{ended:?}");
    emulator.advance(LONG);
    let terminal = Terminal::start(wait(&emulator, &file, &[]), 100, 40);
    terminal.until_shown("Publisher signoff");
    emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    assert!(
        !lines.iter().any(|line| line.starts_with("Take this")),
        "{lines:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_approves_or_rejects() {
    for (answers, code) in [(&["looks good", "approved\n"][..], 0), (&["Rejected"], 1)] {
        let emulator = frozen_emulator().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("approval");
        let arguments = [
            "--approve",
            "file",
            "--approval-file",
            file.to_str().unwrap(),
        ];
        let errors = folder.path().join("errors");
        let child = release(&emulator, &arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&errors).unwrap())
            .spawn()
            .unwrap();
        let said = async |text: &str| {
            let errors = || std::fs::read_to_string(&errors).unwrap();
            eventually(text, async || errors().contains(text)).await;
        };
        said("waiting for the preview").await;
        emulator.advance(LONG);
        said("write approved or rejected to").await;
        for answer in answers {
            std::fs::write(&file, answer).unwrap();
            if *answer == "looks good" {
                said("has neither approved nor rejected in it").await;
            }
        }
        if code == 0 {
            said("accepted; waiting until it is live").await;
            emulator.advance(LONG);
        }
        let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        let ended = Ended {
            code: output.await.unwrap().status.code().unwrap(),
            stdout: String::new(),
            stderr: std::fs::read_to_string(&errors).unwrap(),
        };
        assert_eq!(ended.code, code, "{ended:?}");
        if code == 1 {
            // The command asks in the same way.
            let last = ended.stderr.lines().last().unwrap();
            assert!(
                last.contains("--approve file --approval-file "),
                "{ended:?}"
            );
        }
    }
}

/// Somebody publishes something else while a release waits for its approval in a job
/// that is killed. What was said to the first preview takes no other one live.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_to_the_preview_that_was_shown() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, answer) = (folder.path().join("token"), folder.path().join("approval"));
    let flags = ["--approve", "file", "--approval-file"].map(str::to_owned);
    let flags = [&flags[..], &[answer.to_str().unwrap().to_owned()]].concat();
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let until = async |command: &mut Command, text: &str| {
        let errors = folder.path().join("errors");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(std::fs::File::create(&errors).unwrap());
        let child = command.spawn().unwrap();
        let errors = || std::fs::read_to_string(&errors).unwrap();
        eventually(text, async || errors().contains(text)).await;
        child
    };
    let mut begun = release(&emulator, &flags);
    begun.arg("--token-file").arg(&file);
    let mut child = until(&mut begun, "waiting for the preview").await;
    emulator.advance(LONG);
    let asks = "write approved or rejected to";
    let errors = || std::fs::read_to_string(folder.path().join("errors")).unwrap();
    eventually(asks, async || errors().contains(asks)).await;
    child.kill().unwrap();
    child.wait().unwrap();

    publish_another(&emulator).await;
    let before = accepted_operations(&emulator).await;
    std::fs::write(&answer, "approved").unwrap();
    let ended = run(&mut wait(&emulator, &file, &flags), "");
    assert_eq!(ended.code, 1, "{ended:?}");
    for said in ["shown for approval", "was to another preview"] {
        assert!(ended.stderr.contains(said), "{said}: {ended:?}");
    }
    let old = folder.path().join("approval.old");
    assert_eq!(std::fs::read_to_string(old).unwrap(), "approved");
    assert!(!answer.exists());
    assert_eq!(accepted_operations(&emulator).await, before);

    // Whoever goes on is asked about what is there now.
    let mut child = until(&mut wait(&emulator, &file, &flags), asks).await;
    std::fs::write(&answer, "approved").unwrap();
    let live = "accepted; waiting until it is live";
    eventually(live, async || errors().contains(live)).await;
    emulator.advance(LONG);
    let code = tokio::task::spawn_blocking(move || child.wait().unwrap().code());
    assert_eq!(code.await.unwrap(), Some(0));
    assert_eq!(accepted_operations(&emulator).await, before + 1);
}

#[test]
fn somebody_has_to_say_who_approves() {
    let mut command = crate::program::program();
    command.args(["release", SEED_PUBLISHER, SEED_OFFER, "--emulator"]);
    let ended = run(&mut command, "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(
        ended.stderr.contains("nobody can be asked to approve"),
        "{ended:?}"
    );
    let mut command = crate::program::program();
    command.args(["release", SEED_PUBLISHER, SEED_OFFER, "--emulator"]);
    let ended = run(command.args(["--approve", "prompt"]), "yes\n");
    assert_eq!(ended.code, 2, "{ended:?}");
}
