//! Many operations in one task.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::{Method, Request, Response};
use lro::{AzureStatus, PollSet, Schedule, Service, Update, transport_fn};
use tokio::time::Instant;
use url::Url;

use crate::script::{POLLING_URL, RUNNING, SUCCEEDED, Script, answer, code, ok, reply};

type Status = AzureStatus<String>;
type Set = PollSet<u32, Status>;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Requests in order: seconds since the start, and the operation's number.
type Log = Arc<Mutex<Vec<(u64, u32)>>>;

/// Operations `/op/N` that run for N seconds each; every request takes a
/// second. Asserts that no more than `most` requests run at once.
fn service(most: usize) -> (Service, Log) {
    let start = Instant::now();
    let log = Log::default();
    let seen = Arc::clone(&log);
    let running = Arc::new(Mutex::new(0));
    let transport = transport_fn(move |request: Request<Bytes>| {
        let nr: u32 = request.uri().path()[4..].parse().unwrap();
        seen.lock().unwrap().push((start.elapsed().as_secs(), nr));
        let running = Arc::clone(&running);
        *running.lock().unwrap() += 1;
        assert!(*running.lock().unwrap() <= most);
        async move {
            tokio::time::sleep(secs(1)).await;
            *running.lock().unwrap() -= 1;
            let ended = start.elapsed() >= secs(u64::from(nr));
            let body = if ended { SUCCEEDED } else { RUNNING };
            Ok(Response::new(Bytes::from_static(body.as_bytes())))
        }
    });
    let service = Service::builder(&Url::parse("https://svc.example/").unwrap())
        .transport(transport)
        .schedule(Schedule::fixed(secs(10)))
        .seed(1)
        .build()
        .unwrap();
    (service, log)
}

fn filled(service: &Service, count: u32) -> Set {
    let mut set = Set::new(service);
    for nr in 0..count {
        let poller = service.poll_at(&format!("/op/{nr}")).unwrap();
        assert!(set.insert(nr, poller).is_none());
    }
    set
}

