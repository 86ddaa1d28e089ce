//! The token is never shown: by no command, in no form, however much is logged.

use crate::program::{program, run};
use crate::steady::seeded_emulator;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::path::Path;
use std::process::Command;

const COMMANDS: [&str; 18] = [
    "auth check",
    "auth check contoso",
    "auth check no-such-publisher",
    "cancel OFFER --no-wait",
    "cancel OFFER --deadline 1s",
    "config show",
    "go-live OFFER --no-wait",
    "offer-types list",
    "offers diff OFFER",
    "offers diff OFFER --against production",
    "offers list contoso",
    "offers put OFFER FILE --if-match x",
    "offers show OFFER",
    "operations list OFFER",
    "publish OFFER --no-wait",
    "publishers list",
    "release OFFER --approve auto --deadline 1s",
    "status contoso no-such-offer",
];

/// Where the token is.
#[derive(Clone, Copy, Debug)]
enum Source {
    Variable,
    File,
    StandardInput,
}

fn command(source: Source, token: &str, file: &Path, words: &[String]) -> Command {
    let mut command = program();
    command.args(words);
    match source {
        Source::Variable => command.env("GOLIVE_TOKEN", token),
        Source::File => command.arg("--access-token-file").arg(file),
        Source::StandardInput => command.arg("--access-token-stdin"),
    };
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_shows_the_token() {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let claims = encode(r#"{"aud":"https://cloudpartner.azure.com","exp":4102444800}"#);
    let signature = encode("a signature of which nothing is to be seen");
    let token = format!("{}.{claims}.{signature}", encode(r#"{"alg":"RS256"}"#));
    let folder = tempfile::tempdir().unwrap();
    let (file, document) = (folder.path().join("token"), folder.path().join("document"));
    std::fs::write(&file, &token).unwrap();
    std::fs::write(&document, "{}").unwrap();
    let emulator = seeded_emulator().await;
    for line in COMMANDS {
        for (source, output) in [
            (Source::Variable, "text"),
            (Source::Variable, "json"),
            (Source::File, "jsonl"),
            (Source::StandardInput, "text"),
        ] {
            let line = line.replace("OFFER", "contoso contoso-virtualmachineoffer");
            let line = line.replace("FILE", document.to_str().unwrap());
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let before = emulator.requests().len();
            let ended = run(
                command(source, &token, &file, &words)
                    .env("GOLIVE_ENDPOINT", emulator.url())
                    .args(["-vvv", "--output", output]),
                &token,
            );
            let said = format!("{}{}", ended.stdout, ended.stderr);
            for part in [&token, &claims, &signature] {
                assert!(!said.contains(part), "{line} {source:?} {output}: {said}");
            }
            // It got as far as to the service.
            let local = line == "config show" || line == "auth check";
            let sent = emulator.requests().len() > before;
            assert!(local || sent, "{line}: {said}");
        }
    }
}
