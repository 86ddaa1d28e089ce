//! Operations asleep: the work is to put so many to sleep.

use std::time::Duration;

use anyhow::{Context, Result};
use bench_poll::memory::Memory;
use bench_poll::subject::{Subject, Work};
use futures_util::StreamExt;
use lro::{AzureStatus, PollSet, Schedule, Service, Update};
use url::Url;

use super::loopback::runtime;
use crate::measure::Measure;
use crate::report::{Bound, Report};

/// A status of Azure's standard form.
pub const STATUS: &str = r#"{"id":"8c1f","status":"InProgress","percentComplete":40}"#;

/// What an operation of ours is made of besides the poller's own: its URL, and
/// its last status behind a count.
pub const OWN: usize = URL_BYTES + size_of::<AzureStatus>() + 2 * size_of::<usize>() + 4;

/// The length of the URLs.
pub const URL_BYTES: usize = "https://portal.example/operations/00000000".len();

/// What is ours.
pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![subject("lro-set-asleep", set), subject("lro-asleep", tasks)]
}

/// The URL of an operation.
pub fn url(nr: u64) -> String {
    format!("https://portal.example/operations/{nr:08}")
}

fn service() -> Service {
    let hour = Duration::from_secs(3600);
    Service::builder(&Url::parse("https://portal.example/").expect("a URL"))
        .transport(Memory::new(STATUS).retry_after(3600))
        .schedule(Schedule::default().max(hour))
        .query("api-version", "2017-10-31")
        .build()
        .expect("a service")
}

fn set() -> Work {
    let runtime = runtime();
    let entered = runtime.enter();
    let service = service();
    let mut set = PollSet::<u64, AzureStatus>::new(&service);
    drop(entered);
    Box::new(move |count| {
        for nr in 0..count {
            set.insert(nr, service.poll_at(&url(nr)).expect("a poller"));
        }
        runtime.block_on(async {
            for _ in 0..count {
                let update = set.next().await;
                assert!(matches!(update, Some((_, Update::Status { .. }))));
            }
        });
        count
    })
}

/// A task each, as it is without a set.
fn tasks() -> Work {
    let runtime = runtime();
    let entered = runtime.enter();
    let service = service();
    drop(entered);
    Box::new(move |count| {
        runtime.block_on(async {
            let (seen, mut statuses) = tokio::sync::mpsc::unbounded_channel();
            for nr in 0..count {
                let poller = service.poll_at::<AzureStatus>(&url(nr));
                let (mut poller, seen) = (poller.expect("a poller"), seen.clone());
                tokio::spawn(async move {
                    while let Some(Update::Status { .. }) = poller.next().await {
                        seen.send(()).expect("somebody counts");
                    }
                });
            }
            for _ in 0..count {
                statuses.recv().await;
            }
        });
        count
    })
}

/// What a sleeping operation takes, beside the peers.
pub fn report(measure: &Measure) -> Result<Report> {
    const COUNT: u64 = 100_000;
    /// Where the slots, the queue and the hash table have all just grown.
    const GROWN: u64 = 57_362;
    let mut report = Report::new(
        "asleep",
        "Operations asleep",
        &format!(
            "100,000 operations, each polled once, with the next poll an hour away, in one thread. \
             Bytes are those held of the allocator. What an operation has in any case is its URL \
             ({URL_BYTES} bytes) and its last status; azure_core's replies share one body and \
             Google's have none, so for them only the URL is taken off. The \
             last row is of a set of 57,362 operations, whose lists have all just grown and have \
             the most in reserve. What a list has in reserve is not resident before it is used."
        ),
        &[
            ("bytes each", 0),
            ("beyond URL and status", 0),
            ("resident, MB", 1),
            ("µs to begin one", 2),
        ],
    );
    let subjects = [
        ("lro, a poll set", "lro-set-asleep", OWN),
        ("lro, a task each", "lro-asleep", OWN),
        ("azure_core, a task each", "azure-asleep", URL_BYTES),
        ("google-cloud-lro, a task each", "google-asleep", URL_BYTES),
    ];
    let mut set = None;
    for (title, name, own) in subjects {
        let held = measure.counted(name, COUNT, 0)?.held as f64 / COUNT as f64;
        let sample = measure.sample(name, COUNT, 0)?;
        let (beyond, resident) = (held - own as f64, sample.resident as f64 / 1e6);
        set.get_or_insert((beyond, resident));
        report.row(
            title,
            &[
                Some(held),
                Some(beyond),
                Some(resident),
                Some(sample.cpu_each() / 1000.0),
            ],
        );
    }
    let held = measure.counted("lro-set-asleep", GROWN, 0)?.held as f64 / GROWN as f64;
    let row = [Some(held), Some(held - OWN as f64), None, None];
    report.row("lro, a poll set that has just grown", &row);
    let (beyond, resident) = set.context("the set comes first")?;
    let beyond = beyond.max(held - OWN as f64);
    report.budget(
        "bytes in a poll set beyond URL and status",
        Bound::Most(512.0),
        beyond,
    );
    report.budget(
        "MB resident for 100,000 in a poll set",
        Bound::Below(100.0),
        resident,
    );
    Ok(report)
}
