//! The token endpoint, and who may ask.

use super::client::{Answer, ask, client, send};
use golive_client::endpoints::*;
use golive_emulator::{Builder, Emulator, Tokens};
use serde_json::Value;
use std::time::Duration;

const FORM: &str = "grant_type=client_credentials&client_id=me&client_secret=hush";

async fn token(base: &str, form: &str) -> Answer {
    let url = format!("{base}/tenant/oauth2/v2.0/token");
    send(client().post(url).body(form.to_owned())).await
}

async fn issued(emulator: &Emulator, audience: &str) -> String {
    let answer = token(&emulator.url(), &format!("{FORM}&{audience}")).await;
    assert_eq!(answer.status, 200);
    let answer: Value = answer.json();
    answer["access_token"].as_str().unwrap().to_owned()
}

async fn publishers(emulator: &Emulator, token: Option<&str>) -> Answer {
    let ask = ask(emulator, &LIST_PUBLISHERS, &[]).query("api-version", API_VERSION);
    match token {
        Some(token) => {
            ask.header("authorization", &format!("Bearer {token}"))
                .send_bare()
                .await
        }
        None => ask.send_bare().await,
    }
}

fn builder(tokens: Tokens) -> Builder {
    Emulator::builder().tokens(tokens)
}

const SERVICE: &str = "scope=https%3A%2F%2Fcloudpartner.azure.com%2F.default";

#[tokio::test]
async fn the_mode_says_which_tokens_are_accepted() {
    for (mode, none, any) in [
        (Tokens::Off, 200, 200),
        (Tokens::Any, 401, 200),
        (Tokens::Issued, 401, 401),
    ] {
        let emulator = builder(mode).start().await.unwrap();
        assert_eq!(publishers(&emulator, None).await.status, none);
        assert_eq!(publishers(&emulator, Some("any")).await.status, any);
        let token = issued(&emulator, SERVICE).await;
        assert_eq!(publishers(&emulator, Some(&token)).await.status, 200);
    }
}

#[tokio::test]
async fn issued_tokens_hold_for_the_service_until_they_expire() {
    let lifetime = Duration::from_secs(600);
    let emulator = builder(Tokens::Issued).token_lifetime(lifetime).speed(2.0);
    let emulator = emulator.start().await.unwrap();
    let answer: Value = token(&emulator.url(), &format!("{FORM}&{SERVICE}"))
        .await
        .json();
    assert_eq!(answer["expires_in"], 300, "real seconds");
    assert_eq!(answer["token_type"], "Bearer");
    let good = issued(&emulator, "resource=https://cloudpartner.azure.com").await;
    assert_eq!(publishers(&emulator, Some(&good)).await.status, 200);
    let other = issued(&emulator, "resource=https://graph.microsoft.com").await;
    let refused = publishers(&emulator, Some(&other)).await;
    assert_eq!(refused.status, 401);
    assert!(refused.error().1.contains("audience"));
    assert!(
        refused
            .header("www-authenticate")
            .unwrap()
            .contains("invalid_token")
    );
    emulator.advance(lifetime);
    let expired = publishers(&emulator, Some(&good)).await;
    assert_eq!(expired.status, 401);
    assert!(expired.error().1.contains("expired"));
    let fresh = issued(&emulator, SERVICE).await;
    assert_eq!(publishers(&emulator, Some(&fresh)).await.status, 200);
    let requests = format!("{:?}", emulator.requests());
    assert!(!requests.contains(&fresh) && !requests.contains("hush"));
}

#[tokio::test]
async fn what_is_no_request_for_a_token_is_refused() {
    let emulator = builder(Tokens::Issued).start().await.unwrap();
    for (form, status, error) in [
        ("", 400, "unsupported_grant_type"),
        ("grant_type=password", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials", 400, "invalid_request"),
        (
            "grant_type=client_credentials&client_id=me",
            401,
            "invalid_client",
        ),
        (FORM, 400, "invalid_scope"),
    ] {
        let answer = token(&emulator.url(), form).await;
        assert_eq!(answer.status, status, "{form}");
        assert_eq!(answer.json::<Value>()["error"], error);
    }
}

#[tokio::test]
async fn it_speaks_https_with_a_certificate_of_its_own() {
    let emulator = builder(Tokens::Issued).https("127.0.0.1:0".parse().unwrap());
    let emulator = emulator.start().await.unwrap();
    let certificate = emulator.certificate().unwrap().as_bytes();
    let certificate = reqwest::Certificate::from_pem(certificate).unwrap();
    let trusting = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([certificate])
        .build()
        .unwrap();
    let url = emulator.https_url().unwrap();
    for host in [url.clone(), url.replace("127.0.0.1", "localhost")] {
        let configuration = format!("{host}/tenant/v2.0/.well-known/openid-configuration");
        let answer = send(trusting.get(configuration)).await;
        let answer: Value = answer.json();
        let endpoint = answer["token_endpoint"].as_str().unwrap();
        assert_eq!(endpoint, format!("{host}/tenant/oauth2/v2.0/token"));
        let form = format!("{FORM}&{SERVICE}");
        let answer = send(trusting.post(endpoint).body(form)).await;
        let token = answer.json::<Value>()["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(publishers(&emulator, Some(&token)).await.status, 200);
    }
    let distrusting = client().get(format!("{url}/healthz")).send().await;
    assert!(distrusting.is_err());
    let plain = Emulator::builder().start().await.unwrap();
    assert_eq!((plain.https_url(), plain.certificate()), (None, None));
}
