use crate::child::ask;
use crate::fake::{CLIENT, Fake, HOUR, HandClock, TENANT, Wires, wired};
use golive::identity::{Identity, Secret};
use golive::{Chain, Credential};

const TENANT_AND_CLIENT: [(&str, &str); 2] =
    [("AZURE_TENANT_ID", TENANT), ("AZURE_CLIENT_ID", CLIENT)];

fn chain(authority: &Fake, more: &[(&str, &str)]) -> Chain {
    let variables = [&TENANT_AND_CLIENT, more].concat();
    let clock = HandClock::default();
    let builder = Identity::from_environment();
    wired(builder, &authority.wires(), &clock, &variables)
}

#[tokio::test]
async fn the_environment_says_which_one_serves() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "content-of-the-file").unwrap();
    let file = file.to_str().unwrap();
    let runner = Fake::start(|_| r#"{"value":"id-token"}"#.to_owned());
    for (variables, used, sent) in [
        (
            vec![("AZURE_CLIENT_SECRET", "the-secret")],
            "client secret",
            "the-secret",
        ),
        (
            vec![
                ("AZURE_CLIENT_SECRET", ""),
                ("AZURE_CLIENT_SECRET_FILE", file),
            ],
            "client secret",
            "content-of-the-file",
        ),
        (
            vec![("AZURE_FEDERATED_TOKEN_FILE", file)],
            "workload identity",
            "content-of-the-file",
        ),
        (
            vec![
                ("ACTIONS_ID_TOKEN_REQUEST_URL", &*runner.url()),
                ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-job"),
            ],
            "GitHub Actions",
            "id-token",
        ),
    ] {
        let authority = Fake::authority();
        let chain = chain(&authority, &variables);
        assert_eq!(chain.used(), None);
        assert_eq!(chain.token().await.unwrap().secret(), "access-token-1");
        assert_eq!(chain.used(), Some(used));
        let form = &authority.seen()[0].form;
        let secret = form.get("client_secret").or(form.get("client_assertion"));
        assert_eq!(secret.unwrap(), sent);
    }
}

#[test]
fn if_nothing_serves_each_says_why() {
    let told = ask("environment", &[("GITHUB_ACTIONS", "true")]);
    let error = told.error();
    for reason in [
        "client secret: not configured: AZURE_CLIENT_SECRET or AZURE_CLIENT_SECRET_FILE is not set",
        "workload identity: not configured: AZURE_FEDERATED_TOKEN_FILE is not set",
        "GitHub Actions: the job has no `permissions: id-token: write`",
        "Azure Pipelines: not configured: SYSTEM_OIDCREQUESTURI is not set",
        "managed identity: no answer from 169.254.169.254: cannot connect",
        "Azure CLI: az not found on PATH",
    ] {
        assert!(error.contains(reason), "{reason:?} is not in {error:?}");
    }
    assert_eq!(error.matches("Azure CLI").count(), 1, "{error}");
    assert_eq!(told.used(), "");
}

#[test]
fn the_next_one_is_tried_and_then_stays() {
    let authority = Fake::authority().answer(
        401,
        r#"{"error_description":"AADSTS7000222: expired","error_codes":[7000222]}"#,
    );
    let service = Fake::start(|number| {
        format!(
            r#"{{"access_token":"machine-token-{number}","expires_on":"4102444800","resource":"","token_type":"Bearer"}}"#
        )
    });
    let told = ask(
        "environment",
        &[
            ("AZURE_TENANT_ID", TENANT),
            ("AZURE_CLIENT_ID", CLIENT),
            ("AZURE_CLIENT_SECRET", "an-expired-secret"),
            ("TEST_AUTHORITY", &authority.url()),
            ("IDENTITY_ENDPOINT", &format!("{}/msi", service.url())),
            ("IDENTITY_HEADER", "header-secret"),
        ],
    );
    assert_eq!(told.token(), "machine-token-1");
    assert_eq!(told.used(), "managed identity");
    assert_eq!(authority.seen().len(), 1);
    // With a client in the environment, it is that of the machine's identity.
    assert_eq!(service.seen()[0].query["client_id"], CLIENT);
}

#[tokio::test]
async fn identities_and_other_credentials_make_a_chain_of_their_own() {
    let authority = Fake::authority();
    let clock = HandClock::default();
    let broken = Identity::client_secret(TENANT, CLIENT, Secret::file("/nowhere"));
    let good = Identity::client_secret(TENANT, CLIENT, Secret::value("the-secret"));
    let chain = Chain::new()
        .or("mine", golive::FileToken::new("/nowhere"))
        .or("broken", wired(broken, &Wires::default(), &clock, &[]))
        .or("good", wired(good, &authority.wires(), &clock, &[]));
    assert_eq!(chain.token().await.unwrap().secret(), "access-token-1");
    assert_eq!(chain.used(), Some("good"));
    clock.advance(HOUR);
    assert_eq!(chain.token().await.unwrap().secret(), "access-token-2");
}
