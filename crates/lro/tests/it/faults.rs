//! How the poller takes each of the faults that services and networks are
//! known for. The table in the README has one line for each of these tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use http::{HeaderValue, Method};
use lro::{AzureStatus, BoxError, BoxFuture, Credential, Error, ResumeToken, Tolerance, Update};
use serde_json::Value;
use tokio::time::Instant;

use crate::script::{
    POLLING_URL, RUNNING, SUCCEEDED, Script, Step, accepted, answer, code, ok, reply,
};

type Status = AzureStatus<Value>;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The result when all goes well in the end.
async fn result(script: &Script) -> Value {
    script.poller().await.unwrap()
}

/// The error, which carries the token whatever it is.
async fn failure(script: &Script) -> Error {
    let error = script.poller().deadline(secs(86_400)).await.unwrap_err();
    assert_eq!(error.resume_token().unwrap().url().as_str(), POLLING_URL);
    error
}

/// What came first in the script cost nothing but a repeated poll.
async fn is_borne(step: Step) {
    let script = Script::new(vec![ok(RUNNING), step, ok(SUCCEEDED)]);
    assert_eq!(result(&script).await, "fine");
    assert_eq!(script.requests(), 3);
    assert!(script.gaps().iter().all(|gap| *gap >= 1.0));
}

