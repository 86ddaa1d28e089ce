//! What is in a token file is never lost, never submitted twice, and used by one
//! process at a time.

use crate::portal::{LONG, accepted_operations, client, eventually, frozen_emulator, talking_to};
use crate::program::{Ended, run};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// An emulator whose clock stands still, and a folder for a token file.
struct Stage {
    emulator: Emulator,
    folder: TempDir,
}

impl Stage {
    async fn new() -> Self {
        Self {
            emulator: frozen_emulator().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("token")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// A command, with the offer if it is about one, and with the token file.
    fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let mut program = client(&self.emulator);
        program.arg(command);
        if command != "wait" {
            program.args([SEED_PUBLISHER, SEED_OFFER]);
        }
        if command == "release" {
            program.args(["--approve", "auto"]);
        }
        program.arg("--token-file").arg(self.file()).args(arguments);
        program
    }

    async fn run(&self, command: &str, arguments: &[&str]) -> Ended {
        finished(self.command(command, arguments)).await
    }

    fn spawn(&self, command: &str, arguments: &[&str]) -> Child {
        let mut command = self.command(command, arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::piped()).spawn().unwrap()
    }

    async fn operations(&self) -> usize {
        accepted_operations(&self.emulator).await
    }

    fn posts(&self) -> usize {
        let requests = self.emulator.requests();
        let posts = requests.iter().filter(|it| it.method == "POST");
        posts.filter(|it| it.endpoint.is_some()).count()
    }
}

async fn finished(mut command: Command) -> Ended {
    let ended = tokio::task::spawn_blocking(move || run(&mut command, ""));
    ended.await.unwrap()
}

async fn output(child: Child) -> (Option<i32>, String) {
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
    let output = output.await.unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), stderr)
}

/// A result without how long it took: what is in its parentheses.
fn without_time(result: &str) -> (&str, &str) {
    let (before, parentheses) = result.split_once(" (").unwrap();
    let (_, after) = parentheses.split_once(')').unwrap();
    (before, after)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// What a job that is run again wants: the operation, and not another one.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_repeated_goes_on_until_the_end_is_told() {
    for command in ["go-live", "publish"] {
        let stage = Stage::new().await;
        let before = stage.operations().await;
        let first = stage.run(command, &["--no-wait"]).await;
        assert_eq!(first.code, 0, "{first:?}");
        let again = stage.run(command, &["--no-wait"]).await;
        assert_eq!(again.code, 0, "{again:?}");
        assert_eq!(again.stdout, first.stdout);
        assert!(again.stderr.contains("going on with it"), "{again:?}");
        let running = stage.run(command, &["--deadline", "0s"]).await;
        assert_eq!(running.code, 75, "{running:?}");

        // It has ended, and nobody was told.
        stage.emulator.advance(LONG);
        let told = stage.run(command, &[]).await;
        assert_eq!(told.code, 0, "{told:?}");
        assert!(told.stdout.contains("succeeded"), "{told:?}");
        assert_eq!(stage.operations().await, before + 1);
        assert!(stage.text().ends_with("\nended\n"), "{}", stage.text());
        // Whoever waits once more is told the same, some moments later.
        let waited = stage.run("wait", &[]).await;
        assert_eq!(waited.code, 0, "{waited:?}");
        assert_eq!(without_time(&waited.stdout), without_time(&told.stdout));
        assert!(stage.text().ends_with("\nended\n"), "{}", stage.text());
        let token = stage.text();
        let mut by_argument = client(&stage.emulator);
        by_argument.args(["wait", &token]);
        assert_eq!(finished(by_argument).await.code, 0);
        assert_eq!(stage.posts(), 1);

        // From here on, the command asks for another one.
        let anew = stage.run("publish", &["--no-wait"]).await;
        assert_eq!(anew.code, 0, "{anew:?}");
        assert_eq!(stage.operations().await, before + 2);
    }
}

