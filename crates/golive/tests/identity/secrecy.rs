//! No secret and no token is printed, whatever happens.

use crate::fake::{CLIENT, Fake, HandClock, TENANT, wired};
use golive::identity::{Identity, Secret};
use golive::{Chain, Credential, StaticToken};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing::instrument::WithSubscriber;

/// Everything that must stay hidden has this in it.
const HIDDEN: &str = "hidden";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn subscriber(&self) -> impl tracing::Subscriber + Send + Sync + use<> {
        let log = self.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || log.clone())
            .finish()
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Says again what was sent to it, as no authority should.
fn authority(status: u16, sent: &str) -> Fake {
    let body = match status {
        200 => r#"{"token_type":"Bearer","expires_in":3600,"access_token":"hidden-access-token"}"#,
        _ => r#"{"error_description":"AADSTS1: SENT","access_token":"hidden-access-token"}"#,
    };
    Fake::authority().answer(status, &body.replace("SENT", sent))
}

#[tokio::test]
async fn nothing_hidden_is_printed_on_success_or_failure() {
    let log = Log::default();
    for status in [200, 400, 500] {
        let runner = Fake::start(|_| r#"{"value":"hidden-assertion"}"#.to_owned());
        let url = runner.url();
        let variables = [
            ("ACTIONS_ID_TOKEN_REQUEST_URL", &*url),
            ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "hidden-request-token"),
        ];
        let secret = Secret::value("hidden-client-secret");
        let given = StaticToken::new("hidden-assertion");
        for (builder, sent) in [
            (
                Identity::client_secret(TENANT, CLIENT, secret),
                "hidden-client-secret",
            ),
            (
                Identity::federated(TENANT, CLIENT, given),
                "hidden-assertion",
            ),
            (
                Identity::github_actions(TENANT, CLIENT),
                "hidden-assertion hidden-request-token",
            ),
        ] {
            let authority = authority(status, sent);
            assert!(!format!("{builder:?}").contains(HIDDEN));
            let wires = authority.wires();
            let identity = wired(builder, &wires, &HandClock::default(), &variables);
            let chain = Chain::new().or("identity", identity.clone());
            let outcome = chain
                .token()
                .with_subscriber(log.subscriber())
                .await
                .map(|token| format!("{token:?}"));
            let printed = format!("{outcome:?} {identity:?} {chain:?}");
            assert!(!printed.contains(HIDDEN), "{printed}");
            if let Err(error) = outcome {
                assert!(!error.to_string().contains(HIDDEN), "{error}");
            }
        }
    }
    let text = log.text();
    assert!(text.contains("the authority answered"), "{text}");
    assert!(text.contains("signing in"), "{text}");
    for line in text.lines() {
        assert!(!line.contains(HIDDEN), "{line}");
    }
}

#[test]
fn a_secret_says_where_it_is_and_not_what() {
    let print = |secret: Secret| format!("{secret:?}");
    assert_eq!(print(Secret::value("hidden")), "Secret(redacted)");
    assert_eq!(print(Secret::variable("NAME")), "Secret(variable NAME)");
    assert_eq!(print(Secret::file("/a/b")), "Secret(file /a/b)");
}