#[tokio::test(start_paused = true)]
async fn f01_not_started_and_running_go_on() {
    let script = Script::new(vec![
        ok(r#"{"status":"NotStarted"}"#),
        ok(RUNNING),
        ok(SUCCEEDED),
    ]);
    assert_eq!(result(&script).await, "fine");
    assert_eq!(script.requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn f02_a_state_nobody_knows_goes_on() {
    is_borne(ok(r#"{"status":"Provisioning"}"#)).await;
}

#[tokio::test(start_paused = true)]
async fn f03_failure_keeps_code_message_details_and_body() {
    let body = r#"{"status":"Failed","error":{"code":"QuotaExceeded","message":"8 of 8 cores",
        "details":[{"code":"Cores","message":"eight"}]}}"#;
    let error = failure(&Script::new(vec![ok(body)])).await;
    assert!(error.is_failed());
    assert_eq!(error.code(), Some("QuotaExceeded"));
    assert_eq!(error.message(), Some("8 of 8 cores"));
    assert_eq!(error.failure().unwrap().details()[0].code(), Some("Cores"));
    assert_eq!(error.reply().unwrap().body(), body);
    assert!(error.last_status::<Status>().is_some());
}

#[tokio::test(start_paused = true)]
async fn f04_both_spellings_of_canceled() {
    for word in ["Canceled", "Cancelled", "cancelled"] {
        let script = Script::new(vec![ok(&format!(r#"{{"status":"{word}"}}"#))]);
        assert!(failure(&script).await.is_canceled(), "{word}");
    }
}

#[tokio::test(start_paused = true)]
async fn f05_partially_succeeded_is_not_success() {
    let script = Script::new(vec![ok(r#"{"status":"PartiallySucceeded"}"#)]);
    assert!(failure(&script).await.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn f06_negative_retry_after() {
    is_borne(reply(200, &[("retry-after", "-5")], RUNNING)).await;
}

#[tokio::test(start_paused = true)]
async fn f07_retry_after_zero_makes_no_hot_loop() {
    let mut steps = vec![reply(200, &[("retry-after", "0")], RUNNING); 30];
    steps.push(ok(SUCCEEDED));
    let script = Script::new(steps);
    let start = Instant::now();
    result(&script).await;
    assert_eq!(script.requests(), 31);
    assert!(start.elapsed() >= secs(31));
}

#[tokio::test(start_paused = true)]
async fn f08_enormous_retry_after_is_clamped() {
    for hint in ["9223372036854775807", "99999999999999999999999999"] {
        let script = Script::new(vec![
            reply(200, &[("retry-after", hint)], RUNNING),
            ok(SUCCEEDED),
        ]);
        result(&script).await;
        assert!((script.gaps()[1] - 3600.0).abs() < 1.0, "{hint}");
    }
}

#[tokio::test(start_paused = true)]
async fn f09_retry_after_that_is_no_number() {
    is_borne(reply(200, &[("retry-after", "soon")], RUNNING)).await;
}

#[tokio::test(start_paused = true)]
async fn f10_a_hint_holds_for_one_delay() {
    let script = Script::new(vec![
        reply(200, &[("retry-after", "3")], RUNNING),
        ok(RUNNING),
        ok(SUCCEEDED),
    ]);
    result(&script).await;
    assert_eq!(rounded(&script), [1, 3, 1]);
}

#[tokio::test(start_paused = true)]
async fn f11_one_404() {
    is_borne(code(404)).await;
    // Before the monitor has appeared, too.
    let script = Script::new(vec![code(404), ok(SUCCEEDED)]);
    assert_eq!(result(&script).await, "fine");
}

#[tokio::test(start_paused = true)]
async fn f12_eight_503_in_a_row() {
    let mut steps = vec![code(503); 8];
    steps.push(ok(SUCCEEDED));
    let script = Script::new(steps);
    let updates: Vec<_> = script.poller().collect().await;
    let retried = updates
        .iter()
        .filter(|update| matches!(update, Update::Retrying { error, .. } if error.status() == Some(503)))
        .count();
    assert_eq!(retried, 8);
    assert!(matches!(updates.last(), Some(Update::Done(Ok(_)))));
}

async fn no_status_is_never_success(body: &str) {
    is_borne(ok(body)).await;
    let error = failure(&Script::new(vec![ok(body)])).await;
    assert!(error.gave_up(), "{error}");
    assert_eq!(error.reply().unwrap().body(), body);
}

#[tokio::test(start_paused = true)]
async fn f13_an_empty_object() {
    no_status_is_never_success("{}").await;
}

#[tokio::test(start_paused = true)]
async fn f14_an_error_object_with_200() {
    let body = r#"{"error":{"code":"Oops","message":"no"}}"#;
    no_status_is_never_success(body).await;
    let error = failure(&Script::new(vec![ok(body)])).await;
    assert_eq!(error.code(), Some("Oops"));
}

#[tokio::test(start_paused = true)]
async fn f15_an_empty_body() {
    no_status_is_never_success("").await;
}

#[tokio::test(start_paused = true)]
async fn f16_202_without_a_polling_url() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let error = script
        .service()
        .accepted::<Status>(answer(Method::POST, 202, &[], r#"{"status":"InProgress"}"#))
        .unwrap_err();
    assert!(error.is_missing_polling_url());
    assert_eq!(error.status(), Some(202));
    assert_eq!(script.requests(), 0);
}

/// The next best header counts, and a reply is no success because its header is no good.
#[tokio::test(start_paused = true)]
async fn a_polling_url_that_cannot_be_used_is_passed_over() {
    let long = format!("/api/operations/{}", "x".repeat(20_000));
    for target in ["", " ", "http://[bad", "mailto:a@b.example", &long] {
        let script = Script::new(vec![ok(SUCCEEDED)]);
        let both = [("operation-location", target), ("location", POLLING_URL)];
        let first = answer(Method::POST, 202, &both, "");
        let poller = script.service().accepted::<Status>(first).unwrap();
        poller.await.unwrap();
        assert_eq!(script.seen()[0].url, POLLING_URL);
        for status in [200, 202] {
            let first = answer(Method::POST, status, &both[..1], "");
            let error = script.service().accepted::<Status>(first).unwrap_err();
            assert!(error.is_missing_polling_url(), "{status} {target}");
        }
        assert_eq!(script.requests(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn f17_ended_already_when_accepted() {
    let script = Script::new(vec![code(500)]);
    let first = answer(
        Method::POST,
        202,
        &[("operation-location", POLLING_URL)],
        SUCCEEDED,
    );
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(poller.await.unwrap(), "fine");
    assert_eq!(script.requests(), 0);
}

/// The start names this polling URL.
fn start_names(target: &str) -> (Error, Script) {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let service = script
        .builder()
        .credential(HeaderValue::from_static("Bearer secret"))
        .build()
        .unwrap();
    let error = service
        .accepted::<Status>(
            answer(Method::POST, 202, &[("operation-location", target)], "")
                .with_context("thing", "1"),
        )
        .unwrap_err();
    assert!(error.is_foreign_origin(), "{error}");
    assert_eq!(error.resume_token().unwrap().context()["thing"], "1");
    assert!(!format!("{error} {error:?}").contains("secret"));
    assert_eq!(script.requests(), 0);
    (error, script)
}

#[tokio::test(start_paused = true)]
async fn f18_the_start_names_another_origin() {
    let (error, script) = start_names("https://evil.example/steal");
    // Whoever trusts that origin goes on from the token.
    let token = error.resume_token().unwrap().clone();
    assert!(
        script
            .service()
            .resume::<Status>(token.clone())
            .unwrap_err()
            .is_foreign_origin()
    );
    let trusting = script
        .builder()
        .allow_origin(&"https://evil.example".parse().unwrap())
        .build()
        .unwrap();
    let poller = trusting.resume::<Status>(token).unwrap();
    assert_eq!(poller.await.unwrap(), "fine");
}

#[tokio::test(start_paused = true)]
async fn f19_the_polling_url_moves_to_another_origin() {
    let script = Script::new(vec![
        reply(
            200,
            &[("operation-location", "https://evil.example/steal")],
            RUNNING,
        ),
        ok(SUCCEEDED),
    ]);
    assert!(failure(&script).await.is_foreign_origin());
    assert_eq!(script.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn f20_a_poll_is_redirected_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let script = Script::new(vec![
            reply(status, &[("location", "https://evil.example/steal")], ""),
            ok(SUCCEEDED),
        ]);
        assert!(failure(&script).await.is_foreign_origin());
        assert_eq!(script.requests(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn f21_a_server_that_hangs() {
    let script = Script::new(vec![Step::Hang, ok(SUCCEEDED)]);
    let service = script.builder().poll_timeout(secs(25)).build().unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    assert_eq!(poller.await.unwrap(), "fine");
    assert_eq!(rounded(&script), [1, 26]);
}

#[tokio::test(start_paused = true)]
async fn f22_the_bearer_token_stays_at_home() {
    let script = Script::new(vec![
        reply(200, &[("operation-location", "/api/moved")], RUNNING),
        reply(
            200,
            &[("operation-location", "https://evil.example/")],
            RUNNING,
        ),
    ]);
    let service = script
        .builder()
        .credential(HeaderValue::from_static("Bearer secret"))
        .build()
        .unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    let error = poller.await.unwrap_err();
    assert!(error.is_foreign_origin());
    assert!(!format!("{error:?}").contains("secret"));
    let seen = script.seen();
    assert_eq!(seen.len(), 2);
    for request in seen {
        assert!(request.url.starts_with("https://svc.example/"));
        assert_eq!(request.authorization.as_deref(), Some("Bearer secret"));
    }
}

#[tokio::test(start_paused = true)]
async fn f23_user_information_in_the_polling_url() {
    start_names("https://svc.example@evil.example/op");
    start_names("https://user:pass@svc.example/op");
}

#[tokio::test(start_paused = true)]
async fn f24_downgrade_to_http() {
    start_names("http://svc.example/api/operations/1");
    start_names("https://svc.example:8443/api/operations/1");
}

#[tokio::test(start_paused = true)]
async fn f25_scheme_relative_url() {
    start_names("//evil.example/op");
    start_names("\\\\evil.example\\op");
}

#[tokio::test(start_paused = true)]
async fn f26_the_body_names_a_result_elsewhere() {
    let script = Script::new(vec![ok(
        r#"{"status":"Succeeded","resourceLocation":"https://evil.example/thing"}"#,
    )]);
    assert!(failure(&script).await.is_foreign_origin());
    assert_eq!(script.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn f27_connection_refused_or_reset() {
    is_borne(Step::Connect).await;
    is_borne(Step::Reset).await;
}

/// Hands out token 1, token 2 and so on, one for each refusal.
struct Rotating(AtomicUsize);

impl Credential for Rotating {
    fn authorization(&self) -> BoxFuture<'_, Result<HeaderValue, BoxError>> {
        let value = format!("Bearer {}", self.0.load(Ordering::Relaxed));
        Box::pin(async move { Ok(HeaderValue::from_str(&value)?) })
    }

    fn refused(&self, value: &HeaderValue) {
        assert!(value.is_sensitive());
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn f28_an_expired_token_is_replaced_once() {
    let script = Script::new(vec![ok(RUNNING), code(401), ok(SUCCEEDED)]);
    let service = script
        .builder()
        .credential(Arc::new(Rotating(AtomicUsize::new(1))))
        .build()
        .unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    assert_eq!(poller.await.unwrap(), "fine");
    let used: Vec<_> = script
        .seen()
        .into_iter()
        .map(|seen| seen.authorization.unwrap())
        .collect();
    assert_eq!(used, ["Bearer 1", "Bearer 1", "Bearer 2"]);
}

#[tokio::test(start_paused = true)]
async fn f29_401_for_a_fresh_token_too() {
    let script = Script::new(vec![code(401)]);
    let service = script
        .builder()
        .credential(Rotating(AtomicUsize::new(1)))
        .build()
        .unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    let error = poller.await.unwrap_err();
    assert!(error.is_unauthorized());
    assert!(error.resume_token().is_some());
    assert_eq!(script.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn f30_403_and_other_4xx_end_the_wait() {
    for status in [400, 403, 409, 422] {
        let error = failure(&Script::new(vec![
            ok(RUNNING),
            reply(status, &[], r#"{"error":{"code":"No"}}"#),
        ]))
        .await;
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.code(), Some("No"));
        assert!(!error.is_failed() && !error.gave_up() && !error.is_transient());
    }
}

#[tokio::test(start_paused = true)]
async fn f31_408_and_429_with_its_delay() {
    is_borne(code(408)).await;
    let script = Script::new(vec![
        reply(429, &[("retry-after", "120")], ""),
        ok(SUCCEEDED),
    ]);
    result(&script).await;
    assert_eq!(rounded(&script), [1, 120]);
}

#[tokio::test(start_paused = true)]
async fn f32_500_for_ever_ends() {
    let start = Instant::now();
    let script = Script::new(vec![code(500)]);
    let error = script.poller().await.unwrap_err();
    assert!(error.gave_up());
    assert_eq!(error.status(), Some(500));
    assert!(error.resume_token().is_some());
    assert_eq!(script.requests(), 61);
    assert!(start.elapsed() < secs(31 * 60));
}

#[tokio::test(start_paused = true)]
async fn f33_an_error_page_with_200_is_not_the_end() {
    is_borne(ok("<html>Bad gateway</html>")).await;
}

#[tokio::test(start_paused = true)]
async fn f34_the_first_replys_retry_after() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let first = answer(
        Method::POST,
        202,
        &[("operation-location", POLLING_URL), ("retry-after", "17")],
        "",
    );
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(poller.next_poll(), secs(17));
    poller.await.unwrap();
    assert_eq!(rounded(&script), [17]);
}

#[tokio::test(start_paused = true)]
async fn f35_dates_are_corrected_by_the_replys_date() {
    for date in [
        "Sun, 06 Nov 1994 08:50:37 GMT",
        "Sunday, 06-Nov-94 08:50:37 GMT",
        "Sun Nov  6 08:50:37 1994",
    ] {
        let script = Script::new(vec![
            reply(
                200,
                &[
                    ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                    ("retry-after", date),
                ],
                RUNNING,
            ),
            ok(SUCCEEDED),
        ]);
        result(&script).await;
        assert_eq!(rounded(&script), [1, 60], "{date}");
    }
}

#[tokio::test(start_paused = true)]
async fn f36_relative_polling_url() {
    for (target, url) in [
        ("/api/op/9", "https://svc.example/api/op/9"),
        ("op/9", "https://svc.example/api/things/op/9"),
        ("?op=9", "https://svc.example/api/things/1?op=9"),
    ] {
        let script = Script::new(vec![ok(SUCCEEDED)]);
        let first = answer(Method::POST, 202, &[("operation-location", target)], "");
        let poller = script.service().accepted::<Status>(first).unwrap();
        poller.await.unwrap();
        assert_eq!(script.seen()[0].url, url);
    }
}

#[tokio::test(start_paused = true)]
async fn f37_an_update_comes_when_it_arrives() {
    let script = Script::new(vec![
        reply(200, &[("retry-after", "30")], RUNNING),
        ok(SUCCEEDED),
    ]);
    let start = Instant::now();
    let mut poller = script.poller();
    let Some(Update::Status { next_poll, .. }) = poller.next().await else {
        panic!("a status comes first");
    };
    assert!(start.elapsed() < secs(2));
    assert_eq!(next_poll, secs(30));
}

#[tokio::test(start_paused = true)]
async fn f38_a_deadline_polls_once_more_and_keeps_the_operation() {
    let script = Script::new(vec![
        reply(200, &[("retry-after", "600")], RUNNING),
        ok(RUNNING),
        ok(SUCCEEDED),
    ]);
    let mut poller = script.poller().deadline(secs(100));
    let error = poller.wait().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(rounded(&script), [1, 99]);
    let token = error.resume_token().unwrap().clone();
    assert!(error.last_status::<Status>().is_some());
    // Elsewhere, later.
    let resumed = script.service().resume::<Status>(token).unwrap();
    assert_eq!(resumed.await.unwrap(), "fine");
}

#[tokio::test(start_paused = true)]
async fn f39_the_operation_is_no_longer_known() {
    let error = failure(&Script::new(vec![ok(RUNNING), code(404)])).await;
    assert!(error.is_expired() && !error.is_failed());
    let script = Script::new(vec![ok(RUNNING), code(410)]);
    assert!(failure(&script).await.is_expired());
    assert_eq!(script.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn f40_a_body_beyond_the_limit() {
    let script = Script::new(vec![ok(&"x".repeat(2000)), ok(SUCCEEDED)]);
    let service = script.builder().body_limit(1000).build().unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    assert_eq!(poller.await.unwrap(), "fine");
}

#[tokio::test(start_paused = true)]
async fn f41_a_body_nested_without_end() {
    let body = format!(r#"{{"status":"Running","error":{}"#, "[".repeat(1_000_000));
    is_borne(ok(&body)).await;
    let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    is_borne(ok(&body)).await;
}

#[tokio::test(start_paused = true)]
async fn f42_redirects_without_end() {
    let script = Script::new(vec![reply(302, &[("location", POLLING_URL)], "")]);
    let service = script
        .builder()
        .tolerance(Tolerance::none())
        .build()
        .unwrap();
    let poller = service.accepted::<Status>(accepted()).unwrap();
    assert!(poller.await.unwrap_err().gave_up());
    assert_eq!(script.requests(), 6);
}

#[tokio::test(start_paused = true)]
async fn f43_dropping_cancels_nothing() {
    let script = Script::new(vec![ok(RUNNING)]);
    let outcome = tokio::time::timeout(secs(10), script.poller()).await;
    assert!(outcome.is_err());
    assert!(script.seen().iter().all(|seen| seen.method == Method::GET));
}

#[tokio::test(start_paused = true)]
async fn f44_a_failed_poll_by_hand_leaves_the_state() {
    let script = Script::new(vec![ok(RUNNING), code(503), code(403), ok(SUCCEEDED)]);
    let mut poller = script.poller();
    poller.poll_once().await.unwrap();
    assert!(poller.poll_once().await.unwrap_err().is_transient());
    assert_eq!(poller.poll_once().await.unwrap_err().status(), Some(403));
    assert!(poller.last_status().is_some());
    let Ok(Update::Done(Ok(result))) = poller.poll_once().await else {
        panic!("it ends well");
    };
    assert_eq!(result, "fine");
}

/// The budget of time is for polls and for the waits between them: a job that ends
/// amid trouble, and another that begins hours later, is no trouble of hours.
#[tokio::test(start_paused = true)]
async fn f45_a_pause_in_which_nobody_polls_is_no_trouble() {
    let script = Script::new(vec![code(503)]);
    let tolerance = Tolerance::default().attempts(10).time(secs(60));
    let service = script.builder().tolerance(tolerance).build().unwrap();
    let mut poller = service.accepted::<Status>(accepted()).unwrap();
    for _ in 0..4 {
        tokio::time::sleep(poller.next_poll()).await;
        poller.poll_once().await.unwrap_err();
    }
    let line = poller.token().to_string();
    tokio::time::sleep(secs(2 * 3600)).await;
    let mut poller = service.resume::<Status>(line.parse().unwrap()).unwrap();
    let error = poller.poll_once().await.unwrap_err();
    assert!(error.is_transient() && !error.gave_up(), "{error}");
    // Nor in the same process.
    tokio::time::sleep(secs(2 * 3600)).await;
    let error = poller.poll_once().await.unwrap_err();
    assert!(error.is_transient() && !error.gave_up(), "{error}");
    let error = poller.wait().await.unwrap_err();
    assert!(error.gave_up());
    assert!(
        error.to_string().contains("after 11 failed polls in 1"),
        "{error}"
    );
    assert_eq!(script.requests(), 11);
}

/// Gaps in whole seconds.
fn rounded(script: &Script) -> Vec<u64> {
    script
        .gaps()
        .into_iter()
        .map(|gap| gap.round() as u64)
        .collect()
}

#[test]
fn the_readme_has_a_line_for_each_of_these() {
    let tests: Vec<&str> = include_str!("faults.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("async fn f")?.get(..2))
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let lines: Vec<&str> = include_str!("../../README.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| f")?.get(..2))
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    assert!(tests.len() >= 38);
    assert_eq!(tests, lines);
}

#[test]
fn a_token_is_no_credential() {
    fn holds<T: Send + Sync>() {}
    holds::<ResumeToken>();
    holds::<Error>();
}
