use crate::fake::{CLIENT, Fake, HOUR, HandClock, TENANT, Wires, wired};
use bytes::Bytes;
use futures_util::future::join_all;
use golive::identity::{Identity, Secret};
use golive::lro::{Clock, TransportError, transport_fn};
use golive::{AccessToken, Credential};
use http::{Request, Response};
use std::time::Duration;

const SECRET: &str = "s3cr3t~of-the-application";

fn identity(authority: &Fake, clock: &HandClock) -> Identity {
    let builder = Identity::client_secret(TENANT, CLIENT, Secret::value(SECRET));
    wired(builder, &authority.wires(), clock, &[])
}

async fn secret(identity: &Identity) -> String {
    identity.token().await.unwrap().secret().to_owned()
}

async fn error(authority: &Fake) -> String {
    let identity = identity(authority, &HandClock::default());
    let error = identity.token().await.unwrap_err().to_string();
    assert!(!error.contains(SECRET), "{error}");
    error
}

#[tokio::test]
async fn it_asks_the_authority_for_the_portal_s_scope() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let identity = identity(&authority, &clock);
    let token = identity.token().await.unwrap();
    assert_eq!(token.secret(), "access-token-1");
    assert_eq!(identity.name(), "client secret");
    assert_eq!(identity.outlives(), None);

    let seen = authority.seen();
    assert_eq!(seen[0].method, "POST");
    assert_eq!(seen[0].path, format!("/{TENANT}/oauth2/v2.0/token"));
    assert_eq!(seen[0].form["grant_type"], "client_credentials");
    assert_eq!(seen[0].form["client_id"], CLIENT);
    assert_eq!(seen[0].form["client_secret"], SECRET);
    assert_eq!(seen[0].form["scope"], golive::SCOPE);

    // The expiry is told by the clock that was given.
    let life = token.expires_at().unwrap().duration_since(clock.wall());
    let life = life.unwrap();
    assert!(life <= HOUR && life > HOUR - Duration::from_secs(60));
}

#[tokio::test]
async fn a_wait_of_days_buys_a_token_an_hour_for_all_that_poll() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let identity = identity(&authority, &clock);
    for hour in 1..=72 {
        let tokens = join_all((0..100).map(|_| identity.token())).await;
        for token in tokens {
            assert_eq!(token.unwrap().secret(), format!("access-token-{hour}"));
        }
        clock.advance(HOUR);
    }
    assert_eq!(authority.seen().len(), 72);
}

#[tokio::test]
async fn a_refused_token_is_replaced_although_the_azure_sdk_keeps_tokens() {
    let authority = Fake::authority();
    let identity = identity(&authority, &HandClock::default());
    let refused = identity.token().await.unwrap();
    identity.refused(&AccessToken::new(refused.secret()));
    assert_eq!(secret(&identity).await, "access-token-2");
    assert_eq!(secret(&identity.clone()).await, "access-token-2");
}

#[tokio::test]
async fn a_secret_that_was_replaced_is_used_at_the_next_renewal() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    std::fs::write(&path, "old-secret\n").unwrap();
    let builder = Identity::client_secret(TENANT, CLIENT, Secret::file(&path));
    let identity = wired(builder, &authority.wires(), &clock, &[]);
    secret(&identity).await;
    std::fs::write(&path, "new-secret\n").unwrap();
    clock.advance(HOUR);
    secret(&identity).await;
    let seen = authority.seen();
    assert_eq!(seen[0].form["client_secret"], "old-secret");
    assert_eq!(seen[1].form["client_secret"], "new-secret");
}

#[tokio::test]
async fn a_national_cloud_has_its_own_authority_and_scope() {
    let authority = Fake::authority();
    let wires = Wires::default().and("https://login.chinacloudapi.cn", &authority.url());
    let builder = Identity::client_secret(TENANT, CLIENT, Secret::value(SECRET))
        .authority("https://login.chinacloudapi.cn")
        .scope("https://portal.example.cn/.default");
    let identity = wired(builder, &wires, &HandClock::default(), &[]);
    assert_eq!(secret(&identity).await, "access-token-1");
    assert_eq!(
        authority.seen()[0].form["scope"],
        "https://portal.example.cn/.default"
    );
}

