use crate::fake::{CLIENT, Fake, HOUR, HandClock, TENANT, wired};
use golive::identity::{Identity, IdentityBuilder};
use golive::{Credential, EnvironmentToken, FileToken, StaticToken};

#[tokio::test]
async fn the_token_file_is_read_anew_for_every_renewal() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let builder = Identity::workload_identity(TENANT, CLIENT, &path);
    let identity = wired(builder, &authority.wires(), &clock, &[]);
    assert_eq!(identity.name(), "workload identity");
    assert_eq!(identity.outlives(), None);

    let error = identity.token().await.unwrap_err().to_string();
    assert!(error.starts_with("workload identity: the file"), "{error}");

    for number in 1..=3 {
        std::fs::write(&path, format!("assertion-{number}\n")).unwrap();
        identity.token().await.unwrap();
        identity.token().await.unwrap();
        clock.advance(HOUR);
    }
    let seen = authority.seen();
    assert_eq!(seen.len(), 3);
    for (number, seen) in seen.iter().enumerate() {
        assert_eq!(
            seen.form["client_assertion"],
            format!("assertion-{}", number + 1)
        );
        assert_eq!(
            seen.form["client_assertion_type"],
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        );
        assert!(!seen.form.contains_key("client_secret"));
    }
}

#[tokio::test]
async fn a_token_file_in_a_pipeline_does_not_last() {
    for variable in [("GITHUB_ACTIONS", "true"), ("TF_BUILD", "True")] {
        let builder = Identity::workload_identity(TENANT, CLIENT, "token");
        let authority = Fake::authority();
        let clock = HandClock::default();
        let identity = wired(builder, &authority.wires(), &clock, &[variable]);
        assert_eq!(identity.outlives(), Some(HOUR));
    }
}

#[tokio::test]
async fn any_credential_can_give_the_assertion() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let builder = Identity::federated(TENANT, CLIENT, StaticToken::new("id-token-of-another"));
    let identity = wired(builder, &authority.wires(), &clock, &[]);
    assert_eq!(identity.token().await.unwrap().secret(), "access-token-1");
    assert_eq!(
        authority.seen()[0].form["client_assertion"],
        "id-token-of-another"
    );
    // It lasts as long as what gives the assertion.
    assert_eq!(identity.outlives(), Some(HOUR));
    let wait = |builder: IdentityBuilder<Identity>| {
        wired(builder, &authority.wires(), &clock, &[]).outlives()
    };
    let file = Identity::federated(TENANT, CLIENT, FileToken::new("token"));
    assert_eq!(wait(file), None);
    let variable = Identity::federated(TENANT, CLIENT, EnvironmentToken::new("CI_ID_TOKEN"));
    assert_eq!(wait(variable), Some(HOUR));
}

#[tokio::test]
async fn an_assertion_that_has_expired_is_explained() {
    let authority = Fake::authority().answer(
        401,
        r#"{"error":"invalid_client","error_description":"AADSTS700024: Client assertion is not within its valid time range.","error_codes":[700024]}"#,
    );
    let builder = Identity::federated(TENANT, CLIENT, StaticToken::new("an-old-id-token"));
    let identity = wired(builder, &authority.wires(), &HandClock::default(), &[]);
    let error = identity.token().await.unwrap_err().to_string();
    assert!(error.contains("the ID token has expired"), "{error}");
    assert!(!error.contains("an-old-id-token"));
}
