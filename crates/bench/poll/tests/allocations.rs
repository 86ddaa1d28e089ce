//! What a poll asks of the allocator beyond what its status takes: counted, so
//! that it can be held to exactly.

use std::alloc::System;

use bench_poll::poll::{instant, paused};
use bench_poll::portal::{STATUS, Status, URL};
use futures_util::StreamExt;
use http::HeaderValue;
use lro::Update;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const POLLS: usize = 1_000;

/// Calls for memory, all of which are given back.
fn allocations(mut work: impl FnMut()) -> usize {
    work();
    let region = Region::new(ALLOCATOR);
    for _ in 0..POLLS {
        work();
    }
    let stats = region.change();
    // The counters are the process's, and the test harness has a thread of its own.
    let left = stats.allocations.saturating_sub(stats.deallocations);
    assert!(left < 100, "the work leaves something behind: {left}");
    (stats.allocations + stats.reallocations) / POLLS
}

#[test]
fn a_poll_takes_little_more_than_its_json() {
    let json = allocations(|| {
        let status: Status = serde_json::from_str(STATUS).expect("a status");
        drop(status);
    });

    let runtime = paused();
    let credential = HeaderValue::from_static("Bearer abc");
    let service = instant(STATUS.to_owned()).credential(credential);
    let service = service.build().expect("a service");
    let mut poller = service.poll_at::<Status>(URL).expect("a poller");
    let poll = allocations(|| {
        let update = runtime.block_on(poller.next());
        assert!(matches!(update, Some(Update::Status { .. })), "{update:?}");
    });

    println!("{json} allocations for the JSON, {poll} for a poll");
    assert!(poll - json <= 13, "{poll} - {json}");
}
