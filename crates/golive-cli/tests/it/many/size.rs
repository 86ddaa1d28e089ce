//! Many rows, and how many requests run at once.

use super::{PUBLISHER, Stage};
use golive_emulator::{Emulator, Scenario};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};

const ROWS: usize = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_rows_are_checked_to_the_last() {
    let stage = Stage::still().await;
    let id = |row: usize| match row {
        ROWS => "not an id".to_owned(),
        row => format!("offer-{row}"),
    };
    let rows = 1..=ROWS;
    let yaml = |row| format!("- publisher: {PUBLISHER}\n  offer: {}\n", id(row));
    let csv = |row| format!("{PUBLISHER},{}\n", id(row));
    let json = rows
        .clone()
        .map(|row| json!({"publisher": PUBLISHER, "offer": id(row)}));
    let json: Vec<serde_json::Value> = json.collect();
    let yaml: Vec<String> = rows.clone().map(yaml).collect();
    let csv: Vec<String> = rows.map(csv).collect();
    for (name, text, place) in [
        ("offers.yaml", yaml.concat(), "line 19999"),
        ("offers.json", json!(json).to_string(), "row 10000"),
        (
            "offers.csv",
            format!("publisher,offer\n{}", csv.concat()),
            "line 10001",
        ),
    ] {
        let ended = stage.many(&stage.file(name, &text), &[]);
        assert_eq!(ended.code, 2, "{name}");
        assert_eq!(ended.stderr.lines().count(), 2, "{}", ended.stderr);
        assert!(ended.stderr.contains(place), "{}", ended.stderr);
    }
}

/// 200 offers, or as many as the variable says, from the draft to the end.
#[tokio::test(flavor = "multi_thread")]
async fn a_whole_catalog_goes_through_one_set() {
    let count = std::env::var("GOLIVE_MANY_ROWS").map_or(200, |count| count.parse().unwrap());
    let stage = Stage::fast().await;
    let ids: Vec<String> = (0..count).map(|row| format!("offer-{row}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    stage.drafts(&ids).await;
    let file = stage.table(&ids);
    let arguments = ["--action", "publish", "--output", "json", "--quiet"];
    let ended = stage.many(&file, &arguments);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.json()["counts"]["succeeded"], count);
    if count <= 1_000 {
        let (accepted, sent) = stage.submissions();
        assert_eq!((accepted.len(), sent), (count, count));
    }
}

/// Counts the connections that are open at once.
struct Gate {
    url: String,
    most: Arc<AtomicUsize>,
}

impl Gate {
    async fn before(emulator: &Emulator) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (target, seen) = (emulator.address(), most.clone());
        tokio::spawn(async move {
            while let Ok((mut inner, _)) = listener.accept().await {
                let (now, seen) = (now.clone(), seen.clone());
                tokio::spawn(async move {
                    let count = now.fetch_add(1, Ordering::SeqCst) + 1;
                    seen.fetch_max(count, Ordering::SeqCst);
                    let mut outer = TcpStream::connect(target).await.unwrap();
                    // Either side may go away.
                    let _ = tokio::io::copy_bidirectional(&mut inner, &mut outer).await;
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, most }
    }
}

/// Requests of one connection follow each other, so that as many connections are
/// open as requests have run at once: submissions and polls.
#[tokio::test(flavor = "multi_thread")]
async fn no_more_requests_run_at_once_than_was_said() {
    let stage = Stage::fast().await;
    let ids: Vec<String> = (0..12).map(|row| format!("offer-{row}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    stage.drafts(&ids).await;
    let slow = r#"
        [[rule]]
        endpoint = ["publish_offer", "get_operation"]
        action = { kind = "delay", milliseconds = 50, clock = "real" }
    "#;
    let slow = Scenario::from_toml(slow).unwrap();
    stage.emulator.controls().add_scenario(&slow).unwrap();
    let gate = Gate::before(&stage.emulator).await;
    let mut arguments = vec!["--action", "publish", "--endpoint", &gate.url];
    arguments.extend(["--concurrency", "2"]);
    let ended = stage.many(&stage.table(&ids), &arguments);
    assert_eq!(ended.code, 0, "{ended:?}");
    let most = gate.most.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most}");
}
