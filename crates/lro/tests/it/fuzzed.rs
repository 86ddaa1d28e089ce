//! What the fuzz target runs, for any input: a resume token, or a reply that
//! starts an operation and answers its polls. A reply is written as its status
//! and headers, one to a line, an empty line and the body.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use lro::{Accepted, AzureStatus, BoxFuture, Clock, Poller, ResumeToken, Service, transport_fn};
use url::Url;

/// Told by its odd length from a delay between polls.
const POLL_TIMEOUT: Duration = Duration::from_nanos(120_000_000_007);

const ENDPOINT: &str = "https://svc.example/api/";

/// Sleeping lets the time pass, at once; a request never times out.
#[derive(Clone, Default)]
struct Hand(Arc<AtomicU64>);

impl Clock for Hand {
    fn elapsed(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration == POLL_TIMEOUT {
            return Box::pin(std::future::pending());
        }
        // No delay is longer than the schedule's maximum.
        assert!(duration <= Duration::from_secs(3600));
        let nanos = duration.as_nanos() as u64;
        self.0.fetch_add(nanos, Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}

/// Panics when the poller does, or breaks a promise.
pub fn run(data: &[u8]) {
    let reply = reply(data);
    let requests = Arc::new(Mutex::new(0_u32));
    let (count, answer) = (Arc::clone(&requests), reply.clone());
    let transport = transport_fn(move |request: Request<Bytes>| {
        assert_eq!(request.uri().scheme_str(), Some("https"));
        assert_eq!(request.uri().authority().unwrap(), "svc.example");
        *count.lock().unwrap() += 1;
        std::future::ready(Ok(answer.clone()))
    });
    let endpoint = Url::parse(ENDPOINT).unwrap();
    let service = Service::builder(&endpoint)
        .transport(transport)
        .clock(Hand::default())
        .poll_timeout(POLL_TIMEOUT)
        .query("api-version", "1")
        .replace_query("x", "y")
        .seed(1)
        .build()
        .unwrap();

    if let Ok(text) = std::str::from_utf8(data) {
        let tokens = [
            text.parse::<ResumeToken>().ok(),
            serde_json::from_str(text).ok(),
        ];
        for token in tokens.into_iter().flatten() {
            assert_eq!(token.to_string().parse::<ResumeToken>().unwrap(), token);
            if let Ok(poller) = service.resume::<AzureStatus>(token) {
                finish(poller);
            }
        }
        if let Ok(poller) = service.poll_at::<AzureStatus>(text) {
            finish(poller);
        }
    }
    for method in [Method::POST, Method::PUT] {
        let accepted = Accepted::new(
            method,
            endpoint.join("things/1").unwrap(),
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        );
        if let Ok(poller) = service.accepted::<AzureStatus>(accepted) {
            finish(poller);
        }
    }
    // An hour at one a second, six hops each, four pollers.
    assert!(*requests.lock().unwrap() < 4 * 6 * 3700);
}

fn finish(poller: Poller<AzureStatus>) {
    let token = poller.token();
    assert_eq!(token.to_string().parse::<ResumeToken>().unwrap(), token);
    let outcome = std::future::IntoFuture::into_future(poller.deadline(Duration::from_secs(3600)))
        .now_or_never()
        .expect("nothing here waits");
    if let Err(error) = outcome {
        let _ = format!("{error} {error:?}");
    }
}

fn reply(data: &[u8]) -> Response<Bytes> {
    let mut rest = data;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, tail) = rest.split_at(end.unwrap_or(rest.len()));
        rest = tail.strip_prefix(b"\n").unwrap_or(tail);
        line
    };
    let status = std::str::from_utf8(line())
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .and_then(|code| StatusCode::from_u16(code).ok());
    let mut headers = HeaderMap::new();
    loop {
        let line = line();
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        {
            headers.append(name, value);
        }
    }
    let mut reply = Response::new(Bytes::copy_from_slice(rest));
    *reply.status_mut() = status.unwrap_or(StatusCode::OK);
    *reply.headers_mut() = headers;
    reply
}
