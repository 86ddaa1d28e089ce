//! What is in the data folder, and what is not.

use super::client::ask;
use super::lifecycle::SEED;
use super::steering::{get, steer};
use golive_client::endpoints::*;
use golive_emulator::Emulator;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn whoever_only_looks_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Emulator::builder().data_dir(folder.path());
    let emulator = builder.start().await.unwrap();
    let scenario = steer(&emulator, "POST", "scenarios/flaky", "").await;
    assert_eq!(scenario.status, 200);
    // Each transaction changes the file.
    let file = || std::fs::read(folder.path().join("emulator.redb")).unwrap();
    let before = file();
    for path in ["rules", "state", "clock", "requests", "export"] {
        get(&emulator, path).await;
    }
    let mut events = TcpStream::connect(emulator.address()).await.unwrap();
    let head = b"GET /_emulator/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
    events.write_all(head).await.unwrap();
    let (mut seen, mut part) = (Vec::new(), [0; 4096]);
    while seen.windows(6).filter(|it| it == b"data: ").count() < 3 {
        let read = events.read(&mut part).await.unwrap();
        seen.extend_from_slice(&part[..read]);
    }
    // What is answered is on the disk.
    get(&emulator, "clock").await;
    assert!(file() == before);
}

/// A go-live whose body arrives after the reset: it belongs to what was before.
#[tokio::test]
async fn what_a_reset_meets_under_way_does_not_come_back() {
    for path in ["reset", "import"] {
        let folder = tempfile::tempdir().unwrap();
        let start = async || {
            let builder = Emulator::builder().data_dir(folder.path());
            builder.start().await.unwrap()
        };
        let operations = async |emulator: &Emulator| -> Vec<Value> {
            let list = ask(emulator, &LIST_OPERATIONS, &SEED).send().await;
            list.json()
        };
        let emulator = start().await;
        let beginning = get(&emulator, "export").await;
        let go_live = GO_LIVE_OFFER.path_with(&SEED).unwrap();
        let head = format!(
            "POST {go_live}?api-version={API_VERSION} HTTP/1.1\r\nhost: localhost\r\n\
             authorization: Bearer x\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n"
        );
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // It is under way when the emulator asks for its body.
        let mut status = [0; 25];
        stream.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 100 Continue\r\n\r\n");
        let again = steer(&emulator, "POST", path, &beginning).await;
        assert_eq!(again.status, 204, "{path}");
        stream.write_all(b"{}").await.unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 202");
        let before = operations(&emulator).await;
        assert_eq!(before.len(), 1, "{path}");
        drop(stream);
        emulator.shutdown().await;
        assert_eq!(operations(&start().await).await, before, "{path}");
    }
}
