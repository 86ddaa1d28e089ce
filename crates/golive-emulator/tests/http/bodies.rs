//! Bodies that are not taken, and answers without one, as they are on the wire.

use super::lifecycle::SEED;
use golive_client::endpoints::*;
use golive_emulator::{Emulator, Scenario};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One byte more than what an endpoint takes.
const TOO_LARGE: usize = (4 << 20) + 1;

async fn connect(emulator: &Emulator) -> TcpStream {
    TcpStream::connect(emulator.address()).await.unwrap()
}

/// The head of a PUT of the seed's offer.
fn put(more: &str) -> String {
    let path = PUT_OFFER.path_with(&SEED).unwrap();
    format!(
        "PUT {path}?api-version={API_VERSION} HTTP/1.1\r\nhost: localhost\r\n\
         authorization: Bearer secret\r\n{more}\r\n"
    )
}

/// All that comes, up to the end of the connection.
async fn read(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

fn assert_is_last(answer: &str, status: &str) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{answer}"
    );
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    assert!(answer.ends_with('}'), "it is whole: {answer}");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_refused_before_it_is_sent() {
    let emulator = Emulator::builder().start().await.unwrap();
    for expect in ["", "expect: 100-continue\r\n"] {
        for length in [TOO_LARGE, 1 << 60] {
            let mut stream = connect(&emulator).await;
            let head = put(&format!("content-length: {length}\r\n{expect}"));
            stream.write_all(head.as_bytes()).await.unwrap();
            // Nothing else is sent, and the connection is not closed from here.
            let answer = read(&mut stream).await;
            assert_is_last(&answer, "413");
            assert!(answer.contains("\"PayloadTooLarge\""), "{answer}");
        }
    }
    assert_eq!(emulator.requests().len(), 4);
}

#[tokio::test]
async fn a_body_that_is_not_too_large_is_asked_for() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mut stream = connect(&emulator).await;
    let body = r#"{"offerTypeId":"x"}"#;
    let head = put(&format!(
        "content-length: {}\r\nexpect: 100-continue\r\nconnection: close\r\n",
        body.len()
    ));
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).await.unwrap();
    let answer = read(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

/// A plain close while more arrives would be a reset, and the answer be lost.
#[tokio::test]
async fn who_sends_it_all_the_same_can_read_the_answer() {
    let emulator = Emulator::builder().start().await.unwrap();
    let body = vec![b' '; 3 * TOO_LARGE];
    let length = format!("content-length: {}\r\n", body.len());
    let chunked = format!("transfer-encoding: chunked\r\n\r\n{:x}", body.len());
    let without_token = put(&length).replace("authorization", "x-nothing");
    for (head, status) in [
        (put(&length), "413"),
        // Without a length, the limit has to be passed first.
        (put(&chunked).replace("\r\n\r\n\r\n", "\r\n\r\n"), "413"),
        (without_token, "401"),
    ] {
        let mut stream = connect(&emulator).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        let answer = read(&mut stream).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.ends_with('}'), "it is whole: {answer}");
    }
}

#[tokio::test]
async fn what_is_not_the_portals_has_limits_too() {
    let emulator = Emulator::builder().start().await.unwrap();
    for (path, limit) in [
        ("/_emulator/import", 256 << 20),
        ("/@a/_emulator/import", 256 << 20),
        ("/tenant/oauth2/v2.0/token", 4 << 20),
        ("/nothing", 4 << 20),
    ] {
        let mut stream = connect(&emulator).await;
        let length = limit + 1;
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}");
        let head = format!("{head}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = read(&mut stream).await;
        assert_is_last(&answer, "413");
        assert!(answer.contains(&limit.to_string()), "{answer}");
    }
}

#[tokio::test]
async fn a_head_has_the_headers_of_a_get_and_no_body() {
    let emulator = Emulator::builder().start().await.unwrap();
    let path = GET_OFFER.path_with(&SEED).unwrap();
    let ask = async |method: &str| {
        let mut stream = connect(&emulator).await;
        let head = format!(
            "{method} {path}?api-version={API_VERSION} HTTP/1.1\r\nhost: localhost\r\n\
             authorization: Bearer secret\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = read(&mut stream).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let same = head.lines().filter(|line| {
            let own = ["date: ", "x-ms-correlation"];
            !own.iter().any(|name| line.starts_with(name))
        });
        let mut same: Vec<String> = same.map(str::to_owned).collect();
        same.sort();
        (same, body.to_owned())
    };
    let (get, body) = ask("GET").await;
    assert!(body.starts_with('{') && get.contains(&format!("content-length: {}", body.len())));
    assert_eq!(ask("HEAD").await, (get, String::new()));
}

#[tokio::test]
async fn a_body_that_breaks_off_has_a_head_and_a_beginning() {
    let scenario = "[[rule]]\nphase = 'after'\naction = { kind = 'reply', body = 'broken-off' }";
    let scenario = Scenario::from_toml(scenario).unwrap();
    let emulator = Emulator::builder().scenario(scenario).start();
    let emulator = emulator.await.unwrap();
    let mut stream = connect(&emulator).await;
    let body = r#"{"offerTypeId":"x"}"#;
    let head = put(&format!("content-length: {}\r\n", body.len()));
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let answer = read(&mut stream).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2);
    assert!(body.starts_with('{'), "{answer}");
}
