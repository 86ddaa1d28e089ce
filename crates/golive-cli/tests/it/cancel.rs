//! `golive cancel`

use crate::program::{quick, run};
use crate::steady::{assert_shown, golive, seeded_emulator};
use golive_client::endpoints::GET_OPERATION;
use golive_emulator::Emulator;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::{Value, json};

const OFFER: &str = "contoso contoso-virtualmachineoffer";
/// Ids of operations: the one that runs, and another one.
const RUNNING: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
const OTHER: &str = "0d42b1a7-e912-493c-aac8-4150961f97de";

fn cancel(url: &str, arguments: &str) -> crate::program::Ended {
    golive(url, &format!("cancel {OFFER}{arguments}"))
}

/// How often something was asked for at an endpoint whose path ends like that.
fn requests(emulator: &Emulator, end: &str) -> usize {
    let requests = emulator.requests();
    requests.iter().filter(|it| it.path.ends_with(end)).count()
}

/// An emulator on which a cancellation takes less than a second, with a go-live.
async fn going_live() -> Emulator {
    let emulator = Emulator::builder().seed(7).speed(600.0);
    let emulator = emulator.start().await.unwrap();
    let started = golive(&emulator.url(), &format!("go-live {OFFER} --no-wait"));
    assert_eq!(started.code, 0, "{started:?}");
    emulator
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_is_canceled_and_waited_for() {
    let emulator = going_live().await;
    let ended = cancel(&emulator.url(), " --notify a@contoso.com --quiet");
    assert_shown!(ended, @r"
    contoso/contoso-virtualmachineoffer: canceled (operation 0d42b1a7-e912-493c-aac8-4150961f97de)
    --- standard error ---
    --- exit code 0
    ");
    assert_eq!(requests(&emulator, "/cancel"), 1);
    let list = golive(
        &emulator.url(),
        &format!("operations list {OFFER} --output json"),
    );
    assert_eq!(list.json()[0]["status"], "canceled");

    let emulator = going_live().await;
    let json = cancel(&emulator.url(), " --output json").json();
    assert_eq!(json["cancellation"], "canceled");
    assert_eq!(json["status"], "canceled");
    assert_eq!(json.get("resumeToken"), None);

    let emulator = going_live().await;
    let lines = cancel(&emulator.url(), " --output jsonl").stdout;
    let events: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(events[0]["event"], "accepted");
    let last = events.last().unwrap();
    assert_eq!(last["event"], "cancellation");
    assert_eq!(last["cancellation"], "canceled");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_runs_it_says_so() {
    let emulator = seeded_emulator().await;
    assert_shown!(cancel(&emulator.url(), ""), @r"
    contoso/contoso-virtualmachineoffer: nothing was running
    --- standard error ---
    --- exit code 0
    ");
    let json = cancel(&emulator.url(), " --no-wait --output json").json();
    assert_eq!(json["cancellation"], "nothingRunning");

    // An offer that never had an operation.
    let put = "offers put contoso new-offer -";
    let document = r#"{"offerTypeId": "microsoft-azure-virtualmachines"}"#;
    let ended = crate::steady::golive_with(&emulator.url(), put, document);
    assert_eq!(ended.code, 0, "{ended:?}");
    let ended = golive(&emulator.url(), "cancel contoso new-offer --output json");
    assert_eq!(ended.json()["cancellation"], "nothingRunning");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_waiting_the_token_is_printed() {
    let emulator = seeded_emulator().await;
    let started = golive(&emulator.url(), &format!("go-live {OFFER} --no-wait"));
    assert_eq!(started.code, 0, "{started:?}");
    assert_shown!(cancel(&emulator.url(), " --no-wait"), @r"
    contoso/contoso-virtualmachineoffer: cancellation requested; operation 0d42b1a7-e912-493c-aac8-4150961f97de has not ended as far as is known
    --- standard error ---
    resume with: golive wait --endpoint [endpoint] [resume token]
    --- exit code 0
    ");

    let ended = cancel(&emulator.url(), " --deadline 1s --output json");
    assert_eq!(ended.code, 75, "{ended:?}");
    let json = ended.json();
    assert_eq!(json["cancellation"], "requested");
    assert_eq!(json["status"], "running");
    emulator.advance(std::time::Duration::from_secs(200));
    let token = json["resumeToken"].as_str().unwrap();
    let waited = golive(&emulator.url(), &format!("wait {token} --output json"));
    assert_eq!(waited.json()["status"], "canceled");
}

#[test]
fn what_cannot_be_canceled_is_told() {
    for (status, code) in [(400, 4), (401, 3), (403, 3), (404, 4)] {
        let server = MockServer::start();
        server.list_operations(|_, then| {
            then.ok(&Vec::new());
        });
        server.cancel_operation(|_, then| {
            then.into_inner().status(status).body("\"the reason\"");
        });
        let ended = cancel(&server.base_url(), "");
        assert_eq!(ended.code, code, "{ended:?}");
        assert!(ended.stderr.contains("the reason"), "{ended:?}");
        assert!(ended.stdout.is_empty(), "{ended:?}");
    }
}

/// A service with an operation that runs, as the list says, and a cancellation
/// whose answer names an operation, or none.
struct Service {
    server: MockServer,
}

impl Service {
    fn new(list_status: u16, named: Option<&str>) -> Self {
        let server = MockServer::start();
        server.list_operations(|_, then| {
            let list = json!([{"id": RUNNING, "submissionState": "running"}]);
            if list_status == 200 {
                then.ok(&serde_json::from_value(list).unwrap());
            } else {
                then.into_inner().status(list_status);
            }
        });
        server.cancel_operation(|_, then| match named {
            Some(id) => drop(then.accepted().location(path(id))),
            None => drop(then.accepted()),
        });
        Self { server }
    }

    fn with(self, id: &str, status: &str) -> Self {
        let (path, document) = (path(id), json!({"status": status}));
        self.server.mock(|when, then| {
            when.path(path);
            then.status(200).json_body(document);
        });
        self
    }

    fn cancel(&self) -> (i32, Value) {
        let ended = run(
            quick(&self.server.base_url()).args(format!("cancel {OFFER} --output json").split(' ')),
            "",
        );
        (ended.code, ended.json())
    }
}

fn path(id: &str) -> String {
    let ids = ["contoso", "contoso-virtualmachineoffer", id];
    GET_OPERATION.path_with(&ids).unwrap()
}

#[test]
fn an_operation_that_was_faster_is_told() {
    for (status, code) in [("succeeded", 1), ("failed", 0)] {
        let (ended, json) = Service::new(200, Some(RUNNING))
            .with(RUNNING, status)
            .cancel();
        assert_eq!(ended, code, "{json}");
        assert_eq!(json["cancellation"], "endedBefore");
        assert_eq!(json["status"], status);
    }
}

#[test]
fn an_operation_that_only_cancels_is_not_mistaken_for_the_one_that_ran() {
    let service = Service::new(200, Some(OTHER)).with(OTHER, "succeeded");
    let (code, json) = service.with(RUNNING, "canceled").cancel();
    assert_eq!(code, 0, "{json}");
    assert_eq!(json["cancellation"], "canceled");

    // It failed to, and what ran was faster.
    for (target, code) in [("succeeded", 1), ("failed", 0)] {
        let service = Service::new(200, Some(OTHER)).with(OTHER, "failed");
        let (ended, json) = service.with(RUNNING, target).cancel();
        assert_eq!(ended, code, "{json}");
        assert_eq!(json["cancellation"], "endedBefore");
        assert_eq!(json["status"], target);
    }

    // It failed to, and what ran goes on: nothing was canceled.
    let service = Service::new(200, Some(OTHER)).with(OTHER, "failed");
    let (code, json) = service.with(RUNNING, "running").cancel();
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["cancellation"], "requested");
    assert!(json["error"].is_object(), "{json}");
}

#[test]
fn without_a_polling_url_the_list_says_what_runs() {
    let (code, json) = Service::new(200, None).with(RUNNING, "canceled").cancel();
    assert_eq!(code, 0, "{json}");
    assert_eq!(json["cancellation"], "canceled");
    assert_eq!(json["operation"]["id"], RUNNING);
}

#[test]
fn a_list_that_cannot_be_had_stops_no_cancellation() {
    // The service of 2024 may have none.
    for status in [400, 403, 404, 405] {
        let (code, json) = Service::new(status, Some(RUNNING))
            .with(RUNNING, "canceled")
            .cancel();
        assert_eq!(code, 0, "{json}");
        assert_eq!(json["cancellation"], "canceled");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_leaves_the_cancellation_to_the_service() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let emulator = seeded_emulator().await;
        let started = golive(&emulator.url(), &format!("go-live {OFFER} --no-wait"));
        assert_eq!(started.code, 0, "{started:?}");
        let mut child = crate::steady::client(&emulator.url())
            .args(format!("cancel {OFFER} --output jsonl").split(' '))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains("accepted"), "{line}");
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        let last: Value = serde_json::from_str(rest.lines().last().unwrap()).unwrap();
        assert_eq!(last["cancellation"], "requested");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.contains("the cancellation goes on at the service"),
            "{stderr}"
        );
        let resume = stderr.lines().last().unwrap();
        let resume = resume.strip_prefix("resume with: golive ").unwrap();
        emulator.advance(std::time::Duration::from_secs(200));
        let waited = golive(&emulator.url(), resume);
        assert_eq!(waited.code, 1, "{waited:?}");
        assert!(waited.stdout.contains(": canceled"), "{waited:?}");
        assert_eq!(requests(&emulator, "/cancel"), 1);
    }
}
