//! Polls on a server in memory, and the limit, which is reading the document.

use std::hint::black_box;

use futures_util::StreamExt;
use http::HeaderValue;
use lro::{Poller, Service, ServiceBuilder, Update};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::memory::{Instant, Memory};
use crate::portal::{API_VERSION, STATUS, Status, URL, with_steps};
use crate::subject::{Subject, Work};

/// Everything of ours that runs on a server in memory.
pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![
        subject("parse", || parse(STATUS.to_owned())),
        subject("parse-60", || parse(with_steps(60))),
        subject("parse-600", || parse(with_steps(600))),
        subject("lro", || streamed(instant(STATUS.to_owned()))),
        subject("lro-60", || streamed(instant(with_steps(60)))),
        subject("lro-600", || streamed(instant(with_steps(600)))),
        subject("lro-credential", || {
            let credential = HeaderValue::from_static("Bearer abc");
            streamed(instant(STATUS.to_owned()).credential(credential))
        }),
        subject("lro-by-hand", by_hand),
        subject("lro-tokio", || streamed(service(STATUS.to_owned()))),
        subject("sleep-tokio", sleep),
    ]
}

/// A runtime of one thread, on which an idle moment passes at once.
pub fn paused() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime")
}

/// The limit: nothing but reading the document.
fn parse(body: String) -> Work {
    Box::new(move |count| {
        for _ in 0..count {
            // As fast as serde_json can: checking the text as a whole and
            // reading it takes less than reading bytes.
            let text = std::str::from_utf8(black_box(body.as_bytes())).expect("text");
            let status: Status = serde_json::from_str(text).expect("a status");
            black_box(status);
        }
        count
    })
}

/// A service in memory.
pub fn service(body: String) -> ServiceBuilder {
    let (name, value) = API_VERSION;
    Service::builder(&Url::parse(URL).expect("a URL"))
        .transport(Memory::new(body))
        .query(name, value)
}

/// A service in memory, on a clock that never waits.
pub fn instant(body: String) -> ServiceBuilder {
    service(body).clock(Instant::default())
}

fn poller(service: ServiceBuilder) -> Poller<Status> {
    let service = service.build().expect("a service");
    service.poll_at(URL).expect("a poller")
}

fn streamed(service: ServiceBuilder) -> Work {
    let runtime = paused();
    let entered = runtime.enter();
    let poller = poller(service);
    drop(entered);
    stream(runtime, poller)
}

/// One status after the other.
pub fn stream(runtime: Runtime, mut poller: Poller<Status>) -> Work {
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                match poller.next().await {
                    Some(Update::Status { status, .. }) => drop(black_box(status)),
                    other => panic!("{other:?}"),
                }
            }
        });
        count
    })
}

fn by_hand() -> Work {
    let runtime = paused();
    let mut poller = poller(instant(STATUS.to_owned()));
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                match poller.poll_once().await {
                    Ok(Update::Status { status, .. }) => drop(black_box(status)),
                    other => panic!("{other:?}"),
                }
            }
        });
        count
    })
}

/// What tokio's paused clock takes for one sleep.
fn sleep() -> Work {
    let runtime = paused();
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                tokio::time::sleep(std::time::Duration::from_secs(30)).await;
            }
        });
        count
    })
}
