//! What the real service does that its documentation does not say, or says
//! otherwise: a row for each thing that this library tolerates.

mod support;

use bytes::Bytes;
use futures_util::StreamExt;
use golive::lro::{BoxFuture, Clock, transport_fn};
use golive::{
    AccessToken, Cached, Credential, CredentialError, Error, Level, OperationStatus, Portal, Slot,
    StaticToken, Status, StepStatus, Update,
};
use golive_client::endpoints::{
    CANCEL_OPERATION, GET_OFFER, GET_OFFER_SLOT, GET_OPERATION, GO_LIVE_OFFER, LIST_OPERATIONS,
    PUBLISH_OFFER, PUT_OFFER,
};
use httpmock::MockServer;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, TIMEOUT, portal};

type Row = fn() -> Pin<Box<dyn Future<Output = ()>>>;

const ROWS: [(&str, Row); 17] = [
    (
        "1 the polling URL: either header, absolute or relative, with or without api-version, $",
        || Box::pin(polling_url()),
    ),
    ("2 an acceptance without a polling URL", || {
        Box::pin(no_polling_url())
    }),
    (
        "3 a bare object and an array of one",
        || Box::pin(wrapped()),
    ),
    ("4 every spelling of a status", || Box::pin(spellings())),
    ("5 a preview is ready by its status or by its step", || {
        Box::pin(preview_ready())
    }),
    (
        "6 a blocked or rejected step while the operation runs, told at once",
        || Box::pin(blocked()),
    ),
    (
        "7 large versions, missing fields, two names of a percentage",
        || Box::pin(numbers()),
    ),
    ("8 times of every form", || Box::pin(times())),
    ("9 messages as objects or text", || Box::pin(messages())),
    ("10 links as objects or text", || Box::pin(links())),
    ("11 errors of every form, with their correlation id", || {
        Box::pin(errors())
    }),
    ("12 an undocumented 409", || Box::pin(conflict())),
    (
        "13 no blind repetition of a POST, repetition of a GET",
        || Box::pin(repetition()),
    ),
    ("14 If-Match on PUT, and on nothing else", || {
        Box::pin(if_match())
    }),
    ("15 a go-live without a body", || Box::pin(empty_body())),
    ("16 notification emails on publish", || Box::pin(emails())),
    (
        "17 an operation of days: rare polls, new tokens, gone on with from its URL",
        || {
            Box::pin(async {
                days().await;
                stored_url().await;
            })
        },
    ),
];

#[tokio::test]
async fn every_row_holds() {
    for (row, check) in ROWS {
        println!("{row}");
        check().await;
    }
}

/// The status of the seed's operation, as the service sends it.
async fn status(body: Value) -> Result<OperationStatus, Error> {
    let server = MockServer::start_async().await;
    let path = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    server.mock(|when, then| {
        when.method("GET").path(path);
        then.status(200).body(body.to_string());
    });
    offer(&server).operation_status(OPERATION).await
}

fn offer(server: &MockServer) -> golive::Offer {
    portal(server, &QuickClock::default())
        .offer(PUBLISHER, OFFER)
        .unwrap()
}

fn path(endpoint: &golive_client::Endpoint) -> String {
    endpoint.path_with(&[PUBLISHER, OFFER]).unwrap()
}

