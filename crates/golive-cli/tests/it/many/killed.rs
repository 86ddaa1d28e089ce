//! SIGKILL at any moment: the next run loses nothing and submits nothing twice.

use super::{FAST, PUBLISHER, Stage};
use crate::program::start;
use golive_emulator::{Emulator, Scenario};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Child;
use std::time::Duration;

/// How often a run is killed before one may come to its end.
const KILLS: usize = 2;

/// Answers take a while, so that many a kill hits a request under way: before it
/// has taken effect, or after.
const SLOW: &str = r#"
    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    action = { kind = "delay", milliseconds = 60, clock = "real" }

    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    phase = "after"
    action = { kind = "delay", milliseconds = 60, clock = "real" }
"#;

/// 15 runs of each kind, or as many as the variable says.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_any_moment_loses_nothing_and_repeats_nothing() {
    all(Approval::Auto).await;
}

/// The same while somebody approves one preview after the other.
#[tokio::test(flavor = "multi_thread")]
async fn approvals_outlive_a_kill() {
    all(Approval::Files).await;
}

/// Who approves.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Approval {
    Auto,
    Files,
}

async fn all(approval: Approval) {
    let seeds = std::env::var("GOLIVE_MANY_KILLS").map_or(15, |count| count.parse().unwrap());
    // Those that have to look for what was sent wait for some seconds.
    for batch in (0..seeds).collect::<Vec<u64>>().chunks(15) {
        let runs: Vec<_> = batch
            .iter()
            .map(|seed| tokio::spawn(killed(*seed, approval)))
            .collect();
        for run in runs {
            run.await.unwrap();
        }
    }
}

async fn killed(seed: u64, approval: Approval) {
    let mut random = fastrand::Rng::with_seed(seed);
    let stage = Stage::of(Emulator::builder().speed(FAST).seed(seed)).await;
    stage.previews(&["live-1", "live-2"]).await;
    stage.drafts(&["preview", "whole-1", "whole-2"]).await;
    let slow = Scenario::from_toml(SLOW).unwrap();
    stage.emulator.controls().add_scenario(&slow).unwrap();
    let row = |offer: &str, action: &str| format!("{PUBLISHER},{offer},{action}\n");
    let rows = [
        row("live-1", ""),
        row("whole-1", "release"),
        row("preview", "publish"),
        row("live-2", "go-live"),
        row("whole-2", "release"),
    ];
    let text = format!("publisher,offer,action\n{}", rows.concat());
    let file = stage.file("offers.csv", &text);
    let concurrency = random.u16(1..=4).to_string();
    let files = stage.path("{publisher}.{offer}");
    let files = files.to_str().unwrap();
    let approve = match approval {
        Approval::Auto => &["--approve", "auto"][..],
        Approval::Files => &["--approve", "file", "--approval-file", files],
    };
    let arguments = [approve, &["--concurrency", &concurrency]].concat();
    let approving = (approval == Approval::Files).then(|| {
        let journal = stage.path("offers.csv.journal.jsonl");
        let pause = Duration::from_millis(random.u64(0..500));
        tokio::spawn(approve_all(journal, pause))
    });
    let mut moments = Vec::new();
    for _ in 0..KILLS {
        // Half of them while submissions begin.
        let most = if random.bool() { 600 } else { 3_000 };
        let moment = random.u64(0..most);
        moments.push(moment);
        let child = start(&mut stage.command(&file, &arguments));
        tokio::time::sleep(Duration::from_millis(moment)).await;
        kill(child);
    }
    let child = start(&mut stage.command(&file, &arguments));
    let output = tokio::task::spawn_blocking(|| child.wait_with_output());
    let output = output.await.unwrap().unwrap();
    let context = format!(
        "seed {seed}, killed after {moments:?} ms, concurrency {concurrency}\n{}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        std::fs::read_to_string(stage.path("offers.csv.journal.jsonl")).unwrap_or_default(),
    );
    assert_eq!(output.status.code(), Some(0), "{context}");
    if let Some(approving) = approving {
        approving.abort();
    }
    // What the service has, whoever was told.
    let portal = stage.portal();
    let mut operations = BTreeMap::new();
    for offer in ["live-1", "live-2", "preview", "whole-1", "whole-2"] {
        let list = portal.offer(PUBLISHER, offer).unwrap().operations().await;
        operations.insert(offer, list.unwrap().len());
    }
    let expected = [
        ("live-1", 2),
        ("live-2", 2),
        ("preview", 1),
        ("whole-1", 2),
        ("whole-2", 2),
    ];
    assert_eq!(operations, expected.into(), "{context}");
}

/// Approves each preview some time after the journal has it.
async fn approve_all(journal: PathBuf, pause: Duration) {
    let folder = journal.parent().unwrap().to_owned();
    loop {
        let text = std::fs::read_to_string(&journal).unwrap_or_default();
        tokio::time::sleep(pause.max(Duration::from_millis(5))).await;
        for offer in ["whole-1", "whole-2"] {
            let ready = |line: &str| line.contains("previewReady") && line.contains(offer);
            if text.lines().any(ready) {
                std::fs::write(folder.join(format!("{PUBLISHER}.{offer}")), "approved").unwrap();
            }
        }
    }
}

/// It may have ended by itself.
fn kill(mut child: Child) {
    let _ = child.kill();
    child.wait().unwrap();
}
