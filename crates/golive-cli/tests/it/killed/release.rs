//! Releases.

use super::{AT_ONCE, FAST, Runs, SLOWED, all, finished, killed, started};
use crate::portal::{accepted_operations, client, eventually};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Each is killed up to three times. Those that look for what they may have
/// submitted do so for a while, so that many at a time take little more.
const RELEASES: Runs = Runs {
    count: 60,
    at_a_time: 24,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_is_killed_at_any_moment_is_two_operations() {
    let ends = all(RELEASES, release).await;
    assert!(ends.len() >= 4, "{ends:?}");
}

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
        let requests = emulator.requests().len();
        let job_of_release = started(release_job(&emulator, &file));
        // How long a process takes to begin depends on the machine: most times are
        // counted from its first request.
        if rng.u8(..8) > 0 {
            while emulator.requests().len() == requests {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        let longest = Duration::from_millis(500);
        tokio::time::sleep(longest.mul_f64(rng.f64())).await;
        let killed = killed(job_of_release, &mut rng).await;
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
    let token = text.lines().next().unwrap_or_default();
    let token: golive::ReleaseToken = token.parse().expect("the file has a whole token");
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
