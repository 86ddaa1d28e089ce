//! Real signals at random moments: whatever was under way, the next job goes on
//! with it, and the service has started exactly one operation of each kind.

use crate::portal::{LONG, accepted_operations, client, eventually};
use crate::program::{Ended, run};
use futures_util::StreamExt;
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// How many runs there are, and how many at a time.
#[derive(Clone, Copy)]
struct Runs {
    count: u64,
    at_a_time: usize,
}

const GO_LIVES: Runs = Runs {
    count: 100,
    at_a_time: 8,
};

/// Each is killed up to three times. Those that look for what they may have
/// submitted do so for a while, so that many at a time take little more.
const RELEASES: Runs = Runs {
    count: 60,
    at_a_time: 24,
};

/// Polls are as frequent as the program asks for.
const AT_ONCE: &str = r#"
    [[rule]]
    endpoint = ["publish_offer", "go_live_offer", "get_operation"]
    phase = "after"
    action = { kind = "reply", retry-after = { seconds = 0 } }
"#;

/// Requests take longer than they would, so that the signal often comes while one
/// is under way.
const SLOWED: &str = r#"
    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    phase = "before"
    action = { kind = "delay", milliseconds = 20 }

    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    phase = "after"
    action = { kind = "delay", milliseconds = 20 }
"#;

/// The seed: another one by `GOLIVE_TEST_SEED`.
fn seed() -> u64 {
    let seed = std::env::var("GOLIVE_TEST_SEED").ok();
    let seed = seed.map_or(0, |seed| {
        seed.parse().expect("GOLIVE_TEST_SEED is a number")
    });
    println!("GOLIVE_TEST_SEED={seed}");
    seed
}

/// What was sent to the program, and how it ended.
struct Killed {
    signal: &'static str,
    after: Duration,
    status: ExitStatus,
    stderr: String,
}

impl fmt::Display for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            signal,
            after,
            status,
            stderr,
        } = self;
        write!(f, "{signal} after {after:?}: {status}\n{stderr}")
    }
}

impl Killed {
    /// Whether the program had the time to say something.
    fn is_graceful(&self) -> bool {
        let expected = match self.signal {
            "INT" => 130,
            "TERM" => 143,
            _ => return false,
        };
        self.status.code() == Some(expected)
    }
}

