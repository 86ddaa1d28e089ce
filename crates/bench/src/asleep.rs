//! Operations asleep, as subjects: the work is to put so many to sleep.

use std::time::Duration;

use futures_util::StreamExt;
use lro::{AzureStatus, PollSet, Schedule, Service, Update};
use url::Url;

use crate::loopback::runtime;
use crate::memory::Memory;
use crate::subject::{Subject, Work};

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
