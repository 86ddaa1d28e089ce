//! Every scenario of the library: what the SDK does under it. The table of
//! faults in `docs/rehearse.md` says the same in words.

use super::in_process::{Renewing, connect};
use golive::{Error, OperationStatus};
use golive_emulator::{Controls, Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

struct Run {
    result: Result<OperationStatus, Error>,
    controls: Controls,
    /// How many tokens were used.
    tokens: u32,
}

impl Run {
    fn error(&self) -> &Error {
        self.result.as_ref().unwrap_err()
    }

    fn requests_under_rules(&self) -> usize {
        let requests = self.controls.requests();
        requests.iter().filter(|it| !it.rules.is_empty()).count()
    }
}

#[derive(Clone, Copy)]
enum What {
    Publish,
    GoLive,
}

async fn run(name: &str, what: What) -> Run {
    let scenario = Scenario::named(name).unwrap();
    let (portal, controls) = connect(Emulator::builder().scenario(scenario));
    let credential = Renewing::default();
    let portal = portal.credential(credential.clone()).build().unwrap();
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let accepted = match what {
        What::Publish => offer.publish().await,
        What::GoLive => offer.go_live().await,
    };
    let result = match accepted {
        Ok(operation) => operation.deadline(30 * DAY).await,
        Err(error) => Err(error),
    };
    Run {
        result,
        controls,
        tokens: credential.count(),
    }
}

/// Under these, the offer goes live as if nothing had happened.
#[tokio::test(start_paused = true)]
async fn what_is_borne() {
    for (name, applied) in [
        ("body-broken-off", 1),
        ("body-cut", 1),
        ("body-empty", 1),
        ("body-huge", 1),
        ("body-nested", 1),
        ("body-wrong-type", 1),
        ("burst-of-503", 4),
        ("gateway-html", 2),
        ("lost-acceptance", 1),
        ("no-polling-url", 1),
        ("not-found-at-first", 2),
        ("reset-while-polling", 2),
        ("throttled", 5),
        ("throttled-by-date", 3),
    ] {
        let run = run(name, What::GoLive).await;
        let ended = run.result.as_ref();
        let ended = ended.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(ended.live_links.len(), 1, "{name}");
        assert_eq!(run.requests_under_rules(), applied, "{name}");
        let submitted = run.controls.requests();
        let submitted = submitted
            .iter()
            .filter(|it| it.endpoint == Some("go_live_offer"));
        assert_eq!(submitted.count(), 1, "{name}: submitted once");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_borne_for_as_long_as_it_lasts() {
    for name in ["slow", "flaky"] {
        let run = run(name, What::GoLive).await;
        assert!(run.result.is_ok(), "{name}");
        assert!(run.requests_under_rules() > 5, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_expires_is_renewed() {
    let run = run("token-expiry", What::GoLive).await;
    assert!(run.result.is_ok());
    assert!(run.tokens > 50, "{}", run.tokens);
}

#[tokio::test(start_paused = true)]
async fn what_fails_says_where_and_why() {
    for (name, what, step, reason) in [
        (
            "failed-certification",
            What::Publish,
            "displaycertify",
            "did not boot",
        ),
        ("failed-live", What::GoLive, "live", "copied"),
        (
            "sign-off-refused",
            What::GoLive,
            "publisher-signoff",
            "agreement",
        ),
    ] {
        let run = run(name, what).await;
        let error = run.error();
        assert!(error.is_failed(), "{name}: {error:?}");
        assert_eq!(
            error.failing_step().map(|step| step.id.as_str()),
            Some(step),
            "{name}"
        );
        assert!(
            error.reasons().join(" ").contains(reason),
            "{name}: {error}"
        );
        assert!(error.resume_token().is_some(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_stands_still_is_told_from_what_goes_on() {
    for (name, blocked) in [
        ("blocked-step", true),
        ("rejected-step", true),
        ("stalled", false),
    ] {
        let run = run(name, What::GoLive).await;
        let error = run.error();
        assert!(error.is_timeout(), "{name}: {error:?}");
        assert!(error.resume_token().is_some(), "{name}");
        let status = error.last_status().unwrap();
        assert_eq!(status.blocked_step().is_some(), blocked, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_an_error_at_once() {
    let run_conflict = run("conflict", What::GoLive).await;
    assert!(run_conflict.error().is_conflict());
    let invalid = run("unprocessable", What::Publish).await;
    assert_eq!(invalid.error().status(), Some(422));
    assert!(invalid.error().to_string().contains("Http422Exception"));
}

/// Nothing is sent to another host: the transport would panic.
#[tokio::test(start_paused = true)]
async fn a_token_goes_nowhere_else() {
    for name in ["foreign-polling-url", "foreign-redirect"] {
        let run = run(name, What::GoLive).await;
        let error = run.error();
        assert!(error.is_foreign_origin(), "{name}: {error:?}");
        assert!(error.resume_token().is_some(), "{name}");
    }
}

/// The client cannot know that nothing has happened, and the list of operations
/// tells it.
#[tokio::test(start_paused = true)]
async fn a_submission_that_got_lost_is_looked_up() {
    let run = run("reset-before", What::GoLive).await;
    let error = run.error();
    assert!(error.may_have_been_sent(), "{error:?}");
    let submitted = run.controls.requests();
    let submitted = submitted
        .iter()
        .filter(|it| it.endpoint == Some("go_live_offer"));
    assert_eq!(submitted.count(), 1, "never twice");
}

#[test]
fn every_scenario_is_in_a_test() {
    let here = include_str!("scenarios.rs");
    for name in Scenario::names() {
        assert!(here.contains(&format!("\"{name}\"")), "{name}");
    }
    let docs = include_str!("../../../../docs/rehearse.md");
    for name in Scenario::names() {
        assert!(docs.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn the_scenario_in_the_docs_is_one() {
    let docs = include_str!("../../../../docs/rehearse.md");
    let blocks: Vec<&str> = docs.split("```toml\n").skip(1).collect();
    let scenario = blocks
        .iter()
        .find(|block| block.contains("[[rule]]"))
        .unwrap();
    let scenario = scenario.split("```").next().unwrap();
    let scenario = Scenario::from_toml(scenario).unwrap();
    assert_eq!(scenario.name(), Some("sometimes-503"));
}
