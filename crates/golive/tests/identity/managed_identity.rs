use crate::child::ask;
use crate::fake::{Fake, HOUR, HandClock, Wires, wired};
use golive::Credential;
use golive::identity::{Identity, IdentityBuilder};

const METADATA_SERVICE: &str = "http://169.254.169.254";

/// A service that gives tokens to the machine: `machine-token-1` and so on. Here
/// the expiry is a time of day.
fn service() -> Fake {
    Fake::start(|number| {
        format!(
            r#"{{"access_token":"machine-token-{number}","expires_on":"4102444800","resource":"https://cloudpartner.azure.com","token_type":"Bearer"}}"#
        )
    })
}

fn identity(builder: IdentityBuilder<Identity>, service: &Fake) -> Identity {
    let wires = Wires::default().and(METADATA_SERVICE, &service.url());
    wired(builder, &wires, &HandClock::default(), &[])
}

#[tokio::test]
async fn the_metadata_service_of_a_virtual_machine_is_asked() {
    let service = service();
    let identity = identity(Identity::managed_identity(), &service);
    let token = identity.token().await.unwrap();
    assert_eq!(token.secret(), "machine-token-1");
    assert_eq!(identity.token().await.unwrap().secret(), "machine-token-1");
    assert_eq!(identity.outlives(), None);
    let seen = service.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].path, "/metadata/identity/oauth2/token");
    assert_eq!(seen[0].headers["metadata"], "true");
    assert_eq!(seen[0].query["resource"], "https://cloudpartner.azure.com");
}

#[tokio::test]
async fn a_user_assigned_identity_is_named() {
    for (builder, name) in [
        (Identity::managed_identity_with_client_id("7"), "client_id"),
        (Identity::managed_identity_with_object_id("7"), "object_id"),
        (
            Identity::managed_identity_with_resource_id("7"),
            "msi_res_id",
        ),
    ] {
        let service = service();
        identity(builder, &service).token().await.unwrap();
        assert_eq!(service.seen()[0].query[name], "7");
    }
}

#[tokio::test]
async fn a_machine_without_an_identity_says_so() {
    let service = service().answer(400, r#"{"error":"invalid_request"}"#);
    let identity = identity(Identity::managed_identity(), &service);
    let error = identity.token().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "managed identity: 169.254.169.254 answered 400 Bad Request: The requested identity has \
         not been assigned to this resource"
    );
}

#[test]
fn app_service_has_an_endpoint_in_the_environment() {
    let service = service();
    let endpoint = format!("{}/msi/token", service.url());
    let told = ask(
        "managed identity",
        &[
            ("IDENTITY_ENDPOINT", &endpoint),
            ("IDENTITY_HEADER", "header-secret"),
        ],
    );
    assert_eq!(told.token(), "machine-token-1");
    let seen = service.seen();
    assert_eq!(seen[0].path, "/msi/token");
    assert_eq!(seen[0].headers["x-identity-header"], "header-secret");

    let service = self::service().answer(403, "header-secret is not welcome");
    let endpoint = format!("{}/msi/token", service.url());
    let told = ask(
        "managed identity",
        &[
            ("IDENTITY_ENDPOINT", &endpoint),
            ("IDENTITY_HEADER", "header-secret"),
        ],
    );
    assert!(told.error().contains("(redacted) is not welcome"));
}

#[test]
fn the_endpoint_in_the_environment_must_be_on_this_machine() {
    let told = ask(
        "managed identity",
        &[
            ("IDENTITY_ENDPOINT", "http://example.com/msi/token"),
            ("IDENTITY_HEADER", "header-secret"),
        ],
    );
    let error = told.error();
    assert!(error.contains("nothing was sent to example.com"), "{error}");
}

#[tokio::test]
async fn a_token_of_a_machine_lives_as_long_as_its_time_of_day_says() {
    let soon = HandClock::default();
    let service = service();
    let wires = Wires::default().and(METADATA_SERVICE, &service.url());
    let identity = wired(Identity::managed_identity(), &wires, &soon, &[]);
    for _ in 0..72 {
        identity.token().await.unwrap();
        soon.advance(HOUR);
    }
    assert_eq!(service.seen().len(), 1);
}
