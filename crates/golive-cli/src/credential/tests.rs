use super::*;
use crate::config::Layers;
use clap::Parser;
use std::collections::BTreeMap;

/// The credentials of a command line in an environment.
fn credentials(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Credentials> {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let environment = |name: &str| variables.get(name).cloned();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("golive.toml");
    std::fs::write(&file, "")?;
    let line = ["golive", "auth", "check"].iter().chain(arguments);
    let cli = crate::args::Cli::parse_from(line);
    let layers = Layers::read(&environment, Some(&file))?;
    let flags = cli.command.flags();
    let settings = Settings::read(&layers, &cli.global, flags)?;
    let service = flags.service.context("the command has a service")?;
    Credentials::of(&settings, service, &environment)
}

/// The names in the order in which they are tried.
fn names(credentials: &Credentials) -> String {
    let shown = format!("{:?}", credentials.chain);
    let (_, list) = shown.split_once('[').unwrap();
    list.split_once(']').unwrap().0.replace('"', "")
}

async fn refusal(credentials: &Credentials) -> String {
    assert!(credentials.chain.token().await.is_err());
    let refusals = credentials.refusals.all();
    refusals.last().map(|(_, reason)| reason.clone()).unwrap()
}

#[test]
fn the_order_is_that_of_the_library() {
    let ours = credentials(&[], &[]).unwrap();
    let theirs = Identity::from_environment().variables(|_| None);
    let theirs = Credentials {
        chain: theirs.build().unwrap(),
        refusals: Refusals::default(),
    };
    assert_eq!(names(&ours), format!("GOLIVE_TOKEN, {}", names(&theirs)));

    let certificate = [("AZURE_CLIENT_CERTIFICATE_PATH", "certificate.pem")];
    let ours = credentials(&[], &certificate).unwrap();
    let theirs = Identity::from_environment().variables(|name| {
        (name == "AZURE_CLIENT_CERTIFICATE_PATH").then(|| "certificate.pem".to_owned())
    });
    let theirs = Credentials {
        chain: theirs.build().unwrap(),
        refusals: Refusals::default(),
    };
    assert_eq!(names(&ours), format!("GOLIVE_TOKEN, {}", names(&theirs)));
}

#[test]
fn flags_count_more_than_variables() {
    let token = ("GOLIVE_TOKEN", "secret");
    let file = ("GOLIVE_ACCESS_TOKEN_FILE", "token");
    let cli = ("GOLIVE_CREDENTIAL", "azure-cli");
    for (arguments, variables, name) in [
        (&[][..], &[token, file][..], "GOLIVE_TOKEN"),
        (&[], &[file], "access token file"),
        (&[], &[token, cli], "Azure CLI"),
        (
            &[],
            &[token, ("GOLIVE_CREDENTIAL", "token-file"), file],
            "access token file",
        ),
        (&["--credential", "token"], &[cli], "GOLIVE_TOKEN"),
        (
            &["--access-token-file", "x"],
            &[token, cli],
            "access token file",
        ),
        (
            &["--access-token-file", "x", "--credential", "token-file"],
            &[],
            "access token file",
        ),
        (
            &["--credential", "managed-identity"],
            &[token],
            "managed identity",
        ),
    ] {
        let credentials = credentials(arguments, variables).unwrap();
        assert_eq!(names(&credentials), name, "{arguments:?} {variables:?}");
    }
}

#[test]
fn what_excludes_each_other_is_found_before_anything_is_sent() {
    for (arguments, variables, words) in [
        (
            &["--access-token-file", "x", "--credential", "azure-cli"][..],
            &[][..],
            "cannot be used with --credential azure-cli",
        ),
        (
            &["--credential", "token-file"],
            &[],
            "flag --credential needs a file",
        ),
        (
            &[],
            &[("GOLIVE_CREDENTIAL", "password")],
            "credential of variable GOLIVE_CREDENTIAL cannot be used: it is one of auto, token",
        ),
        (
            &["--authority", "http://login.example"],
            &[],
            "there is no way to sign in",
        ),
    ] {
        let error = credentials(arguments, variables).err().unwrap();
        let error = format!("{error:#}");
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_way_that_is_not_configured_names_the_variable() {
    let ids = [("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c")];
    let with = |name, value| [&ids[..], &[(name, value)]].concat();
    for (name, variables, words) in [
        (
            "client-secret",
            ids.to_vec(),
            "AZURE_CLIENT_SECRET or AZURE_CLIENT_SECRET_FILE is not set",
        ),
        (
            "client-secret",
            vec![("AZURE_CLIENT_SECRET", "s")],
            "AZURE_TENANT_ID is not set",
        ),
        (
            "client-secret",
            with("AZURE_CLIENT_SECRET", "  ")[..].to_vec(),
            "AZURE_CLIENT_SECRET or",
        ),
        (
            "workload-identity",
            ids.to_vec(),
            "AZURE_FEDERATED_TOKEN_FILE",
        ),
        (
            "github-actions",
            ids.to_vec(),
            "ACTIONS_ID_TOKEN_REQUEST_URL",
        ),
        (
            "github-actions",
            with("GITHUB_ACTIONS", "true"),
            "id-token: write",
        ),
        ("azure-pipelines", ids.to_vec(), "SYSTEM_OIDCREQUESTURI"),
        (
            "azure-pipelines",
            with("SYSTEM_OIDCREQUESTURI", "https://x.example"),
            "SYSTEM_ACCESSTOKEN",
        ),
        (
            "workload-identity",
            with("AZURE_FEDERATED_TOKEN_FILE", "/no/such/file"),
            "/no/such/file cannot be read",
        ),
    ] {
        let credentials = credentials(&["--credential", name], &variables).unwrap();
        let reason = refusal(&credentials).await;
        assert!(reason.contains(words), "{name}: {reason}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_does_not_serve() {
    struct Slow;
    impl Credential for Slow {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
            Box::pin(std::future::pending())
        }
    }
    let refusals = Refusals::default();
    let slow = refusals.watch("slow", Slow, Some(PROBE));
    for _ in 0..3 {
        assert!(slow.token().await.is_err());
    }
    let reason = "no answer within 4 s".to_owned();
    assert_eq!(refusals.all(), [("slow", reason)]);
}
