//! How to wait: intervals, deadlines, stalls, heartbeats and token files.

use crate::portal::{LONG, OFFER, PUBLISHER, Service, client, eventually, frozen_emulator, polls};
use crate::program::{Ended, ended, run, send, start};
use golive_emulator::{SEED_OFFER, SEED_PUBLISHER};
use serde_json::{Value, json};

fn running(progress: u8) -> Value {
    json!({"status": "running", "steps": [{
        "id": "displaycertify", "stepName": "Certification", "status": "inProgress",
        "progressPercentage": progress, "estimatedTimeFrame": "< 15 min",
    }]})
}

fn go_live(service: &Service, arguments: &[&str]) -> Ended {
    let mut command = service.client();
    command.args(["go-live", PUBLISHER, OFFER]).args(arguments);
    run(&mut command, "")
}

fn lines_with(ended: &Ended, text: &str) -> usize {
    let lines = ended.stderr.lines();
    lines.filter(|line| line.contains(text)).count()
}

#[test]
fn a_deadline_of_nothing_polls_once() {
    let service = Service::start(&running(1));
    let ended = go_live(&service, &["--deadline", "0s", "--output", "json"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(ended.json()["status"], "running");
    assert_eq!(ended.json()["polls"], 1);
    assert_eq!(ended.json()["steps"][0]["status"], "inProgress");
    assert_eq!(service.polls(), 1);
    assert_eq!(
        lines_with(&ended, "resume with: golive wait "),
        1,
        "{ended:?}"
    );
}

#[test]
fn a_fixed_interval_polls_so_often() {
    let service = Service::start(&running(1));
    let often = ["--interval", "100ms", "--max-interval", "100ms"];
    let ended = go_live(&service, &[&often[..], &["--deadline", "1s"]].concat());
    assert_eq!(ended.code, 75, "{ended:?}");
    // At 0.1, 0.2, ... and at the deadline; fewer on a machine that is busy.
    assert!((2..=11).contains(&service.polls()), "{}", service.polls());
    let service = Service::start(&running(1));
    let ended = go_live(&service, &["--interval", "10s", "--deadline", "300ms"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(service.polls(), 1, "only that at the deadline");
}

/// Whoever sets only the longest time between polls means all of them.
#[test]
fn the_longest_interval_alone_bounds_the_shortest() {
    let service = Service::start(&running(1));
    let ended = go_live(&service, &["--max-interval", "50ms", "--deadline", "3s"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert!(service.polls() >= 2, "{}", service.polls());
    let ended = go_live(&service, &["--max-interval", "0s"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert_eq!(
        lines_with(&ended, "max-interval of flag --max-interval cannot be used"),
        1,
        "{ended:?}"
    );
}

#[test]
fn the_longest_interval_bounds_what_the_estimate_allows() {
    let days = json!({"status": "running", "steps": [{
        "id": "live", "stepName": "Live", "status": "inProgress",
        "progressPercentage": 1, "estimatedTimeFrame": "~2-5 days",
    }]});
    let service = Service::start(&days);
    let quick = ["--interval", "10ms", "--max-interval", "50ms"];
    let ended = go_live(&service, &[&quick[..], &["--deadline", "1s"]].concat());
    assert_eq!(ended.code, 75, "{ended:?}");
    assert!(service.polls() >= 3, "{}", service.polls());
}

#[test]
fn a_heartbeat_comes_after_silence_and_says_what_runs() {
    let service = Service::start(&running(42));
    let flags = [
        "--interval",
        "50ms",
        "--max-interval",
        "50ms",
        "--heartbeat",
        "200ms",
        "--deadline",
        "1s",
    ];
    let ended = go_live(&service, &flags);
    assert_eq!(ended.code, 75, "{ended:?}");
    let beats = lines_with(&ended, "still running after ");
    assert!(beats >= 1, "{ended:?}");
    assert_eq!(
        lines_with(&ended, ": Certification: inProgress 42%, next poll in 0 s"),
        beats,
        "{ended:?}"
    );
    // The change itself is told once.
    assert_eq!(
        lines_with(
            &ended,
            "contoso-virtualmachineoffer Certification: inProgress"
        ),
        1,
        "{ended:?}"
    );
    let quiet = go_live(&service, &[&flags[..], &["--quiet"]].concat());
    assert_eq!(lines_with(&quiet, "still running"), 0, "{quiet:?}");
    assert_eq!(lines_with(&quiet, "resume with"), 1, "{quiet:?}");
}

#[test]
fn a_stall_is_told_once() {
    let service = Service::start(&running(42));
    let flags = [
        "--interval",
        "20ms",
        "--max-interval",
        "20ms",
        "--stall-after",
        "100ms",
        "--deadline",
        "1s",
        "--output",
        "jsonl",
    ];
    let ended = go_live(&service, &flags);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(
        lines_with(&ended, "the step displaycertify has been running for"),
        1,
        "{ended:?}"
    );
    // Words that say something about a short time too.
    let times = ["for 0 s", "for 1 s"].map(|it| format!("{it} and usually takes at most 15 min"));
    let told = times.iter().any(|times| ended.stderr.contains(times));
    assert!(told, "{ended:?}");
    let events = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let stalls: Vec<Value> = events
        .filter(|it: &Value| it["event"] == "attention")
        .collect();
    assert_eq!(stalls.len(), 1, "{ended:?}");
    assert_eq!(stalls[0]["reason"], "stalled");
    assert_eq!(stalls[0]["step"], "displaycertify");
}

/// A percentage that changes with every poll is a line each ten points.
#[test]
fn a_percentage_alone_is_told_each_ten_points() {
    let mut service = Service::start(&running(0));
    let mut command = service.client();
    command
        .args(["go-live", PUBLISHER, OFFER])
        .args(["--interval", "5ms", "--max-interval", "5ms"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped());
    let child = command.spawn().unwrap();
    for progress in 0..=30 {
        service.say(&running(progress));
        // The first of two answers has been told of.
        while service.polls() < 2 {
            std::thread::yield_now();
        }
    }
    service.say(&json!({"status": "succeeded"}));
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let told: Vec<&str> = stderr
        .lines()
        .filter_map(|line| line.split_once("Certification: inProgress "))
        .map(|(_, progress)| progress)
        .collect();
    assert_eq!(told, ["0%", "10%", "20%", "30%"], "{stderr}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_file_that_cannot_be_written_does_not_keep_from_waiting() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let ended = run(
        client(&emulator)
            .args([
                "go-live",
                SEED_PUBLISHER,
                SEED_OFFER,
                "--no-wait",
                "--token-file",
            ])
            .arg(&file),
        "",
    );
    assert_eq!(ended.code, 0, "{ended:?}");
    emulator.advance(LONG);
    let token = std::fs::read_to_string(&file).unwrap();
    // Standard input can be read and is no file to be replaced.
    let ended = run(
        client(&emulator).args(["wait", "--token-file", "/dev/stdin"]),
        &token,
    );
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(
        lines_with(&ended, "warning: the token file"),
        1,
        "{ended:?}"
    );
    assert_eq!(lines_with(&ended, "is not a regular file"), 1, "{ended:?}");
}

#[cfg(unix)]
#[test]
fn a_device_is_never_replaced_by_a_token() {
    let mut command = crate::program::program();
    command.args(["go-live", PUBLISHER, OFFER, "--emulator", "--token-file"]);
    let ended = run(command.arg("/dev/null"), "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("is not a regular file"), "{ended:?}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_token_file_stays_one() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("token"), folder.path().join("link"));
    std::fs::write(&file, "").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let mut command = client(&emulator);
    command.args([
        "go-live",
        SEED_PUBLISHER,
        SEED_OFFER,
        "--no-wait",
        "--token-file",
    ]);
    let ended = run(command.arg(&link), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(file).unwrap(), ended.stdout);
}

/// A reader that goes away is no reason to stop waiting.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_standard_output_does_not_end_the_wait() {
    let emulator = frozen_emulator().await;
    let before = crate::portal::accepted_operations(&emulator).await;
    let mut command = client(&emulator);
    let mut child = command
        .args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--output", "jsonl"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    eventually("the go-live", async || {
        crate::portal::accepted_operations(&emulator).await > before
    })
    .await;
    emulator.advance(LONG);
    let status = tokio::task::spawn_blocking(move || child.wait().unwrap());
    assert_eq!(status.await.unwrap().code(), Some(0));
}

/// The deadline holds for the operations of others too, and nothing is submitted
/// after it.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_ends_the_wait_for_the_operation_of_somebody_else() {
    let check = async |command: &str, more: &[&str]| {
        let emulator = frozen_emulator().await;
        let mut theirs = client(&emulator);
        theirs.args(["publish", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
        assert_eq!(run(&mut theirs, "").code, 0);
        let before = crate::portal::accepted_operations(&emulator).await;
        let mut ours = client(&emulator);
        ours.args([command, SEED_PUBLISHER, SEED_OFFER])
            .args(["--on-conflict", "wait", "--deadline", "0s"])
            .args(more);
        let ended = tokio::task::spawn_blocking(move || run(&mut ours, ""));
        let ended = ended.await.unwrap();
        assert_eq!(ended.code, 75, "{ended:?}");
        assert_eq!(
            lines_with(&ended, "while another operation of the offer was running"),
            1,
            "{ended:?}"
        );
        assert_eq!(crate::portal::accepted_operations(&emulator).await, before);
    };
    tokio::join!(
        check("go-live", &[]),
        check("release", &["--approve", "auto"])
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_the_wait_for_the_operation_of_somebody_else() {
    let emulator = frozen_emulator().await;
    let mut command = client(&emulator);
    command.args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--no-wait"]);
    assert_eq!(run(&mut command, "").code, 0);
    let before = crate::portal::accepted_operations(&emulator).await;
    let mut command = client(&emulator);
    command.args([
        "go-live",
        SEED_PUBLISHER,
        SEED_OFFER,
        "--on-conflict",
        "wait",
    ]);
    let child = start(&mut command);
    eventually("two polls", async || polls(&emulator) >= 2).await;
    send(child.id(), "INT");
    let Ended { code, stderr, .. } = ended(child).await;
    assert_eq!(code, 130, "{stderr}");
    assert!(
        stderr.contains("interrupted before anything was submitted"),
        "{stderr}"
    );
    assert_eq!(crate::portal::accepted_operations(&emulator).await, before);
}
