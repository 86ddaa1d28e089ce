//! The certificate beside this file is signed by itself, and nobody trusts it.

use crate::fake::{CLIENT, Fake, HandClock, TENANT, wired};
use golive::Credential;
use golive::identity::{Certificate, Identity, Secret};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/identity/certificate.pfx"
);
const NOT_ONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
const PASSWORD: &str = "password-of-the-test";

fn identity(authority: &Fake, certificate: Certificate) -> Identity {
    let builder = Identity::client_certificate(TENANT, CLIENT, certificate);
    wired(builder, &authority.wires(), &HandClock::default(), &[])
}

#[tokio::test]
async fn it_signs_an_assertion_for_each_token() {
    let authority = Fake::authority();
    let certificate = Certificate::file(FILE).password(Secret::value(PASSWORD));
    let identity = identity(&authority, certificate);
    let token = identity.token().await.unwrap();
    assert_eq!(token.secret(), "access-token-1");
    assert_eq!(identity.outlives(), None);
    identity.refused(&token);
    identity.token().await.unwrap();
    let seen = authority.seen();
    assert_eq!(seen[0].form["client_assertion"].split('.').count(), 3);
    assert_ne!(
        seen[0].form["client_assertion"],
        seen[1].form["client_assertion"]
    );
    assert_eq!(seen[0].form["client_id"], CLIENT);
}

#[tokio::test]
async fn what_is_wrong_is_told_without_the_password() {
    for (certificate, problem) in [
        (Certificate::file("/nowhere.pfx"), "/nowhere.pfx"),
        (Certificate::file(FILE), "PKCS12 parsing failed"),
        (
            Certificate::file(FILE).password(Secret::value("hidden")),
            "PKCS12 parsing failed",
        ),
        (Certificate::file(NOT_ONE), "deserializing PKCS12"),
    ] {
        let identity = identity(&Fake::authority(), certificate);
        let error = identity.token().await.unwrap_err().to_string();
        assert!(error.starts_with("client certificate: "), "{error}");
        assert!(error.contains(problem), "{error}");
        assert!(!format!("{error} {identity:?}").contains("hidden"));
    }
}
