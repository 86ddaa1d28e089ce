//! Whatever the server and the network do, in any order: the wait ends in
//! bounded time, without a panic, with a bounded number of requests, none of
//! them to a foreign origin, and the operation can still be resumed.

use std::time::Duration;

use futures_util::StreamExt;
use http::{HeaderValue, Method};
use lro::{AzureStatus, PollSet, Schedule, Tolerance, Update};
use proptest::prelude::*;
use serde_json::Value;
use tokio::time::Instant;

use crate::script::{Script, Step, answer, ok};

const DEADLINE: Duration = Duration::from_secs(1000);
const POLL_TIMEOUT: Duration = Duration::from_secs(50);

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://svc.example/api/operations/1".to_owned()),
        Just("https://evil.example/steal".to_owned()),
        Just("https://svc.example@evil.example/".to_owned()),
        Just("//evil.example/".to_owned()),
        Just("http://svc.example/api".to_owned()),
        Just("/api/relative".to_owned()),
        "[!-~]{0,12}",
        "(https?:)?[/\\\\@]{0,3}[a-z.@:]{0,12}(/[a-z%?#]{0,6})?",
    ]
}

fn retry_after() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|it| it.to_string()),
        (0..100_u32).prop_map(|it| it.to_string()),
        "[0-9]{1,40}",
        "[ -~]{0,30}",
        Just("Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
        Just("Fri, 31 Dec 9999 23:59:59 GMT".to_owned()),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let header = prop_oneof![
        (
            prop_oneof![
                Just("operation-location"),
                Just("azure-asyncoperation"),
                Just("location"),
            ],
            url()
        ),
        (
            prop_oneof![
                Just("retry-after"),
                Just("retry-after-ms"),
                Just("x-ms-retry-after-ms"),
                Just("date"),
            ],
            retry_after()
        ),
    ];
    proptest::collection::vec(header, 0..4)
}

fn body() -> impl Strategy<Value = String> {
    let status = prop_oneof![
        Just("Running".to_owned()),
        Just("NotStarted".to_owned()),
        Just("Succeeded".to_owned()),
        Just("Failed".to_owned()),
        Just("Cancelled".to_owned()),
        "[A-Za-z]{0,12}",
    ];
    prop_oneof![
        4 => status.prop_map(|it| format!(r#"{{"status":"{it}"}}"#)),
        1 => url().prop_map(|it| {
            serde_json::json!({"status": "Succeeded", "resourceLocation": it}).to_string()
        }),
        1 => "\\PC{0,40}",
        1 => Just("[".repeat(1000)),
        1 => Just(String::new()),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (prop_oneof![
            4 => Just(200_u16),
            1 => Just(202),
            4 => 100..600_u16,
        ], headers(), body())
            .prop_map(|(status, headers, body)| Step::Reply(status, headers, body)),
        1 => Just(Step::Connect),
        1 => Just(Step::Reset),
        1 => Just(Step::Hang),
    ]
}

fn run(first: Vec<(&'static str, String)>, method: Method, steps: Vec<Step>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let script = Script::new(steps);
        let service = script
            .builder()
            .credential(HeaderValue::from_static("Bearer secret"))
            .schedule(Schedule::default().max(Duration::from_secs(60)))
            .tolerance(Tolerance::default().attempts(20))
            .poll_timeout(POLL_TIMEOUT)
            .query("api-version", "1")
            .build()
            .unwrap();
        let headers: Vec<_> = first
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let start = Instant::now();
        let accepted = answer(method, 202, &headers, "");
        if let Ok(poller) = service.accepted::<AzureStatus<Value>>(accepted) {
            let outcome = poller.deadline(DEADLINE).await;
            if let Err(error) = outcome {
                let token = error.resume_token().expect("an accepted operation is kept");
                let line = token.to_string();
                assert_eq!(&line.parse::<lro::ResumeToken>().unwrap(), token);
                assert!(!format!("{error} {error:?}").contains("secret"));
            }
        }
        // A poll that began before the deadline, one at it, the result's, and
        // what timers round.
        assert!(start.elapsed() < DEADLINE + 4 * POLL_TIMEOUT);
        // One second at least between two polls, and at most six hops for
        // each of them and one repetition for 401.
        assert!(script.requests() as u64 <= (DEADLINE.as_secs() + 4) * 12);
        for request in script.seen() {
            assert!(
                request.url.starts_with("https://svc.example/"),
                "{}",
                request.url
            );
        }
    });
}

/// Five operations at once: each ends, and ends once.
fn run_set(steps: Vec<Step>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let script = Script::new(steps);
        let service = script.builder().poll_timeout(POLL_TIMEOUT).build().unwrap();
        let mut set = PollSet::<u8, AzureStatus<Value>>::new(&service).concurrency(2);
        for nr in 0..5 {
            let poller = service.poll_at(&format!("/api/operations/{nr}")).unwrap();
            set.insert(nr, poller.deadline(DEADLINE));
        }
        let start = Instant::now();
        let mut done = [0; 5];
        while let Some((nr, update)) = set.next().await {
            if let Update::Done(outcome) = update {
                done[usize::from(nr)] += 1;
                if let Err(error) = outcome {
                    assert!(error.resume_token().is_some());
                }
            }
        }
        assert_eq!(done, [1; 5]);
        assert!(set.is_empty());
        // Two at a time, so that a last poll may wait for those of others.
        assert!(start.elapsed() < DEADLINE + 20 * POLL_TIMEOUT);
        for request in script.seen() {
            assert!(request.url.starts_with("https://svc.example/"));
        }
    });
}

