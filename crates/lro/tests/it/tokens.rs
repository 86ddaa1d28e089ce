//! Resume tokens: round trips, damage, and what they must not hold.

use lro::{AzureStatus, BoxError, FinalReply, Reply, ResumeToken, State, StatusMonitor, Via};
use serde_json::Value;

use crate::script::{SUCCEEDED, Script, accepted, ok};

type Status = AzureStatus<Value>;

fn token() -> ResumeToken {
    Script::new(vec![ok(SUCCEEDED)])
        .service()
        .accepted::<Status>(accepted())
        .unwrap()
        .with_context("publisher", "contoso")
        .with_context("offer", "übung")
        .token()
}

#[tokio::test]
async fn one_line_and_json() {
    let token = token();
    let line = token.to_string();
    assert!(
        line.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)),
        "{line}"
    );
    assert!(line.len() < 400, "{} bytes", line.len());
    assert_eq!(format!(" {line}\n").parse::<ResumeToken>().unwrap(), token);

    let json = serde_json::to_value(&token).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["kind"], "azure");
    assert_eq!(json["context"]["offer"], "übung");
    assert_eq!(serde_json::from_value::<ResumeToken>(json).unwrap(), token);
}

#[tokio::test]
async fn damage_is_an_error_never_a_panic() {
    let line = token().to_string();
    for end in 0..line.len() {
        let error = line[..end].parse::<ResumeToken>().unwrap_err();
        assert!(error.is_invalid_token(), "{end}");
    }
    for at in 0..line.len() {
        for byte in [b'A', b'z', b'.', b'-'] {
            let mut altered = line.clone().into_bytes();
            if altered[at] == byte {
                continue;
            }
            altered[at] = byte;
            let altered = String::from_utf8(altered).unwrap();
            // The one thing that may read is the same token, for a change
            // that means nothing: the padding bits of the last character.
            if let Ok(read) = altered.parse::<ResumeToken>() {
                panic!("{at}: {read:?}");
            }
        }
    }
    for text in [
        "",
        "lro",
        "lro1.",
        "lro1.e30",
        "lro.x",
        "ey...",
        "lro1.\u{fc}",
    ] {
        assert!(text.parse::<ResumeToken>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn altered_json_is_refused() {
    let json = serde_json::to_value(token()).unwrap();
    for (name, value) in [
        ("url", Value::from("https://svc.example/api/operations/2")),
        ("kind", Value::from("other")),
        ("check", Value::Null),
        ("extra", Value::from(1)),
    ] {
        let mut altered = json.clone();
        altered[name] = value;
        let error = serde_json::from_value::<ResumeToken>(altered).unwrap_err();
        assert!(error.to_string().contains("altered"), "{name}: {error}");
    }
}

#[tokio::test]
async fn unknown_version_says_so() {
    let error = "lro2.AAAA".parse::<ResumeToken>().unwrap_err();
    assert!(error.to_string().contains("version 2"), "{error}");
    let mut json = serde_json::to_value(token()).unwrap();
    json["version"] = 7.into();
    let error = serde_json::from_value::<ResumeToken>(json).unwrap_err();
    assert!(error.to_string().contains("version 7"), "{error}");
}

#[tokio::test]
async fn debug_hides_the_query_and_the_context() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let poller = script
        .service()
        .poll_at::<Status>("/op?sig=topsecret")
        .unwrap()
        .with_context("who", "topsecret");
    for text in [format!("{:?}", poller.token()), format!("{poller:?}")] {
        assert!(!text.contains("topsecret"), "{text}");
    }
}

struct Other;

impl StatusMonitor for Other {
    type Output = ();
    const KIND: &'static str = "other";

    fn parse(_reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        Ok(Self)
    }

    fn state(&self) -> State {
        State::Succeeded
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_token_of_another_kind_is_refused() {
    let service = Script::new(vec![ok(SUCCEEDED)]).service();
    let error = service.resume::<Other>(token()).unwrap_err();
    assert!(error.is_invalid_token());
    assert!(error.to_string().contains("\"other\""), "{error}");
}

#[tokio::test]
async fn no_user_information() {
    let service = Script::new(vec![ok(SUCCEEDED)]).service();
    let error = service
        .poll_at::<Status>("https://user:pw@svc.example/op")
        .unwrap_err();
    assert!(error.is_foreign_origin());
    assert!(!format!("{error}{error:?}").contains("pw"));
}
