//! How to wait: intervals, deadlines, stalls, heartbeats and token files.

use crate::portal::{LONG, OFFER, PUBLISHER, Service, client, eventually, frozen_emulator, polls};
use crate::program::{Ended, ended, run, send, start};
use golive_emulator::{SEED_OFFER, SEED_PUBLISHER};
use regex::Regex;
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

/// Runs a go-live until enough was said and polled, however long that takes; then it has
/// succeeded.
async fn go_live_until(
    service: &mut Service,
    arguments: &[&str],
    enough: impl Fn(&str, usize) -> bool,
) -> Ended {
    // Files are never full, and can be read meanwhile.
    let [stdout, stderr] = [(); 2].map(|()| tempfile::NamedTempFile::new().unwrap());
    let said = |file: &tempfile::NamedTempFile| std::fs::read_to_string(file.path()).unwrap();
    let mut command = service.client();
    let mut child = command
        .args(["go-live", PUBLISHER, OFFER])
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .stdout(stdout.reopen().unwrap())
        .stderr(stderr.reopen().unwrap())
        .spawn()
        .unwrap();
    eventually("enough", async || enough(&said(&stderr), service.polls())).await;
    service.say(&json!({"status": "succeeded"}));
    let status = tokio::task::spawn_blocking(move || child.wait().unwrap());
    let ended = Ended {
        code: status.await.unwrap().code().unwrap(),
        stdout: said(&stdout),
        stderr: said(&stderr),
    };
    assert_eq!(ended.code, 0, "{ended:?}");
    ended
}

fn events(ended: &Ended) -> Vec<Value> {
    let lines = ended.stdout.lines();
    lines.map(|it| serde_json::from_str(it).unwrap()).collect()
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

#[tokio::test(flavor = "multi_thread")]
async fn a_fixed_interval_polls_so_often() {
    let mut service = Service::start(&running(1));
    let often = ["--interval", "100ms", "--max-interval", "100ms"];
    let arguments = [&often[..], &["--output", "jsonl"]].concat();
    let ended = go_live_until(&mut service, &arguments, |_, polls| polls >= 5).await;
    let pauses: Vec<f64> = events(&ended)
        .iter()
        .filter_map(|it| it["nextPollSeconds"].as_f64())
        .collect();
    assert!(pauses.len() >= 4, "{ended:?}");
    assert!(pauses.iter().all(|it| *it <= 0.1), "{pauses:?}");
    // Less only by what the program itself took.
    assert!(pauses.iter().any(|it| *it > 0.05), "{pauses:?}");
    let service = Service::start(&running(1));
    let ended = go_live(&service, &["--interval", "10s", "--deadline", "300ms"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(service.polls(), 1, "only that at the deadline");
}

/// Whoever sets only the longest time between polls means all of them.
#[tokio::test(flavor = "multi_thread")]
async fn the_longest_interval_alone_bounds_the_shortest() {
    let mut service = Service::start(&running(1));
    go_live_until(&mut service, &["--max-interval", "50ms"], |_, polls| {
        polls >= 3
    })
    .await;
    let ended = go_live(&service, &["--max-interval", "0s"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert_eq!(
        lines_with(&ended, "max-interval of flag --max-interval cannot be used"),
        1,
        "{ended:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_interval_bounds_what_the_estimate_allows() {
    let days = json!({"status": "running", "steps": [{
        "id": "live", "stepName": "Live", "status": "inProgress",
        "progressPercentage": 1, "estimatedTimeFrame": "~2-5 days",
    }]});
    let mut service = Service::start(&days);
    let quick = ["--interval", "10ms", "--max-interval", "50ms"];
    go_live_until(&mut service, &quick, |_, polls| polls >= 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heartbeat_comes_after_silence_and_says_what_runs() {
    let mut service = Service::start(&running(42));
    let flags = [
        "--interval",
        "50ms",
        "--max-interval",
        "50ms",
        "--heartbeat",
        "200ms",
    ];
    let beat = Regex::new(
        r"(?m) still running after \d+ s: Certification: inProgress 42%, next poll in 0 s$",
    )
    .unwrap();
    let enough = |said: &str, _| beat.is_match(said);
    let ended = go_live_until(&mut service, &flags, enough).await;
    // Before the first status nothing is known of the step.
    let (_, after) = ended.stderr.split_once("operation: running").unwrap();
    let beats = after.matches(" still running after ").count();
    assert_eq!(beat.find_iter(after).count(), beats, "{ended:?}");
    // The change itself is told once.
    assert_eq!(
        lines_with(
            &ended,
            "contoso-virtualmachineoffer Certification: inProgress"
        ),
        1,
        "{ended:?}"
    );
    let service = Service::start(&running(42));
    let quiet = ["--quiet", "--deadline", "1s"];
    let quiet = go_live(&service, &[&flags[..], &quiet].concat());
    assert_eq!(lines_with(&quiet, "still running"), 0, "{quiet:?}");
    assert_eq!(lines_with(&quiet, "resume with"), 1, "{quiet:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stall_is_told_once() {
    let mut service = Service::start(&running(42));
    let flags = [
        "--interval",
        "20ms",
        "--max-interval",
        "20ms",
        "--stall-after",
        "100ms",
        "--output",
        "jsonl",
    ];
    // In words that say something about a short time too.
    let stall = Regex::new(
        r"the step displaycertify has been running for \d+ s and usually takes at most 15 min",
    )
    .unwrap();
    let enough = |said: &str, polls| stall.is_match(said) && polls >= 20;
    let ended = go_live_until(&mut service, &flags, enough).await;
    assert_eq!(stall.find_iter(&ended.stderr).count(), 1, "{ended:?}");
    let events = events(&ended);
    let stalls: Vec<&Value> = events
        .iter()
        .filter(|it| it["event"] == "attention")
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