async fn polling_url() {
    let key = format!("/api/operations/{PUBLISHER}${OFFER}$2$preview");
    let id = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    for header in ["location", "operation-location"] {
        for target in [
            key.clone(),
            format!("{key}?api-version=2017-10-31"),
            id.clone(),
        ] {
            for absolute in [false, true] {
                let server = MockServer::start_async().await;
                let url = if absolute {
                    server.url(&target)
                } else {
                    target.clone()
                };
                server.mock(|when, then| {
                    when.method("POST").path(path(&GO_LIVE_OFFER));
                    then.status(202).header(header, url);
                });
                let polled = target.split('?').next().unwrap().to_owned();
                let poll = server.mock(|when, then| {
                    // The path as it is, with dollar signs and all.
                    when.method("GET")
                        .path(polled)
                        .query_param("api-version", "2017-10-31");
                    then.status(200).body(r#"{"status":"completed"}"#);
                });
                offer(&server).go_live().await.unwrap().await.unwrap();
                poll.assert_calls(1);
            }
        }
    }
}

async fn no_polling_url() {
    for endpoint in [&GO_LIVE_OFFER, &PUBLISH_OFFER, &CANCEL_OPERATION] {
        let server = MockServer::start_async().await;
        server.mock(|when, then| {
            when.method("POST").path(path(endpoint));
            then.status(202);
        });
        // What is canceled was there before; what is submitted is new.
        let asked = AtomicUsize::new(usize::from(endpoint.id == CANCEL_OPERATION.id));
        server.mock(|when, then| {
            when.method("GET").path(path(&LIST_OPERATIONS));
            then.respond_with(move |_: &httpmock::HttpMockRequest| {
                let list = match asked.fetch_add(1, Ordering::SeqCst) {
                    0 => json!([]),
                    _ => json!([{"id": OPERATION, "submissionState": "running"}]),
                };
                let reply = http::Response::builder().status(200);
                reply.body(list.to_string()).unwrap().into()
            });
        });
        let offer = offer(&server);
        let token = match endpoint.id {
            "go_live_offer" => offer.go_live().await.unwrap().token(),
            "publish_offer" => offer.publish().await.unwrap().token(),
            _ => offer
                .cancel(&[])
                .await
                .unwrap()
                .operation()
                .unwrap()
                .token(),
        };
        assert_eq!(token.operation_id(), OPERATION);
    }
}

async fn wrapped() {
    let bare = status(json!({"status": "running"})).await.unwrap();
    let wrapped = status(json!([{"status": "running"}])).await.unwrap();
    assert_eq!(bare, wrapped);
}

async fn spellings() {
    for (spelling, expected) in [
        ("not started", Status::NotStarted),
        ("notStarted", Status::NotStarted),
        ("NotStarted", Status::NotStarted),
        ("RUNNING", Status::Running),
        ("complete", Status::Succeeded),
        ("Completed", Status::Succeeded),
        ("succeeded", Status::Succeeded),
        ("published", Status::Succeeded),
        ("canceled", Status::Canceled),
        ("Cancelled", Status::Canceled),
        ("failed", Status::Failed),
        ("paused", Status::Other("paused".to_owned())),
    ] {
        let status = status(json!({"status": spelling})).await.unwrap();
        assert_eq!(status.status, expected, "{spelling}");
        assert_eq!(status.raw["status"], spelling);
    }
    assert!(!Status::Other("paused".to_owned()).is_terminal());
}

async fn preview_ready() {
    let by_step = |id: &str, name: &str| {
        let step = json!({"id": id, "stepName": name, "status": "WaitingForPublisherReview"});
        json!({"status": "running", "steps": [step]})
    };
    for ready in [
        json!({"status": "waitingForPublisherReview"}),
        by_step("publisher-signoff", "Publisher signoff"),
        by_step("", "publisher-signoff"),
    ] {
        assert!(
            status(ready.clone()).await.unwrap().is_preview_ready(),
            "{ready}"
        );
    }
    for other in [json!({"status": "running"}), json!({"status": "succeeded"})] {
        assert!(
            !status(other.clone()).await.unwrap().is_preview_ready(),
            "{other}"
        );
    }
}

async fn blocked() {
    for word in ["blocked", "Rejected"] {
        let messages =
            json!([{"messageHtml": "<p>The <b>VHD</b> is missing</p>", "level": "error"}]);
        let step = json!({"id": "displaycertify", "status": word, "messages": messages});
        let status = status(step_document(&step)).await.unwrap();
        assert_eq!(status.blocked_step().unwrap().id, "displaycertify");
        assert_eq!(status.reasons(), ["The VHD is missing"]);
        assert_eq!(status.status, Status::Running);
        told_at_once(&step_document(&step)).await;
    }
}

fn step_document(step: &Value) -> Value {
    json!({"status": "running", "steps": [step]})
}

/// In a stream, with the poll that has seen it, and the operation goes on.
async fn told_at_once(blocked: &Value) {
    let clock = QuickClock::default();
    let polled = Arc::new(Mutex::new(Vec::new()));
    let goes_on = step_document(&json!({"id": "displaycertify", "status": "inProgress"}));
    let documents = [
        goes_on.clone(),
        blocked.clone(),
        goes_on,
        json!({"status": "completed"}),
    ];
    let (at, now) = (polled.clone(), clock.clone());
    let transport = transport_fn(move |_: http::Request<Bytes>| {
        let mut at: MutexGuard<'_, Vec<Duration>> = at.lock().unwrap();
        let document = documents[at.len()].to_string();
        at.push(now.elapsed());
        std::future::ready(Ok(http::Response::new(Bytes::from(document))))
    });
    let portal = Portal::builder()
        .endpoint("http://localhost")
        .credential(StaticToken::new("test-secret"))
        .transport(transport)
        .clock(clock.clone())
        .timeout(TIMEOUT)
        .build()
        .unwrap();
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    let mut operation = offer.operation(OPERATION).unwrap();
    let mut told = Vec::new();
    while let Some(update) = operation.next().await {
        match update {
            Update::Status { status, .. } => {
                assert_eq!(polled.lock().unwrap().last(), Some(&clock.elapsed()));
                told.push(status.blocked_step().is_some());
            }
            Update::Done(outcome) => assert_eq!(outcome.unwrap().status, Status::Succeeded),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(told, [false, true, false]);
}

async fn numbers() {
    let server = MockServer::start_async().await;
    server.mock(|when, then| {
        when.path(path(&GET_OFFER));
        then.status(200)
            .body(r#"{"version":636576975611768314,"newField":1}"#);
    });
    let document = offer(&server).get().await.unwrap();
    assert_eq!(document.version(), Some(636_576_975_611_768_314));
    assert_eq!(document.value()["newField"], 1);
    let steps = json!([{"processPercentage": 40}, {"progressPercentage": 60}, {}]);
    let status = status(json!({"status": "running", "steps": steps}))
        .await
        .unwrap();
    let progress: Vec<_> = status.steps.iter().map(|step| step.progress).collect();
    assert_eq!(progress, [Some(40), Some(60), None]);
}

async fn times() {
    let server = MockServer::start_async().await;
    let times = [
        "2018-03-25T05:12:41.3792153Z",
        "2022-06-02T12:25:56.651",
        "0001-01-01T00:00:00",
        "0001-01-01",
        "1601-01-01T00:00:00Z",
        "yesterday",
    ];
    let list: Vec<Value> = times
        .iter()
        .map(|time| json!({"id": time, "submissionState": "completed", "changedTime": time}))
        .collect();
    server.mock(|when, then| {
        when.path(path(&LIST_OPERATIONS));
        then.status(200).body(Value::from(list).to_string());
    });
    let list = offer(&server).operations().await.unwrap();
    for (status, expected) in [(Status::Succeeded, list.as_slice()), (Status::Failed, &[])] {
        let found = offer(&server).operations_with_status(&status).await;
        assert_eq!(found.unwrap(), expected);
    }
    let known: Vec<bool> = list
        .iter()
        .map(|submission| submission.changed.is_some())
        .collect();
    assert_eq!(known, [true, true, false, false, false, false]);
}

async fn messages() {
    let list = json!(["text", {"messageHtml": "<i>html</i>", "level": "error"}, {"level": "new"}]);
    let status = status(json!({"status": "running", "messages": list}))
        .await
        .unwrap();
    let found: Vec<_> = status
        .messages
        .iter()
        .map(|it| (it.text.as_str(), &it.level))
        .collect();
    assert_eq!(
        found,
        [
            ("text", &Level::Other(String::new())),
            ("html", &Level::Error)
        ]
    );
}

async fn links() {
    let list = json!(["https://a/", {"displayText": "b", "uri": "https://b/"}]);
    let status = status(json!({"status": "running", "previewLinks": list, "liveLinks": []}))
        .await
        .unwrap();
    assert_eq!(status.preview_links, ["https://a/", "https://b/"]);
    assert!(status.live_links.is_empty());
}

async fn errors() {
    for (body, message) in [
        (r#"{"error":{"code":"C","message":"m"}}"#, Some("m")),
        (
            r#""Microsoft.Http404Exception: m""#,
            Some("Microsoft.Http404Exception: m"),
        ),
        (r#"{"type":"t","title":"m","status":404}"#, Some("m")),
        ("m", Some("m")),
        ("", None),
    ] {
        let server = MockServer::start_async().await;
        server.mock(|_, then| {
            then.status(404)
                .header("X-Ms-Correlation-Request-Id", "corr")
                .body(body);
        });
        let error = offer(&server).get_slot(Slot::Preview).await.unwrap_err();
        assert_eq!(error.message(), message);
        assert_eq!(error.correlation_id(), Some("corr"));
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
    // The second name of the id, where the first is missing.
    let server = MockServer::start_async().await;
    server.mock(|_, then| {
        then.status(404).header("Request-ID", "other");
    });
    let error = offer(&server).get().await.unwrap_err();
    assert_eq!(error.correlation_id(), Some("other"));
    assert!(GET_OFFER_SLOT.response(404).is_some());
}

async fn conflict() {
    let server = MockServer::start_async().await;
    server.mock(|when, then| {
        when.method("POST");
        then.status(409);
    });
    assert!(offer(&server).go_live().await.unwrap_err().is_conflict());
    assert!(offer(&server).publish().await.unwrap_err().is_conflict());
}

async fn repetition() {
    for status in [400, 404, 422, 500, 503] {
        let server = MockServer::start_async().await;
        let post = server.mock(|when, then| {
            when.method("POST");
            then.status(status);
        });
        offer(&server).go_live().await.unwrap_err();
        post.assert_calls(1);
    }
    let server = MockServer::start_async().await;
    let get = server.mock(|_, then| {
        then.status(503);
    });
    offer(&server).get().await.unwrap_err();
    get.assert_calls(4);
}

async fn if_match() {
    let server = MockServer::start_async().await;
    let any = server.mock(|when, then| {
        when.method("PUT")
            .path(path(&PUT_OFFER))
            .header("if-match", "*")
            .body(r#"{"b":null,"a":1}"#);
        then.status(200)
            .header("ETag", "W/\"1\"")
            .body(r#"{"id":"x"}"#);
    });
    // Nulls and the order of fields arrive as they were.
    let document = r#"{"b":null,"a":1}"#.parse().unwrap();
    let answer = offer(&server).put(&document).await.unwrap();
    assert_eq!(answer.etag(), Some("W/\"1\""));
    any.assert_calls(1);
    let other = server.mock(|when, then| {
        when.method("PUT").header("if-match", "W/\"1\"");
        then.status(412);
    });
    let error = offer(&server)
        .put_if_match(&document, "W/\"1\"")
        .await
        .unwrap_err();
    assert!(error.is_precondition_failed());
    other.assert_calls(1);
    let post = server.mock(|when, then| {
        when.method("POST").header_missing("if-match");
        then.status(400);
    });
    offer(&server).go_live().await.unwrap_err();
    post.assert_calls(1);
}

async fn empty_body() {
    let server = MockServer::start_async().await;
    let post = server.mock(|when, then| {
        when.method("POST")
            .path(path(&GO_LIVE_OFFER))
            .header("content-length", "0")
            .body("");
        then.status(404);
    });
    offer(&server).go_live().await.unwrap_err();
    post.assert_calls(1);
}

async fn emails() {
    let server = MockServer::start_async().await;
    let post = server.mock(|when, then| {
        when.method("POST")
            .path(path(&PUBLISH_OFFER))
            .json_body(json!({"metadata": {"notification-emails": "a@b.c,d@e.f"}}));
        then.status(404);
    });
    offer(&server)
        .publish()
        .notify("a@b.c")
        .notify("d@e.f")
        .await
        .unwrap_err();
    post.assert_calls(1);
}

/// Three days in a step of up to five, at a service that honours a token for an hour,
/// with all settings as they are by default.
async fn days() {
    const DAYS: Duration = Duration::from_secs(3 * 24 * 3600);
    let clock = QuickClock::default();
    let polls = Arc::new(Mutex::new(Vec::new()));
    let (seen, now) = (polls.clone(), clock.clone());
    let transport = transport_fn(move |request: http::Request<Bytes>| {
        let elapsed = now.elapsed();
        let token = request.headers()["authorization"].to_str().unwrap();
        let issued = token.strip_prefix("Bearer token-").unwrap().parse();
        let age = elapsed - Duration::from_secs(issued.unwrap());
        assert!(age < Duration::from_secs(3600), "a token of {age:?}");
        seen.lock().unwrap().push(elapsed);
        let step = json!({"id": "displaycertify", "status": "inProgress",
            "estimatedTimeFrame": "< 5 day"});
        let document = match elapsed < DAYS {
            true => step_document(&step),
            false => json!({"status": "completed"}),
        };
        let body = Bytes::from(document.to_string());
        std::future::ready(Ok(http::Response::new(body)))
    });
    let issued = Arc::new(AtomicUsize::new(0));
    let issuer = Issuer(clock.clone(), issued.clone());
    let portal = Portal::builder()
        .endpoint("http://localhost")
        .credential(Cached::new(issuer).clock(clock.clone()))
        .transport(transport)
        .clock(clock)
        .timeout(TIMEOUT)
        .build()
        .unwrap();
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    offer.operation(OPERATION).unwrap().await.unwrap();

    let polls = polls.lock().unwrap().clone();
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    let until = |limit: Duration| polls.iter().filter(|at| **at < limit).count();
    // It may end in its first minutes, which is looked at closely. After that polls are
    // ever rarer, a minute apart before it is two hours old.
    assert!(until(minutes(5)) <= 60 && until(minutes(90)) <= 250);
    for gap in polls.windows(2).filter(|gap| gap[0] > minutes(90)) {
        assert!((minutes(1)..=minutes(14)).contains(&(gap[1] - gap[0])));
    }
    assert!(polls.len() < 800, "{}", polls.len());
    // A token for each hour; one that lives on is used no sooner than the next poll.
    let issued = issued.load(Ordering::SeqCst);
    assert!((60..=80).contains(&issued), "{issued}");
}

/// Issues tokens that live for an hour and say when they were issued.
struct Issuer(QuickClock, Arc<AtomicUsize>);

impl Credential for Issuer {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        let token = AccessToken::new(format!("token-{}", self.0.elapsed().as_secs()));
        let expires_at = self.0.wall() + Duration::from_secs(3600);
        Box::pin(std::future::ready(Ok(token.with_expiry(expires_at))))
    }
}

async fn stored_url() {
    let server = MockServer::start_async().await;
    let polled = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    server.mock(|when, then| {
        when.path(polled.clone());
        let step = json!({"id": "live", "status": "complete"});
        then.status(200)
            .body(json!({"status": "completed", "steps": [step]}).to_string());
    });
    for url in [polled.clone(), server.url(&polled)] {
        let status = offer(&server).operation_at(&url).unwrap().await.unwrap();
        assert_eq!(status.steps[0].status, StepStatus::Complete);
    }
    let error = offer(&server)
        .operation_at("https://evil.example/")
        .unwrap_err();
    assert!(error.is_foreign_origin());
}