/// Neither begins anything with such a file, nor changes it.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_lost_is_not_replaced() {
    let other = Stage::new().await;
    let offer = format!("{SEED_PUBLISHER}/{SEED_OFFER}");
    let token = async |command: &str| {
        let stage = Stage::new().await;
        stage.run(command, &["--deadline", "0s"]).await;
        stage.text()
    };
    let (go_live, publish, release) =
        tokio::join!(token("go-live"), token("publish"), token("release"));
    for (text, commands, words) in [
        (
            &*go_live,
            &["publish", "release"][..],
            format!("of {offer}"),
        ),
        (&publish, &["go-live", "release"], "the publishing".into()),
        (
            &release,
            &["go-live", "publish", "release"],
            format!("a release of {offer}"),
        ),
        (
            "golive-release2.abc",
            &["go-live", "release"],
            "is of version 2".into(),
        ),
        (
            "golive-attempt2.abc",
            &["go-live", "release"],
            "update golive".into(),
        ),
        ("lro2.abc", &["publish", "release"], "version 2".into()),
        (
            "my diary",
            &["publish", "release"],
            "something else in it".into(),
        ),
    ] {
        for command in commands {
            std::fs::write(other.file(), text).unwrap();
            let ended = other.run(command, &[]).await;
            assert_eq!(ended.code, 2, "{command} {text}: {ended:?}");
            assert!(ended.stderr.contains(&words), "{command} {text}: {ended:?}");
            let advice = "name another file, or delete this one";
            assert!(ended.stderr.contains(advice), "{command} {text}: {ended:?}");
            assert_eq!(other.text(), text);
        }
    }
    // Of the same command and offer, at another endpoint.
    for (command, text) in [("go-live", &go_live), ("publish", &publish)] {
        std::fs::write(other.file(), text).unwrap();
        let ended = other.run(command, &[]).await;
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains("endpoint"), "{ended:?}");
        assert_eq!(&other.text(), text);
    }
    assert_eq!(other.posts(), 0);
    assert_eq!(names(other.folder.path()), ["token"]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn one_process_at_a_time_uses_it() {
    let stage = Stage::new().await;
    let mut first = stage.spawn("go-live", &[]);
    eventually("the go-live", async || {
        std::fs::read_to_string(stage.file()).is_ok_and(|it| it.starts_with("lro1."))
    })
    .await;
    let posts = stage.posts();
    for command in ["wait", "go-live", "publish", "release"] {
        let second = stage.run(command, &[]).await;
        assert_eq!(second.code, 2, "{second:?}");
        assert!(
            second.stderr.contains("another run of golive"),
            "{second:?}"
        );
    }
    assert_eq!(stage.posts(), posts);
    first.kill().unwrap();
    first.wait().unwrap();
    // What was killed keeps nobody out, and who ends by itself leaves nothing.
    let next = stage.run("wait", &["--deadline", "0s"]).await;
    assert_eq!(next.code, 75, "{next:?}");
    assert_eq!(names(stage.folder.path()), ["token"]);
}

/// The wait for somebody else's operation ends by the deadline, and the next job
/// submits; with the file, or with what was printed.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_before_anything_is_submitted_leaves_something_to_go_on_with() {
    for (command, with_file) in [("go-live", true), ("publish", true), ("go-live", false)] {
        let stage = Stage::new().await;
        let mut theirs = client(&stage.emulator);
        theirs.args(["publish", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
        assert_eq!(finished(theirs).await.code, 0);
        let before = stage.operations().await;
        let late = ["--on-conflict", "wait", "--deadline", "0s"];
        let ended = if with_file {
            stage.run(command, &late).await
        } else {
            let mut ours = client(&stage.emulator);
            ours.args([command, SEED_PUBLISHER, SEED_OFFER]).args(late);
            finished(ours).await
        };
        assert_eq!(ended.code, 75, "{ended:?}");
        let resume = ended
            .stderr
            .lines()
            .rfind(|it| it.starts_with("resume with: golive "));
        let words = resume
            .unwrap_or_else(|| panic!("{ended:?}"))
            .split(' ')
            .skip(3);
        let next = |arguments: &[&str]| {
            let mut next = client(&stage.emulator);
            finished({
                next.args(words.clone()).args(arguments);
                next
            })
        };
        let still = next(&["--deadline", "0s"]).await;
        assert_eq!(still.code, 75, "{still:?}");
        assert_eq!(stage.operations().await, before);
        stage.emulator.advance(LONG);
        // It submits now, and has not the time to wait for the end.
        let submitted = next(&["--deadline", "0s"]).await;
        assert_eq!(submitted.code, 75, "{submitted:?}");
        assert_eq!(stage.operations().await, before + 1, "{submitted:?}");
        assert_eq!(stage.file().exists(), with_file);
    }
}

/// The folder goes away while another operation is waited for: what cannot be kept is
/// not sent.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_that_cannot_be_kept() {
    let stage = Stage::new().await;
    let mut theirs = client(&stage.emulator);
    theirs.args(["publish", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
    assert_eq!(finished(theirs).await.code, 0);
    let (before, posts) = (stage.operations().await, stage.posts());
    let child = stage.spawn("go-live", &["--on-conflict", "wait"]);
    let polls = || {
        let requests = stage.emulator.requests();
        let polls = requests
            .iter()
            .filter(|it| it.endpoint == Some("get_operation"));
        polls.count()
    };
    eventually("two polls", async || polls() >= 2).await;
    std::fs::remove_dir_all(stage.folder.path()).unwrap();
    stage.emulator.advance(LONG);
    let (code, stderr) = output(child).await;
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("nothing was submitted"), "{stderr}");
    assert!(stderr.contains("cannot be written"), "{stderr}");
    assert_eq!((stage.operations().await, stage.posts()), (before, posts));
}

/// What the service refuses leaves nothing behind, so that the command begins anew.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_leaves_no_file() {
    let stage = Stage::new().await;
    for arguments in [
        &["--expect-image", "standard=9.9.9"][..],
        &["--endpoint", "http://127.0.0.1:1"],
    ] {
        let ended = stage.run("go-live", arguments).await;
        assert_ne!(ended.code, 0, "{ended:?}");
        assert!(names(stage.folder.path()).is_empty(), "{ended:?}");
    }
    let refused = "[[rule]]\nendpoint = 'go_live_offer'\n\
                   action = { kind = 'reply', status = 400 }";
    let refused = golive_emulator::Scenario::from_toml(refused).unwrap();
    stage.emulator.controls().add_scenario(&refused).unwrap();
    let ended = stage.run("go-live", &[]).await;
    assert_eq!(ended.code, 4, "{ended:?}");
    assert!(names(stage.folder.path()).is_empty(), "{ended:?}");
}

/// Otherwise the next submission would take this end for its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_told_the_end_is_not_to_be_used_again() {
    let stage = Stage::new().await;
    let before = stage.operations().await;
    let child = stage.spawn("go-live", &[]);
    eventually("the operation", async || {
        stage.operations().await > before && stage.text().starts_with("lro1.")
    })
    .await;
    std::fs::remove_file(stage.file()).unwrap();
    std::fs::create_dir_all(stage.file().join("in-the-way")).unwrap();
    stage.emulator.advance(LONG);
    let (code, stderr) = output(child).await;
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stderr.contains("delete it before you use it again"),
        "{stderr}"
    );
}

