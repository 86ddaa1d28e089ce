//! What a poll asks of the allocator beyond the JSON of its status, which is kept:
//! counted, so that it can be held to exactly.

use bytes::Bytes;
use golive::lro::{BoxFuture, Transport, TransportError};
use golive::{Portal, StaticToken, Update};
use http::{Request, Response};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const POLLS: usize = 1_000;
const OPERATION: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";

/// The status of an operation with six steps, as the service sends it.
fn status() -> Bytes {
    let steps: Vec<Value> = [
        ("displaydummycertify", "Validate Pre-Requisites", "< 15 min"),
        ("displaycertify", "Certification", "< 5 day"),
        ("displayprovision", "Provisioning", "< 1 day"),
        ("displaypackage", "Packaging", "< 1 hour"),
        ("publisher-signoff", "Publisher signoff", ""),
        ("live", "Live", "~2-5 days"),
    ]
    .iter()
    .map(|(id, name, estimate)| {
        json!({
            "estimatedTimeFrame": estimate, "id": id, "stepName": name,
            "description": "What is done in this step.", "status": "inProgress",
            "messages": [{
                "messageHtml": "The step has <b>begun</b>.", "level": "information",
                "timestamp": "2018-03-16T17:50:45.7450911Z",
            }],
            "progressPercentage": 40,
        })
    })
    .collect();
    let document = json!({
        "status": "running", "messages": [], "publishingVersion": 2, "offerVersion": 2,
        "cancellationRequestState": "canCancel", "steps": steps,
        "previewLinks": [], "liveLinks": [], "notificationEmails": "jondoe@contoso.com",
    });
    document.to_string().into()
}

struct Memory(Bytes);

impl Transport for Memory {
    fn send(
        &self,
        _request: Request<Bytes>,
        _limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let response = Response::new(self.0.clone());
        Box::pin(std::future::ready(Ok(response)))
    }
}

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
fn a_poll_takes_the_json_and_what_is_told_of_it() {
    let body = status();
    let json = allocations(|| {
        let value: Value = serde_json::from_slice(&body).unwrap();
        drop(value);
    });
    let portal = Portal::builder()
        .endpoint("http://localhost")
        .credential(StaticToken::new("test-secret"))
        .transport(Memory(body))
        .build()
        .unwrap();
    let offer = portal.offer("contoso", "offer").unwrap();
    let mut operation = offer.operation(OPERATION).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let poll = allocations(|| {
        let update = runtime.block_on(operation.poll_once()).unwrap();
        assert!(matches!(update, Update::Status { .. }), "{update:?}");
    });
    println!("{json} allocations for the JSON, {poll} for a poll");
    // What is told of it is read from the JSON that is kept, once.
    assert!(poll - json <= 165, "{poll} - {json}");
}
