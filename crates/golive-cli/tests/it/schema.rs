//! `golive schema`, and everything that the program prints for machines beside it.

use crate::program::{Ended, program, quick, run};
use golive_emulator::{Builder, Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::{JoinSet, spawn_blocking};

/// All that can be described.
const DOCUMENTS: [&str; 10] = [
    "event",
    "result",
    "summary",
    "error",
    "status",
    "cancellation",
    "operations",
    "diff",
    "auth",
    "config",
];

fn schema(document: &str) -> Value {
    let ended = run(program().args(["schema", document]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.json()
}

/// A validator that also refuses fields which the schema does not know. The schema
/// itself allows them, so that there can be more one day.
pub fn strict(document: &str) -> Validator {
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

pub fn check(validator: &Validator, document: &Value) {
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

/// A run of many: one that succeeds, and one that is refused.
async fn many(form: &'static str) -> Ended {
    let emulator = Emulator::builder().polls_per_step(1).start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    let rows = format!("{SEED_PUBLISHER},{SEED_OFFER}\n{SEED_PUBLISHER},missing\n");
    std::fs::write(&file, format!("publisher,offer\n{rows}")).unwrap();
    let mut command = quick(&emulator.url());
    command.arg("many").arg(&file).args(["--output", form]);
    let ended = spawn_blocking(move || run(&mut command, "")).await.unwrap();
    assert_eq!(ended.code, 1, "{ended:?}");
    ended
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
        (Emulator::builder(), offer("cancel"), 0),
        (scenario("failed-live"), offer("go-live"), 1),
        (scenario("burst-of-503"), offer("go-live"), 0),
        (
            scenario("blocked-step"),
            with("go-live", &["--deadline", "3500ms"]),
            75,
        ),
        (
            scenario("stalled"),
            with("go-live", &["--deadline", "6s", "--stall-after", "1ms"]),
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
    let mut all = ended("jsonl").await;
    all.push(many("jsonl").await);
    for ended in all {
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
        "cancellation",
        "error",
        "offer",
        "phase",
        "result failed",
        "result running",
        "result succeeded",
        "retrying",
        "status",
        "summary",
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
    let (result, cancellation) = (strict("result"), strict("cancellation"));
    let error = strict("error");
    let mut errors = 0;
    for ended in ended("json").await {
        let document = ended.json();
        if document.get("exitCode").is_some() {
            errors += 1;
            check(&error, &document);
        } else if document.get("cancellation").is_some() {
            check(&cancellation, &document);
        } else {
            check(&result, &document);
        }
    }
    // Those with nothing that can be followed.
    assert_eq!(errors, 2);
    check(&strict("summary"), &many("json").await.json());
    let ended = run(program().args(["config", "show", "--output", "json"]), "");
    check(&strict("config"), &ended.json());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_as_described() {
    let emulator = Emulator::builder().start().await.unwrap();
    let golive = |arguments: Vec<&str>, stdin: &str| {
        let mut command = quick(&emulator.url());
        run(command.args(arguments).args(["--output", "json"]), stdin)
    };
    let read = |document: &str, arguments: Vec<&str>| {
        let json = golive(arguments, "").json();
        check(&strict(document), &json);
        json
    };
    let (publisher, id) = (SEED_PUBLISHER, SEED_OFFER);
    let started = golive(vec!["go-live", publisher, id, "--no-wait"], "");
    assert_eq!(started.code, 0, "{started:?}");
    read("status", vec!["status", publisher, id]);
    let list = read("operations", vec!["operations", "list", publisher, id]);
    let operation = list[0]["id"].as_str().unwrap();
    let show = vec!["operations", "show", publisher, id, operation];
    let shown = read("status", show);
    assert!(shown["resumeToken"].is_string());
    read("cancellation", vec!["cancel", publisher, id, "--no-wait"]);
    read("auth", vec!["auth", "check", publisher]);
    read("auth", vec!["auth", "check", "no-such-publisher"]);
    let unconfigured = ["auth", "check", "--credential", "client-secret"];
    read("auth", unconfigured.to_vec());

    emulator.advance(std::time::Duration::from_secs(600));
    let mut draft = golive(vec!["offers", "show", publisher, id], "").json();
    draft["definition"]["displayText"] = Value::Null;
    draft["definition"]["more"] = json!([1]);
    draft["definition"]["plans"][0]["regions"] = json!(["DE"]);
    let put = vec!["offers", "put", publisher, id, "-"];
    let put = golive(put, &draft.to_string());
    assert_eq!(put.code, 0, "{put:?}");
    let changes = read("diff", vec!["offers", "diff", publisher, id]);
    assert!(changes.as_array().unwrap().len() >= 2, "{changes}");
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
