//! Go-lives and publishings.

use super::{AT_ONCE, FAST, Runs, SLOWED, all, finished, killed, send, started};
use crate::portal::{LONG, accepted_operations, client, eventually};
use golive_emulator::{Emulator, RecordedRequest, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const COMMANDS: [&str; 2] = ["go-live", "publish"];

/// Some look for a while for what they may have submitted, so that many at a time take
/// little more.
const RUNS: Runs = Runs {
    count: 100,
    at_a_time: 16,
};

/// When a process is killed, by what the emulator and the token file have seen of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    /// No request was sent.
    Before,
    /// The request was sent, and not answered.
    InFlight,
    /// The emulator has answered the request.
    After,
}

impl Moment {
    const ALL: [Self; 3] = [Self::Before, Self::InFlight, Self::After];

    fn now(emulator: &Emulator, file: &Path) -> Self {
        let requests = emulator.requests();
        let submits = |it: &str| matches!(it, "go_live_offer" | "publish_offer");
        // Neither answered nor reset: the killed process was the one who waited.
        let is_over = |it: &&RecordedRequest| it.status != 0 || !it.rules.is_empty();
        let mut submitted = requests.iter().filter(is_over);
        if submitted.any(|it| it.endpoint.is_some_and(submits)) {
            Self::After
        } else if file.exists() {
            Self::InFlight
        } else {
            Self::Before
        }
    }
}

fn job(emulator: &Emulator, command: &str, file: &Path) -> Command {
    let mut program = client(emulator);
    program.arg(command);
    if command != "wait" {
        program.args([SEED_PUBLISHER, SEED_OFFER]);
    }
    program.arg("--token-file").arg(file);
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_killed_at_any_moment_is_one_operation() {
    let ends = all(RUNS, submission).await;
    // Otherwise the moments are not what they are meant to be.
    for command in COMMANDS {
        for moment in Moment::ALL {
            let key = format!("{command}, {moment:?}, ");
            assert!(ends.keys().any(|it| it.starts_with(&key)), "{key}{ends:#?}");
        }
    }
}

async fn submission(seed: u64) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut builder = Emulator::builder().scenario(Scenario::from_toml(SLOWED).unwrap());
    if rng.u8(..4) == 0 {
        builder = builder.scenario(Scenario::named("lost-acceptance").unwrap());
    }
    let emulator = Arc::new(builder.start().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let command = COMMANDS[rng.usize(..2)];
    let before = accepted_operations(&emulator).await;
    let child = started(job(&emulator, command, &file));
    // How long a process takes to begin depends on the machine: a moment is counted
    // from the one before.
    let aim = Moment::ALL[rng.usize(..3)];
    while (Moment::now(&emulator, &file) as u8) < aim as u8 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    tokio::time::sleep(Duration::from_millis(100).mul_f64(rng.f64())).await;
    let moment = Moment::now(&emulator, &file);
    let killed = killed(child, &mut rng).await;
    let started = accepted_operations(&emulator).await - before;
    let context = format!("seed {seed}, {command}, {moment:?}, {started} started, {killed}");
    assert!(started <= 1, "{context}");
    assert!(
        killed.is_graceful() || killed.status.signal().is_some(),
        "{context}"
    );
    // What may have been accepted is not lost.
    assert!(started == 0 || file.exists(), "{context}");

    // The next job comes when all is over.
    emulator.advance(LONG);
    let next = if file.exists() && rng.bool() {
        "wait"
    } else {
        command
    };
    let mut program = job(&emulator, next, &file);
    program.args(["--deadline", "0s"]);
    let ended = finished(program).await;
    // What is submitted only now still runs.
    let expected: &[i32] = if started == 1 { &[0] } else { &[0, 75] };
    assert!(
        expected.contains(&ended.code),
        "{context}: {next}: {ended:?}"
    );
    emulator.advance(LONG);
    let waited = finished(job(&emulator, "wait", &file)).await;
    assert_eq!(waited.code, 0, "{context}: {waited:?}");
    let started = accepted_operations(&emulator).await - before;
    assert_eq!(started, 1, "{context}: {next}");
    format!("{command}, {moment:?}, {}, then {next}", killed.signal)
}

/// Killed exactly while the request is under way, before it has taken effect, or after;
/// and gone on with when what it started has ended.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_killed_while_it_submits_is_submitted_once() {
    let mut cases = Vec::new();
    for command in COMMANDS {
        for when in ["before", "after"] {
            for next in ["wait", command] {
                cases.push(killed_while_submitting(command, when, next));
            }
        }
    }
    futures_util::future::join_all(cases).await;
}

async fn killed_while_submitting(command: &str, when: &str, next: &str) {
    let context = format!("{command}, {when} the effect, then {next}");
    let held = format!(
        "[[rule]]\nendpoint = ['go_live_offer', 'publish_offer']\nphase = '{when}'\n\
         action = {{ kind = 'delay', milliseconds = 600000 }}\n{AT_ONCE}"
    );
    let builder = Emulator::builder().speed(FAST);
    let builder = builder.scenario(Scenario::from_toml(&held).unwrap());
    let emulator = Arc::new(builder.start().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let before = accepted_operations(&emulator).await;
    let mut child = started(job(&emulator, command, &file));
    let effect = usize::from(when == "after");
    eventually("the request", async || file.exists()).await;
    eventually("its effect", async || {
        accepted_operations(&emulator).await == before + effect
    })
    .await;
    child.kill().unwrap();
    child.wait().unwrap();
    let token = std::fs::read_to_string(&file).unwrap();
    assert!(token.starts_with("golive-attempt1."), "{context}: {token}");
    emulator.controls().clear_rules();
    let at_once = Scenario::from_toml(AT_ONCE).unwrap();
    emulator.controls().add_scenario(&at_once).unwrap();
    emulator.advance(LONG);
    let mut program = job(&emulator, next, &file);
    program.args(["--interval", "20ms", "--max-interval", "20ms"]);
    let ended = finished(program).await;
    assert_eq!(ended.code, 0, "{context}: {ended:?}");
    let now = accepted_operations(&emulator).await;
    assert_eq!(now, before + 1, "{context}: {ended:?}");
    let anew = ended.stderr.contains("had not accepted");
    assert_eq!(anew, when == "before", "{context}: {ended:?}");
}

/// The word of the program that nothing is lost holds for a second signal too,
/// which stops it at once: it says that it does not know.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_while_submitting_stops_at_once_and_says_so() {
    let held = "[[rule]]\nendpoint = 'go_live_offer'\nphase = 'after'\n\
                action = { kind = 'delay', milliseconds = 600000 }";
    let builder = Emulator::builder().scenario(Scenario::from_toml(held).unwrap());
    let emulator = Arc::new(builder.start().await.unwrap());
    let before = accepted_operations(&emulator).await;
    let errors = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("second-signal.stderr");
    let mut child = client(&emulator)
        .args(["go-live", SEED_PUBLISHER, SEED_OFFER])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    eventually("the go-live", async || {
        accepted_operations(&emulator).await > before
    })
    .await;
    send(&child, "INT").await;
    let said = || std::fs::read_to_string(&errors).unwrap();
    eventually("the first signal", async || {
        said().contains("waiting for the service's answer")
    })
    .await;
    send(&child, "INT").await;
    let status = tokio::task::spawn_blocking(move || child.wait().unwrap());
    assert_eq!(status.await.unwrap().code(), Some(130));
    assert!(said().contains("it is unknown whether"), "{}", said());
}
