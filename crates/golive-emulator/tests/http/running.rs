//! Starting, stopping and steering.

use super::client::{ask, client, poll, send};
use super::lifecycle::{HOUR, SEED, location};
use golive_client::endpoints::*;
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::time::Duration;

#[tokio::test]
async fn many_run_side_by_side() {
    let mut emulators = Vec::new();
    for _ in 0..10 {
        emulators.push(Emulator::builder().start().await.unwrap());
    }
    location(&emulators[0], &GO_LIVE_OFFER).await;
    for emulator in &emulators[1..] {
        assert!(emulator.address().ip().is_loopback());
        let ids = ask(emulator, &LIST_OPERATIONS, &SEED).send().await;
        let ids: Vec<golive_client::types::Submission> = ids.json();
        assert_eq!(ids.len(), 1, "they share nothing");
    }
    let addresses: Vec<_> = emulators.iter().map(Emulator::address).collect();
    emulators.remove(0).shutdown().await;
    drop(emulators);
    for address in addresses {
        // A dropped emulator closes when its task is next polled.
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_setting_that_makes_no_sense_is_an_error() {
    for speed in [0.0, -1.0, 1e6 + 1.0, f64::NAN, f64::INFINITY] {
        let error = Emulator::builder().speed(speed).start().await.unwrap_err();
        assert!(error.is_speed() && !error.is_address());
        assert!(error.to_string().contains("above zero"));
    }
    let many = "[[rule]]\naction = { kind = 'reset' }\n".repeat(1001);
    let scenario = golive_emulator::Scenario::from_toml(&many).unwrap();
    let builder = Emulator::builder().scenario(scenario);
    let error = builder.start().await.unwrap_err();
    assert!(error.is_scenario() && error.to_string().contains("a thousand"));
    let emulator = Emulator::builder().start().await.unwrap();
    let taken = Emulator::builder().listen(emulator.address());
    let error = taken.start().await.unwrap_err();
    assert!(error.is_address());
    assert!(error.to_string().contains(&emulator.address().to_string()));
    assert!(std::error::Error::source(&error).is_some());
    let folder = tempfile::tempdir().unwrap();
    let kept = || Emulator::builder().data_dir(folder.path());
    let first = kept().start().await.unwrap();
    let error = kept().start().await.unwrap_err();
    assert!(error.is_data_dir());
    assert!(error.to_string().contains("another emulator"), "{error}");
    first.shutdown().await;
    let file = folder.path().join("emulator.redb");
    std::fs::write(file, "something else").unwrap();
    let error = kept().start().await.unwrap_err();
    assert!(error.is_data_dir());
    assert!(!error.to_string().contains("another emulator"), "{error}");
}

#[tokio::test]
async fn ids_follow_from_the_seed() {
    let mut urls = Vec::new();
    for seed in [1, 1, 2] {
        let emulator = Emulator::builder().seed(seed).start().await.unwrap();
        urls.push(location(&emulator, &GO_LIVE_OFFER).await);
    }
    assert_eq!(urls[0], urls[1]);
    assert_ne!(urls[0], urls[2]);
}

#[tokio::test]
async fn the_polling_hint_follows_the_speed() {
    for (speed, expected) in [(1.0, "3600"), (7.0, "515"), (1e6, "1"), (0.5, "7200")] {
        let emulator = Emulator::builder().speed(speed).start().await.unwrap();
        let accepted = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
        assert_eq!(accepted.header("retry-after"), Some(expected), "{speed}");
    }
    let emulator = Emulator::builder().start().await.unwrap();
    let url = location(&emulator, &GO_LIVE_OFFER).await;
    emulator.advance(60 * HOUR - Duration::from_secs(5));
    let answer = poll(&emulator, &GET_OPERATION, &url).await;
    assert_eq!(
        answer.header("retry-after"),
        Some("60"),
        "never below a minute"
    );
}

#[tokio::test]
async fn of_many_go_lives_at_once_one_is_accepted() {
    let emulator = Emulator::builder().start().await.unwrap();
    let asks = (0..20).map(|_| ask(&emulator, &GO_LIVE_OFFER, &SEED).send());
    let answers = futures_util::future::join_all(asks).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    let count = |status| statuses.iter().filter(|it| **it == status).count();
    assert_eq!((count(202), count(409)), (1, 19));
}

#[tokio::test]
async fn dates_are_the_portals() {
    let emulator = Emulator::builder().start().await.unwrap();
    let date = async || {
        let answer = ask(&emulator, &LIST_PUBLISHERS, &[]).send().await;
        httpdate::parse_http_date(answer.header("date").unwrap()).unwrap()
    };
    let before = date().await;
    emulator.advance(1000 * HOUR);
    let passed = date().await.duration_since(before).unwrap();
    assert!(passed >= 1000 * HOUR && passed < 1001 * HOUR);
}

#[tokio::test]
async fn requests_are_written_down_without_what_is_secret() {
    let emulator = Emulator::builder().start().await.unwrap();
    ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    let request = client().get(format!("{}/nothing?token=secret", emulator.url()));
    send(request.bearer_auth("secret")).await;
    let requests = emulator.requests();
    let shown: Vec<_> = requests
        .iter()
        .map(|it| (it.method.as_str(), it.path.clone(), it.status))
        .collect();
    let go_live = GO_LIVE_OFFER.path_with(&SEED).unwrap();
    assert_eq!(
        shown,
        [("POST", go_live, 202), ("GET", "/nothing".to_owned(), 404)]
    );
    assert!(!format!("{requests:?}").contains("secret"));
    assert!(!format!("{emulator:?}").contains("Bearer"));
}

#[tokio::test]
async fn steering_errors_say_what_is_wrong() {
    let emulator = Emulator::builder().start().await.unwrap();
    let fail = |publisher, offer, step| {
        let failed = emulator.fail_step(publisher, offer, step, "no");
        failed.unwrap_err().to_string()
    };
    assert!(fail("nobody", SEED_OFFER, "live").contains("nobody"));
    assert!(fail(SEED_PUBLISHER, "nothing", "live").contains("nothing"));
    assert!(fail(SEED_PUBLISHER, SEED_OFFER, "alive").contains("displaycertify"));
    location(&emulator, &GO_LIVE_OFFER).await;
    assert!(fail(SEED_PUBLISHER, SEED_OFFER, "displaycertify").contains("is done"));
}

/// The router without a socket, on tokio's clock: days pass as fast as a test
/// can count.
#[tokio::test(start_paused = true)]
async fn days_pass_in_process_under_a_paused_clock() {
    use axum::body::Body;
    use http::Request;
    use tower_service::Service;

    let (mut router, controls) = Emulator::builder().router().unwrap();
    let mut request = async |method: &str, path: String| {
        let request = Request::builder()
            .method(method)
            .uri(format!("{path}?api-version={API_VERSION}"))
            .header("authorization", "Bearer secret");
        let request = request.body(Body::empty()).unwrap();
        router.call(request).await.unwrap()
    };
    let go_live = GO_LIVE_OFFER.path_with(&SEED).unwrap();
    let accepted = request("POST", go_live).await;
    let location = accepted.headers()["location"].to_str().unwrap();
    let path = location.split_once('?').unwrap().0.to_owned();
    let mut polls = 0;
    loop {
        let answer = request("GET", path.clone()).await;
        polls += 1;
        let Some(wait) = answer.headers().get("retry-after") else {
            break;
        };
        let wait = wait.to_str().unwrap().parse().unwrap();
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
    assert_eq!(polls, 61, "one each hour for two and a half days");
    assert_eq!(controls.requests().len(), 62);
}
