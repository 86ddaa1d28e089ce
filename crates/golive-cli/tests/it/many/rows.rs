//! What is wrong with a file is found before anything is sent.

use super::Stage;
use crate::program::run;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_used_sends_nothing() {
    let stage = Stage::still().await;
    for (name, text, parts) in [
        ("empty.yaml", "", &["empty.yaml has no rows in it"][..]),
        ("empty.csv", "publisher,offer\n", &["has no rows in it"]),
        (
            "wrong.csv",
            "publisher,offer,notfy\ncontoso,a,x@y.z\ncontoso,a b,\ncontoso,a,\n",
            &[
                "wrong.csv cannot be used, and nothing was submitted",
                "line 2: there is no field notfy; did you mean notify?",
                "line 3: \"a b\" is not the id of an offer",
                "line 4: the offer contoso/a is in line 2 already",
            ],
        ),
        (
            "wrong.yaml",
            "- publisher: contoso\n",
            &["line 1: offer: it is missing"],
        ),
        (
            "wrong.json",
            "{\"publisher\": \"contoso\"}",
            &["not an array"],
        ),
        ("offers.txt", "", &["say --format yaml, json or csv"]),
        // An offer would be lost.
        (
            "twice.json",
            r#"[{"publisher": "contoso", "offer": "a", "offer": "b"}]"#,
            &["two fields \"offer\" at line 1"],
        ),
        (
            "quote.csv",
            "publisher,offer,expectValue\ncontoso,a,\"/b=1\ncontoso,b,\n",
            &["line 2: a quote is opened and not closed"],
        ),
        (
            "cells.csv",
            "publisher,offer\ncontoso,a\n\ncontoso,b,c\n",
            &["line 4: the number of cells is 3, and that of columns is 2"],
        ),
        (
            "no.yaml",
            "- {publisher: contoso, offer: no}\n",
            &["offer: false is not a text: write it in quotes"],
        ),
    ] {
        let file = stage.file(name, text);
        let ended = stage.many(&file, &[]);
        assert_eq!(ended.code, 2, "{ended:?}");
        for part in parts {
            assert!(ended.stderr.contains(part), "{part}: {ended:?}");
        }
        assert!(!stage.path(&format!("{name}.journal.jsonl")).exists());
    }
    let ended = stage.many(&stage.path("wrng.csv"), &[]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("did you mean"), "{ended:?}");
    assert_eq!(stage.emulator.requests(), []);
}

/// What is read of it has no end.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_no_journal() {
    let stage = Stage::still().await;
    let ended = stage.many(&stage.table(&["a"]), &["--journal", "/dev/full"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("it is no regular file"), "{ended:?}");
    assert_eq!(stage.emulator.requests(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn standard_input_needs_a_form_and_a_journal() {
    let stage = Stage::fast().await;
    stage.previews(&["a"]).await;
    let rows = "publisher,offer\ncontoso,a\n";
    for arguments in [&[][..], &["--format", "csv"], &["--journal", "journal"]] {
        let ended = run(&mut stage.command("-".as_ref(), arguments), rows);
        assert_eq!(ended.code, 2, "{ended:?}");
    }
    let arguments = ["--format", "csv", "--journal", "journal"];
    let ended = run(&mut stage.command("-".as_ref(), &arguments), rows);
    assert_eq!(ended.code, 0, "{ended:?}");
    stage.assert_accepted(&["a golive"]);
    // The token cannot come from there as well.
    let arguments = [&arguments[..], &["--access-token-stdin"]].concat();
    let ended = run(&mut stage.command("-".as_ref(), &arguments), rows);
    assert_eq!(ended.code, 2, "{ended:?}");
}
