//! The service refuses a submission because another operation of the offer runs, and
//! the program waits for that: a signal or the deadline ends the wait at once, and
//! nothing is sent after it.

use crate::portal::{OFFER, OPERATION, PUBLISHER, eventually, talking_to};
use golive::{ReleasePhase, ReleaseToken};
use golive_client::Endpoint;
use golive_client::endpoints::{
    GET_OFFER_STATUS, GET_OPERATION, GO_LIVE_OFFER, LIST_OPERATIONS, PUBLISH_OFFER,
};
use httpmock::{HttpMockRequest, MockServer};
use serde_json::json;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A service whose list says that nothing runs until it has refused a submission, and
/// then that the operation of somebody else does.
struct Busy {
    server: MockServer,
    refused: Arc<AtomicUsize>,
    polls: Arc<AtomicUsize>,
}

fn is(endpoint: &'static Endpoint, request: &HttpMockRequest) -> bool {
    request.method().as_str() == endpoint.method && endpoint.matches(request.uri().path()).is_some()
}

impl Busy {
    /// With or without a list of operations.
    fn start(lists: bool) -> Self {
        let server = MockServer::start();
        let refused = Arc::new(AtomicUsize::new(0));
        let polls = Arc::new(AtomicUsize::new(0));
        let counts = refused.clone();
        server.mock(|when, then| {
            when.is_true(move |request| {
                let submits = is(&PUBLISH_OFFER, request) || is(&GO_LIVE_OFFER, request);
                if submits {
                    counts.fetch_add(1, Ordering::SeqCst);
                }
                submits
            });
            then.status(409).body("\"busy\"");
        });
        let busy = refused.clone();
        server.mock(|when, then| {
            when.is_true(move |request| {
                lists && is(&LIST_OPERATIONS, request) && busy.load(Ordering::SeqCst) > 0
            });
            then.status(200).json_body(json!([
                {"id": OPERATION, "submissionState": "running", "slot": "production"},
            ]));
        });
        server.mock(|when, then| {
            when.is_true(move |request| lists && is(&LIST_OPERATIONS, request));
            then.status(200).json_body(json!([]));
        });
        let counts = polls.clone();
        server.mock(|when, then| {
            when.is_true(move |request| {
                let polls = is(&GET_OPERATION, request);
                if polls {
                    counts.fetch_add(1, Ordering::SeqCst);
                }
                polls
            });
            then.status(200).json_body(json!({"status": "running"}));
        });
        let (busy, counts) = (refused.clone(), polls.clone());
        server.mock(|when, then| {
            when.is_true(move |request| {
                let busy = is(&GET_OFFER_STATUS, request) && busy.load(Ordering::SeqCst) > 0;
                if busy {
                    counts.fetch_add(1, Ordering::SeqCst);
                }
                busy
            });
            then.status(200).json_body(json!({"status": "running"}));
        });
        server.mock(|when, then| {
            when.is_true(|request| is(&GET_OFFER_STATUS, request));
            then.status(200)
                .json_body(json!({"status": "waitingForPublisherReview"}));
        });
        Self {
            server,
            refused,
            polls,
        }
    }

    fn command(&self, command: &str, token_file: &Path) -> Command {
        let mut program = talking_to(&self.server.base_url());
        program.args([command, PUBLISHER, OFFER, "--on-conflict", "wait"]);
        program.arg("--token-file").arg(token_file);
        if command == "release" {
            program.args(["--approve", "auto"]);
        }
        program
    }

    /// Starts the program, and returns when it waits for the operation.
    async fn waiting(&self, mut program: Command) -> Child {
        let child = program
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        eventually("the wait", async || self.polls.load(Ordering::SeqCst) > 0).await;
        child
    }
}

async fn ended(child: Child) -> (Option<i32>, String) {
    let id = child.id().to_string();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
    let Ok(output) = tokio::time::timeout(Duration::from_secs(50), output).await else {
        let _ = Command::new("kill").args(["-KILL", &id]).status();
        panic!("the program does not end");
    };
    let output = output.unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), stderr)
}

