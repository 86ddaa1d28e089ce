//! The protocols, where the result is, moving URLs, query parameters, cancel.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use lro::{AzureStatus, FinalState, Service};
use serde_json::{Value, json};

use crate::script::{POLLING_URL, RUNNING, SUCCEEDED, Script, accepted, answer, code, ok, reply};

type Status = AzureStatus<Value>;

const THING: &str = "https://svc.example/api/things/1";
const RESULT: &str = "https://svc.example/api/results/1";

#[tokio::test(start_paused = true)]
async fn azure_async_operation_of_a_put_ends_at_the_resource() {
    let script = Script::new(vec![
        ok(r#"{"status":"InProgress"}"#),
        ok(r#"{"status":"Succeeded"}"#),
        ok(r#"{"name":"thing"}"#),
    ]);
    let first = answer(
        Method::PUT,
        201,
        &[("azure-asyncoperation", POLLING_URL)],
        r#"{"name":"thing","status":"Succeeded"}"#,
    );
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(poller.await.unwrap(), json!({"name": "thing"}));
    let urls: Vec<String> = script.seen().into_iter().map(|seen| seen.url).collect();
    assert_eq!(urls, [POLLING_URL, POLLING_URL, THING]);
}

#[tokio::test(start_paused = true)]
async fn location_polls_until_it_is_not_202() {
    let script = Script::new(vec![
        code(202),
        reply(202, &[("location", "/api/moved")], r#"{"status":"Failed"}"#),
        reply(200, &[], r#"{"status":"a word of the resource's own"}"#),
    ]);
    let first = answer(Method::POST, 202, &[("location", POLLING_URL)], "");
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(
        poller.await.unwrap()["status"],
        "a word of the resource's own"
    );
    assert_eq!(script.seen()[2].url, "https://svc.example/api/moved");
}

#[tokio::test(start_paused = true)]
async fn location_ends_with_no_body_or_with_an_error() {
    let first = || answer(Method::DELETE, 202, &[("location", POLLING_URL)], "");
    let script = Script::new(vec![code(202), code(204)]);
    let poller = script.service().accepted::<AzureStatus<()>>(first());
    poller.unwrap().await.unwrap();

    let script = Script::new(vec![reply(
        409,
        &[],
        r#"{"error":{"code":"Busy","message":"later"}}"#,
    )]);
    let poller = script.service().accepted::<AzureStatus<()>>(first());
    let error = poller.unwrap().await.unwrap_err();
    assert!(error.is_failed());
    assert_eq!(error.code(), Some("Busy"));
}

#[tokio::test(start_paused = true)]
async fn a_resource_that_is_not_ready_is_polled_itself() {
    let script = Script::new(vec![
        ok(r#"{"properties":{"provisioningState":"Updating"}}"#),
        ok(r#"{"properties":{"provisioningState":"Succeeded","size":3}}"#),
    ]);
    let first = answer(
        Method::PUT,
        200,
        &[],
        r#"{"properties":{"provisioningState":"Creating"}}"#,
    );
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(poller.await.unwrap()["properties"]["size"], 3);
    assert_eq!(script.seen()[0].url, THING);
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_the_end_is_not_polled() {
    let script = Script::new(vec![code(500)]);
    let service = script.service();
    let done = answer(Method::DELETE, 204, &[], "");
    let poller = service.accepted::<AzureStatus<()>>(done).unwrap();
    poller.await.unwrap();
    let done = answer(
        Method::PUT,
        201,
        &[("location", THING)],
        r#"{"name":"thing"}"#,
    );
    let poller = service.accepted::<Status>(done).unwrap();
    let token = poller.token();
    assert_eq!(poller.await.unwrap()["name"], "thing");
    assert!(
        service
            .resume::<Status>(token)
            .unwrap_err()
            .is_invalid_token()
    );
    assert_eq!(script.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn where_the_result_is() {
    let status = r#"{"status":"Succeeded","resourceLocation":"/api/resources/1"}"#;
    for (method, wanted, fetched) in [
        (
            Method::PUT,
            None,
            Some("https://svc.example/api/resources/1"),
        ),
        (Method::PUT, Some(FinalState::OriginalUrl), Some(THING)),
        (Method::POST, Some(FinalState::Location), Some(RESULT)),
        (
            Method::POST,
            Some(FinalState::Resource),
            Some("https://svc.example/api/resources/1"),
        ),
        (Method::POST, Some(FinalState::Status), None),
    ] {
        let script = Script::new(vec![ok(status), ok(r#""there""#)]);
        let first = answer(
            method,
            202,
            &[("operation-location", POLLING_URL), ("location", RESULT)],
            "",
        );
        let mut poller = script.service().accepted::<Status>(first).unwrap();
        if let Some(wanted) = wanted {
            poller = poller.final_state(wanted);
        }
        // The choice survives in the token.
        let token = poller.token().to_string().parse().unwrap();
        let poller = script.service().resume::<Status>(token).unwrap();
        let result = poller.await.unwrap();
        let last = script.seen().pop().unwrap().url;
        match fetched {
            Some(url) => assert_eq!((result, last), (json!("there"), url.to_owned())),
            None => assert_eq!((result, last), (Value::Null, POLLING_URL.to_owned())),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_ends_at_its_location() {
    let script = Script::new(vec![ok(r#"{"status":"Succeeded"}"#), ok("1")]);
    let first = answer(
        Method::POST,
        202,
        &[("operation-location", POLLING_URL), ("location", RESULT)],
        "",
    );
    let poller = script.service().accepted::<Status>(first).unwrap();
    assert_eq!(poller.await.unwrap(), 1);
    assert_eq!(script.seen()[1].url, RESULT);
}

#[tokio::test(start_paused = true)]
async fn trouble_with_fetching_the_result_is_borne() {
    let status = r#"{"status":"Succeeded","resourceLocation":"/r"}"#;
    let script = Script::new(vec![ok(status), code(503), code(202), ok("5")]);
    let poller = script.service().accepted::<Status>(accepted()).unwrap();
    assert_eq!(poller.await.unwrap(), 5);

    // The operation succeeded, so a lost result is not an expired operation.
    let script = Script::new(vec![ok(status), code(404)]);
    let poller = script.service().accepted::<Status>(accepted()).unwrap();
    let error = poller.await.unwrap_err();
    assert!(!error.is_expired());
    assert_eq!(error.status(), Some(404));
    assert!(error.last_status::<Status>().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_result_that_cannot_be_read_is_no_failure_of_the_operation() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let poller = script.service().accepted::<AzureStatus<u32>>(accepted());
    let error = poller.unwrap().await.unwrap_err();
    assert!(!error.is_failed());
    assert_eq!(error.reply().unwrap().body(), SUCCEEDED);
    assert!(error.resume_token().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_polling_url_that_moves_is_followed_and_kept_in_the_token() {
    let script = Script::new(vec![
        reply(200, &[("operation-location", "2")], RUNNING),
        ok(SUCCEEDED),
    ]);
    let mut poller = script.poller();
    poller.poll_once().await.unwrap();
    let moved = "https://svc.example/api/operations/2";
    assert_eq!(poller.token().url().as_str(), moved);
    poller.await.unwrap();
    assert_eq!(script.seen()[1].url, moved);
}

#[tokio::test(start_paused = true)]
async fn redirects_on_the_same_origin_are_followed() {
    let script = Script::new(vec![
        reply(307, &[("location", "/api/elsewhere")], ""),
        ok(SUCCEEDED),
    ]);
    script.poller().await.unwrap();
    assert_eq!(script.seen()[1].url, "https://svc.example/api/elsewhere");
}

#[tokio::test(start_paused = true)]
async fn query_parameters_are_added_or_replaced() {
    async fn polled(build: impl Fn(lro::ServiceBuilder) -> lro::ServiceBuilder) -> String {
        let script = Script::new(vec![ok(SUCCEEDED)]);
        let service: Service = build(script.builder()).build().unwrap();
        let url = "/op?sig=a%2Fb%20c+d&API-Version=1&x=%7e";
        let poller = service.poll_at::<Status>(url).unwrap();
        poller.await.unwrap();
        script.seen()[0].url.clone()
    }
    assert_eq!(
        polled(|it| it.query("api-version", "2").query("new", "é&")).await,
        "https://svc.example/op?sig=a%2Fb%20c+d&API-Version=1&x=%7e&new=%C3%A9%26"
    );
    assert_eq!(
        polled(|it| it.replace_query("api-version", "2")).await,
        "https://svc.example/op?sig=a%2Fb%20c+d&x=%7e&api-version=2"
    );
}

#[tokio::test(start_paused = true)]
async fn cancel_by_the_protocol() {
    let script = Script::new(vec![ok(RUNNING), code(202), ok(r#"{"status":"Canceled"}"#)]);
    let mut poller = script.poller();
    poller.poll_once().await.unwrap();
    poller.cancel().await.unwrap();
    assert_eq!(poller.next_poll(), Duration::ZERO);
    assert!(poller.wait().await.unwrap_err().is_canceled());
    let seen = script.seen();
    assert_eq!(seen[1].method, Method::POST);
    assert_eq!(seen[1].url, format!("{POLLING_URL}:cancel"));
}

#[tokio::test(start_paused = true)]
async fn cancel_with_a_request_of_ones_own() {
    let script = Script::new(vec![
        code(409),
        crate::script::Step::Connect,
        crate::script::Step::Reset,
    ]);
    let mut poller = script.poller();
    let request = |url: &str| {
        http::Request::builder()
            .method("DELETE")
            .uri(url)
            .header("content-type", "application/json")
            .body(Bytes::from_static(b"{}"))
            .unwrap()
    };
    let foreign = request("https://evil.example/");
    let error = poller.cancel_with(foreign).await.unwrap_err();
    assert!(error.is_foreign_origin());
    assert_eq!(script.requests(), 0);

    let own = || request("/api/things/1/stop");
    let error = poller.cancel_with(own()).await.unwrap_err();
    assert_eq!(error.status(), Some(409));
    assert_eq!(
        script.seen()[0].url,
        "https://svc.example/api/things/1/stop"
    );
    let error = poller.cancel_with(own()).await.unwrap_err();
    assert!(!error.may_have_been_sent());
    let error = poller.cancel_with(own()).await.unwrap_err();
    assert!(error.may_have_been_sent());
    assert!(error.resume_token().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_first_reply_that_is_no_success() {
    let script = Script::new(vec![code(200)]);
    let error = script
        .service()
        .accepted::<Status>(answer(
            Method::POST,
            409,
            &[],
            r#"{"error":{"code":"Busy"}}"#,
        ))
        .unwrap_err();
    assert_eq!(error.status(), Some(409));
    assert_eq!(error.code(), Some("Busy"));
    assert!(error.resume_token().is_none());
}
