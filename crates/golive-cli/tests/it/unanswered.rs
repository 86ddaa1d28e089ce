//! Nobody answers: a deadline ends every wait, there are signs of life until then, and
//! what is needed to go on is told.

use crate::portal::{client, frozen_emulator, talking_to};
use crate::program::{Ended, run};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Longer than any test runs.
const NEVER: &str = "action = { kind = 'delay', milliseconds = 600000, clock = 'real' }";

/// A server that takes connections and says nothing.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

/// Runs it to its end, which must come long before anybody answers.
async fn finished(mut command: Command) -> Ended {
    let run = tokio::task::spawn_blocking(move || run(&mut command, ""));
    let ended = tokio::time::timeout(Duration::from_secs(100), run).await;
    ended.expect("the deadline ends it").unwrap()
}

fn never_answer(emulator: &Emulator, endpoint: &str) {
    let rule = format!("[[rule]]\nendpoint = '{endpoint}'\n{NEVER}");
    let rule = Scenario::from_toml(&rule).unwrap();
    emulator.controls().add_scenario(&rule).unwrap();
}

/// The program, with an identity provider that says nothing.
fn with_silent_authority(emulator: &Emulator, authority: &str) -> Command {
    let mut command = client(emulator);
    command
        .env_remove("GOLIVE_TOKEN")
        .env("GOLIVE_CREDENTIAL", "client-secret")
        .env("AZURE_AUTHORITY_HOST", format!("https://{authority}"))
        .env("AZURE_TENANT_ID", "tenant")
        .env("AZURE_CLIENT_ID", "client")
        .env("AZURE_CLIENT_SECRET", "very-secret")
        .env("GOLIVE_DEADLINE", "1s")
        .env("GOLIVE_HEARTBEAT", "500ms")
        .env("GOLIVE_OUTPUT", "json");
    command
}

