//! `action.yml`, and the workflow that uses it.

use crate::docs::commands;
use crate::program::{EmulatorProcess, Ended, run};
use crate::script::{self, bash, flags_exist, list, names, root, yaml};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const COMMANDS: [&str; 4] = ["go-live", "publish", "release", "wait"];

fn step(id: &str) -> Value {
    let action = yaml("action.yml");
    let steps = list(&action["runs"]["steps"]);
    let step = steps.iter().find(|step| step["id"] == id);
    step.unwrap_or_else(|| panic!("there is no step {id}"))
        .clone()
}

/// A job that uses the action.
struct Job {
    folder: TempDir,
    inputs: BTreeMap<String, String>,
}

impl Job {
    /// With the program of this build.
    fn new(inputs: &[(&str, &str)]) -> Self {
        let mut job = Self {
            folder: tempfile::tempdir().unwrap(),
            inputs: BTreeMap::new(),
        };
        let action = yaml("action.yml");
        for (name, input) in action["inputs"].as_object().unwrap() {
            let default = input["default"].as_str().unwrap_or_default();
            job.input(name, default);
        }
        job.input("binary", env!("CARGO_BIN_EXE_golive"));
        for (name, value) in inputs {
            job.input(name, value);
        }
        job
    }

    fn input(&mut self, name: &str, value: &str) {
        self.inputs
            .insert(format!("inputs.{name}"), value.to_owned());
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The script of a step.
    fn script(&self, id: &str) -> Command {
        let step = step(id);
        assert_eq!(step["shell"], "bash");
        let mut known = self.inputs.clone();
        let action_path = root().canonicalize().unwrap();
        known.insert(
            "github.action_path".to_owned(),
            action_path.to_str().unwrap().to_owned(),
        );
        let mut command = bash(
            &["-e", "-o", "pipefail"],
            step["run"].as_str().unwrap(),
            &step["env"],
            &known,
        );
        command
            .current_dir(self.folder.path())
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_OUTPUT", self.file("output"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary"))
            .env("RUNNER_TEMP", self.folder.path());
        command
    }

    fn run_at(&self, endpoint: &str) -> Ended {
        let mut command = self.script("run");
        command
            .env("GOLIVE_ENDPOINT", endpoint)
            .env("GOLIVE_TOKEN", "test-secret")
            .env("GOLIVE_INTERVAL", "5ms");
        run(&mut command, "")
    }

    fn outputs(&self) -> BTreeMap<String, String> {
        let text = std::fs::read_to_string(self.file("output")).unwrap();
        text.lines()
            .map(|line| line.split_once('=').expect("every line is an output"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

async fn emulator() -> Emulator {
    let emulator = Emulator::builder().polls_per_step(2).start().await;
    emulator.unwrap()
}

#[test]
fn every_input_reaches_the_script() {
    let action = yaml("action.yml");
    let run = step("run");
    let given: Vec<_> = run["env"].as_object().unwrap().values().collect();
    for input in names(&action["inputs"]) {
        let expression = format!("${{{{ inputs.{input} }}}}");
        assert!(given.contains(&&Value::from(expression)), "{input}");
    }
    for name in names(&run["env"]) {
        assert!(run["run"].as_str().unwrap().contains(name), "{name}");
    }
}

#[test]
fn what_the_action_uses_is_there() {
    let run = step("run");
    let script = run["run"].as_str().unwrap();
    flags_exist(script, &COMMANDS);
    let known = commands();
    for command in COMMANDS {
        assert!(known.contains(&vec![command.to_owned()]), "{command}");
        assert!(script.contains(command), "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_gives_every_output() {
    let emulator = emulator().await;
    let job = Job::new(&[
        ("command", "go-live"),
        ("publisher", SEED_PUBLISHER),
        ("offer", SEED_OFFER),
        ("arguments", "--on-conflict=attach\n\n--heartbeat\n1h\n"),
    ]);
    let ended = job.run_at(&emulator.url());
    assert_eq!(ended.code, 0, "{ended:?}");
    let outputs = job.outputs();
    assert_eq!(outputs["status"], "succeeded");
    assert_eq!(outputs["exit-code"], "0");
    assert_eq!(outputs["still-running"], "false");
    // All that are declared are set, from this step, and by their own name.
    let action = yaml("action.yml");
    for (name, output) in action["outputs"].as_object().unwrap() {
        let expression = format!("${{{{ steps.run.outputs.{name} }}}}");
        assert_eq!(output["value"], expression.as_str());
        assert!(!outputs[name].is_empty(), "{name}");
    }
    let token = std::fs::read_to_string(job.file("golive.token")).unwrap();
    assert!(token.starts_with("lro1."), "{token}");
    assert!(job.file("summary").exists());
}

/// One job stops at its deadline, another goes on with its output.
#[tokio::test(flavor = "multi_thread")]
async fn another_job_goes_on() {
    let emulator = emulator().await;
    let begin = |accept| {
        let job = Job::new(&[
            ("command", "release"),
            ("publisher", SEED_PUBLISHER),
            ("offer", SEED_OFFER),
            ("deadline", "0s"),
            ("arguments", "--approve=auto\n--on-conflict=attach"),
            ("accept-still-running", accept),
        ]);
        let ended = job.run_at(&emulator.url());
        (job, ended)
    };
    let (job, ended) = begin("false");
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(job.outputs()["still-running"], "true");

    let (job, ended) = begin("true");
    assert_eq!(ended.code, 0, "{ended:?}");
    let outputs = job.outputs();
    assert_eq!(outputs["exit-code"], "75");
    assert_eq!(outputs["still-running"], "true");
    assert_eq!(outputs["status"], "running");

    let next = Job::new(&[
        ("command", "wait"),
        ("resume-token", &outputs["resume-token"]),
    ]);
    let ended = next.run_at(&emulator.url());
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(next.outputs()["status"], "succeeded");
    let requests = emulator.requests();
    let count = |word: &str| requests.iter().filter(|it| it.path.ends_with(word)).count();
    assert_eq!((count("/publish"), count("/golive")), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_release_fails_the_step() {
    let emulator = emulator().await;
    emulator
        .fail_step(SEED_PUBLISHER, SEED_OFFER, "live", "no")
        .unwrap();
    let job = Job::new(&[
        ("command", "go-live"),
        ("publisher", SEED_PUBLISHER),
        ("offer", SEED_OFFER),
        ("accept-still-running", "true"),
    ]);
    let ended = job.run_at(&emulator.url());
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(job.outputs()["exit-code"], "1");
    assert_eq!(job.outputs()["status"], "failed");
}

#[test]
fn wrong_inputs_are_refused() {
    for (inputs, words) in [
        (vec![("command", "cancel")], "is one of go-live"),
        (vec![("command", "")], "is one of go-live"),
        (vec![("command", "--version")], "is one of go-live"),
        (
            vec![("command", "go-live"), ("resume-token", "x")],
            "is for the command wait",
        ),
        (vec![("command", "wait")], "golive.token cannot be read"),
        (
            vec![("command", "wait"), ("resume-token", "x")],
            "has no resume token in it",
        ),
        (
            vec![("command", "go-live"), ("deadline", "soon")],
            "write a number and a unit",
        ),
    ] {
        let ended = Job::new(&inputs).run_at("http://127.0.0.1:1");
        assert_eq!(ended.code, 2, "{inputs:?}: {ended:?}");
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert!(said.contains(words), "{inputs:?}: {ended:?}");
    }
}

#[test]
fn no_input_is_code() {
    let made = tempfile::tempdir().unwrap().path().join("made");
    for text in script::hostile(&made) {
        for inputs in [
            [("publisher", text.as_str()), ("offer", SEED_OFFER)],
            [("publisher", SEED_PUBLISHER), ("offer", text.as_str())],
        ] {
            let mut job = Job::new(&inputs);
            job.input("command", "go-live");
            script::refused(&job.run_at("http://127.0.0.1:1"), &made);
        }
        // Whatever the others say to it, nobody runs it.
        for name in [
            "command",
            "deadline",
            "token-file",
            "arguments",
            "resume-token",
        ] {
            let mut job = Job::new(&[("publisher", "a/b"), ("offer", "b"), ("command", "go-live")]);
            job.input(name, &text);
            job.run_at("http://127.0.0.1:1");
            assert!(!made.exists(), "{name}: {text}");
        }
    }
}

/// The runner tells bash, not the program.
#[cfg(unix)]
#[test]
fn a_job_that_is_canceled_leaves_its_outputs() {
    use crate::program::send;

    let emulator = EmulatorProcess::start(1);
    let job = Job::new(&[
        ("command", "go-live"),
        ("publisher", SEED_PUBLISHER),
        ("offer", SEED_OFFER),
    ]);
    let mut child = job
        .script("run")
        .env("GOLIVE_ENDPOINT", &emulator.url)
        .env("GOLIVE_TOKEN", "test-secret")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Until the service has accepted, the file has what is about to be submitted.
    let accepted = || {
        let token = std::fs::read_to_string(job.file("golive.token"));
        token.is_ok_and(|it| it.starts_with("lro1."))
    };
    while !accepted() {
        std::thread::yield_now();
    }
    // As the runner does. Where the tests run in the background of a shell, SIGINT is
    // ignored from the start, and bash cannot change that.
    send(child.id(), "INT");
    send(child.id(), "TERM");
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(143));
    let outputs = job.outputs();
    assert_eq!(outputs["exit-code"], "143");
    assert_eq!(outputs["status"], "running");
    assert!(!outputs["resume-token"].is_empty());
}

/// With another cargo, because the real one takes minutes.
#[cfg(unix)]
#[test]
fn without_a_binary_it_is_built_and_found() {
    use std::os::unix::fs::PermissionsExt;

    let job = Job::new(&[("command", "wait"), ("binary", "")]);
    let fake = job.file("fake");
    std::fs::create_dir(&fake).unwrap();
    let cargo = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo cargo 1.95.0; exit; fi\n\
         echo \"$@\" > '{0}/arguments'\npwd > '{0}/folder'\n\
         while [ \"$1\" != --root ]; do shift; done\n\
         mkdir -p \"$2/bin\" && cp '{1}' \"$2/bin/golive\"\n",
        fake.display(),
        env!("CARGO_BIN_EXE_golive"),
    );
    std::fs::write(fake.join("cargo"), cargo).unwrap();
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(fake.join("cargo"), executable).unwrap();
    let path = format!("{}:{}", fake.display(), std::env::var("PATH").unwrap());

    let mut keys = BTreeSet::new();
    for _ in 0..2 {
        let ended = run(job.script("source").env("PATH", &path), "");
        assert_eq!(ended.code, 0, "{ended:?}");
        keys.insert(job.outputs()["key"].clone());
    }
    assert_eq!(keys.len(), 1);
    assert_eq!(keys.first().unwrap().len(), 64);

    let ended = run(job.script("build").env("PATH", &path), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    let folder = std::fs::read_to_string(fake.join("folder")).unwrap();
    assert_eq!(
        folder.trim(),
        root().canonicalize().unwrap().to_str().unwrap()
    );
    let arguments = std::fs::read_to_string(fake.join("arguments")).unwrap();
    assert!(
        arguments.starts_with("install --locked --path crates/golive-cli --root "),
        "{arguments}"
    );
    // What was built is run: it finds no token.
    let ended = job.run_at("http://127.0.0.1:1");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("cannot be read"), "{ended:?}");

    // What the cache keeps is where the build puts it.
    let action = yaml("action.yml");
    let caches = list(&action["runs"]["steps"]).iter();
    let caches: Vec<_> = caches.filter(|it| it["uses"].is_string()).collect();
    assert_eq!(caches.len(), 2);
    for cache in caches {
        assert_eq!(cache["with"]["path"], "${{ runner.temp }}/golive-bin");
    }
}

#[test]
fn without_cargo_it_says_what_to_do() {
    let job = Job::new(&[]);
    let bash = Command::new("sh")
        .args(["-c", "command -v bash"])
        .output()
        .unwrap();
    let bash = String::from_utf8(bash.stdout).unwrap();
    let step = step("source");
    let mut command = Command::new(bash.trim());
    command
        .arg("-c")
        .arg(step["run"].as_str().unwrap())
        .env("PATH", job.folder.path())
        .env("ACTION_PATH", root());
    let ended = run(&mut command, "");
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stdout.contains("install Rust 1.95"), "{ended:?}");
}

#[test]
fn the_example_fits_the_action() {
    let action = yaml("action.yml");
    let inputs = names(&action["inputs"]);
    let workflow = yaml("examples/github-actions/release.yml");
    let mut uses = 0;
    for job in workflow["jobs"].as_object().unwrap().values() {
        for step in list(&job["steps"]) {
            if step["uses"] != "./golive" {
                continue;
            }
            uses += 1;
            for name in names(&step["with"]) {
                assert!(inputs.contains(&name), "{name}");
            }
            let command = step["with"]["command"].as_str().unwrap();
            if let Some(arguments) = step["with"]["arguments"].as_str() {
                script::arguments_exist(arguments, command);
            }
        }
        // Its outputs are those of the action.
        for output in job["outputs"].as_object().into_iter().flatten() {
            let expression = format!("${{{{ steps.golive.outputs.{} }}}}", output.0);
            assert_eq!(output.1, &Value::from(expression));
            assert!(names(&action["outputs"]).contains(&output.0.as_str()));
        }
    }
    assert_eq!(uses, 2);
}

/// The README says from which Rust on; so does the action.
#[test]
fn the_oldest_rust_is_the_workspaces() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let line = manifest.lines().find(|it| it.starts_with("rust-version"));
    let version = line.unwrap().split('"').nth(1).unwrap();
    let step = step("source");
    let said = format!("install Rust {version} or later");
    assert!(step["run"].as_str().unwrap().contains(&said), "{said}");
}
