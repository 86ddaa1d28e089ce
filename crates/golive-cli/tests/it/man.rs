//! `golive man`

use crate::docs::commands;
use crate::program::{program, run};
use std::io::Write;
use std::process::{Command, Stdio};

fn page(arguments: &[&str]) -> String {
    let ended = run(program().arg("man").args(arguments), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.stdout
}

/// As a person reads it; none if this machine shows no manuals.
fn rendered(page: &str) -> Option<String> {
    let mut groff = Command::new("groff")
        .args(["-man", "-Tutf8", "-ww", "-P-cbou"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    groff.stdin.take()?.write_all(page.as_bytes()).unwrap();
    let output = groff.wait_with_output().unwrap();
    // Warnings about a page are on standard error.
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_page_of_a_command_has_its_sections() {
    let page = page(&["go-live"]);
    for part in [
        ".TH golive-go-live 1",
        ".SH NAME",
        ".SH SYNOPSIS",
        ".SH OPTIONS",
        ".SH WAITING",
        ".SH \"SEE ALSO\"",
        "\\-\\-token\\-file",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    if let Some(text) = rendered(&page) {
        assert!(
            text.contains("golive go-live [OPTIONS] <PUBLISHER> <OFFER>"),
            "{text}"
        );
    }
}

#[test]
fn the_page_of_the_program_has_the_exit_status() {
    let page = page(&[]);
    assert!(page.contains(".SH \"EXIT STATUS\""), "{page}");
    assert!(page.contains(".SH SUBCOMMANDS"), "{page}");
    if let Some(text) = rendered(&page) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("75 still running, or not yet submitted, when the deadline passed"),
            "{text}"
        );
    }
}

/// What stands below the help is on the page too.
#[test]
fn the_page_has_what_stands_below_the_help() {
    for (command, parts) in [
        (
            &["many"][..],
            [".SH \"EXIT STATUS\"", "the journal cannot be written"],
        ),
        (
            &["cancel"],
            [".SH NOTES", "Exit code 1: the operation was faster"],
        ),
        (&["offers", "diff"], [".SH NOTES", "JSON Patch"]),
        (
            &["completions"],
            [".SH EXAMPLES", "golive completions bash"],
        ),
    ] {
        let page = page(command);
        for part in parts {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains('\u{1b}'), "{page}");
    }
}

#[test]
fn a_folder_gets_a_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("share/man1");
    let ended = run(program().args(["man", "--out"]).arg(&out), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    let mut pages = 0;
    for command in commands() {
        let mut name = vec!["golive".to_owned()];
        name.extend(command);
        let page = std::fs::read_to_string(out.join(format!("{}.1", name.join("-")))).unwrap();
        assert!(page.contains(".SH NAME"), "{page}");
        rendered(&page);
        pages += 1;
    }
    assert_eq!(std::fs::read_dir(out).unwrap().count(), pages);
}

#[test]
fn a_page_that_is_not_there_has_a_neighbour() {
    for (arguments, words) in [
        (vec!["man", "relase"], "did you mean release?"),
        (vec!["man", "config", "sow"], "did you mean show?"),
        (vec!["man", "zzz"], "there are go-live, publish"),
        (vec!["man", "wait", "x"], "wait has no commands below it"),
    ] {
        let ended = run(program().args(arguments), "");
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains(words), "{ended:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let ended = run(program().args(["man", "--out"]).arg(file.path()), "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("cannot be made"), "{ended:?}");
}
