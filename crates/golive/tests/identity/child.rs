//! Questions that depend on the environment of a process are asked in a child
//! process with an environment of its own.

use crate::fake::{CLIENT, HOUR, HandClock, TENANT, Wires};
use golive::identity::{Identity, Secret};
use golive::{Credential, CredentialError};
use std::collections::HashMap;
use std::process::Command;

const QUESTION: &str = "TEST_QUESTION";
const MARK: &str = "told: ";

/// What the child told.
pub struct Told(HashMap<String, String>);

impl Told {
    fn get(&self, name: &str) -> &str {
        let missing = || panic!("nothing told of {name}: {:?}", self.0);
        self.0.get(name).unwrap_or_else(missing)
    }

    pub fn token(&self) -> &str {
        self.get("token")
    }

    pub fn error(&self) -> &str {
        self.get("error")
    }

    pub fn outlives(&self) -> &str {
        self.get("outlives")
    }

    pub fn used(&self) -> &str {
        self.get("used")
    }
}

/// Asks a way to sign in for a token, twice and an hour apart, in a child
/// process with these variables and no others.
pub fn ask(question: &str, variables: &[(&str, &str)]) -> Told {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["child::answer", "--exact", "--ignored", "--nocapture"])
        .env_clear()
        .env("PATH", "/nowhere")
        .env(QUESTION, question)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = text.lines().filter_map(|line| line.split_once(MARK));
    let pairs = lines.filter_map(|(_, told)| told.split_once('='));
    Told(
        pairs
            .map(|(name, told)| (name.into(), told.into()))
            .collect(),
    )
}

#[tokio::test]
#[ignore = "a child process of other tests"]
async fn answer() {
    let Ok(question) = std::env::var(QUESTION) else {
        return;
    };
    let clock = HandClock::default();
    let mut wires = Wires::default();
    if let Ok(authority) = std::env::var("TEST_AUTHORITY") {
        wires = Wires::to(&authority);
    }
    let builder = match &*question {
        "managed identity" => Identity::managed_identity(),
        "Azure CLI" => Identity::azure_cli(),
        "Azure Pipelines" => Identity::azure_pipelines(
            TENANT,
            CLIENT,
            "connection-7",
            Secret::variable("SYSTEM_ACCESSTOKEN"),
        ),
        "environment" => {
            let builder = Identity::from_environment();
            let chain = builder.transport(wires).clock(clock.clone());
            let chain = chain.build().unwrap();
            tell_all(&chain, &clock).await;
            return tell("used", chain.used().unwrap_or_default());
        }
        other => panic!("what is {other}?"),
    };
    let mut builder = builder.clock(clock.clone());
    if std::env::var("TEST_TRANSPORT").as_deref() != Ok("default") {
        builder = builder.transport(wires);
    }
    let identity = builder.build();
    tell_all(&identity.unwrap(), &clock).await;
}

async fn tell_all(credential: &impl Credential, clock: &HandClock) {
    let mut outcome = credential.token().await;
    if outcome.is_ok() {
        clock.advance(HOUR);
        outcome = credential.token().await;
    }
    match outcome {
        Ok(token) => tell("token", token.secret()),
        Err(error) => tell("error", &one_line(&error)),
    }
    tell("outlives", &format!("{:?}", credential.outlives()));
}

fn one_line(error: &CredentialError) -> String {
    let text = error.to_string();
    assert!(!text.contains('\n'), "an error has one line: {text}");
    text
}

fn tell(name: &str, what: &str) {
    println!("{MARK}{name}={what}");
}
