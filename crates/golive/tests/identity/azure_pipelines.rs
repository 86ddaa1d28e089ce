use crate::child::ask;
use crate::fake::Fake;

/// Azure DevOps: it gives `oidc-token-1`, `oidc-token-2` and so on.
fn azure_devops() -> Fake {
    Fake::start(|number| format!(r#"{{"oidcToken":"oidc-token-{number}"}}"#))
}

#[test]
fn the_service_connection_is_asked_for_an_assertion() {
    let (azure_devops, authority) = (azure_devops(), Fake::authority());
    let url = format!("{}/oidctoken", azure_devops.url());
    let told = ask(
        "Azure Pipelines",
        &[
            ("SYSTEM_OIDCREQUESTURI", &url),
            ("SYSTEM_ACCESSTOKEN", "token-of-the-job"),
            ("TEST_AUTHORITY", &authority.url()),
        ],
    );
    // The child asks twice, an hour apart.
    assert_eq!(told.token(), "access-token-2");
    assert_eq!(told.outlives(), "None");
    let seen = azure_devops.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].method, "POST");
    assert_eq!(seen[0].query["serviceConnectionId"], "connection-7");
    assert_eq!(seen[0].headers["authorization"], "Bearer token-of-the-job");
    let assertions: Vec<_> = authority
        .seen()
        .iter()
        .map(|seen| seen.form["client_assertion"].clone())
        .collect();
    assert_eq!(assertions, ["oidc-token-1", "oidc-token-2"]);
}

#[test]
fn outside_of_a_job_it_says_what_is_missing() {
    let told = ask("Azure Pipelines", &[("SYSTEM_ACCESSTOKEN", "of-the-job")]);
    assert!(told.error().contains("SYSTEM_OIDCREQUESTURI"));
    let told = ask("Azure Pipelines", &[("SYSTEM_OIDCREQUESTURI", "x")]);
    assert!(told.error().contains("SYSTEM_ACCESSTOKEN"));
}

#[test]
fn a_refusal_is_told_without_the_token() {
    let azure_devops = azure_devops().answer(401, "token-of-the-job is not welcome");
    let url = format!("{}/oidctoken", azure_devops.url());
    let told = ask(
        "Azure Pipelines",
        &[
            ("SYSTEM_OIDCREQUESTURI", &url),
            ("SYSTEM_ACCESSTOKEN", "token-of-the-job"),
        ],
    );
    let error = told.error();
    assert!(error.contains("401"), "{error}");
    assert!(!error.contains("token-of-the-job"), "{error}");
}
