//! `golive auth check`, and `--credential`

use crate::program::{Ended, program, run};
use crate::steady::{assert_shown, seeded_emulator};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::{Value, json};

const SIGNATURE: &str = "c2lnbmF0dXJl";

/// A token with claims, that nobody has signed.
fn web_token(claims: &Value) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let header = encode(r#"{"typ":"JWT","alg":"RS256"}"#);
    format!("{header}.{}.{SIGNATURE}", encode(&claims.to_string()))
}

fn claims() -> Value {
    json!({
        "aud": "https://cloudpartner.azure.com",
        "tid": "72f988bf-86f1-41af-91ab-2d7cd011db47",
        "appid": "11111111-2222-3333-4444-555555555555",
        "oid": "99999999-8888-7777-6666-555555555555",
        "roles": ["Marketplace.ReadWrite"],
        // The year 2100.
        "exp": 4_102_444_800_u64,
    })
}

/// Checks, with a token in the variable, if one is given.
fn check(url: &str, token: Option<&str>, arguments: &[&str]) -> Ended {
    let mut command = program();
    command.env("GOLIVE_ENDPOINT", url);
    if let Some(token) = token {
        command.env("GOLIVE_TOKEN", token);
    }
    let ended = run(command.args(["auth", "check"]).args(arguments), "");
    if let Some(token) = token {
        hides(&ended, token);
    }
    ended
}

fn hides(ended: &Ended, token: &str) {
    for part in token.split('.').chain([token]) {
        let shown = ended.stdout.contains(part) || ended.stderr.contains(part);
        assert!(!shown, "{ended:?}");
    }
}

/// Nobody is there.
const NOWHERE: &str = "http://127.0.0.1:1";

#[test]
fn the_claims_are_shown_and_not_the_token() {
    let token = web_token(&claims());
    let ended = check(NOWHERE, Some(&token), &[]);
    let line = |name: &str| {
        let mut lines = ended.stdout.lines();
        lines
            .find(|line| line.starts_with(name))
            .unwrap_or_else(|| panic!("{name}: {ended:?}"))
    };
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(line("signed in").ends_with("yes"));
    assert!(line("credential").ends_with("GOLIVE_TOKEN"));
    assert!(line("tenant").ends_with("72f988bf-86f1-41af-91ab-2d7cd011db47 (as the token claims)"));
    assert!(line("client").contains("11111111-2222-3333-4444-555555555555"));
    assert!(line("audience").contains("https://cloudpartner.azure.com"));
    assert!(line("roles").contains("Marketplace.ReadWrite"));
    assert!(line("expires").contains("2100-01-01T00:00:00Z (in "));
    assert!(line("renews").contains("no: "));
    assert_eq!(ended.stderr, "");

    let json = check(NOWHERE, Some(&token), &["--output", "json"]).json();
    assert_eq!(json["signedIn"], true);
    assert_eq!(json["credential"], "GOLIVE_TOKEN");
    assert_eq!(
        json["claims"]["tenant"],
        "72f988bf-86f1-41af-91ab-2d7cd011db47"
    );
    assert_eq!(
        json["claims"]["audiences"],
        json!(["https://cloudpartner.azure.com"])
    );
    assert_eq!(json["expires"], "2100-01-01T00:00:00Z");
    assert_eq!(json["renews"], false);
    assert_eq!(json["notUsed"], json!([]));
    assert_eq!(json.get("letIn"), None);
}

#[test]
fn a_token_that_is_opaque_claims_nothing() {
    let json = check(NOWHERE, Some("opaque"), &["--output", "json"]).json();
    assert_eq!(json["signedIn"], true);
    assert_eq!(json.get("claims"), None);
    assert_eq!(json.get("expires"), None);
}

