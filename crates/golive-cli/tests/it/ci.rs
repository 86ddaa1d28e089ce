//! What CI systems are told: annotations, outputs, summaries, and nothing that
//! somebody else wrote.

use crate::program::{Ended, quick, run};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use regex::Regex;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A step of a job of GitHub Actions.
struct GitHub {
    folder: TempDir,
}

impl GitHub {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn step(&self, emulator: &Emulator, arguments: &[&str]) -> Ended {
        let mut command = quick(&emulator.url());
        command
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_OUTPUT", self.file("output"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary"));
        run_on_offer(command, arguments)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    /// The outputs as the runner reads them: the last of a name counts.
    fn outputs(&self) -> BTreeMap<String, String> {
        let text = self.read("output");
        text.lines()
            .map(|line| line.split_once('=').expect("every line is an output"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// A task of Azure Pipelines, whose files are in the folder.
fn azure(emulator: &Emulator, folder: &TempDir, arguments: &[&str]) -> Ended {
    let mut command = quick(&emulator.url());
    command
        .env("TF_BUILD", "True")
        .env("AGENT_TEMPDIRECTORY", folder.path());
    run_on_offer(command, arguments)
}

fn run_on_offer(mut command: Command, arguments: &[&str]) -> Ended {
    let (name, rest) = arguments.split_first().unwrap();
    command.args([name, SEED_PUBLISHER, SEED_OFFER]).args(rest);
    run(&mut command, "")
}

/// An operation of it goes on by a step at every poll.
async fn emulator(scenario: Option<&str>) -> Emulator {
    let mut builder = Emulator::builder().polls_per_step(1);
    if let Some(name) = scenario {
        builder = builder.scenario(Scenario::named(name).unwrap());
    }
    builder.start().await.unwrap()
}

/// Without what differs from run to run.
fn redacted(text: &str) -> String {
    let mut text = text.to_owned();
    for (pattern, word) in [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[time]"),
        (r"http://127\.0\.0\.1:\d+", "[endpoint]"),
        (r"(golive-release|lro)[0-9]*\.[A-Za-z0-9_.=-]+", "[token]"),
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "[id]"),
        (r"(after|After) \d+ (s|min)\b", "$1 [time]"),
        (r", \d+ s\)", ", [time])"),
        (r"task\.uploadsummary\]\S+", "task.uploadsummary][file]"),
    ] {
        text = Regex::new(pattern).unwrap().replace_all(&text, word).into();
    }
    text
}

/// The lines that the system takes for commands.
fn commands(ended: &Ended) -> Vec<String> {
    let said = format!("{}{}", ended.stdout, ended.stderr);
    said.lines()
        .filter(|line| line.starts_with("::") || line.contains("##"))
        .map(redacted)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn github_gets_outputs_and_a_summary() {
    let emulator = emulator(None).await;
    let github = GitHub::new();
    let ended = github.step(&emulator, &["go-live"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    insta::assert_snapshot!("github_success_stderr", redacted(&ended.stderr));
    insta::assert_snapshot!("github_success_output", redacted(&github.read("output")));
    insta::assert_snapshot!("github_success_summary", redacted(&github.read("summary")));
}

#[tokio::test(flavor = "multi_thread")]
async fn github_is_told_why_it_failed() {
    let emulator = emulator(Some("failed-live")).await;
    let github = GitHub::new();
    let ended = github.step(&emulator, &["go-live"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    insta::assert_snapshot!("github_failure_commands", commands(&ended).join("\n"));
    insta::assert_snapshot!("github_failure_summary", redacted(&github.read("summary")));
    let outputs = github.outputs();
    assert_eq!(outputs["status"], "failed");
    assert_eq!(outputs["exit-code"], "1");
    assert_eq!(outputs["still-running"], "false");
}

/// The next job goes on with nothing but the outputs.
#[tokio::test(flavor = "multi_thread")]
async fn github_resumes_from_an_output() {
    let emulator = emulator(None).await;
    let github = GitHub::new();
    let ended = github.step(&emulator, &["go-live", "--deadline", "0s"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    // Nothing has failed.
    let commands = commands(&ended);
    assert!(
        commands
            .iter()
            .all(|it| it.starts_with("::warning title=golive::")),
        "{commands:#?}"
    );
    let outputs = github.outputs();
    assert_eq!(outputs["status"], "running");
    assert_eq!(outputs["exit-code"], "75");
    assert_eq!(outputs["still-running"], "true");
    let ended = run(
        quick(&emulator.url()).args(["wait", &outputs["resume-token"]]),
        "",
    );
    assert_eq!(ended.code, 0, "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_still_is_a_warning() {
    for (scenario, words) in [
        ("stalled", "the step live has been running"),
        ("blocked-step", "Live is blocked: The image is locked."),
    ] {
        let emulator = emulator(Some(scenario)).await;
        let arguments = ["go-live", "--deadline", "6s", "--stall-after", "1ms"];
        let ended = GitHub::new().step(&emulator, &arguments);
        assert_eq!(ended.code, 75, "{ended:?}");
        let commands = commands(&ended);
        let warnings = commands.iter().filter(|it| {
            it.starts_with("::warning title=golive::contoso/contoso-virtualmachineoffer: ")
                && it.contains(words)
        });
        // Once, however often it is polled.
        assert_eq!(warnings.count(), 1, "{commands:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_pipelines_gets_its_logging_commands() {
    let emulator = emulator(None).await;
    let folder = tempfile::tempdir().unwrap();
    let ended = azure(&emulator, &folder, &["go-live"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    insta::assert_snapshot!("azure_success_commands", commands(&ended).join("\n"));
    let upload = ended.stderr.lines().find_map(|line| {
        let path = line.strip_prefix("##vso[task.uploadsummary]")?;
        Some(std::fs::read_to_string(path).unwrap())
    });
    insta::assert_snapshot!("azure_success_summary", redacted(&upload.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_pipelines_is_told_why_it_failed() {
    let emulator = emulator(Some("failed-certification")).await;
    let folder = tempfile::tempdir().unwrap();
    let ended = azure(&emulator, &folder, &["publish"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    insta::assert_snapshot!("azure_failure_commands", commands(&ended).join("\n"));
}

/// The service's words are shown, whatever they are, and are never commands.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_words_are_no_commands() {
    let words = "bad\n::add-path::/tmp\r::error::x\n##[add-mask]a ##vso[task.setvariable \
                 variable=PATH]/tmp \u{1b}[0m\n\u{1b}[1m::stop-commands::x";
    let foreign = ["add-path", "stop-commands", "##[add-mask]", "variable=PATH"];
    for (form, verbose) in [("text", "-vvv"), ("json", "-q"), ("jsonl", "-v")] {
        let arguments = ["go-live", "--output", form, verbose];
        let failing = emulator(None).await;
        let fail = || failing.fail_step(SEED_PUBLISHER, SEED_OFFER, "live", words);
        fail().unwrap();
        let ended = GitHub::new().step(&failing, &arguments);
        assert_eq!(ended.code, 1, "{ended:?}");
        // The words are there.
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert!(said.contains("task.setvariable"), "{ended:?}");
        // As the runner ends lines.
        for line in said.split(['\n', '\r']) {
            let begins = line.trim_start().starts_with("::");
            assert!(
                !begins
                    || line.starts_with("::error title=golive::")
                    || line.starts_with("::warning title=golive::"),
                "{line}"
            );
            assert!(begins || !line.contains("##["), "{line}");
        }

        let failing = emulator(None).await;
        let fail = || failing.fail_step(SEED_PUBLISHER, SEED_OFFER, "live", words);
        fail().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let ended = azure(&failing, &folder, &arguments);
        assert_eq!(ended.code, 1, "{ended:?}");
        let said = format!("{}{}", ended.stdout, ended.stderr);
        for line in said.split(['\n', '\r']) {
            let command = line.starts_with("##vso[");
            assert!(
                command || !(line.contains("##vso[") || line.contains("##[")),
                "{line}"
            );
            // A command of ours has the words only after its own end.
            let (head, _) = line.split_once(']').unwrap_or((line, ""));
            assert!(
                !command || foreign.iter().all(|it| !head.contains(it)),
                "{line}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_written_do_not_end_a_release() {
    let emulator = emulator(None).await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = quick(&emulator.url());
    command
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_OUTPUT", folder.path())
        .env("GITHUB_STEP_SUMMARY", folder.path());
    let ended = run_on_offer(command, &["go-live"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    for words in [
        "output resume-token cannot be set",
        "no summary can be written",
    ] {
        assert!(ended.stderr.contains(words), "{ended:?}");
    }
}
