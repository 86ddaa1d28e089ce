//! What a poll and a sleeping operation cost.
//!
//! `cargo test --release -p lro --test cost -- --nocapture` prints the figures.
//! Only what does not depend on the machine is asserted.

use std::alloc::System;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use http::{HeaderMap, HeaderValue, Request, Response};
use lro::{
    AzureStatus, BoxFuture, Clock, PollSet, Schedule, Service, Transport, TransportError, Update,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use url::Url;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const BODY: &str = r#"{"id":"8c1f","status":"Running","percentComplete":40}"#;

/// Answers at once, with a few headers as a real server sends.
struct Memory(HeaderMap);

impl Transport for Memory {
    fn send(
        &self,
        _request: Request<Bytes>,
        _body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut response = Response::new(Bytes::from_static(BODY.as_bytes()));
        *response.headers_mut() = self.0.clone();
        Box::pin(std::future::ready(Ok(response)))
    }
}

fn memory() -> Memory {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("content-type", "application/json"),
        ("retry-after", "30"),
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-ms-request-id", "7d6a7c0f"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Memory(headers)
}

/// A clock whose sleeps either end at once, and let the time pass, or never.
#[derive(Clone)]
struct Hand {
    micros: Arc<AtomicU64>,
    asleep: bool,
}

impl Clock for Hand {
    fn elapsed(&self) -> Duration {
        Duration::from_micros(self.micros.load(Ordering::Relaxed))
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timeout of a request never passes; a delay does at once.
        if self.asleep || duration == Duration::from_secs(120) {
            return Box::pin(std::future::pending());
        }
        let micros = u64::try_from(duration.as_micros()).expect("a short delay");
        self.micros.fetch_add(micros, Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}

fn service(asleep: bool) -> Service {
    Service::builder(&Url::parse("https://svc.example/").expect("a URL"))
        .transport(memory())
        .credential(HeaderValue::from_static("Bearer abc"))
        .clock(Hand {
            micros: Arc::default(),
            asleep,
        })
        .schedule(Schedule::default())
        .query("api-version", "2017-10-31")
        .build()
        .expect("a service")
}

fn held(stats: &Stats) -> usize {
    // What a reallocation adds or frees is counted in these two.
    stats.bytes_allocated - stats.bytes_deallocated
}

fn poll() {
    let service = service(false);
    let mut poller = service
        .poll_at::<AzureStatus>("/publishers/contoso/operations/8c1f")
        .expect("a poller");
    let mut next = || {
        let update = poller.next().now_or_never().flatten();
        assert!(matches!(update, Some(Update::Status { .. })), "{update:?}");
    };
    next();
    let count = 10_000;
    let start = tokio::time::Instant::now();
    let region = Region::new(ALLOCATOR);
    for _ in 0..count {
        next();
    }
    let stats = region.change();
    let time = start.elapsed() / count;
    let allocations = stats.allocations as f64 / f64::from(count);
    let bytes = stats.bytes_allocated as f64 / f64::from(count);
    println!("a poll: {allocations:.1} allocations, {bytes:.0} bytes passing, {time:?}");
    assert!(allocations <= 16.0);
    // The counters are the process's, and the test harness has a thread of its own.
    let left = stats.allocations.saturating_sub(stats.deallocations);
    assert!(left < 100, "a poll leaves something behind: {left}");
}

fn asleep(count: usize) {
    let service = service(true);
    let resident_before = resident();
    let region = Region::new(ALLOCATOR);
    let mut set = PollSet::<u64, AzureStatus>::new(&service);
    let mut own = 0;
    for nr in 0..count as u64 {
        let url = format!("https://svc.example/publishers/contoso/operations/{nr}");
        // Its URL, and its status behind a count.
        own += url.len() + size_of::<AzureStatus>() + 2 * size_of::<usize>() + "8c1f".len();
        set.insert(nr, service.poll_at(&url).expect("a poller"));
    }
    let mut seen = 0;
    while seen < count {
        match set.next().now_or_never().flatten() {
            Some((_, Update::Status { .. })) => seen += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(set.next().now_or_never().is_none());
    let held = held(&region.change());
    let each = (held - own) / count;
    println!(
        "{count} asleep in a set: {each} bytes each beyond URL and last status, {} in all",
        held / count
    );
    if let (Some(before), Some(after)) = (resident_before, resident()) {
        let grown = after.saturating_sub(before) / 1024;
        println!("{count} asleep: {grown} KiB more of resident memory");
        assert!(grown < 100 * 1024);
    }
    assert!(each <= 512);
    assert_eq!(set.len(), count);
}

/// Resident memory in bytes, where the system tells.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

// One test, because the counters are the process's.
#[test]
fn the_cost_of_a_poll_and_of_a_sleeping_operation() {
    poll();
    // The most memory first: what is given back is used again. At the other size, all
    // lists have just grown.
    for count in [100_000, 57_362] {
        asleep(count);
    }
}
