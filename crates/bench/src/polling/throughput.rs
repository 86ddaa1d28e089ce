//! Many operations polled over HTTP on the loopback, each once a second: by a poll
//! set, and by a tokio task for each with bare reqwest. All read the portal's
//! document and keep its state, so that what they hold is what waiting takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use bench_poll::portal::Brief;
use bench_poll::subject::{Subject, Work};
use futures_util::StreamExt;
use lro::{PollSet, ReqwestTransport, Schedule, Service, Update};
use tokio::sync::Semaphore;

use super::loopback::{client, get, runtime};
use crate::measure::Measure;
use crate::report::{Bound, Report};
use crate::server;

/// As many requests at once as a set makes unless told otherwise.
const AT_ONCE: usize = 16;
const INTERVAL: Duration = Duration::from_secs(1);

/// Sets, tasks, and tasks that share the sixteen requests of a set.
pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![
        subject("set-100", set::<100>),
        subject("set-1000", set::<1_000>),
        subject("set-10000", set::<10_000>),
        subject("tasks-10000", tasks::<10_000, { usize::MAX >> 3 }>),
        subject("bounded-tasks-10000", tasks::<10_000, AT_ONCE>),
    ]
}

fn set<const OPERATIONS: u64>() -> Work {
    let runtime = runtime();
    let entered = runtime.enter();
    let url = server::url("");
    let service = Service::builder(&url)
        .transport(ReqwestTransport::new(client()))
        .schedule(Schedule::fixed(INTERVAL).ignore_hints())
        .build()
        .expect("a service");
    let mut set = PollSet::<u64, Brief>::new(&service).concurrency(AT_ONCE);
    drop(entered);
    Box::new(move |count| {
        if set.is_empty() {
            for nr in 0..OPERATIONS {
                let url = format!("operations/{nr:08}");
                set.insert(nr, service.poll_at(&url).expect("a poller"));
            }
        }
        runtime.block_on(async {
            for _ in 0..count {
                match set.next().await {
                    Some((_, Update::Status { .. })) => {}
                    other => panic!("{other:?}"),
                }
            }
        });
        count
    })
}

fn tasks<const OPERATIONS: u64, const AT_ONCE: usize>() -> Work {
    let (runtime, client) = (runtime(), client());
    let polls = Arc::new(AtomicU64::new(0));
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut begun = false;
    Box::new(move |count| {
        runtime.block_on(async {
            if !begun {
                begun = true;
                for nr in 0..OPERATIONS {
                    let url = server::url(&format!("operations/{nr:08}"));
                    let (client, polls) = (client.clone(), Arc::clone(&polls));
                    let permits = Arc::clone(&permits);
                    tokio::spawn(async move {
                        let mut last = Brief::default();
                        loop {
                            let permit = permits.acquire().await.expect("it is open");
                            let status = get(&client, &url).await;
                            drop(permit);
                            drop(std::mem::replace(&mut last, status));
                            polls.fetch_add(1, Ordering::Relaxed);
                            tokio::time::sleep(INTERVAL).await;
                        }
                    });
                }
            }
            let before = polls.load(Ordering::Relaxed);
            loop {
                let done = polls.load(Ordering::Relaxed) - before;
                if done >= count {
                    return done;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
    })
}

/// Many operations at once, beside a task for each.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut report = Report::new(
        "throughput",
        "Many operations polled at once",
        "10,000 operations, each polled once a second over HTTP on the loopback. The peer is a \
         tokio task for each operation that asks with bare reqwest, reads the state and sleeps; \
         as it is, and with a semaphore that allows the 16 requests at once that a set makes \
         unless told otherwise. Without the semaphore every operation has a connection of its \
         own. Polls per second of the client's processor time, kernel included; memory is what \
         the process has grown by. Median of 3 rounds.",
        &[
            ("polls per CPU second", 0),
            ("of the set's", 3),
            ("resident, MB", 1),
            ("of the set's", 2),
        ],
    );
    let subjects = [
        ("lro, a poll set", "set-10000"),
        ("a task each, bare reqwest", "tasks-10000"),
        ("a task each, 16 requests at once", "bounded-tasks-10000"),
    ];
    let names = subjects.map(|(_, name)| name);
    let rounds = measure.rounds(&names, 50_000, 10_000, 3)?;
    let rate = |index| 1e6 / rounds.micros(index);
    let memory = |index| rounds.of(index, |sample| sample.resident as f64 / 1e6);
    for (index, (title, _)) in subjects.into_iter().enumerate() {
        report.row(
            title,
            &[
                Some(rate(index)),
                Some(rounds.ratio(0, index)),
                Some(memory(index)),
                Some(memory(index) / memory(0)),
            ],
        );
    }
    report.budget(
        "polls per CPU second of the set / a task each",
        Bound::Least(0.9),
        rounds.ratio(1, 0),
    );
    report.budget(
        "polls per CPU second of the set / 16 at once",
        Bound::Least(0.9),
        rounds.ratio(2, 0),
    );
    report.budget(
        "memory of the set / a task each",
        Bound::Most(0.1),
        memory(0) / memory(1),
    );
    Ok(report)
}
