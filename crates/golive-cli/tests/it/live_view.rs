//! The live view, read off the screen of a real pseudo-terminal.

use crate::portal::{LONG, OFFER, PUBLISHER, Service, client, frozen_emulator};
use crate::terminal::Terminal;
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use regex::Regex;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

fn go_live(mut command: Command, arguments: &[&str]) -> Command {
    command
        .args(["go-live", PUBLISHER, OFFER])
        .args(["--interval", "50ms", "--max-interval", "50ms"])
        .args(arguments);
    command
}

fn go_live_at(emulator: &Emulator, arguments: &[&str]) -> Command {
    let mut command = client(emulator);
    command
        .args(["go-live", SEED_PUBLISHER, SEED_OFFER])
        .args(arguments);
    command
}

/// The rows with what differs from run to run made equal.
fn redacted(rows: &[String]) -> String {
    let redactions = [
        (r"\d+:\d\d:\d\d", "<time>"),
        (r"next poll in .*", "next poll in <time>"),
        ("polling$", "next poll in <time>"),
        (r"[0-9a-f]{8}-[0-9a-f-]{27}", "<operation>"),
        (r"\d+ polls?, \d+ s", "<polls>"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    redactions
        .iter()
        .fold(rows.join("\n"), |text, (found, shown)| {
            let found = Regex::new(&format!("(?m){found}")).unwrap();
            found.replace_all(&text, *shown).into_owned()
        })
}

/// The rows of the view: from the title on.
fn view(rows: &[String], title: &str) -> String {
    let from = rows.iter().rposition(|row| row.starts_with(title));
    redacted(&rows[from.unwrap_or(0)..])
}

fn count(rows: &[String], text: &str) -> usize {
    rows.iter().filter(|row| row.contains(text)).count()
}

fn status(steps: &[(&str, &str, u8)]) -> Value {
    let steps: Vec<Value> = steps
        .iter()
        .map(|(name, status, progress)| {
            json!({
                "id": name, "stepName": name, "status": status,
                "progressPercentage": progress, "estimatedTimeFrame": "< 5 day",
            })
        })
        .collect();
    json!({"status": "running", "steps": steps})
}

fn some_steps() -> Value {
    status(&[
        ("Validate Pre-Requisites", "complete", 100),
        ("Certification", "inProgress", 23),
        ("Provisioning", "notStarted", 0),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_go_live_is_shown_step_by_step_and_stays_on_the_screen() {
    let emulator = frozen_emulator().await;
    let terminal = Terminal::start(go_live_at(&emulator, &[]), 100, 30);
    let rows = terminal.until_shown("running for");
    insta::assert_snapshot!("begun", view(&rows, SEED_PUBLISHER));
    emulator.advance(Duration::from_secs(30 * 3600));
    let rows = terminal.until_shown("50%");
    insta::assert_snapshot!("half_done", view(&rows, SEED_PUBLISHER));
    emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    insta::assert_snapshot!("live", redacted(&lines));
}

#[test]
fn the_times_go_on_between_two_polls() {
    let service = Service::start(&some_steps());
    let mut command = service.client();
    command.args(["go-live", PUBLISHER, OFFER, "--interval", "3h"]);
    let terminal = Terminal::start(command, 80, 24);
    // The first moment has no minutes, those after it have.
    let rows = terminal.until("the time to the next poll", |rows| {
        rows.iter()
            .any(|row| row.contains("next poll in 3 h") || row.contains("next poll in 2 h 59 min"))
    });
    let foot = rows.last().unwrap().clone();
    terminal.until("another age", |rows| {
        let last = rows.last().unwrap();
        last.starts_with("accepted for 0:0") && *last != foot
    });
    assert_eq!(service.polls(), 0);
}

#[test]
fn a_resize_leaves_one_view_at_every_width() {
    let service = Service::start(&some_steps());
    let terminal = Terminal::start(go_live(service.client(), &[]), 80, 60);
    terminal.until_shown("23%  inProgress (usually < 5 day)");
    for (columns, shown) in [
        (45, "Certification      23%  inProgress"),
        (
            120,
            "[=====>                  ]  23%  inProgress (usually < 5 day)",
        ),
        (20, " 23% Certification"),
        (60, "[==>       ]  23%  inProgress"),
        (31, " 23% Certification"),
        (80, "23%  inProgress (usually < 5 day)"),
    ] {
        terminal.resize(columns, 60);
        let rows = terminal.until(shown, |rows| {
            count(rows, shown) == 1 && count(rows, "Certification") == 1
        });
        assert_eq!(count(&rows, "Provisioning"), 1, "{rows:#?}");
        assert!(
            rows.iter()
                .all(|row| row.chars().count() <= usize::from(columns)),
            "{rows:#?}"
        );
    }
}

#[test]
fn one_column_and_two_rows_are_survived() {
    let service = Service::start(&some_steps());
    let terminal = Terminal::start(go_live(service.client(), &[]), 1, 12);
    terminal.until("a view of one column", |rows| {
        rows.len() == 11 && rows[6..] == ["…"; 5]
    });
    drop(terminal);
    let terminal = Terminal::start(go_live(service.client(), &[]), 80, 2);
    terminal.until("a view of one row", |rows| {
        rows.len() == 1 && rows[0].starts_with("running for")
    });
    terminal.type_in("\u{3}");
    assert_eq!(terminal.end().0, 130);
}

#[test]
fn a_long_name_and_many_steps_keep_their_place() {
    let names: Vec<String> = (0..200).map(|step| format!("Step {step}")).collect();
    let state = |step| match step {
        0..120 => ("complete", 100),
        120 => ("inProgress", 7),
        _ => ("notStarted", 0),
    };
    let steps: Vec<(&str, &str, u8)> = names
        .iter()
        .enumerate()
        .map(|(index, name)| (name.as_str(), state(index).0, state(index).1))
        .collect();
    let service = Service::start(&status(&steps));
    let long = "a-very-long-name-of-an-offer".repeat(4);
    let mut command = service.client();
    command.args(["go-live", PUBLISHER, &long]).args([
        "--interval",
        "50ms",
        "--max-interval",
        "50ms",
    ]);
    let terminal = Terminal::start(command, 50, 11);
    let rows = terminal.until_shown("Step 120");
    insta::assert_snapshot!("many_steps", view(&rows, "contoso/a-very"));
}

#[test]
fn nothing_that_the_service_says_reaches_the_terminal_as_a_command() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\r\n\t\u{202e}東京🎉";
    let mut document = status(&[(evil, evil, 5), ("Live", "blocked", 9)]);
    document["steps"][1]["messages"] = json!([{"messageHtml": evil, "level": "error"}]);
    document["steps"][0]["estimatedTimeFrame"] = json!(evil);
    document["status"] = json!(evil);
    let mut service = Service::start(&document);
    let terminal = Terminal::start(go_live(service.client(), &[]), 70, 24);
    terminal.until_shown("Live is blocked");
    terminal.until_shown("東京🎉");
    document["previewLinks"] = json!([format!("https://example.com/{evil}")]);
    document["status"] = json!("failed");
    service.say(&document);
    terminal.until_shown("what to do");
    let written = terminal.written();
    let ours = Regex::new(r"\x1b\[(\d*A|K|J|\?7[lh]|[0-9;]*m)").unwrap();
    let rest = ours
        .replace_all(&written, "")
        .replace("\r\n", "")
        .replace('\r', "");
    let found: Vec<char> = rest.chars().filter(|it| it.is_control()).collect();
    assert!(found.is_empty(), "{rest:?}");
    assert!(!rest.contains('\u{202e}'), "{rest:?}");
    assert_eq!(terminal.end().0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_leaves_the_view_and_the_whole_command_that_resumes() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("{}.token", "long".repeat(30)));
    let file = file.to_str().unwrap();
    let terminal = Terminal::start(go_live_at(&emulator, &["--token-file", file]), 50, 24);
    // All of the view: Ctrl-C makes a terminal forget what it has not shown yet.
    terminal.until("all steps and what is below them", |rows| {
        let last = rows.iter().rfind(|row| !row.is_empty());
        rows.iter().any(|row| row.starts_with("Live"))
            && last.is_some_and(|row| row.contains("next poll"))
    });
    terminal.type_in("\u{3}");
    let (code, lines) = terminal.end();
    assert_eq!(code, 130, "{lines:#?}");
    let resume = format!(
        "resume with: golive wait --endpoint {} --token-file {file}",
        emulator.url()
    );
    assert_eq!(lines.last(), Some(&resume), "{lines:#?}");
    assert_eq!(count(&lines, "Certification"), 1, "{lines:#?}");
    assert!(
        lines.contains(&"golive: interrupted; the operation goes on at the service".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn a_failure_leaves_the_view_and_says_why() {
    let mut service = Service::start(&some_steps());
    let terminal = Terminal::start(go_live(service.client(), &[]), 80, 24);
    terminal.until_shown("Certification");
    let mut document = status(&[("Certification", "failed", 23)]);
    document["status"] = json!("failed");
    document["steps"][0]["messages"] = json!([{"messageHtml": "Bad <b>VHD</b>", "level": "error"}]);
    service.say(&document);
    let (code, lines) = terminal.end();
    assert_eq!(code, 1, "{lines:#?}");
    let tail = lines
        .iter()
        .rposition(|line| line.starts_with(PUBLISHER) && line.ends_with("offer"));
    let shown = redacted(&lines[tail.unwrap()..]);
    insta::assert_snapshot!("failed", shown.split("resume with").next().unwrap());
}

#[test]
fn events_and_the_view_share_a_terminal() {
    let mut service = Service::start(&some_steps());
    let command = go_live(service.client(), &["--output", "jsonl"]);
    let terminal = Terminal::start(command, 80, 40);
    terminal.until_shown("Certification");
    service.say(&json!({"status": "succeeded", "steps": []}));
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    let events: Vec<Value> = lines
        .iter()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert_eq!(events.first().unwrap()["event"], "accepted");
    assert_eq!(events.last().unwrap()["event"], "result");
    assert_eq!(count(&lines, "succeeded after"), 1, "{lines:#?}");
}

#[test]
fn colors_follow_the_flag_and_the_environment() {
    let service = Service::start(&some_steps());
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = go_live(service.client(), arguments);
        command.envs(variables.iter().copied());
        let terminal = Terminal::start(command, 80, 24);
        terminal.until_shown("running for");
        terminal.has_colors()
    };
    assert!(colored(&[], &[]));
    assert!(!colored(&["--color", "never"], &[]));
    assert!(!colored(&[], &[("NO_COLOR", "1")]));
    assert!(!colored(&[], &[("GOLIVE_COLOR", "never")]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
}

#[test]
fn a_ci_system_gets_lines_even_at_a_terminal() {
    let mut service = Service::start(&some_steps());
    let mut command = go_live(service.client(), &[]);
    command.env("CI", "true");
    let terminal = Terminal::start(command, 120, 24);
    terminal.until_shown("operation: running");
    service.say(&json!({"status": "succeeded", "steps": []}));
    terminal.until_shown("operation: succeeded");
    // Colors, and nothing that moves the cursor.
    let written = terminal.written();
    let colors = Regex::new(r"\x1b\[[0-9;]*m").unwrap();
    assert!(colors.is_match(&written), "{written:?}");
    assert!(!colors.replace_all(&written, "").contains('\u{1b}'));
    assert_eq!(terminal.end().0, 0);
}
