//! google-cloud-lro, polled by hand. Between its poller and the wire it has no
//! pipeline of its own (that is the generated client's), so there is no HTTP
//! in its figures: its poller, the JSON of its service's envelope with the same
//! status in it, and the typed status.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bench::polling::loopback::runtime;
use bench_poll::poll::paused;
use bench_poll::portal::STATUS;
use bench_poll::subject::{Subject, Work};
use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicy;
use google_cloud_gax::polling_error_policy::AlwaysContinue;
use google_cloud_gax::polling_state::PollingState;
use google_cloud_longrunning::model;
use google_cloud_lro::{Poller, PollingResult, internal};
use google_cloud_wkt::Empty;
use google_cloud_wkt::message::Message;

pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![subject("google", by_hand), subject("google-asleep", asleep)]
}

/// The same document in the same type; only the trait is Google's.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
struct Status(bench_poll::portal::Status);

impl Message for Status {
    fn typename() -> &'static str {
        "type.googleapis.com/bench.Status"
    }
}

type Operation = internal::Operation<Empty, Status>;

/// The status in the envelope of a Google operation.
fn document() -> String {
    let rest = STATUS.strip_prefix('{').expect("an object");
    let kind = Status::typename();
    format!(r#"{{"name":"operations/1","done":false,"metadata":{{"@type":"{kind}",{rest}}}"#)
}

fn operation(document: &str) -> Operation {
    let parsed: model::Operation = serde_json::from_str(document).expect("an operation");
    Operation::new(parsed)
}

#[derive(Debug)]
struct Delay(Duration);

impl PollingBackoffPolicy for Delay {
    fn wait_period(&self, _: &PollingState) -> Duration {
        self.0
    }
}

fn poller(document: Arc<str>, delay: Duration) -> impl Poller<Empty, Status> {
    let first = Arc::clone(&document);
    internal::new_poller(
        Arc::new(AlwaysContinue),
        Arc::new(Delay(delay)),
        move || async move {
            STARTED.fetch_add(1, Ordering::Relaxed);
            Ok(operation(&first))
        },
        move |_| {
            let document = Arc::clone(&document);
            async move { Ok(operation(&document)) }
        },
    )
}

/// A task each: there is no other way to poll several.
fn asleep() -> Work {
    let runtime = runtime();
    Box::new(move |count| {
        runtime.block_on(async {
            for nr in 0..count {
                let url = bench::polling::asleep::url(nr);
                let document = format!(r#"{{"name":"{url}","done":false}}"#);
                let poller = poller(document.into(), Duration::from_secs(3600));
                tokio::spawn(async move {
                    let _ = poller.until_done().await;
                });
            }
            // What is spawned runs first, and then sleeps.
            while STARTED.load(Ordering::Relaxed) < count {
                tokio::task::yield_now().await;
            }
            tokio::task::yield_now().await;
        });
        count
    })
}

/// Operations begun.
static STARTED: AtomicU64 = AtomicU64::new(0);

fn by_hand() -> Work {
    let runtime = paused();
    let mut poller = poller(document().into(), Duration::from_secs(30));
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                match poller.poll().await {
                    Some(PollingResult::InProgress(Some(status))) => drop(black_box(status)),
                    _ => panic!("the operation is under way"),
                }
            }
        });
        count
    })
}