/// Shells and editors of Windows begin a file with a mark.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_begins_with_a_mark_is_read() {
    let stage = Stage::new().await;
    let ended = stage.run("go-live", &["--no-wait"]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    std::fs::write(stage.file(), format!("\u{feff}{}", stage.text())).unwrap();
    for command in ["wait", "go-live"] {
        let ended = stage.run(command, &["--deadline", "0s"]).await;
        assert_eq!(ended.code, 75, "{ended:?}");
    }
    assert!(stage.text().starts_with("lro1."), "{}", stage.text());
}

/// A service that takes connections and says nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_service_is_waited_for_until_the_deadline_with_a_sign_of_life() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let mut command = talking_to(&url);
    command
        .args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--deadline", "6s"])
        .args(["--heartbeat", "1s", "--token-file"])
        .arg(&file);
    let ended = tokio::time::timeout(Duration::from_secs(60), finished(command)).await;
    let ended = ended.expect("the deadline ends it");
    assert_eq!(ended.code, 75, "{ended:?}");
    let signs = ended.stderr.matches("nothing is submitted yet").count();
    assert!((1..=6).contains(&signs), "{ended:?}");
    let said = "the deadline has passed before anything was submitted";
    assert!(ended.stderr.contains(said), "{ended:?}");
    assert!(
        ended.stderr.contains("resume with: golive wait "),
        "{ended:?}"
    );
    let token = std::fs::read_to_string(&file).unwrap();
    assert!(token.starts_with("golive-attempt1."), "{token}");
    assert!(!token.contains("test-secret"));
    drop(listener);
}
