//! Resume tokens: round trips, damage, and what they must not hold.

use std::time::Duration;

use http::Method;
use lro::{
    AzureStatus, BoxError, Estimate, FinalReply, Reply, ResumeToken, Schedule, State,
    StatusMonitor, Tolerance, Via,
};
use serde_json::Value;

use crate::script::{POLLING_URL, RUNNING, SUCCEEDED, Script, accepted, answer, code, ok, reply};

type Status = AzureStatus<Value>;

fn token() -> ResumeToken {
    Script::new(vec![ok(SUCCEEDED)])
        .service()
        .accepted::<Status>(accepted())
        .unwrap()
        .with_context("publisher", "contoso")
        .with_context("offer", "übung")
        .token()
}

#[tokio::test]
async fn one_line_and_json() {
    let token = token();
    let line = token.to_string();
    assert!(
        line.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)),
        "{line}"
    );
    assert!(line.len() < 400, "{} bytes", line.len());
    assert_eq!(format!(" {line}\n").parse::<ResumeToken>().unwrap(), token);

    let json = serde_json::to_value(&token).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["kind"], "azure");
    assert_eq!(json["context"]["offer"], "übung");
    assert_eq!(serde_json::from_value::<ResumeToken>(json).unwrap(), token);
}

#[tokio::test]
async fn damage_is_an_error_never_a_panic() {
    let line = token().to_string();
    for end in 0..line.len() {
        let error = line[..end].parse::<ResumeToken>().unwrap_err();
        assert!(error.is_invalid_token(), "{end}");
    }
    for at in 0..line.len() {
        for byte in [b'A', b'z', b'.', b'-'] {
            let mut altered = line.clone().into_bytes();
            if altered[at] == byte {
                continue;
            }
            altered[at] = byte;
            let altered = String::from_utf8(altered).unwrap();
            // The one thing that may read is the same token, for a change
            // that means nothing: the padding bits of the last character.
            if let Ok(read) = altered.parse::<ResumeToken>() {
                panic!("{at}: {read:?}");
            }
        }
    }
    for text in [
        "",
        "lro",
        "lro1.",
        "lro1.e30",
        "lro.x",
        "ey...",
        "lro1.\u{fc}",
    ] {
        assert!(text.parse::<ResumeToken>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn altered_json_is_refused() {
    let json = serde_json::to_value(token()).unwrap();
    for (name, value) in [
        ("url", Value::from("https://svc.example/api/operations/2")),
        ("kind", Value::from("other")),
        ("check", Value::Null),
        ("extra", Value::from(1)),
    ] {
        let mut altered = json.clone();
        altered[name] = value;
        let error = serde_json::from_value::<ResumeToken>(altered).unwrap_err();
        assert!(error.to_string().contains("altered"), "{name}: {error}");
    }
}

#[tokio::test]
async fn unknown_version_says_so() {
    let error = "lro2.AAAA".parse::<ResumeToken>().unwrap_err();
    assert!(error.to_string().contains("version 2"), "{error}");
    assert!(error.to_string().contains("update"), "{error}");
    let mut json = serde_json::to_value(token()).unwrap();
    json["version"] = 7.into();
    let error = serde_json::from_value::<ResumeToken>(json).unwrap_err();
    assert!(error.to_string().contains("version 7"), "{error}");
}

#[tokio::test]
async fn debug_hides_the_query_and_the_context() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let poller = script
        .service()
        .poll_at::<Status>("/op?sig=topsecret")
        .unwrap()
        .with_context("who", "topsecret");
    for text in [format!("{:?}", poller.token()), format!("{poller:?}")] {
        assert!(!text.contains("topsecret"), "{text}");
    }
}

struct Other;

impl StatusMonitor for Other {
    type Output = ();
    const KIND: &'static str = "other";

    fn parse(_reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        Ok(Self)
    }

    fn state(&self) -> State {
        State::Succeeded
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_token_of_another_kind_is_refused() {
    let service = Script::new(vec![ok(SUCCEEDED)]).service();
    let error = service.resume::<Other>(token()).unwrap_err();
    assert!(error.is_invalid_token());
    assert!(error.to_string().contains("\"other\""), "{error}");
}

#[tokio::test]
async fn no_user_information() {
    let service = Script::new(vec![ok(SUCCEEDED)]).service();
    let error = service
        .poll_at::<Status>("https://user:pw@svc.example/op")
        .unwrap_err();
    assert!(error.is_foreign_origin());
    assert!(!format!("{error}{error:?}").contains("pw"));
}

/// Reads two kinds of jobs: one has ended when it is `Ready`, the other when it is
/// `Succeeded`.
#[derive(Debug)]
struct Job {
    ready_is_enough: bool,
    status: String,
}

impl StatusMonitor for Job {
    type Output = String;
    const KIND: &'static str = "job";

    fn parse(reply: &Reply, via: Via) -> Result<Self, BoxError> {
        Self::parse_kind(Self::KIND, reply, via)
    }

    fn is_kind(kind: &str) -> bool {
        [Self::KIND, "job/ready"].contains(&kind)
    }

    fn parse_kind(kind: &str, reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        let document: Value = serde_json::from_slice(reply.body())?;
        Ok(Self {
            ready_is_enough: kind == "job/ready",
            status: document["status"].as_str().ok_or("no status")?.to_owned(),
        })
    }

    fn state(&self) -> State {
        match &*self.status {
            "Ready" if self.ready_is_enough => State::Succeeded,
            status => State::from_wire(status),
        }
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<String, BoxError> {
        Ok(self.status.clone())
    }
}

#[tokio::test(start_paused = true)]
async fn one_type_may_serve_several_kinds() {
    let steps = vec![ok(r#"{"status":"Ready"}"#), ok(SUCCEEDED)];
    for (kind, end) in [(None, "Succeeded"), (Some("job/ready"), "Ready")] {
        let script = Script::new(steps.clone());
        let poller = script.service().poll_at::<Job>("/op").unwrap();
        let poller = match kind {
            Some(kind) => poller.of_kind(kind),
            None => poller,
        };
        // The token knows the kind.
        let token: ResumeToken = poller.token().to_string().parse().unwrap();
        assert_eq!(token.kind(), kind.unwrap_or("job"));
        let resumed = script.service().resume::<Job>(token.clone()).unwrap();
        assert_eq!(resumed.await.unwrap(), end);
        let error = script.service().resume::<Status>(token).unwrap_err();
        assert!(error.is_invalid_token());
    }
    // An acceptance that is also the end.
    let ready = answer(
        Method::POST,
        202,
        &[("operation-location", "/op")],
        r#"{"status":"Ready"}"#,
    );
    let script = Script::new(vec![code(500)]);
    let poller = script
        .service()
        .accepted::<Job>(ready.of_kind("job/ready"))
        .unwrap();
    assert_eq!(poller.await.unwrap(), "Ready");
    assert_eq!(script.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_tolerance_is_the_operation_s_and_not_the_process_s() {
    for (answer, tolerance, is_expired) in [
        (code(503), Tolerance::default().attempts(3), false),
        (code(404), Tolerance::default().not_found(3), true),
    ] {
        let script = Script::new(vec![answer]);
        let service = script.builder().tolerance(tolerance).build().unwrap();
        let mut token = token();
        let mut waits = Vec::new();
        let error = loop {
            let text = token.to_string();
            let mut poller = service.resume::<Status>(text.parse().unwrap()).unwrap();
            let error = poller.poll_once().await.unwrap_err();
            if !error.is_transient() {
                break error;
            }
            waits.push(poller.next_poll());
            tokio::time::sleep(poller.next_poll()).await;
            token = poller.token();
            assert_eq!(error.resume_token(), Some(&token));
        };
        assert_eq!(script.requests(), 4);
        assert_eq!(error.is_expired(), is_expired);
        assert_eq!(error.gave_up(), !is_expired);
        assert!(waits.is_sorted(), "{waits:?}");
        // Whoever goes on all the same has a new budget.
        let anew = error.resume_token().unwrap().clone();
        let mut poller = service.resume::<Status>(anew).unwrap();
        assert!(poller.poll_once().await.unwrap_err().is_transient());
        // Nobody gets far with the old token.
        let mut poller = service.resume::<Status>(token).unwrap();
        assert!(!poller.poll_once().await.unwrap_err().is_transient());
    }
}

#[tokio::test(start_paused = true)]
async fn a_status_restores_the_tolerance_in_the_token_too() {
    let script = Script::new(vec![code(503), ok(RUNNING), code(503)]);
    let service = script
        .builder()
        .schedule(Schedule::exponential(
            Duration::from_secs(2),
            Duration::from_secs(60),
        ))
        .build()
        .unwrap();
    let mut poller = service.resume::<Status>(token()).unwrap();
    let attempts = |token: &ResumeToken| {
        let json = serde_json::to_value(token).unwrap();
        json["trouble"]["attempts"].as_u64()
    };
    poller.poll_once().await.unwrap_err();
    assert_eq!(attempts(&poller.token()), Some(1));
    poller.poll_once().await.unwrap();
    assert_eq!(attempts(&poller.token()), None);
    let mut poller = service.resume::<Status>(poller.token()).unwrap();
    poller.poll_once().await.unwrap_err();
    assert_eq!(attempts(&poller.token()), Some(1));
    let json = serde_json::to_value(poller.token()).unwrap();
    assert_eq!(json["statuses"], 1, "the delays grow on");
}

/// Whatever a server says, what is printed can be read again.
#[tokio::test(start_paused = true)]
async fn a_token_has_no_more_in_it_than_can_be_read_again() {
    let long = format!("/api/operations/{}", "x".repeat(300_000));
    let step = "y".repeat(300_000);
    let moved = [("operation-location", &*long), ("location", &*long)];
    let script = Script::new(vec![reply(200, &moved, &step)]);
    let service = script.service();
    let headers = [("operation-location", POLLING_URL), ("location", &*long)];
    let accepted = answer(Method::POST, 202, &headers, "");
    let mut poller = service.accepted::<Stepped>(accepted).unwrap();
    for _ in 0..3 {
        let token: ResumeToken = poller.token().to_string().parse().unwrap();
        assert_eq!(token.url().as_str(), POLLING_URL);
        poller.poll_once().await.unwrap();
    }
}

/// What a later version adds is under the checksum, wherever it stands, and is
/// ignored.
#[test]
fn what_a_later_version_adds_is_ignored() {
    let mut json = serde_json::json!({
        "version": 1,
        "kind": "azure",
        "url": "https://svc.example/api/operations/1",
        "via": "operation-location",
        "context": {},
        "aNewField": {"z": [1, {"b": null, "a": "x"}], "a": 0.5},
        "trouble": {"wait": 1, "notFound": 0, "borne": 2, "attempts": 3, "at": 4, "new": true},
        // CRC-32 of it with the fields in the order of their names.
        "check": "8fba2e15",
    });
    let read = serde_json::from_value::<ResumeToken>(json.clone()).unwrap();
    assert_eq!(read.url().path(), "/api/operations/1");
    let pretty = serde_json::to_string_pretty(&json).unwrap();
    assert_eq!(serde_json::from_str::<ResumeToken>(&pretty).unwrap(), read);
    json["aNewField"]["z"][1]["a"] = "y".into();
    let error = serde_json::from_value::<ResumeToken>(json).unwrap_err();
    assert!(error.to_string().contains("altered"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_worth_writing_when_it_says_more() {
    let running = |step: &str| {
        let moved = [("operation-location", "/api/operations/2")];
        reply(200, if step == "two" { &moved } else { &[] }, step)
    };
    let mut steps = vec![running("one"); 8];
    steps.push(code(503));
    steps.extend([running("one"), running("two"), running("two")]);
    let script = Script::new(steps);
    let service = script.service();
    let mut poller = service.accepted::<Stepped>(accepted()).unwrap();
    let mut kept = poller.token();
    assert!(!kept.says_more_than(&kept));
    let mut written = Vec::new();
    for poll in 1..=12 {
        let _ = poller.poll_once().await;
        tokio::time::sleep(Duration::from_millis(2300)).await;
        let token = poller.token();
        if token.says_more_than(&kept) {
            written.push(poll);
            kept = token;
        }
    }
    // The first status; twice as many; trouble and its end; another step and URL.
    assert_eq!(written, [1, 2, 4, 8, 9, 10, 11]);
}

/// Its body is the running step.
#[derive(Debug)]
struct Stepped(String);

impl StatusMonitor for Stepped {
    type Output = ();
    const KIND: &'static str = "stepped";

    fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        Ok(Self(std::str::from_utf8(reply.body())?.to_owned()))
    }

    fn state(&self) -> State {
        State::InProgress(self.0.clone().into())
    }

    fn estimate(&self) -> Option<Estimate> {
        Some(Estimate::new(&self.0, Duration::from_secs(3600)))
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
        Ok(())
    }
}

/// As the first version wrote them: with all that there can be, and with little.
#[test]
fn tokens_of_the_first_version_are_read() {
    for line in [
        "lro1.eyJ2ZXJzaW9uIjoxLCJraW5kIjoiYXp1cmUiLCJ1cmwiOiJodHRwczovL3N2Yy5leGFtcGxlL2FwaS9vcGVyYXRpb25zLzEiLCJ2aWEiOiJvcGVyYXRpb24tbG9jYXRpb24iLCJtZXRob2QiOiJQT1NUIiwib3JpZ2luYWwiOiJodHRwczovL3N2Yy5leGFtcGxlL2FwaS9vcmRlcnMiLCJsb2NhdGlvbiI6Imh0dHBzOi8vc3ZjLmV4YW1wbGUvYXBpL3Jlc3VsdHMvMSIsImNvbnRleHQiOnsib2ZmZXIiOiLDvGJ1bmciLCJwdWJsaXNoZXIiOiJjb250b3NvIn0sInNpbmNlIjoxNzAwMDAwMDAwLCJzdGVwIjpbImxpdmUiLDE3MDAwMDAxMDBdLCJzdGF0dXNlcyI6NywidHJvdWJsZSI6eyJib3JuZSI6NjE1MDAsImF0IjoxNzAwMDAwMTYxLCJ3YWl0IjozMCwiYXR0ZW1wdHMiOjMsIm5vdEZvdW5kIjoxfSwiY2hlY2siOiJiZDJiMzIwYSJ9",
        "lro1.eyJ2ZXJzaW9uIjoxLCJraW5kIjoiYXp1cmUiLCJ1cmwiOiJodHRwczovL3N2Yy5leGFtcGxlL2FwaS9vcGVyYXRpb25zLzEiLCJ2aWEiOiJvcGVyYXRpb24tbG9jYXRpb24iLCJtZXRob2QiOiJQT1NUIiwiY29udGV4dCI6eyJwdWJsaXNoZXIiOiJjb250b3NvIn0sInNpbmNlIjoxNzAwMDAwMDAwLCJjaGVjayI6IjQ1YTU4MDE1In0",
    ] {
        let token: ResumeToken = line.parse().unwrap();
        assert_eq!(token.context()["publisher"], "contoso");
        assert_eq!(token.url().path(), "/api/operations/1");
        assert_eq!(token.to_string(), line);
    }
}
