#![cfg(unix)]

use crate::child::{Told, ask};
use crate::fake::{Fake, HOUR, HandClock, wired};
use golive::Credential;
use golive::identity::Identity;
use std::os::unix::fs::PermissionsExt;

/// Asks with a program `az` on the path that does what the script says.
fn ask_az(script: &str) -> (Told, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("az");
    let arguments = folder.path().join("arguments");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> {}\n{script}\n",
        arguments.display()
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let on_path = folder.path().display().to_string();
    let told = ask(
        "Azure CLI",
        &[("PATH", &format!("{on_path}:/usr/bin:/bin"))],
    );
    (told, std::fs::read_to_string(arguments).unwrap_or_default())
}

#[test]
fn the_cli_is_asked_for_the_portal_s_scope() {
    let (told, arguments) = ask_az(
        r#"echo '{"accessToken":"token-of-az","expires_on":4102444800,"tokenType":"Bearer"}'"#,
    );
    assert_eq!(told.token(), "token-of-az");
    assert_eq!(told.outlives(), "None");
    let expected = format!("account get-access-token -o json --scope {}", golive::SCOPE);
    // The token lasts, so the second question costs no second process.
    assert_eq!(arguments.trim(), expected);
}

#[test]
fn what_the_cli_says_is_told() {
    let (told, _) = ask_az("echo \"ERROR: Please run 'az login'\" >&2; exit 1");
    assert_eq!(told.error(), "Azure CLI: ERROR: Please run 'az login'");
    let (told, _) = ask_az("exit 127");
    assert_eq!(told.error(), "Azure CLI: az not found on PATH");
    let (told, _) = ask_az(r#"echo '{"accessToken":"token-of-az","tokenType":"Bearer"}'"#);
    assert!(told.error().contains("2.54.0"), "{}", told.error());
    let (told, _) = ask_az(r#"echo '"token-of-az"'"#);
    assert_eq!(told.error(), "Azure CLI: the answer is not understood");
}

#[test]
fn without_the_cli_it_says_so() {
    let told = ask("Azure CLI", &[]);
    assert_eq!(told.error(), "Azure CLI: az not found on PATH");
}

#[test]
fn in_a_pipeline_it_does_not_last() {
    let authority = Fake::authority();
    let outlives = |variables: &[(&str, &str)]| {
        let clock = HandClock::default();
        wired(Identity::azure_cli(), &authority.wires(), &clock, variables).outlives()
    };
    assert_eq!(outlives(&[]), None);
    assert_eq!(outlives(&[("GITHUB_ACTIONS", "true")]), Some(HOUR));
    assert_eq!(outlives(&[("TF_BUILD", "True")]), Some(HOUR));
    assert_eq!(outlives(&[("GITHUB_ACTIONS", "")]), None);
}
