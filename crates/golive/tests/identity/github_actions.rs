use crate::fake::{CLIENT, Fake, HOUR, HandClock, TENANT, Wires, wired};
use golive::Credential;
use golive::identity::Identity;

const REQUEST_TOKEN: &str = "request-token-of-the-job";

/// The service of the runner: it gives `id-token-1`, `id-token-2` and so on.
fn runner() -> Fake {
    Fake::start(|number| format!(r#"{{"count":1,"value":"id-token-{number}"}}"#))
}

fn identity(runner: &Fake, authority: &Fake, clock: &HandClock) -> Identity {
    let url = format!("{}/token?api-version=2.0", runner.url());
    let variables = [
        ("GITHUB_ACTIONS", "true"),
        ("ACTIONS_ID_TOKEN_REQUEST_URL", &*url),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN),
    ];
    let builder = Identity::github_actions(TENANT, CLIENT);
    wired(builder, &authority.wires(), clock, &variables)
}

#[tokio::test]
async fn the_assertion_is_asked_for_anew_for_every_renewal() {
    let (runner, authority) = (runner(), Fake::authority());
    let clock = HandClock::default();
    let identity = identity(&runner, &authority, &clock);
    for number in 1..=6 {
        for _ in 0..60 {
            let token = identity.token().await.unwrap();
            assert_eq!(token.secret(), format!("access-token-{number}"));
        }
        clock.advance(HOUR);
    }
    assert_eq!(runner.seen().len(), 6);
    for (number, seen) in authority.seen().iter().enumerate() {
        let assertion = format!("id-token-{}", number + 1);
        assert_eq!(seen.form["client_assertion"], assertion);
    }
    // It lasts as long as the job does.
    assert_eq!(identity.outlives(), None);

    let request = &runner.seen()[0];
    assert_eq!(request.method, "GET");
    assert_eq!(request.query["api-version"], "2.0");
    assert_eq!(request.query["audience"], "api://AzureADTokenExchange");
    let authorization = &request.headers["authorization"];
    assert_eq!(authorization, &format!("Bearer {REQUEST_TOKEN}"));
}

#[tokio::test]
async fn the_audience_is_that_of_the_cloud_or_the_one_that_was_given() {
    let (runner, authority) = (runner(), Fake::authority());
    let wires = Wires::default().and("https://login.microsoftonline.us", &authority.url());
    let url = format!("{}/token", runner.url());
    let variables = [
        ("ACTIONS_ID_TOKEN_REQUEST_URL", &*url),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN),
    ];
    let builder =
        || Identity::github_actions(TENANT, CLIENT).authority("https://login.microsoftonline.us");
    let clock = HandClock::default();
    let by_cloud = wired(builder(), &wires, &clock, &variables);
    by_cloud.token().await.unwrap();
    let given = wired(builder().audience("api://mine"), &wires, &clock, &variables);
    given.token().await.unwrap();
    let audiences: Vec<_> = runner
        .seen()
        .iter()
        .map(|seen| seen.query["audience"].clone())
        .collect();
    assert_eq!(audiences, ["api://AzureADTokenExchangeUSGov", "api://mine"]);
}

#[tokio::test]
async fn outside_of_a_job_it_says_what_is_missing() {
    let builder = Identity::github_actions(TENANT, CLIENT);
    let identity = wired(builder, &Wires::default(), &HandClock::default(), &[]);
    let error = identity.token().await.unwrap_err().to_string();
    assert!(error.contains("ACTIONS_ID_TOKEN_REQUEST_URL"), "{error}");
    assert!(error.contains("permissions: id-token: write"), "{error}");
}

#[tokio::test]
async fn the_job_s_token_goes_only_over_https_or_to_this_machine() {
    for url in ["http://example.com/token", "https://user@example.com/token"] {
        let variables = [
            ("ACTIONS_ID_TOKEN_REQUEST_URL", url),
            ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN),
        ];
        let builder = Identity::github_actions(TENANT, CLIENT);
        let identity = wired(
            builder,
            &Wires::default(),
            &HandClock::default(),
            &variables,
        );
        let error = identity.token().await.unwrap_err().to_string();
        assert!(error.contains("nothing was sent to example.com"), "{error}");
    }
}

#[tokio::test]
async fn what_github_answers_is_told_without_the_token() {
    let clock = HandClock::default();
    let refusal = format!(r#"{{"message":"{REQUEST_TOKEN} has expired"}}"#);
    for (status, body, problem) in [
        (
            401,
            &*refusal,
            r#"answered 401 Unauthorized: {"message":"(redacted) has expired"}"#,
        ),
        (200, r#"{"value":7}"#, "has no ID token in it"),
        (200, r#""leaked-token""#, "has no ID token in it"),
    ] {
        let runner = runner().answer(status, body);
        let identity = identity(&runner, &Fake::authority(), &clock);
        let error = identity.token().await.unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
        assert!(!error.contains(REQUEST_TOKEN) && !error.contains("leaked"));
    }
    // Trouble there is tried again too, with a new ID token.
    let runner = runner().answer(502, "");
    let identity = identity(&runner, &Fake::authority(), &clock);
    assert_eq!(identity.token().await.unwrap().secret(), "access-token-1");
}
