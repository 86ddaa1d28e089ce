//! Every command that starts, follows or rehearses, with every exit code and every
//! form of output, against the emulator over loopback.

use crate::portal::{LONG, client, eventually, frozen_emulator, polls, talking_to};
use crate::program::{Ended, ended, program, run, send, start};
use crate::transcript::Transcript;
use golive_emulator::{Builder, Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::path::Path;
use std::process::{Command, Stdio};

/// Polls move it on, one change each, and it asks for no time in between.
fn stepped() -> Builder {
    let at_once = "[[rule]]\nendpoint = ['publish_offer', 'go_live_offer', 'get_operation']\n\
                   phase = 'after'\naction = { kind = 'reply', retry-after = { seconds = 0 } }";
    let builder = Emulator::builder().polls_per_step(1);
    builder.scenario(Scenario::from_toml(at_once).unwrap())
}

fn golive(emulator: &Emulator, command: &str, arguments: &[&str]) -> Command {
    let mut golive = client(emulator);
    golive
        .args([command, SEED_PUBLISHER, SEED_OFFER])
        .args(arguments)
        .env("GOLIVE_INTERVAL", "10ms")
        .env("GOLIVE_MAX_INTERVAL", "10ms");
    golive
}

fn wait(emulator: &Emulator, arguments: &[&str]) -> Command {
    let mut golive = client(emulator);
    golive.arg("wait").args(arguments);
    golive
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_succeed_in_every_form_of_output() {
    for command in ["go-live", "publish", "release"] {
        let mut transcript = Transcript::default();
        let approval = match command {
            "release" => &["--approve", "auto"][..],
            _ => &[],
        };
        for output in ["text", "json", "jsonl"] {
            let emulator = stepped().start().await.unwrap();
            let arguments = [approval, &["--output", output]].concat();
            let ended = transcript.run(&mut golive(&emulator, command, &arguments));
            assert_eq!(ended.code, 0, "{ended:?}");
        }
        let emulator = stepped().start().await.unwrap();
        let arguments = [approval, &["--quiet"]].concat();
        transcript.run(&mut golive(&emulator, command, &arguments));
        insta::assert_snapshot!(format!("{command}_succeeds"), transcript.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_go_live_in_two_jobs() {
    let mut transcript = Transcript::default();
    let folder = tempfile::tempdir().unwrap();
    transcript.redact(folder.path().to_str().unwrap(), "<folder>");
    let file = folder.path().join("go-live.token");
    let file = ["--token-file", file.to_str().unwrap()];
    let emulator = frozen_emulator().await;
    let first = [&file[..], &["--no-wait"]].concat();
    assert_eq!(
        transcript
            .run(&mut golive(&emulator, "go-live", &first))
            .code,
        0
    );
    for output in ["text", "json", "jsonl"] {
        let second = [&file[..], &["--deadline", "0s", "--output", output]].concat();
        assert_eq!(transcript.run(&mut wait(&emulator, &second)).code, 75);
    }
    // Another one is in the way.
    assert_eq!(
        transcript.run(&mut golive(&emulator, "go-live", &[])).code,
        4
    );
    emulator.advance(LONG);
    for output in ["text", "json", "jsonl"] {
        let third = [&file[..], &["--output", output]].concat();
        assert_eq!(transcript.run(&mut wait(&emulator, &third)).code, 0);
    }
    insta::assert_snapshot!("go-live_in_two_jobs", transcript.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_in_three_jobs() {
    let mut transcript = Transcript::default();
    let folder = tempfile::tempdir().unwrap();
    transcript.redact(folder.path().to_str().unwrap(), "<folder>");
    let token = folder.path().join("release.token");
    let token = token.to_str().unwrap();
    let approval = folder.path().join("approval");
    let emulator = frozen_emulator().await;
    let first = [
        "--token-file",
        token,
        "--deadline",
        "0s",
        "--approve",
        "file",
        "--approval-file",
        approval.to_str().unwrap(),
    ];
    assert_eq!(
        transcript
            .run(&mut golive(&emulator, "release", &first))
            .code,
        75
    );
    emulator.advance(LONG);
    std::fs::write(&approval, "rejected\n").unwrap();
    let second = [
        "--token-file",
        token,
        "--approve",
        "file",
        "--approval-file",
        approval.to_str().unwrap(),
    ];
    assert_eq!(transcript.run(&mut wait(&emulator, &second)).code, 1);
    std::fs::write(&approval, "approved\n").unwrap();
    let third = [&second[..], &["--deadline", "0s", "--output", "jsonl"]].concat();
    assert_eq!(transcript.run(&mut wait(&emulator, &third)).code, 75);
    emulator.advance(LONG);
    let fourth = ["--token-file", token, "--output", "json"];
    assert_eq!(transcript.run(&mut wait(&emulator, &fourth)).code, 0);
    insta::assert_snapshot!("release_in_three_jobs", transcript.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_code_1_a_failure() {
    let mut transcript = Transcript::default();
    for (command, step) in [
        ("go-live", "live"),
        ("publish", "displaycertify"),
        ("release", "live"),
    ] {
        for output in ["text", "json"] {
            let emulator = stepped().start().await.unwrap();
            let failure = format!(
                "[[rule]]\nendpoint = ['go_live_offer', 'publish_offer']\n\
                 action = {{ kind = 'fail-step', step = '{step}', \
                 message = 'The image <b>cannot</b> be replicated.' }}"
            );
            let failure = Scenario::from_toml(&failure).unwrap();
            emulator.controls().add_scenario(&failure).unwrap();
            let mut arguments = vec!["--output", output];
            if command == "release" {
                arguments.extend(["--approve", "auto"]);
            }
            let ended = transcript.run(&mut golive(&emulator, command, &arguments));
            assert_eq!(ended.code, 1, "{ended:?}");
        }
    }
    insta::assert_snapshot!("exit_code_1", transcript.text());
}

#[test]
fn exit_code_2_wrong_usage() {
    let mut transcript = Transcript::default();
    for arguments in [
        &["go-live", "contoso"][..],
        &["go-live", "contoso", "a/b"],
        &["release", "contoso", "offer"],
        &["release", "contoso", "offer", "--approve", "file"],
        &["wait", "no-token"],
        &["wait", "--token-file", "no-such-file"],
        &["go-live", "contoso", "offer", "--deadline", "5"],
        &[
            "publish",
            "contoso",
            "offer",
            "--interval",
            "1h",
            "--max-interval",
            "1m",
        ],
        &["emulator", "--speed", "0"],
        &["emulator", "--scenario", "no-such-scenario"],
        &["config", "shaw"],
    ] {
        let ended = transcript.run(program().args(arguments));
        assert_eq!(ended.code, 2, "{ended:?}");
    }
    insta::assert_snapshot!("exit_code_2", transcript.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_code_3_not_signed_in() {
    let mut transcript = Transcript::default();
    let refused = "[[rule]]\nendpoint = ['list_operations', 'go_live_offer', 'get_operation']\n\
                   action = { kind = 'reply', status = 401 }";
    let builder = Emulator::builder().scenario(Scenario::from_toml(refused).unwrap());
    let emulator = builder.start().await.unwrap();
    assert_eq!(
        transcript.run(&mut golive(&emulator, "go-live", &[])).code,
        3
    );
    insta::assert_snapshot!("exit_code_3", transcript.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_code_4_refused() {
    let mut transcript = Transcript::default();
    let emulator = frozen_emulator().await;
    for command in ["go-live", "publish"] {
        let mut unknown = talking_to(&emulator.url());
        unknown.args([command, SEED_PUBLISHER, "no-such-offer"]);
        assert_eq!(transcript.run(&mut unknown).code, 4);
    }
    let mut unexpected = golive(&emulator, "go-live", &["--expect-image", "standard=9.9.9"]);
    assert_eq!(transcript.run(&mut unexpected).code, 1);
    insta::assert_snapshot!("exit_code_4", transcript.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_code_5_unknown() {
    let mut transcript = Transcript::default();
    let lost = "[[rule]]\nendpoint = 'list_operations'\naction = { kind = 'reply', status = 404 }\n\
                [[rule]]\nendpoint = 'get_offer_status'\naction = { kind = 'reply', status = 404 }\n\
                [[rule]]\nendpoint = 'go_live_offer'\nphase = 'after'\n\
                action = { kind = 'reply', status = 502, body = 'html' }";
    let builder = Emulator::builder().scenario(Scenario::from_toml(lost).unwrap());
    let emulator = builder.start().await.unwrap();
    for output in ["text", "json"] {
        let ended = transcript.run(&mut golive(&emulator, "go-live", &["--output", output]));
        assert_eq!(ended.code, 5, "{ended:?}");
    }
    insta::assert_snapshot!("exit_code_5", transcript.text());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn exit_codes_130_and_143_interrupted() {
    let mut transcript = Transcript::default();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        transcript.redact(folder.path().to_str().unwrap(), "<folder>");
        let emulator = frozen_emulator().await;
        let mut command = golive(&emulator, "go-live", &["--token-file"]);
        let child = start(command.arg(&file));
        // The second poll: the first is told of by then.
        eventually("two polls", async || polls(&emulator) >= 2).await;
        send(child.id(), signal);
        let ended = ended(child).await;
        assert_eq!(ended.code, code, "{ended:?}");
        transcript.add(&command, &ended);
    }
    insta::assert_snapshot!("exit_codes_130_and_143", transcript.text());
}

#[cfg(unix)]
#[test]
fn an_emulator_says_where_it_listens() {
    use std::io::{BufRead, BufReader, Read};
    let mut transcript = Transcript::default();
    let mut command = program();
    command.args([
        "emulator",
        "--listen",
        "127.0.0.1:0",
        "--scenario",
        "lost-acceptance",
    ]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    stdout.read_line(&mut said).unwrap();
    send(child.id(), "TERM");
    stdout.read_to_string(&mut said).unwrap();
    let output = child.wait_with_output().unwrap();
    let ended = Ended {
        code: output.status.code().unwrap(),
        stdout: said,
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(ended.code, 0, "{ended:?}");
    transcript.add(&command, &ended);
    insta::assert_snapshot!("emulator", transcript.text());
}

#[test]
fn the_settings_and_where_they_come_from() {
    let mut transcript = Transcript::default();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    transcript.redact(path.to_str().unwrap(), "<folder>");
    std::fs::create_dir(path.join(".git")).unwrap();
    std::fs::write(
        path.join("golive.toml"),
        "deadline = '5h'\ninterval = '20s'\n",
    )
    .unwrap();
    for output in ["text", "json", "jsonl"] {
        let mut command = program();
        command
            .current_dir(&path)
            .env("GOLIVE_INTERVAL", "30s")
            .env("XDG_CONFIG_HOME", path.join("none"))
            .args(["config", "show", "--heartbeat", "1m", "--output", output]);
        assert_eq!(transcript.run(&mut command).code, 0);
    }
    insta::assert_snapshot!("config_show", transcript.text());
}

/// The README's commands, as they are written there.
fn walkthrough() -> Vec<String> {
    let readme = include_str!("../../../../README.md");
    let (_, section) = readme.split_once("\n## The program\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let text = blocks.collect::<String>().replace("\\\n", " ");
    let commands = text.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    commands.filter(|line| !line.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_walkthrough_of_the_readme() {
    let mut transcript = Transcript::default();
    let folder = tempfile::tempdir().unwrap();
    // What the first commands talk to in place of the service.
    let service = frozen_emulator().await;
    let mut endpoint = service.url();
    let mut rehearsal = None;
    let mut token = None;
    let mut ran = Vec::new();
    for line in walkthrough() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["cargo", "install", "--locked", "--path", path] => {
                let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
                assert!(root.join(path).join("Cargo.toml").exists(), "{line}");
            }
            // Two variables for the rehearsal.
            ["export", endpoint, "GOLIVE_TOKEN=anything"] => {
                assert_eq!(endpoint, "GOLIVE_ENDPOINT=http://127.0.0.1:8080");
                token = Some("anything");
            }
            [
                "export",
                "GOLIVE_TOKEN=$(az",
                "account",
                "get-access-token",
                ..,
            ] => {
                assert!(
                    line.contains("--resource https://cloudpartner.azure.com --query accessToken")
                );
                token = Some("test-secret");
            }
            [
                "golive",
                "emulator",
                "--listen",
                "127.0.0.1:8080",
                "--speed",
                _,
                "&",
            ] => {
                // Another port, because this one may be taken, and faster.
                let emulator = crate::program::EmulatorProcess::start(1_000_000);
                endpoint.clone_from(&emulator.url);
                rehearsal = Some(emulator);
            }
            ["golive", "go-live" | "wait", ..] => {
                let mut command = program();
                command
                    .args(&words[1..])
                    .current_dir(&folder)
                    .env("GOLIVE_ENDPOINT", &endpoint)
                    .env("GOLIVE_TOKEN", token.expect("the README sets it first"));
                if ran.is_empty() {
                    // The job dies.
                    command.env("GOLIVE_DEADLINE", "0s");
                }
                let ended = run(&mut command, "");
                transcript.add(&command, &ended);
                ran.push(ended.code);
                service.advance(LONG);
            }
            _ => panic!("the README has a command that is not understood here: {line}"),
        }
    }
    assert_eq!(ran, [75, 0, 0], "{}", transcript.text());
    assert!(rehearsal.is_some());
    insta::assert_snapshot!("readme", transcript.text());
}