/// Starts the program and sends it a random signal at a random moment.
async fn killed(mut command: Command, rng: &mut fastrand::Rng, longest: Duration) -> Killed {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut signal = ["INT", "TERM", "KILL"][rng.usize(..3)];
    let after = longest.mul_f64(rng.f64());
    tokio::time::sleep(after).await;
    // It may have ended by itself.
    send(&child, signal).await;
    let ended = async {
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let status = match tokio::time::timeout(Duration::from_secs(20), ended).await {
        Ok(status) => status,
        // A process begins with SIGINT ignored where the shell that started the
        // tests did so in the background.
        Err(_) => {
            signal = "KILL";
            child.kill().unwrap();
            child.wait().unwrap()
        }
    };
    let mut stderr = String::new();
    let mut said = child.stderr.take().unwrap();
    said.read_to_string(&mut stderr).unwrap();
    Killed {
        signal,
        after,
        status,
        stderr,
    }
}

async fn send(child: &Child, signal: &'static str) {
    let id = child.id().to_string();
    let kill = move || {
        let mut kill = Command::new("kill");
        kill.args(["-s", signal, &id])
            .stderr(Stdio::null())
            .status()
    };
    tokio::task::spawn_blocking(kill).await.unwrap().unwrap();
}

async fn finished(mut command: Command) -> Ended {
    let run = move || run(&mut command, "");
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// All runs, several at a time; gives how often each kind of end came.
async fn all<F>(Runs { count, at_a_time }: Runs, run: fn(u64) -> F) -> BTreeMap<String, usize>
where
    F: Future<Output = String> + Send + 'static,
{
    let seed = seed();
    let runs = (0..count).map(|index| tokio::spawn(run(seed.wrapping_mul(count) + index)));
    let mut ends = BTreeMap::new();
    let mut runs = futures_util::stream::iter(runs).buffer_unordered(at_a_time);
    while let Some(end) = runs.next().await {
        *ends.entry(end.unwrap()).or_default() += 1;
    }
    println!("{ends:#?}");
    ends
}

#[tokio::test(flavor = "multi_thread")]
async fn a_go_live_that_is_killed_at_any_moment_is_one_operation() {
    let ends = all(GO_LIVES, go_live).await;
    // Otherwise the moments are not what they are meant to be.
    assert!(ends.len() >= 3, "{ends:?}");
}

async fn go_live(seed: u64) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut builder = Emulator::builder().scenario(Scenario::from_toml(SLOWED).unwrap());
    if rng.u8(..4) == 0 {
        builder = builder.scenario(Scenario::named("lost-acceptance").unwrap());
    }
    let emulator = Arc::new(builder.start().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let command = |arguments: &[&str]| {
        let mut command = client(&emulator);
        command
            .args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--token-file"])
            .arg(&file)
            .args(arguments);
        command
    };
    let before = accepted_operations(&emulator).await;
    let killed = killed(command(&[]), &mut rng, Duration::from_millis(300)).await;
    let started = accepted_operations(&emulator).await - before;
    let context = format!("seed {seed}, {started} started, {killed}");
    assert!(started <= 1, "{context}");
    assert!(
        killed.is_graceful() || killed.status.signal().is_some(),
        "{context}"
    );
    let end = match (file.exists(), started) {
        (true, _) => "the token file goes on",
        // What was answered to somebody who was told to end is not lost.
        (false, 1) => {
            assert!(!killed.is_graceful(), "{context}");
            "accepted, and nobody there any more to be told"
        }
        (false, _) => "nothing was submitted",
    };
    // The next job: with the file, it waits; without, it begins anew, and takes
    // what it finds running for its own.
    if !file.exists() {
        let again = finished(command(&["--no-wait", "--on-conflict", "attach"])).await;
        assert_eq!(again.code, 0, "{context}: {again:?}");
    }
    emulator.advance(LONG);
    let mut wait = client(&emulator);
    wait.args(["wait", "--token-file"]).arg(&file);
    let waited = finished(wait).await;
    assert_eq!(waited.code, 0, "{context}: {waited:?}");
    let started = accepted_operations(&emulator).await - before;
    assert_eq!(started, 1, "{context}");
    format!("{}: {end}", killed.signal)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_is_killed_at_any_moment_is_two_operations() {
    let ends = all(RELEASES, release).await;
    assert!(ends.len() >= 4, "{ends:?}");
}

/// As fast as a release of five days in half a second.
const FAST: f64 = 1e6;

async fn release(seed: u64) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    let builder = Emulator::builder().speed(FAST);
    let builder = builder.scenario(Scenario::from_toml(SLOWED).unwrap());
    let builder = builder.scenario(Scenario::from_toml(AT_ONCE).unwrap());
    let emulator = Arc::new(builder.start().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let before = accepted_operations(&emulator).await;
    let mut ends = Vec::new();
    // Three jobs are killed, and a fourth one goes on to the end.
    for job in 0..3 {
        let longest = Duration::from_millis(500);
        let killed = killed(release_job(&emulator, &file), &mut rng, longest).await;
        let phase = phase(&file);
        let context = format!("seed {seed}, job {job}, {phase}, {killed}");
        let started = accepted_operations(&emulator).await - before;
        assert!(started <= 2, "{context}");
        if killed.status.success() {
            break;
        }
        assert!(
            killed.is_graceful() || killed.status.signal().is_some(),
            "{context}"
        );
        if phase == "no token" {
            assert_eq!(started, 0, "{context}");
        }
        ends.push(phase);
    }
    let ended = finished(release_job(&emulator, &file)).await;
    assert_eq!(ended.code, 0, "seed {seed}, {ends:?}: {ended:?}");
    let started = accepted_operations(&emulator).await - before;
    assert_eq!(started, 2, "seed {seed}, {ends:?}");
    ends.last().map_or("not killed", |it| *it).to_owned()
}

/// What a pipeline runs: the release, or what is left of it.
fn release_job(emulator: &Emulator, file: &Path) -> Command {
    let mut command = client(emulator);
    if file.exists() {
        command.arg("wait");
    } else {
        command.args(["release", SEED_PUBLISHER, SEED_OFFER, "--approve", "auto"]);
    }
    command
        .arg("--token-file")
        .arg(file)
        .args(["--interval", "20ms", "--max-interval", "20ms"]);
    command
}

fn phase(file: &Path) -> &'static str {
    let Ok(text) = std::fs::read_to_string(file) else {
        return "no token";
    };
    let token: golive::ReleaseToken = text.parse().expect("the file has a whole token");
    match token.phase() {
        golive::ReleasePhase::Publish => "publish",
        golive::ReleasePhase::Preview => "preview",
        golive::ReleasePhase::Approval => "approval",
        golive::ReleasePhase::GoLive => "go-live",
        golive::ReleasePhase::Live => "live",
        _ => "another phase",
    }
}

/// Killed exactly while a request of a release is under way: before it has taken
/// effect, or after.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_is_killed_while_it_submits_submits_once() {
    let cases = [
        ("publish_offer", "before"),
        ("publish_offer", "after"),
        ("go_live_offer", "before"),
        ("go_live_offer", "after"),
    ];
    let cases = cases.map(|(endpoint, phase)| killed_while_submitting(endpoint, phase));
    futures_util::future::join_all(cases).await;
}

async fn killed_while_submitting(endpoint: &'static str, when: &'static str) {
    let held = format!(
        "[[rule]]\nendpoint = '{endpoint}'\nphase = '{when}'\n\
         action = {{ kind = 'delay', milliseconds = 600000 }}\n{AT_ONCE}"
    );
    let builder = Emulator::builder().speed(FAST);
    let builder = builder.scenario(Scenario::from_toml(&held).unwrap());
    let emulator = Arc::new(builder.start().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let before = accepted_operations(&emulator).await;
    let mut child = release_job(&emulator, &file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let submits = if endpoint == "publish_offer" {
        "publish"
    } else {
        "go-live"
    };
    let is_submitting = || {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let token = text.parse::<golive::ReleaseToken>();
        token.is_ok_and(|token| format!("{token:?}").contains("submitting: Some"))
    };
    eventually("the request", async || {
        phase(&file) == submits && is_submitting()
    })
    .await;
    let expected = match (endpoint, when) {
        ("publish_offer", "before") => 0,
        ("go_live_offer", "after") => 2,
        _ => 1,
    };
    eventually("its effect", async || {
        accepted_operations(&emulator).await - before >= expected
    })
    .await;
    child.kill().unwrap();
    child.wait().unwrap();
    // The request may not have come this far: the next one is not held.
    emulator.controls().clear_rules();
    let at_once = Scenario::from_toml(AT_ONCE).unwrap();
    emulator.controls().add_scenario(&at_once).unwrap();
    let ended = finished(release_job(&emulator, &file)).await;
    assert_eq!(ended.code, 0, "{endpoint} {when}: {ended:?}");
    let started = accepted_operations(&emulator).await - before;
    assert_eq!(started, 2, "{endpoint} {when}");
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
