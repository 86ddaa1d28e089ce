//! The template for Azure Pipelines, and the pipeline that uses it.

use crate::program::{Ended, run};
use crate::script::{self, bash, flags_exist, list, names, yaml};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use serde_json::Value;
use std::collections::BTreeMap;
use tempfile::TempDir;

const TEMPLATE: &str = "examples/azure-pipelines/golive.yml";
const PIPELINE: &str = "examples/azure-pipelines/azure-pipelines.yml";

fn task() -> Value {
    let template = yaml(TEMPLATE);
    let steps = list(&template["steps"]);
    let task = steps.iter().find(|it| it["task"] == "AzureCLI@2");
    task.unwrap().clone()
}

fn parameters() -> Vec<Value> {
    list(&yaml(TEMPLATE)["parameters"]).to_vec()
}

/// Runs the task with some parameters, in a folder.
fn run_at(endpoint: &str, folder: &TempDir, given: &[(&str, &str)]) -> Ended {
    let mut known = BTreeMap::new();
    for parameter in parameters() {
        let name = parameter["name"].as_str().unwrap();
        let default = parameter["default"].as_str().unwrap_or_default();
        known.insert(format!("parameters.{name}"), default.to_owned());
    }
    known.insert(
        "parameters.binary".to_owned(),
        env!("CARGO_BIN_EXE_golive").to_owned(),
    );
    for (name, value) in given {
        known.insert(format!("parameters.{name}"), (*value).to_owned());
    }
    let accept = known["parameters.acceptStillRunning"].clone();
    known.insert("lower(parameters.acceptStillRunning)".to_owned(), accept);
    // Macros are replaced in what comes of the expressions.
    let workspace = folder.path().to_str().unwrap();
    for value in known.values_mut() {
        *value = value.replace("$(Pipeline.Workspace)", workspace);
    }
    let task = task();
    let script = task["inputs"]["inlineScript"].as_str().unwrap();
    let mut command = bash(&[], script, &task["env"], &known);
    command
        .current_dir(folder.path())
        .env("TF_BUILD", "True")
        .env("AGENT_TEMPDIRECTORY", folder.path())
        .env("WORKSPACE", workspace)
        .env("GOLIVE_ENDPOINT", endpoint)
        .env("GOLIVE_TOKEN", "test-secret")
        .env("GOLIVE_INTERVAL", "5ms");
    run(&mut command, "")
}

/// The outputs as the agent reads them: the last of a name counts.
fn outputs(ended: &Ended) -> BTreeMap<String, String> {
    let said = format!("{}{}", ended.stderr, ended.stdout);
    let lines = said.lines();
    lines
        .filter_map(|line| line.strip_prefix("##vso[task.setvariable variable=golive."))
        .map(|line| line.split_once(";isOutput=true]").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn every_parameter_is_used_and_every_flag_is_there() {
    let text = std::fs::read_to_string(script::root().join(TEMPLATE)).unwrap();
    let task = task();
    let script = task["inputs"]["inlineScript"].as_str().unwrap();
    for parameter in parameters() {
        let name = parameter["name"].as_str().unwrap();
        let uses = text.matches(&format!("parameters.{name}")).count();
        assert!(uses > 0, "{name}");
    }
    for name in names(&task["env"]) {
        // The program itself reads the token of the job.
        assert!(
            script.contains(name) || name == "SYSTEM_ACCESSTOKEN",
            "{name}"
        );
    }
    let commands: Vec<String> = parameters()
        .iter()
        .find(|it| it["name"] == "command")
        .map(|it| list(&it["values"]).to_vec())
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap().to_owned())
        .collect();
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    assert_eq!(commands, ["go-live", "publish", "release", "wait"]);
    flags_exist(script, &commands);
}

/// One job stops at its deadline, another goes on with its output.
#[tokio::test(flavor = "multi_thread")]
async fn another_job_goes_on() {
    let emulator = || Emulator::builder().polls_per_step(2).start();
    let folder = tempfile::tempdir().unwrap();
    let begin = [
        ("command", "go-live"),
        ("publisher", SEED_PUBLISHER),
        ("offer", SEED_OFFER),
        ("deadline", "0s"),
        ("arguments", "--on-conflict=attach\n"),
    ];
    let refused = emulator().await.unwrap();
    let ended = run_at(&refused.url(), &folder, &begin);
    assert_eq!(ended.code, 75, "{ended:?}");
    // What is in it is of another endpoint.
    std::fs::remove_file(folder.path().join("golive.token")).unwrap();
    let emulator = emulator().await.unwrap();
    let accepted = [&begin[..], &[("acceptStillRunning", "true")]].concat();
    let ended = run_at(&emulator.url(), &folder, &accepted);
    assert_eq!(ended.code, 0, "{ended:?}");
    let first = outputs(&ended);
    assert_eq!(first["exitCode"], "75");
    assert_eq!(first["stillRunning"], "true");
    assert!(folder.path().join("golive.token").exists());

    let other = tempfile::tempdir().unwrap();
    let go_on = [("command", "wait"), ("resumeToken", &first["resumeToken"])];
    let ended = run_at(&emulator.url(), &other, &go_on);
    assert_eq!(ended.code, 0, "{ended:?}");
    let second = outputs(&ended);
    assert_eq!(second["status"], "succeeded");
    assert_eq!(second["stillRunning"], "false");
    assert_eq!(second["operationId"], first["operationId"]);
}

#[test]
fn no_parameter_is_code() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    for text in script::hostile(&made) {
        let given = [
            ("command", "go-live"),
            ("publisher", text.as_str()),
            ("offer", SEED_OFFER),
        ];
        script::refused(&run_at("http://127.0.0.1:1", &folder, &given), &made);
    }
}

#[test]
fn the_pipeline_fits_the_template() {
    let parameters = parameters();
    let known: Vec<_> = parameters.iter().map(|it| &it["name"]).collect();
    let pipeline = yaml(PIPELINE);
    let mut uses = 0;
    for job in list(&pipeline["jobs"]) {
        for step in list(&job["steps"]) {
            let Some(template) = step["template"].as_str() else {
                continue;
            };
            assert_eq!(template, format!("{TEMPLATE}@golive"));
            uses += 1;
            for name in names(&step["parameters"]) {
                assert!(known.contains(&&Value::from(name)), "{name}");
            }
            let command = step["parameters"]["command"].as_str().unwrap();
            if let Some(arguments) = step["parameters"]["arguments"].as_str() {
                script::arguments_exist(arguments, command);
            }
        }
    }
    assert_eq!(uses, 4);
    // The outputs that a job reads are those of the job that it names.
    let text = std::fs::read_to_string(script::root().join(PIPELINE)).unwrap();
    let output = regex::Regex::new(r"dependencies\.(\w+)\.outputs\['golive\.golive\.(\w+)'\]");
    let output = output.unwrap();
    let jobs: Vec<_> = list(&pipeline["jobs"])
        .iter()
        .map(|it| &it["job"])
        .collect();
    let mut read = 0;
    for output in output.captures_iter(&text) {
        assert!(jobs.contains(&&Value::from(&output[1])), "{output:?}");
        assert!(["stillRunning", "resumeToken"].contains(&&output[2]));
        read += 1;
    }
    assert_eq!(read, 6);
}
