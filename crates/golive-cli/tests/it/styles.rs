//! Colors: where they are, and where none may be.

use crate::portal::{LONG, frozen_emulator, talking_to};
use crate::program::{Ended, program, run};
use crate::transcript::Transcript;
use golive_emulator::{SEED_OFFER, SEED_PUBLISHER, Scenario};

/// Escapes as people can read them.
fn readable(transcript: &Transcript) -> String {
    transcript.text().replace('\u{1b}', "\\e")
}

#[tokio::test(flavor = "multi_thread")]
async fn states_errors_and_help_have_colors() {
    let mut transcript = Transcript::default();
    let emulator = frozen_emulator().await;
    let blocked = Scenario::named("blocked-step").unwrap();
    emulator.controls().add_scenario(&blocked).unwrap();
    let golive = |arguments: &[&str]| {
        let mut command = talking_to(&emulator.url());
        command.args(arguments).args(["--color", "always"]);
        command
    };
    let offer = [SEED_PUBLISHER, SEED_OFFER];
    let [publisher, id] = offer;
    transcript.run(&mut golive(&["go-live", publisher, id, "--deadline", "0s"]));
    emulator.advance(LONG);
    transcript.run(&mut golive(&["status", publisher, id]));
    transcript.run(&mut golive(&["operations", "list", publisher, id]));
    transcript.run(&mut golive(&["go-live", publisher, id]));
    transcript.run(&mut golive(&["go-live", publisher]));
    transcript.run(&mut golive(&["offers", "diff", "--help"]));
    insta::assert_snapshot!("styles", readable(&transcript));
}

/// Runs that print something of every kind.
fn runs() -> Vec<Vec<String>> {
    let lines = [
        format!("go-live {SEED_PUBLISHER} {SEED_OFFER} --deadline 0s"),
        format!("go-live {SEED_PUBLISHER} {SEED_OFFER}"),
        format!("status {SEED_PUBLISHER} {SEED_OFFER}"),
        format!("offers list {SEED_PUBLISHER}"),
        format!("offers diff {SEED_PUBLISHER} {SEED_OFFER} --against production"),
        format!("cancel {SEED_PUBLISHER} {SEED_OFFER} --no-wait"),
        "auth check".to_owned(),
        "config show".to_owned(),
        "go-life".to_owned(),
        "--help".to_owned(),
    ];
    let words = |line: &String| line.split(' ').map(str::to_owned).collect();
    lines.iter().map(words).collect()
}

fn escapes(ended: &Ended) -> usize {
    format!("{}{}", ended.stdout, ended.stderr)
        .matches('\u{1b}')
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_terminal_or_whoever_asks_gets_an_escape() {
    let emulator = frozen_emulator().await;
    let golive = |words: &[String], variables: &[(&str, &str)], flags: &[&str]| {
        let mut command = talking_to(&emulator.url());
        command.args(words).args(flags);
        run(command.envs(variables.iter().copied()), "")
    };
    let forced = ("CLICOLOR_FORCE", "1");
    for words in runs() {
        // A pipe, with and without words about it.
        for (variables, flags) in [
            (&[][..], &[][..]),
            (&[("NO_COLOR", "1"), forced], &[]),
            (&[forced], &["--color", "never"]),
            (&[("GOLIVE_COLOR", "never"), forced], &[]),
        ] {
            let ended = golive(&words, variables, flags);
            assert_eq!(escapes(&ended), 0, "{ended:?}");
        }
        for (variables, flags) in [
            (&[("NO_COLOR", "1")][..], &["--color", "always"][..]),
            (&[("GOLIVE_COLOR", "always"), ("NO_COLOR", "1")], &[]),
            (&[forced], &[]),
        ] {
            let ended = golive(&words, variables, flags);
            assert!(escapes(&ended) > 0, "{words:?} {ended:?}");
        }
    }
}

/// What is a document for machines has no colors in it.
#[tokio::test(flavor = "multi_thread")]
async fn documents_have_none() {
    for form in ["json", "jsonl"] {
        let mut command = program();
        command.args(["config", "show", "--color", "always", "--output", form]);
        assert_eq!(escapes(&run(&mut command, "")), 0);
    }
}
