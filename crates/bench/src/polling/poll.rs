//! One poll in memory, beside the limit and the peers.

use std::hint::black_box;

use anyhow::Result;
use futures_util::StreamExt;
use http::HeaderValue;
use lro::{Poller, Service, ServiceBuilder, Update};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use super::memory::{Instant, Memory};
use crate::measure::Measure;
use crate::portal::{API_VERSION, STATUS, Status, URL, with_steps};
use crate::report::{Bound, Report};
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

/// One poll, beside the peers.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut report = Report::new(
        "poll",
        "One poll, in memory",
        "The portal's status of a go-live, 2,068 bytes with six steps, read into the same typed \
         struct by everybody; the server is a function that answers at once. A delay ends at \
         once too, except in the rows that say \"tokio\": there it is a sleep on tokio's paused \
         clock, which takes the time in the last row. The limit does nothing but read the JSON \
         (serde_json, text checked as a whole). lro also checks the origin, puts on the query \
         parameter, reads `Retry-After` and times the request out. azure_core 1.1.0 goes through \
         its pipeline and, as its documentation has it, reads the status twice: the callback to \
         know the state, and whoever streams the poller to see it. google-cloud-lro 1.11.0 \
         has no HTTP of its own, and reads the status out of the envelope of its service. Time \
         is processor time, the median of 5 rounds; instructions are those of user space; \
         allocations count reallocations too.",
        &[
            ("µs", 2),
            ("of azure_core", 3),
            ("instructions", 0),
            ("of the limit", 2),
            ("allocations", 0),
            ("beyond the JSON's", 0),
        ],
    );
    let subjects = [
        ("the limit: reading the JSON", "parse"),
        ("azure_core `Poller`", "azure"),
        ("lro, streamed", "lro"),
        ("lro, with a credential", "lro-credential"),
        ("lro, by hand", "lro-by-hand"),
        ("google-cloud-lro, by hand, no HTTP", "google"),
        ("azure_core, tokio", "azure-tokio"),
        ("lro, tokio", "lro-tokio"),
        ("a sleep alone, tokio", "sleep-tokio"),
    ];
    let [limit, azure, ours, credential] = [0, 1, 2, 3];
    let names = subjects.map(|(_, name)| name);
    let rounds = measure.rounds(&names, 50_000, 1_000, 5)?;
    let mut instructions = Vec::new();
    let mut allocations = Vec::new();
    for name in names {
        instructions.push(measure.instructions(name, 500)?);
        let sample = measure.counted(name, 1_000, 100)?;
        allocations.push(sample.allocations as f64 / sample.count as f64);
    }
    for (index, (title, name)) in subjects.into_iter().enumerate() {
        let sleep = name == "sleep-tokio";
        let azure = if name.ends_with("tokio") { 6 } else { azure };
        let of = |value: f64| (!sleep).then_some(value);
        report.row(
            title,
            &[
                Some(rounds.micros(index)),
                of(rounds.ratio(index, azure)),
                Some(instructions[index]),
                of(instructions[index] / instructions[limit]),
                Some(allocations[index]),
                of(allocations[index] - allocations[limit]),
            ],
        );
    }
    report.budget(
        "time of lro / azure_core",
        Bound::Most(0.25),
        rounds.ratio(ours, azure),
    );
    report.budget(
        "instructions of lro / the limit",
        Bound::Most(1.3),
        instructions[ours] / instructions[limit],
    );
    report.budget(
        "allocations of lro beyond the JSON's, with a credential",
        Bound::Most(16.0),
        allocations[credential] - allocations[limit],
    );
    Ok(report)
}