#[test]
fn a_token_that_has_expired_is_3() {
    let mut claims = claims();
    claims["exp"] = json!(1_600_000_000);
    let ended = check(NOWHERE, Some(&web_token(&claims)), &[]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(ended.stdout.contains("2020-09-13T12:26:40Z ("), "{ended:?}");
    assert!(ended.stderr.contains("the token has expired"), "{ended:?}");
}

#[test]
fn a_token_for_another_audience_is_warned_of() {
    let mut claims = claims();
    claims["aud"] = json!("https://management.azure.com/");
    let ended = check(NOWHERE, Some(&web_token(&claims)), &[]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        ended.stderr.contains(
            "warning: the token is for the audience https://management.azure.com/, and \
             the service wants one for https://cloudpartner.azure.com"
        ),
        "{ended:?}"
    );
}

#[test]
fn a_claim_is_foreign_text() {
    let mut claims = claims();
    claims["tid"] = json!("\u{1b}[2J\n##vso[task.complete]");
    let token = web_token(&claims);
    for output in ["text", "json"] {
        let ended = run(
            program()
                .env("GOLIVE_TOKEN", &token)
                .env("TF_BUILD", "True")
                .args(["auth", "check", "--output", output]),
            "",
        );
        assert!(!ended.stdout.contains('\u{1b}'), "{ended:?}");
        assert!(!ended.stdout.contains("##vso["), "{ended:?}");
    }
}

#[test]
fn tokens_come_from_a_file_and_from_standard_input() {
    let token = web_token(&claims());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{token}\n")).unwrap();
    let file = file.to_str().unwrap();
    let check = |arguments: &[&str], stdin: &str| {
        let arguments = arguments.iter().chain(&["--output", "json"]);
        let ended = run(program().args(["auth", "check"]).args(arguments), stdin);
        assert_eq!(ended.code, 0, "{ended:?}");
        hides(&ended, &token);
        ended.json()
    };
    let json = check(&["--access-token-file", file], "");
    assert_eq!(json["credential"], "access token file");
    assert_eq!(json["renews"], true);
    let json = check(&["--access-token-stdin"], &token);
    assert_eq!(json["credential"], "standard input");
    assert_eq!(json["renews"], false);
}

#[test]
fn without_a_token_each_way_says_why_and_it_is_3() {
    // No Azure CLI of whoever runs the tests.
    let folder = tempfile::tempdir().unwrap();
    let mut command = program();
    command
        .env("GOLIVE_ENDPOINT", NOWHERE)
        .env("PATH", folder.path());
    let ended = run(command.args(["auth", "check", "--output", "json"]), "");
    assert_eq!(ended.code, 3, "{ended:?}");
    let json = ended.json();
    assert_eq!(json["signedIn"], false);
    assert_eq!(json.get("credential"), None);
    let reasons: Vec<(&str, &str)> = json["notUsed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["credential"].as_str().unwrap(),
                it["reason"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(reasons[0], ("GOLIVE_TOKEN", "not set"));
    let names: Vec<&str> = reasons.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "GOLIVE_TOKEN",
            "client secret",
            "workload identity",
            "GitHub Actions",
            "Azure Pipelines",
            "managed identity",
            "Azure CLI"
        ]
    );
    assert!(ended.stderr.contains("what to do"), "{ended:?}");
}

#[test]
fn a_way_that_was_selected_is_the_only_one() {
    assert_shown!(check("https://cloudpartner.azure.com", None, &["--credential", "client-secret"]), @r"
    signed in   no
    endpoint    https://cloudpartner.azure.com
    not used    client secret: not configured: AZURE_CLIENT_SECRET or AZURE_CLIENT_SECRET_FILE is not set
    --- standard error ---
    error: no bearer token to be had: no credential served. client secret: not configured: AZURE_CLIENT_SECRET or AZURE_CLIENT_SECRET_FILE is not set
      what to do: the token is missing, expired, or for another audience; sign in and put a token into GOLIVE_TOKEN, for example with `az account get-access-token --resource https://cloudpartner.azure.com --query accessToken --output tsv`
    --- exit code 3
    ");
    let conflict = check(
        NOWHERE,
        None,
        &["--credential", "azure-cli", "--access-token-stdin"],
    );
    assert_eq!(conflict.code, 2, "{conflict:?}");
    let unknown = check(NOWHERE, None, &["--credential", "azure-cly"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert!(unknown.stderr.contains("azure-cli"), "{unknown:?}");

    // It decides where tokens come from, so the file of a project must not.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("golive.toml"),
        "credential = 'azure-cli'",
    )
    .unwrap();
    let ended = run(program().current_dir(&folder).args(["auth", "check"]), "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("may be somebody else's"), "{ended:?}");
    let shown = run(
        program()
            .current_dir(&folder)
            .args(["config", "show", "--config", "golive.toml"]),
        "",
    );
    assert!(shown.stdout.contains("azure-cli"), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_publisher_the_service_is_asked() {
    let emulator = seeded_emulator().await;
    let url = emulator.url();
    let ended = check(&url, Some("opaque"), &["contoso"]);
    assert_shown!(ended, @r"
    signed in   yes
    endpoint    [endpoint]
    credential  GOLIVE_TOKEN
    claims      none that can be read
    renews      no: a wait that is longer than its life ends with exit code 3
    service     lets it in, to the publisher contoso
    --- standard error ---
    --- exit code 0
    ");
    let json = check(&url, Some("opaque"), &["contoso", "--output", "json"]).json();
    assert_eq!(
        (&json["publisher"], &json["letIn"]),
        (&json!("contoso"), &json!(true))
    );
    let requests = emulator.requests();
    assert!(requests.iter().all(|it| it.method == "GET"));

    let wrong = check(&url, Some("opaque"), &["contosso"]);
    assert_eq!(wrong.code, 4, "{wrong:?}");
    assert!(
        wrong.stderr.contains("did you mean the publisher contoso?"),
        "{wrong:?}"
    );
}

#[test]
fn a_service_that_does_not_let_it_in_is_3() {
    for (status, words) in [
        (401, "for another audience"),
        (403, "the principal is a user"),
    ] {
        let server = MockServer::start();
        server.list_offers(|_, then| {
            then.into_inner().status(status);
        });
        let ended = check(&server.base_url(), Some("opaque"), &["contoso"]);
        assert_eq!(ended.code, 3, "{ended:?}");
        assert!(ended.stdout.contains("does not let it in"), "{ended:?}");
        assert!(ended.stderr.contains(words), "{ended:?}");
        let ended = check(
            &server.base_url(),
            Some("opaque"),
            &["contoso", "--output", "json"],
        );
        let json = ended.json();
        assert_eq!(
            (&json["signedIn"], &json["letIn"]),
            (&json!(true), &json!(false))
        );
    }
}
