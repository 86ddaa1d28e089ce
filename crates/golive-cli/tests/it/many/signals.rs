//! Signals.

use super::{LONG, Stage};
use crate::program::{send, start};
use golive_emulator::Scenario;
use std::io::{BufRead, BufReader, Read};
use std::process::Child;

/// What is left of its outputs, and its exit code.
fn rest(mut child: Child) -> (i32, String) {
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().unwrap();
    pipe.read_to_string(&mut stderr).unwrap();
    (child.wait().unwrap().code().unwrap(), stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_leaves_all_running_and_the_printed_command_goes_on() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let stage = Stage::still().await;
        stage.previews(&["a", "b"]).await;
        let file = stage.table(&["a", "b"]);
        let mut child = start(&mut stage.command(&file, &["--output", "jsonl"]));
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        for _ in 0..2 {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
        }
        send(child.id(), signal);
        let mut events = String::new();
        stdout.read_to_string(&mut events).unwrap();
        assert!(events.lines().last().unwrap().contains("\"summary\""));
        let (ended, stderr) = rest(child);
        assert_eq!(ended, code, "{stderr}");
        let command = stderr
            .lines()
            .find_map(|line| line.strip_prefix("go on with: golive many "))
            .unwrap();
        let mut words = command.split(' ');
        let file = words.next().unwrap();
        let arguments: Vec<&str> = words.collect();
        stage.emulator.advance(LONG);
        let ended = stage.many(file.as_ref(), &arguments);
        assert_eq!(ended.code, 0, "{ended:?}");
        stage.assert_accepted(&["a golive", "b golive"]);
    }
}

/// The service takes its time to answer: what was sent is waited for, and what was
/// not is not sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_waits_for_the_answers_in_flight() {
    let stage = Stage::still().await;
    stage.previews(&["a", "b"]).await;
    let slow = r#"
        name = "slow"
        [[rule]]
        endpoint = "go_live_offer"
        action = { kind = "delay", milliseconds = 2000, clock = "real" }
    "#;
    let slow = Scenario::from_toml(slow).unwrap();
    stage.emulator.controls().add_scenario(&slow).unwrap();
    let file = stage.table(&["a", "b"]);
    let journal = stage.path("offers.csv.journal.jsonl");
    let child = start(&mut stage.command(&file, &["--concurrency", "1"]));
    while !std::fs::read_to_string(&journal).is_ok_and(|text| text.contains("submitting")) {
        std::thread::yield_now();
    }
    send(child.id(), "INT");
    let (code, stderr) = rest(child);
    assert_eq!(code, 130, "{stderr}");
    assert!(
        stderr.contains("waiting for the service's answers"),
        "{stderr}"
    );
    stage.assert_accepted(&["a golive"]);
    let states: Vec<String> = stage
        .journal("offers.csv.journal.jsonl")
        .iter()
        .map(|line| format!("{} {}", line["offer"], line["state"]))
        .collect();
    assert_eq!(states, [r#""a" "submitting""#, r#""a" "accepted""#]);
    stage.emulator.controls().clear_rules();
    assert_eq!(stage.many(&file, &["--deadline", "1s"]).code, 75);
    stage.emulator.advance(LONG);
    assert_eq!(stage.many(&file, &[]).code, 0);
    stage.assert_accepted(&["a golive", "b golive"]);
}

/// A second signal stops at once; the answer is found by the next run.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_does_not_wait() {
    let stage = Stage::still().await;
    stage.previews(&["a"]).await;
    let slow = r#"
        name = "slow"
        [[rule]]
        endpoint = "go_live_offer"
        phase = "after"
        action = { kind = "delay", milliseconds = 600000, clock = "real" }
    "#;
    let slow = Scenario::from_toml(slow).unwrap();
    stage.emulator.controls().add_scenario(&slow).unwrap();
    let file = stage.table(&["a"]);
    let mut child = start(&mut stage.command(&file, &[]));
    let offer = stage.portal().offer("contoso", "a").unwrap();
    while offer.operations().await.unwrap().len() < 2 {
        tokio::task::yield_now().await;
    }
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    send(child.id(), "INT");
    let mut said = String::new();
    while !said.contains("a second signal stops at once") {
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{said}");
    }
    send(child.id(), "INT");
    stderr.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    let ended = stage.many(&file, &["--deadline", "1s", "--output", "json"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(ended.json()["offers"][0]["result"], "running");
    assert_eq!(stage.submissions().1, 0, "the answer has not been sent yet");
    assert_eq!(offer.operations().await.unwrap().len(), 2);
}
