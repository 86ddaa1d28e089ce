//! Many operations polled over HTTP on the loopback, each once a second, as
//! subjects: a poll set, and a tokio task for each with bare reqwest.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use lro::{PollSet, ReqwestTransport, Schedule, Service, Update};
use tokio::sync::Semaphore;

use crate::loopback::{client, get, runtime};
use crate::portal::Status;
use crate::server;
use crate::subject::{Subject, Work};

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
    let mut set = PollSet::<u64, Status>::new(&service).concurrency(AT_ONCE);
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
                        let mut last = Status::default();
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