#[tokio::test]
async fn trouble_on_the_way_is_tried_again_and_a_refusal_is_not() {
    let authority = Fake::authority()
        .answer(503, "<html>busy</html>")
        .answer(429, r#"{"error":"throttled"}"#);
    let clock = HandClock::default();
    assert_eq!(
        secret(&identity(&authority, &clock)).await,
        "access-token-3"
    );

    let authority = Fake::authority().answer(
        401,
        r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1","error_codes":[7000215]}"#,
    );
    let error = error(&authority).await;
    assert_eq!(
        error,
        "client secret: the client secret is wrong; its value is needed, not its identifier \
         (login.microsoftonline.com answered 401 Unauthorized: AADSTS7000215: Invalid client \
         secret provided. Trace ID: 1)"
    );
    assert_eq!(authority.seen().len(), 1);
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_an_error_and_not_a_panic() {
    for (body, problem) in [
        ("<html>a portal of a hotel</html>", "not understood"),
        ("", "not understood"),
        (r#""leaked-token""#, "not understood"),
        (r#"{"access_token":["leaked-token"]}"#, "not understood"),
        (r#"{"expires_in":"leaked-token"}"#, "not understood"),
        (
            r#"{"access_token":"leaked-token","expires_in":9223372036854775807}"#,
            "life",
        ),
        (
            r#"{"access_token":"leaked-token","expires_in":-9223372036854775807}"#,
            "life",
        ),
    ] {
        let error = error(&Fake::authority().answer(200, body)).await;
        assert!(error.contains(problem), "{body}: {error}");
        assert!(!error.contains("leaked"), "{error}");
    }
    let long = "x".repeat(2 * 1024 * 1024);
    let authority = (0..3).fold(Fake::authority(), |fake, _| fake.answer(200, &long));
    let error = error(&authority).await;
    assert!(error.contains("larger than 1048576 bytes"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let authority = Fake::authority().answer(307, "");
    let error = error(&authority).await;
    assert!(error.contains("307"), "{error}");
    assert_eq!(authority.seen().len(), 1);
}

#[tokio::test]
async fn an_authority_that_cannot_be_reached_is_named() {
    let builder = Identity::client_secret(TENANT, CLIENT, Secret::value(SECRET));
    let identity = wired(builder, &Wires::default(), &HandClock::default(), &[]);
    let error = identity.token().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "client secret: no answer from login.microsoftonline.com: cannot connect: no such host"
    );
}

#[tokio::test]
async fn an_attempt_has_a_time_limit() {
    let silent = transport_fn(|_: Request<Bytes>| {
        std::future::pending::<Result<Response<Bytes>, TransportError>>()
    });
    let identity = Identity::client_secret(TENANT, CLIENT, Secret::value(SECRET))
        .transport(silent)
        .clock(HandClock::default())
        .timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let error = identity.token().await.unwrap_err().to_string();
    assert_eq!(error, "client secret: no answer within 2 s");
}

#[tokio::test]
async fn what_is_missing_is_named() {
    for (secret, problem) in [
        (
            Secret::variable("AZURE_CLIENT_SECRET"),
            "the environment variable AZURE_CLIENT_SECRET is not set",
        ),
        (Secret::file("/nowhere/secret"), "/nowhere/secret"),
        (Secret::value(" "), "no secret specified"),
    ] {
        let builder = Identity::client_secret(TENANT, CLIENT, secret);
        let identity = wired(builder, &Wires::default(), &HandClock::default(), &[]);
        let error = identity.token().await.unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
    let builder = Identity::client_secret("no tenant", CLIENT, Secret::value(SECRET));
    let identity = wired(builder, &Wires::default(), &HandClock::default(), &[]);
    let error = identity.token().await.unwrap_err().to_string();
    assert!(error.contains("invalid tenant ID no tenant"), "{error}");
}
