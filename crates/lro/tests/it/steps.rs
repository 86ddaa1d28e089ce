//! Statuses that tell of steps: stalls, and a pace that survives a resume.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use lro::{
    BoxError, Estimate, FinalReply, Poller, Reply, Schedule, Service, State, StatusMonitor, Update,
    Via, transport_fn,
};
use tokio::time::Instant;
use url::Url;

const MINUTE: Duration = Duration::from_secs(60);

/// The body is the step's name; its estimate is ten minutes, but for `review`,
/// which has none. `live` ends it.
struct Stepped(String);

impl StatusMonitor for Stepped {
    type Output = ();
    const KIND: &'static str = "stepped";

    fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        Ok(Self(String::from_utf8(reply.body().to_vec())?))
    }

    fn state(&self) -> State {
        match self.0.as_str() {
            "live" => State::Succeeded,
            _ => State::in_progress(),
        }
    }

    fn estimate(&self) -> Option<Estimate> {
        let longest = match self.0.as_str() {
            "review" => Duration::ZERO,
            _ => 10 * MINUTE,
        };
        Some(Estimate::new(&self.0, longest))
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
        Ok(())
    }
}

/// Each step with the minute at which it ends.
fn poller(steps: &'static [(&'static str, u32)]) -> (Service, Poller<Stepped>) {
    scheduled(
        steps,
        Schedule::estimated(Duration::from_secs(15), Duration::from_secs(600)),
    )
}

/// The same, with a schedule of one's own.
fn scheduled(
    steps: &'static [(&'static str, u32)],
    schedule: Schedule,
) -> (Service, Poller<Stepped>) {
    let start = Instant::now();
    let transport = transport_fn(move |_: http::Request<Bytes>| {
        let now = start.elapsed();
        let step = steps
            .iter()
            .find(|(_, ends)| now < *ends * MINUTE)
            .map_or("live", |(name, _)| name);
        std::future::ready(Ok(http::Response::new(Bytes::from_static(step.as_bytes()))))
    });
    let service = Service::builder(&Url::parse("https://svc.example/").unwrap())
        .transport(transport)
        .schedule(schedule)
        .seed(3)
        .build()
        .unwrap();
    let poller = service.poll_at("/op").unwrap();
    (service, poller)
}

#[tokio::test(start_paused = true)]
async fn a_step_that_far_outlives_its_estimate_is_a_stall() {
    let (_, mut poller) = poller(&[("certify", 20), ("package", 60)]);
    let mut stalls = Vec::new();
    while let Some(update) = poller.next().await {
        match update {
            Update::Status {
                stall: Some(stall),
                elapsed,
                ..
            } => stalls.push((elapsed, stall)),
            Update::Status { .. } | Update::Done(Ok(())) => {}
            other => panic!("{other:?}"),
        }
    }
    // `certify` ran for twice its estimate, which is none; `package` for four
    // times.
    let (elapsed, stall) = &stalls[0];
    assert_eq!(stall.step, "package");
    assert!(stall.running > 30 * MINUTE && stall.running < 32 * MINUTE);
    assert!(*elapsed > 50 * MINUTE && *elapsed < 52 * MINUTE);
    assert!(stall.to_string().contains("\"package\""));
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_ones_own_counts_more_than_an_estimate() {
    let schedule = Schedule::fixed(MINUTE).stall_limit(5 * MINUTE);
    let (_, mut poller) = scheduled(&[("certify", 20), ("review", 40)], schedule);
    let mut stalled: Vec<(String, u64, bool)> = Vec::new();
    while let Some(update) = poller.next().await {
        if let Update::Status {
            stall: Some(stall), ..
        } = update
            && !stalled.iter().any(|(step, ..)| *step == stall.step)
        {
            let told = stall.to_string().contains("usually");
            stalled.push((stall.step, stall.running.as_secs() / 60, told));
        }
    }
    assert_eq!(
        stalled,
        [
            ("certify".to_owned(), 6, true),
            ("review".to_owned(), 6, false)
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_age_of_the_operation_and_of_the_step_survive_a_resume() {
    let (service, mut poller) = poller(&[("certify", 500)]);
    let first = poller.next_poll();
    let mut last = Duration::ZERO;
    while poller.elapsed() < 400 * MINUTE {
        if let Some(Update::Status { next_poll, .. }) = poller.next().await {
            last = next_poll;
        }
    }
    assert!(last > 4 * first.max(Duration::from_secs(15)), "{last:?}");

    let token = poller.token().to_string().parse().unwrap();
    drop(poller);
    let mut resumed = service.resume::<Stepped>(token).unwrap();
    assert!(resumed.elapsed() >= 399 * MINUTE);
    let Some(Update::Status {
        stall, next_poll, ..
    }) = resumed.next().await
    else {
        panic!("a status comes first");
    };
    assert!(stall.unwrap().running >= 399 * MINUTE);
    assert!(next_poll >= last / 2, "{next_poll:?} after {last:?}");
    resumed.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_servers_hint_is_the_least_delay_of_an_estimated_schedule() {
    let transport = transport_fn(|_: http::Request<Bytes>| {
        let response = http::Response::builder()
            .header("retry-after", "77")
            .body(Bytes::from_static(b"certify"));
        std::future::ready(Ok(response.unwrap()))
    });
    let service = Service::builder(&Url::parse("https://svc.example/").unwrap())
        .transport(Arc::new(transport))
        .schedule(Schedule::estimated(Duration::from_secs(15), 10 * MINUTE).jitter(0.0))
        .build()
        .unwrap();
    let mut poller = service.poll_at::<Stepped>("/op").unwrap();
    poller.poll_once().await.unwrap();
    assert_eq!(poller.next_poll(), Duration::from_secs(77));
}