/// After how many polls, and seconds of them, a caller who polls by hand is told that
/// the tolerance is used up. Before each poll comes a pause of so many seconds, maybe
/// into another process.
fn gives_up(hangs: &[bool], pauses: &[(u64, bool)]) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let hangs = hangs.iter().map(|hangs| match hangs {
            true => Step::Hang,
            false => Step::Reply(503, vec![], String::new()),
        });
        let script = Script::new(hangs.collect());
        let tolerance = Tolerance::default().time(Duration::from_secs(500));
        let service = script
            .builder()
            .schedule(Schedule::fixed(Duration::from_secs(20)))
            .tolerance(tolerance.attempts(1000))
            .poll_timeout(POLL_TIMEOUT)
            .build()
            .unwrap();
        let mut poller = service.poll_at::<AzureStatus>("/api/operations/1").unwrap();
        for (pause, resumes) in pauses.iter().cycle() {
            tokio::time::sleep(poller.next_poll() + Duration::from_secs(*pause)).await;
            if *resumes {
                let line = poller.token().to_string();
                poller = service.resume(line.parse().unwrap()).unwrap();
            }
            let error = poller.poll_once().await.unwrap_err();
            if error.gave_up() {
                return error.to_string();
            }
        }
        unreachable!("the pauses go round")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_in_a_set(steps in proptest::collection::vec(step(), 1..40)) {
        run_set(steps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_ends_and_stays_at_home(
        steps in proptest::collection::vec(step(), 1..30),
        put in any::<bool>(),
    ) {
        let method = if put { Method::PUT } else { Method::POST };
        let first = vec![("operation-location", "/api/operations/1".to_owned())];
        run(first, method, steps);
    }

    #[test]
    fn any_first_reply_too(first in headers(), steps in proptest::collection::vec(step(), 1..5)) {
        run(first, Method::POST, steps);
    }

    /// Pauses in which nobody polls, in one process or between two, change nothing:
    /// it gives up after as many polls, and as much time of them.
    #[test]
    fn the_tolerance_does_not_count_a_pause(
        pauses in proptest::collection::vec((0..100_000_u64, any::<bool>()), 1..20),
        hangs in proptest::collection::vec(any::<bool>(), 1..20),
    ) {
        let calm = vec![(0, false)];
        prop_assert_eq!(gives_up(&hangs, &pauses), gives_up(&hangs, &calm));
    }

    #[test]
    fn any_text_is_no_panic_as_a_token(text in "\\PC{0,80}", tail in "[A-Za-z0-9_-]{0,200}") {
        let _ = text.parse::<lro::ResumeToken>();
        let _ = format!("lro1.{tail}").parse::<lro::ResumeToken>();
        let _ = serde_json::from_str::<lro::ResumeToken>(&text);
    }

    #[test]
    fn any_context_survives_the_token(pairs in proptest::collection::btree_map("\\PC{0,20}", "\\PC{0,20}", 0..5)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _entered = runtime.enter();
        let service = Script::new(vec![ok("")]).service();
        let poller = service.poll_at::<AzureStatus>("/op").unwrap().context(pairs.clone());
        let token: lro::ResumeToken = poller.token().to_string().parse().unwrap();
        prop_assert_eq!(token.context(), &pairs);
        let json = serde_json::to_string(&token).unwrap();
        prop_assert_eq!(serde_json::from_str::<lro::ResumeToken>(&json).unwrap(), token);
    }
}
