//! What CI systems and people are shown.

use super::{LONG, Stage};
use crate::program::{ended, run, start};
use std::io::{BufRead, BufReader};

#[tokio::test(flavor = "multi_thread")]
async fn github_gets_annotations_a_table_and_outputs() {
    let stage = Stage::fast().await;
    stage.previews(&["good"]).await;
    let file = stage.table(&["good", "missing"]);
    let (summary, output) = (stage.path("summary"), stage.path("output"));
    let mut command = stage.command(&file, &[]);
    command
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("GITHUB_OUTPUT", &output);
    let ended = run(&mut command, "");
    assert_eq!(ended.code, 1, "{ended:?}");
    let annotation = "::error title=golive::contoso/missing: cannot take contoso/missing live";
    assert_eq!(ended.stderr.matches(annotation).count(), 1, "{ended:?}");
    let summary = std::fs::read_to_string(summary).unwrap();
    assert!(
        summary.starts_with("### 2 offers: 1 succeeded, 1 refused\n"),
        "{summary}"
    );
    assert!(
        summary.contains("| contoso/missing | refused | go-live |"),
        "{summary}"
    );
    assert!(
        summary.contains("| contoso/good | succeeded | live |"),
        "{summary}"
    );
    let output = std::fs::read_to_string(output).unwrap();
    assert!(output.contains("succeeded=1\ntotal=2\n"), "{output}");
    assert!(output.contains("journal="), "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_says_only_what_has_to_be_said() {
    let stage = Stage::fast().await;
    stage.previews(&["good"]).await;
    let ended = stage.many(&stage.table(&["good"]), &["--quiet"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let lines: Vec<&str> = ended.stderr.lines().collect();
    // The token of a variable cannot be renewed.
    assert!(
        lines.iter().all(|line| line.contains("cannot be renewed")),
        "{ended:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_for_each_change_names_its_offer() {
    let stage = Stage::frozen().await;
    stage.drafts(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let mut child = start(&mut stage.command(&file, &["--action", "publish"]));
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    let wanted = ["a", "b"].map(|id| format!("contoso/{id} Validate Pre-Requisites: inProgress"));
    while !wanted.iter().all(|line| said.contains(line)) {
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{said}");
    }
    stage.emulator.advance(LONG);
    for line in stderr.lines() {
        said.push_str(&line.unwrap());
        said.push('\n');
    }
    assert_eq!(ended(child).await.code, 0, "{said}");
    for id in ["a", "b"] {
        assert!(
            said.contains(&format!("Z contoso/{id} succeeded\n")),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heartbeat_says_how_many_still_run() {
    let stage = Stage::still().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let mut child = start(&mut stage.command(&file, &["--heartbeat", "200ms"]));
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains("Z 2 offers: 2 running\n") {
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{said}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
