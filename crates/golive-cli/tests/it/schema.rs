//! `golive schema`, and everything that the program prints for machines beside it.

use crate::program::{Ended, program, quick, run};
use golive_emulator::{Builder, Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::{JoinSet, spawn_blocking};

/// All that can be described.
const DOCUMENTS: [&str; 3] = ["event", "result", "config"];

fn schema(document: &str) -> Value {
    let ended = run(program().args(["schema", document]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.json()
}

/// A validator that also refuses fields which the schema does not know. The schema
/// itself allows them, so that there can be more one day.
fn strict(document: &str) -> Validator {
    let mut schema = schema(document);
    close(&mut schema);
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                // A definition is closed where it is used: in a variant it is not all.
                if key == "$defs" {
                    let definitions = value.as_object_mut().unwrap();
                    definitions
                        .values_mut()
                        .filter_map(|it| it.get_mut("properties"))
                        .filter_map(Value::as_object_mut)
                        .flat_map(|it| it.values_mut())
                        .for_each(close);
                } else {
                    close(value);
                }
            }
            let refers = object.contains_key("$ref") || object.contains_key("properties");
            if refers && !object.contains_key("enum") {
                object.insert("unevaluatedProperties".to_owned(), json!(false));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

fn check(validator: &Validator, document: &Value) {
    let errors: Vec<_> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

/// All the runs, at the same time, each with an emulator of its own.
async fn ended(form: &'static str) -> Vec<Ended> {
    let mut set = JoinSet::new();
    for (builder, arguments, code) in runs() {
        set.spawn(async move {
            let emulator = builder.polls_per_step(1).start().await.unwrap();
            let mut command = quick(&emulator.url());
            command.args(&arguments).args(["--output", form]);
            let ended = spawn_blocking(move || run(&mut command, "")).await.unwrap();
            assert_eq!(ended.code, code, "{arguments:?}: {ended:?}");
            ended
        });
    }
    set.join_all().await
}

fn offer(command: &str) -> Vec<&str> {
    vec![command, SEED_PUBLISHER, SEED_OFFER]
}

fn scenario(name: &str) -> Builder {
    Emulator::builder().scenario(Scenario::named(name).unwrap())
}

/// Runs that end in every way, with their exit code.
fn runs() -> Vec<(Builder, Vec<&'static str>, i32)> {
    let with = |command, more: &[&'static str]| [offer(command), more.to_vec()].concat();
    vec![
        (Emulator::builder(), offer("go-live"), 0),
        (Emulator::builder(), with("go-live", &["--no-wait"]), 0),
        (Emulator::builder(), offer("publish"), 0),
        (
            Emulator::builder(),
            with("release", &["--approve", "auto"]),
            0,
        ),
        (
            Emulator::builder(),
            with(
                "release",
                &["--approve", "auto", "--expect-image", "standard=9.9.9"],
            ),
            1,
        ),
        (scenario("failed-live"), offer("go-live"), 1),
        (scenario("burst-of-503"), offer("go-live"), 0),
        (
            scenario("blocked-step"),
            with("go-live", &["--deadline", "3500ms"]),
            75,
        ),
        (
            scenario("stalled"),
            with("go-live", &["--deadline", "3500ms", "--stall-after", "1ms"]),
            75,
        ),
        (scenario("conflict"), offer("go-live"), 4),
        (
            scenario("foreign-polling-url"),
            with("go-live", &["--deadline", "3500ms"]),
            4,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_is_as_described() {
    let validator = strict("event");
    let mut seen = BTreeSet::new();
    for ended in ended("jsonl").await {
        for line in ended.stdout.lines() {
            let event: Value = serde_json::from_str(line).unwrap();
            check(&validator, &event);
            let kind = event["event"].as_str().unwrap();
            let detail = event["reason"].as_str().or(event["status"].as_str());
            seen.insert(match (kind, detail) {
                ("attention" | "result", Some(detail)) => format!("{kind} {detail}"),
                _ => kind.to_owned(),
            });
        }
    }
    // The runs cover every event, every reason, and every end but a canceled one.
    let expected = [
        "accepted",
        "attention blocked",
        "attention stalled",
        "phase",
        "result failed",
        "result running",
        "result succeeded",
        "retrying",
        "status",
    ];
    assert_eq!(
        seen.iter().map(String::as_str).collect::<Vec<_>>(),
        expected
    );
    let described = schema("event");
    let described: BTreeSet<_> = described["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["properties"]["event"]["const"].as_str().unwrap())
        .collect();
    let kinds: BTreeSet<_> = seen.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(kinds, described);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_is_as_described() {
    let validator = strict("result");
    let mut silent = 0;
    for ended in ended("json").await {
        match ended.stdout.is_empty() {
            true => silent += 1,
            false => check(&validator, &ended.json()),
        }
    }
    // Where nothing was accepted, there is nothing to describe.
    assert_eq!(silent, 2);
    let ended = run(program().args(["config", "show", "--output", "json"]), "");
    check(&strict("config"), &ended.json());
}

#[test]
fn what_is_not_as_described_is_found() {
    let validator = strict("config");
    for wrong in [
        json!([{"name": "deadline"}]),
        json!([{"name": "deadline", "source": "default", "more": 1}]),
        json!({}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    let event = strict("event");
    assert!(!event.is_valid(&json!({"event": "surprise"})));
    assert!(!event.is_valid(
        &json!({"event": "phase", "time": "yesterday", "publisher": "a",
        "offer": "b", "phase": "live", "resumeToken": "c"})
    ));
}

/// The schemas are published: a change has to be seen.
#[test]
fn the_schemas_are_known() {
    for document in DOCUMENTS {
        let schema = schema(document);
        assert!(jsonschema::draft202012::meta::is_valid(&schema));
        insta::assert_json_snapshot!(document, schema);
    }
    let ended = run(program().arg("schema"), "");
    assert_eq!(ended.json(), schema("event"));
}
