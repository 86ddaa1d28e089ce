//! The token file of a release: it is kept current, it is of one portal, and nothing is
//! submitted where it cannot be written.

use crate::portal::{LONG, accepted_operations, client, eventually, frozen_emulator};
use crate::program::{Ended, run};
use golive::{ReleasePhase, ReleaseToken};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

fn release(emulator: &Emulator, file: &Path) -> Command {
    let mut command = client(emulator);
    command
        .args(["release", SEED_PUBLISHER, SEED_OFFER, "--token-file"])
        .arg(file);
    command
}

fn wait(emulator: &Emulator, file: &Path, arguments: &[&str]) -> Command {
    let mut command = client(emulator);
    command
        .args(["wait", "--token-file"])
        .arg(file)
        .args(arguments);
    command
}

fn token(file: &Path) -> Option<ReleaseToken> {
    std::fs::read_to_string(file).ok()?.parse().ok()
}

/// A program that is running, and what it says.
struct Running {
    child: Child,
    said: PathBuf,
    _folder: TempDir,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let said = folder.path().join("said");
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&said).unwrap())
            .spawn()
            .unwrap();
        Self {
            child,
            said,
            _folder: folder,
        }
    }

    async fn says(&self, text: &str) {
        let said = || std::fs::read_to_string(&self.said).unwrap();
        eventually(text, async || said().contains(text)).await;
    }

    async fn end(mut self) -> Ended {
        let ended = tokio::task::spawn_blocking(move || (self.child.wait().unwrap(), self));
        let (status, this) = ended.await.unwrap();
        Ended {
            code: status.code().unwrap_or(-1),
            stdout: String::new(),
            stderr: std::fs::read_to_string(&this.said).unwrap(),
        }
    }
}

/// A release that waits for approval: its emulator, its token file, and itself.
async fn unapproved(folder: &Path) -> (Emulator, PathBuf, Running) {
    let emulator = frozen_emulator().await;
    let kept = folder.join("kept");
    std::fs::create_dir(&kept).unwrap();
    let file = kept.join("token");
    let mut command = release(&emulator, &file);
    command
        .args(["--approve", "file", "--approval-file"])
        .arg(folder.join("approval"));
    let running = Running::start(command);
    running.says("waiting for the preview").await;
    emulator.advance(LONG);
    running.says("write approved or rejected to").await;
    (emulator, file, running)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_submitted_once_the_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, file, running) = unapproved(folder.path()).await;
    let before = accepted_operations(&emulator).await;
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(folder.path().join("approval"), "approved\n").unwrap();
    let ended = running.end().await;
    assert_eq!(ended.code, 4, "{ended:?}");
    assert_eq!(accepted_operations(&emulator).await, before);
    for text in [
        "could not be kept, so that nothing was submitted",
        "  what to do: make room for it or name another file, and go on with the token below",
    ] {
        assert!(ended.stderr.contains(text), "{ended:?}");
    }
    let cannot = format!("the token file {} cannot be written", file.display());
    assert!(ended.stderr.contains(&cannot), "{ended:?}");
    // The command has the token itself, and goes on from where it was.
    let last = ended.stderr.lines().last().unwrap();
    assert!(last.starts_with("resume with: golive wait "), "{ended:?}");
    let token = last.rsplit(' ').next().unwrap();
    let read: ReleaseToken = token.parse().unwrap();
    assert!(read.phase() == ReleasePhase::GoLive && !read.is_submitting());
    let ended = run(
        client(&emulator).args(["wait", token, "--deadline", "0s"]),
        "",
    );
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(accepted_operations(&emulator).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_portal_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let (rehearsal, file, mut running) = unapproved(folder.path()).await;
    running.child.kill().unwrap();
    running.end().await;
    let other = frozen_emulator().await;
    let before = accepted_operations(&other).await;
    let ended = run(&mut wait(&other, &file, &["--approve", "auto"]), "");
    assert_eq!(ended.code, 2, "{ended:?}");
    for text in [rehearsal.url(), other.url(), "nothing was sent".to_owned()] {
        let text = text.trim_end_matches('/');
        assert!(ended.stderr.contains(text), "{text}: {ended:?}");
    }
    assert_eq!(accepted_operations(&other).await, before);
    // The file is as it was.
    assert_eq!(token(&file).unwrap().phase(), ReleasePhase::Approval);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_waits_for_another_operation_still_does_when_it_goes_on() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let mut go_live = client(&emulator);
    go_live.args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
    assert_eq!(run(&mut go_live, "").code, 0);
    let before = accepted_operations(&emulator).await;
    let mut command = release(&emulator, &file);
    command.args(["--approve", "auto", "--on-conflict", "wait"]);
    let ended = run(command.args(["--deadline", "1s"]), "");
    assert_eq!(ended.code, 75, "{ended:?}");
    let ended = run(&mut wait(&emulator, &file, &["--deadline", "1s"]), "");
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(accepted_operations(&emulator).await, before);
    emulator.advance(LONG);
    let ended = run(&mut wait(&emulator, &file, &["--deadline", "1s"]), "");
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(accepted_operations(&emulator).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_kept_current_while_an_operation_runs() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let mut command = release(&emulator, &file);
    command.args(["--approve", "auto"]);
    let mut running = Running::start(command);
    running.says("waiting for the preview").await;
    eventually("a step in the file", async || {
        let token = token(&file);
        let operation = token.as_ref().and_then(ReleaseToken::operation);
        let json = serde_json::to_value(operation).unwrap();
        json["step"][0].is_string() && json["statuses"].is_u64()
    })
    .await;
    running.child.kill().unwrap();
    running.end().await;
    emulator.advance(LONG);
    let ended = run(&mut wait(&emulator, &file, &["--deadline", "1s"]), "");
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(token(&file).unwrap().phase(), ReleasePhase::Live);
}

#[test]
fn a_token_of_a_later_version_says_to_update() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    for token in ["golive-release2.e30.0", "lro2.e30"] {
        std::fs::write(&file, token).unwrap();
        let mut command = crate::program::program();
        let ended = run(command.args(["wait", "--token-file"]).arg(&file), "");
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains("of version 2"), "{ended:?}");
        assert!(ended.stderr.contains("update"), "{ended:?}");
    }
}
