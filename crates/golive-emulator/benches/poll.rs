//! What one poll of a running operation costs, without a socket.
//!
//! `cargo bench --package golive-emulator --bench poll` counts allocations. Under
//! valgrind, the same program counts instructions, of the polls alone:
//!
//! ```sh
//! valgrind --tool=callgrind --collect-atstart=no --toggle-collect='*poll_all*' PROGRAM --bench
//! ```

use axum::Router;
use axum::body::Body;
use golive_client::Endpoint;
use golive_client::endpoints::{API_VERSION, PUBLISH_OFFER, PUT_OFFER};
use golive_emulator::Emulator;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use tokio::runtime::Runtime;
use tower_service::Service as _;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const OFFERS: usize = 100;
const POLLS: usize = 10_000;

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if !std::env::args().any(|it| it == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let builder = Emulator::builder().empty();
    let (mut router, _controls) = builder.router().expect("an emulator");
    let urls = runtime.block_on(operations(&mut router));
    // The list of requests is full when the count begins.
    runtime.block_on(poll(&mut router, &urls));
    let region = Region::new(ALLOCATOR);
    poll_all(&runtime, &mut router, &urls);
    let change = region.change();
    let each = |count: usize| count as f64 / POLLS as f64;
    println!(
        "a poll: {:.1} allocations and {:.1} reallocations, of {:.0} bytes in all",
        each(change.allocations),
        each(change.reallocations),
        each(change.bytes_allocated),
    );
}

/// What callgrind counts.
#[inline(never)]
fn poll_all(runtime: &Runtime, router: &mut Router, urls: &[String]) {
    runtime.block_on(poll(router, urls));
}

async fn poll(router: &mut Router, urls: &[String]) {
    for url in urls.iter().cycle().take(POLLS) {
        let answer = ask(router, "GET", url, "").await;
        assert_eq!(answer.status(), StatusCode::OK);
        let body = answer.into_body().collect().await.expect("a body");
        assert!(body.to_bytes().len() > 1000, "the steps are in it");
    }
}

/// Offers with a running operation each; the answer is where to poll.
async fn operations(router: &mut Router) -> Vec<String> {
    let offer = r#"{"offerTypeId":"x","definition":{"displayText":"Load","plans":[{}]}}"#;
    let mut urls = Vec::new();
    for index in 0..OFFERS {
        let id = format!("offer-{index}");
        let path = |endpoint: &Endpoint| {
            let path = endpoint.path_with(&["contoso", &id]).expect("a path");
            format!("{path}?api-version={API_VERSION}")
        };
        let put = ask(router, "PUT", &path(&PUT_OFFER), offer).await;
        assert_eq!(put.status(), StatusCode::CREATED);
        let publish = ask(router, "POST", &path(&PUBLISH_OFFER), "{}").await;
        assert_eq!(publish.status(), StatusCode::ACCEPTED);
        let location = publish.headers()[header::LOCATION].to_str();
        urls.push(location.expect("a polling URL").to_owned());
    }
    urls
}

async fn ask(router: &mut Router, method: &str, url: &str, body: &'static str) -> Response<Body> {
    let request = Request::builder()
        .method(method)
        .uri(url)
        .header(header::HOST, "localhost")
        .header(header::AUTHORIZATION, "Bearer load")
        .body(Body::from(body))
        .expect("a request");
    match router.call(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