fn token_of(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_that_is_not_answered_ends_at_the_deadline() {
    let (listener, address) = silent();
    let mut command = talking_to(&format!("http://{address}"));
    command
        .args(["cancel", SEED_PUBLISHER, SEED_OFFER, "--deadline", "1s"])
        .args(["--heartbeat", "500ms"]);
    let ended = finished(command).await;
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(ended.stdout, "");
    for part in [
        "still waiting for the service's answer",
        "the deadline has passed; it is unknown whether the service has accepted",
        "To cancel once more does no harm",
    ] {
        assert!(ended.stderr.contains(part), "{part}: {ended:?}");
    }
    drop(listener);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_the_look_at_what_was_canceled() {
    use crate::portal::{OFFER, OPERATION, PUBLISHER, eventually};
    use crate::program::{ended, send, start};
    use golive_client::endpoints::GET_OPERATION;
    use golive_httpmock::MockServerExt;
    use httpmock::MockServer;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    let server = MockServer::start();
    let path = GET_OPERATION.path_with(&[PUBLISHER, OFFER, OPERATION]);
    let path = path.unwrap();
    server.list_operations(|_, then| {
        then.ok(&Vec::new());
    });
    server.cancel_operation(|_, then| {
        let then = then.into_inner().status(202);
        then.header("Operation-Location", path.as_str());
    });
    let asked = Arc::new(AtomicBool::new(false));
    let seen = asked.clone();
    server.mock(|when, then| {
        when.is_true(move |request| {
            let polls = request.uri().path() == path;
            seen.fetch_or(polls, Ordering::SeqCst);
            polls
        });
        then.status(200).delay(Duration::from_secs(30));
    });
    let mut command = talking_to(&server.base_url());
    command.args(["cancel", PUBLISHER, OFFER, "--output", "json"]);
    let child = start(&mut command);
    eventually("a poll", async || asked.load(Ordering::SeqCst)).await;
    send(child.id(), "INT");
    let ended = tokio::time::timeout(Duration::from_secs(20), ended(child)).await;
    let ended = ended.expect("the signal ends it");
    assert_eq!(ended.code, 130, "{ended:?}");
    assert_eq!(ended.json()["cancellation"], "requested");
    assert!(
        ended.stderr.contains("resume with: golive wait "),
        "{ended:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_is_not_answered_ends_at_the_deadline() {
    let (listener, authority) = silent();
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let (running, release) = (folder.path().join("running"), folder.path().join("release"));
    let mut command = client(&emulator);
    command
        .args(["publish", SEED_PUBLISHER, SEED_OFFER, "--no-wait"])
        .arg("--token-file")
        .arg(&running);
    assert_eq!(finished(command).await.code, 0);
    let requests = emulator.requests().len();

    let mut wait = with_silent_authority(&emulator, &authority);
    wait.args(["wait", "--token-file"]).arg(&running);
    let mut begun = with_silent_authority(&emulator, &authority);
    begun
        .args(["release", SEED_PUBLISHER, SEED_OFFER, "--approve", "auto"])
        .arg("--token-file")
        .arg(&release);
    let (waited, begun) = tokio::join!(finished(wait), finished(begun));
    for (ended, file) in [(&waited, &running), (&begun, &release)] {
        assert_eq!(ended.code, 75, "{ended:?}");
        assert!(ended.stderr.contains("still signing in"), "{ended:?}");
        let resume = "resume with: golive wait ";
        assert!(ended.stderr.contains(resume), "{ended:?}");
        assert!(!format!("{ended:?}").contains("very-secret"), "{ended:?}");
        assert_eq!(ended.json()["status"], "running");
        let token = ended.json()["resumeToken"].as_str().unwrap().to_owned();
        assert_eq!(token_of(file).trim_end(), token);
    }
    // What it was told already is no other when it goes on.
    let mut again = with_silent_authority(&emulator, &authority);
    again.args(["wait", "--token-file"]).arg(&release);
    let again = finished(again).await;
    assert_eq!(again.code, 75, "{again:?}");
    assert_eq!(again.json()["kind"], "stillRunning");
    assert_eq!(again.json()["resumeToken"], begun.json()["resumeToken"]);
    assert_eq!(emulator.requests().len(), requests, "nothing was sent");
    drop(listener);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_that_is_not_answered_ends_soon_after_the_deadline() {
    let operation = async {
        let emulator = frozen_emulator().await;
        never_answer(&emulator, "get_operation");
        let mut command = client(&emulator);
        command.args(["go-live", SEED_PUBLISHER, SEED_OFFER]).args([
            "--deadline",
            "2s",
            "--output",
            "json",
        ]);
        finished(command).await
    };
    let release = async {
        let emulator = frozen_emulator().await;
        never_answer(&emulator, "get_operation");
        let mut command = client(&emulator);
        command
            .args(["release", SEED_PUBLISHER, SEED_OFFER, "--approve", "auto"])
            .args(["--deadline", "2s", "--output", "json"]);
        finished(command).await
    };
    let (operation, release) = tokio::join!(operation, release);
    for ended in [operation, release] {
        assert_eq!(ended.code, 75, "{ended:?}");
        let json = ended.json();
        assert_eq!(json["status"], "running");
        let message = "the deadline passed before it had ended";
        assert_eq!(json["error"]["message"], message);
        let token = json["resumeToken"].as_str().unwrap();
        assert!(ended.stderr.contains(token), "{ended:?}");
        assert!(ended.stderr.contains(message), "{ended:?}");
    }
}

/// What a script finds when nobody is signed in any more.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_what_goes_on_is_told_to_machines_too() {
    let emulator = frozen_emulator().await;
    let mut command = client(&emulator);
    command.args(["publish", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
    let token = finished(command).await.stdout.trim_end().to_owned();
    let mut command = client(&emulator);
    command
        .env("GOLIVE_CREDENTIAL", "token")
        .env("GOLIVE_TOKEN", "no token")
        .args(["wait", &token, "--output", "json"]);
    let ended = finished(command).await;
    assert_eq!(ended.code, 3, "{ended:?}");
    assert_eq!(ended.json()["kind"], "notSignedIn");
    assert_eq!(ended.json()["resumeToken"], token);
}