/// What a token file says after the wait has ended: that nothing is at the service, and
/// how to go on.
fn check_token(command: &str, file: &Path, stderr: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    if command != "release" {
        assert!(text.starts_with("golive-attempt1."), "{command}: {stderr}");
        assert!(stderr.contains("resume with: golive wait "), "{stderr}");
        return;
    }
    let token: ReleaseToken = text.parse().unwrap();
    assert_eq!(token.phase(), ReleasePhase::Publish, "{stderr}");
    assert!(!token.is_submitting(), "{stderr}");
    assert!(stderr.contains("resume with: golive wait "), "{stderr}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn one_signal_ends_the_wait_after_a_refused_submission() {
    let case = async |command: &'static str, signal: &'static str, code: i32, lists: bool| {
        let context = format!("{command} {signal}, lists {lists}");
        let busy = Busy::start(lists);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let child = busy.waiting(busy.command(command, &file)).await;
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        let (ended, stderr) = ended(child).await;
        assert_eq!(ended, Some(code), "{context}: {stderr}");
        let said = match command {
            "release" => "interrupted; what runs at the service goes on",
            _ => "interrupted before anything was submitted",
        };
        assert!(stderr.contains(said), "{context}: {stderr}");
        assert!(
            !stderr.contains("a second signal"),
            "{context}: nothing of ours is under way: {stderr}"
        );
        check_token(command, &file, &stderr);
        assert_eq!(busy.refused.load(Ordering::SeqCst), 1, "{context}");
    };
    tokio::join!(
        case("go-live", "-INT", 130, true),
        case("go-live", "-TERM", 143, false),
        case("publish", "-TERM", 143, true),
        case("release", "-INT", 130, true),
        case("release", "-TERM", 143, false),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_ends_the_wait_after_a_refused_submission() {
    let case = async |command: &'static str, lists: bool| {
        let busy = Busy::start(lists);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let mut program = busy.command(command, &file);
        // Long enough for the program to have begun to wait, on a machine that is busy.
        program.args(["--deadline", "5s"]);
        let child = busy.waiting(program).await;
        let (ended, stderr) = ended(child).await;
        assert_eq!(ended, Some(75), "{command}: {stderr}");
        let said = "the deadline has passed while another operation of the offer was running";
        assert!(stderr.contains(said), "{command}: {stderr}");
        let follow = "an operation of the offer is running; follow it with: golive wait ";
        assert!(stderr.contains(follow), "{command}: {stderr}");
        check_token(command, &file, &stderr);
        assert_eq!(busy.refused.load(Ordering::SeqCst), 1, "{command}");
    };
    tokio::join!(
        case("go-live", true),
        case("go-live", false),
        case("publish", true),
        case("release", true),
        case("release", false),
    );
}

/// A release that is begun anew while its go-live runs.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_not_attached_to_a_go_live() {
    let emulator = crate::portal::frozen_emulator().await;
    let release = |arguments: &[&str]| {
        let mut program = crate::portal::client(&emulator);
        let offer = [golive_emulator::SEED_PUBLISHER, golive_emulator::SEED_OFFER];
        program.args(arguments).args(offer);
        crate::program::run(&mut program, "")
    };
    let started = release(&["go-live", "--no-wait"]);
    assert_eq!(started.code, 0, "{started:?}");
    let attach = ["release", "--approve", "auto", "--on-conflict", "attach"];
    let refused = release(&[&attach[..], &["--deadline", "20s"]].concat());
    assert_eq!(refused.code, 4, "{refused:?}");
    for said in [
        "and it is a go-live, not a publishing",
        "an operation of the offer is running; follow it with: golive wait ",
    ] {
        assert!(refused.stderr.contains(said), "{refused:?}");
    }
    let requests = emulator.requests();
    let published = requests.iter().any(|it| it.path.ends_with("/publish"));
    assert!(!published);
}