#[tokio::test(start_paused = true)]
async fn all_end_with_bounded_concurrency() {
    let (service, log) = service(5);
    let mut set = filled(&service, 60).concurrency(5);
    assert_eq!(set.len(), 60);
    let mut done = HashMap::new();
    while let Some((nr, update)) = set.next().await {
        match update {
            Update::Done(outcome) => {
                assert!(done.insert(nr, outcome.unwrap()).is_none());
            }
            Update::Status { .. } => assert!(set.last_status(&nr).is_some()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done.len(), 60);
    assert!(set.is_empty());
    // In the order of arrival, none starved: the first round is each once.
    let log = log.lock().unwrap();
    let first: Vec<u32> = log.iter().take(60).map(|(_, nr)| *nr).collect();
    assert_eq!(first, (0..60).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn requests_are_spaced() {
    let (service, log) = service(100);
    let mut set = filled(&service, 10).concurrency(100).spacing(secs(3));
    while set.next().await.is_some() {}
    let log = log.lock().unwrap();
    assert!(log.len() >= 10);
    assert!(log.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 3));
}

#[tokio::test(start_paused = true)]
async fn one_429_pauses_the_host() {
    let script = Script::new(vec![
        ok(RUNNING),
        reply(429, &[("retry-after", "300")], ""),
        ok(SUCCEEDED),
    ]);
    let service = script.service();
    let mut set = Set::new(&service).concurrency(1);
    for nr in 0..20 {
        set.insert(nr, service.poll_at(&format!("/op/{nr}")).unwrap());
    }
    let mut done = 0;
    while let Some((_, update)) = set.next().await {
        done += u32::from(matches!(update, Update::Done(Ok(_))));
    }
    assert_eq!(done, 20);
    let gaps = script.gaps();
    assert!(gaps[2] >= 299.0, "{gaps:?}");
    assert_eq!(script.requests(), 22);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_passes_while_the_host_is_paused() {
    let start = Instant::now();
    let script = Script::new(vec![
        reply(429, &[("retry-after", "3000")], ""),
        ok(SUCCEEDED),
    ]);
    let service = script.service();
    let mut set = Set::new(&service).concurrency(1);
    for nr in 0..2 {
        let poller = service.poll_at(&format!("/op/{nr}")).unwrap();
        set.insert(nr, poller.deadline(secs(100)));
    }
    while let Some((_, update)) = set.next().await {
        if let Update::Done(outcome) = update {
            let error = outcome.unwrap_err();
            assert!(error.is_timeout());
            assert!(error.resume_token().is_some());
        }
    }
    assert!(start.elapsed() >= secs(100) && start.elapsed() < secs(101));
    assert_eq!(script.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn insert_and_remove_while_it_runs() {
    let (service, log) = service(100);
    let mut set = filled(&service, 3);
    // All three are under way, or due.
    let _ = tokio::time::timeout(Duration::from_millis(500), set.next()).await;
    let removed = set.remove(&2).unwrap();
    assert!(set.remove(&2).is_none());
    let replaced = set.insert(1, service.poll_at("/op/15").unwrap());
    assert_eq!(replaced.unwrap().token().url().path(), "/op/1");
    set.insert(7, service.poll_at("/op/7").unwrap());
    let mut done = Vec::new();
    while let Some((nr, update)) = set.next().await {
        if let Update::Done(outcome) = update {
            outcome.unwrap();
            done.push(nr);
        }
    }
    assert_eq!(done, [0, 7, 1]);
    // Taken out, it still works, and the set can be used again.
    assert_eq!(removed.await.unwrap(), "fine");
    set.insert(9, service.poll_at("/op/1").unwrap());
    assert!(matches!(set.next().await, Some((9, Update::Done(Ok(_))))));
    assert!(set.next().await.is_none());
    assert!(log.lock().unwrap().iter().any(|(_, nr)| *nr == 15));
}

#[tokio::test(start_paused = true)]
async fn much_coming_and_going_leaves_nothing_behind() {
    let (service, _) = service(100);
    let mut set = filled(&service, 50);
    for round in 0..100 {
        for nr in 0..50 {
            let poller = service.poll_at(&format!("/op/{}", nr + round)).unwrap();
            set.insert(nr, poller);
        }
    }
    assert_eq!(set.len(), 50);
    let mut done = 0;
    while let Some((_, update)) = set.next().await {
        done += u32::from(matches!(update, Update::Done(Ok(_))));
    }
    assert_eq!(done, 50);
}

#[tokio::test(start_paused = true)]
async fn one_list_of_tokens_resumes_all() {
    let (service, _) = service(100);
    let mut set = filled(&service, 20);
    for _ in 0..25 {
        set.next().await;
    }
    let list: Vec<(u32, String)> = set
        .tokens()
        .map(|(nr, token)| (*nr, token.to_string()))
        .collect();
    let left = list.len();
    assert!(left > 0 && left == set.len());
    drop(set);

    let mut set = Set::new(&service);
    for (nr, line) in list {
        set.insert(nr, service.resume(line.parse().unwrap()).unwrap());
    }
    let mut done = 0;
    while let Some((nr, update)) = set.next().await {
        if let Update::Done(outcome) = update {
            assert_eq!(outcome.unwrap(), "fine", "{nr}");
            done += 1;
        }
    }
    assert_eq!(done, left);
}

#[tokio::test(start_paused = true)]
async fn failures_deadlines_and_ends_known_at_once() {
    let script = Script::new(vec![code(403), ok(RUNNING)]);
    let service = script.service();
    let mut set = Set::new(&service).concurrency(1);
    set.insert(0, service.poll_at("/op/0").unwrap());
    set.insert(1, service.poll_at("/op/1").unwrap().deadline(secs(30)));
    let ended = answer(
        Method::POST,
        202,
        &[("operation-location", POLLING_URL)],
        SUCCEEDED,
    );
    set.insert(2, service.accepted(ended).unwrap());
    let mut outcomes = HashMap::new();
    while let Some((nr, update)) = set.next().await {
        if let Update::Done(outcome) = update {
            outcomes.insert(nr, outcome);
        }
    }
    assert_eq!(outcomes[&2].as_ref().unwrap(), "fine");
    let fatal = outcomes[&0].as_ref().unwrap_err();
    assert_eq!(fatal.status(), Some(403));
    assert!(fatal.resume_token().is_some());
    let late = outcomes[&1].as_ref().unwrap_err();
    assert!(late.is_timeout());
    assert!(late.resume_token().is_some());
}
