//! One poll over HTTP on the loopback, beside the limit, which is reqwest and
//! reading the document.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use bench_poll::memory::TIMEOUT;
use bench_poll::poll::stream;
use bench_poll::portal::{API_VERSION, Status};
use bench_poll::subject::{Subject, Work};
use lro::{BoxFuture, Clock, ReqwestTransport, Service, TokioClock};
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

use crate::measure::Measure;
use crate::report::{Bound, Report};
use crate::server;

/// What runs over HTTP.
pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![
        subject("reqwest", || reqwest(None)),
        subject("reqwest-timeout", || reqwest(Some(TIMEOUT))),
        subject("lro-loopback", lro),
    ]
}

/// A runtime of one thread with sockets and timers.
pub fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// The HTTP client of everybody here.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

/// The limit: a request with reqwest and reading the document.
fn reqwest(timeout: Option<Duration>) -> Work {
    let (runtime, client) = (runtime(), client());
    let (name, value) = API_VERSION;
    let mut url = server::url("operation");
    url.query_pairs_mut().append_pair(name, value);
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                let status = get::<Status>(&client, &url);
                black_box(match timeout {
                    Some(limit) => tokio::time::timeout(limit, status).await.expect("in time"),
                    None => status.await,
                });
            }
        });
        count
    })
}

/// One request with reqwest.
pub async fn get<T: DeserializeOwned>(client: &reqwest::Client, url: &url::Url) -> T {
    let request = client.get(url.clone()).header("accept", "application/json");
    let reply = request.send().await.expect("a reply");
    assert!(reply.status().is_success());
    let body = reply.bytes().await.expect("a body");
    let text = std::str::from_utf8(&body).expect("text");
    serde_json::from_str(text).expect("a status")
}

/// Tokio's clock, on which only delays end at once: the timeout of a request
/// is a timer as it always is.
struct NoDelay(TokioClock);

impl Clock for NoDelay {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn wall(&self) -> SystemTime {
        self.0.wall()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match duration {
            TIMEOUT => self.0.sleep(duration),
            _ => Box::pin(std::future::ready(())),
        }
    }
}

fn lro() -> Work {
    let runtime = runtime();
    let entered = runtime.enter();
    let (name, value) = API_VERSION;
    let url = server::url("operation");
    let service = Service::builder(&url)
        .transport(ReqwestTransport::new(client()))
        .clock(NoDelay(TokioClock::new()))
        .query(name, value)
        .build()
        .expect("a service");
    let poller = service.poll_at(url.as_str()).expect("a poller");
    drop(entered);
    stream(runtime, poller)
}

/// One poll over HTTP, beside the peers.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut report = Report::new(
        "loopback",
        "One poll over HTTP on the loopback",
        "The same status from a server in another process, over one kept connection. All \
         use the same reqwest 0.13 client without TLS. The limit is a loop that sends the \
         request, takes the body and reads the JSON; it has no timeout, no origin check and no \
         query to put on; the second row is the same with a timeout of 120 s, which is a timer \
         of the kernel for each request. The delay between two polls ends at once. Time is the client's \
         processor time with the kernel's part, the median of 7 rounds; instructions are those \
         of user space.",
        &[
            ("µs", 2),
            ("of the limit", 3),
            ("instructions", 0),
            ("of the limit", 3),
        ],
    );
    let subjects = [
        ("the limit: bare reqwest", "reqwest"),
        ("bare reqwest with a timeout", "reqwest-timeout"),
        ("lro over reqwest", "lro-loopback"),
        ("azure_core over reqwest", "azure-loopback"),
    ];
    let names = subjects.map(|(_, name)| name);
    let rounds = measure.rounds(&names, 20_000, 1_000, 7)?;
    let limit = measure.instructions(names[0], 500)?;
    for (index, (title, name)) in subjects.into_iter().enumerate() {
        let instructions = measure.instructions(name, 500)?;
        report.row(
            title,
            &[
                Some(rounds.micros(index)),
                Some(rounds.ratio(index, 0)),
                Some(instructions),
                Some(instructions / limit),
            ],
        );
    }
    report.budget(
        "processor time of lro / the limit",
        Bound::Most(1.10),
        rounds.ratio(2, 0),
    );
    Ok(report)
}
