//! Clients that misbehave.

use super::client::{ask, client, send};
use super::lifecycle::SEED;
use golive_client::endpoints::*;
use golive_emulator::Emulator;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes and reads to the end of what comes back.
async fn talk(emulator: &Emulator, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    // The emulator may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn still_answers(emulator: &Emulator) {
    let answer = ask(emulator, &LIST_PUBLISHERS, &[]).send().await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn random_bytes_are_refused_or_cut_off() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mut rng = fastrand::Rng::with_seed(4);
    for round in 0..200 {
        let length = rng.usize(0..2000);
        let mut bytes: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
        if round % 2 == 0 {
            let mut request = b"GET /api/publishers HTTP/1.1\r\n".to_vec();
            request.append(&mut bytes);
            bytes = request;
        }
        let answer = talk(&emulator, &bytes).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{answer}");
    }
    still_answers(&emulator).await;
}

/// A client of its own, because others resolve the dots themselves.
#[tokio::test]
async fn dots_in_a_path_lead_nowhere() {
    let emulator = Emulator::builder().start().await.unwrap();
    for dots in ["%2e%2e", "..", "%2E", ""] {
        let path = format!("/api/publishers/{dots}/offers?api-version={API_VERSION}");
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer secret\r\n\r\n");
        let answer = talk(&emulator, head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{dots}: {answer}");
    }
}

#[tokio::test]
async fn a_large_head_is_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    let one = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(1 << 20)
    );
    let mut many = "GET / HTTP/1.1\r\nhost: a\r\n".to_owned();
    many.extend((0..1000).map(|index| format!("x-{index}: a\r\n")));
    many.push_str("\r\n");
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(1 << 20));
    for head in [one, many, long] {
        let answer = talk(&emulator, head.as_bytes()).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{answer}");
    }
    still_answers(&emulator).await;
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    let path = PUT_OFFER.path_with(&SEED).unwrap();
    let url = format!("{}{path}?api-version={API_VERSION}", emulator.url());
    let put = |size| {
        client()
            .put(&url)
            .bearer_auth("secret")
            .body(vec![b' '; size])
    };
    let answer = send(put((4 << 20) + 1)).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (413, "PayloadTooLarge")
    );
    assert_eq!(send(put(4 << 20)).await.status, 400);
    still_answers(&emulator).await;
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_request() {
    let emulator = Emulator::builder().start().await.unwrap();
    let path = GO_LIVE_OFFER.path_with(&SEED).unwrap();
    let head = format!(
        "POST {path}?api-version={API_VERSION} HTTP/1.1\r\nhost: a\r\n\
         authorization: Bearer secret\r\ncontent-length: 100\r\n\r\n{{}}"
    );
    let answer = talk(&emulator, head.as_bytes()).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
        "{answer}"
    );
    let answer = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(answer.status, 202, "nothing has started");
}

#[tokio::test]
async fn silent_clients_do_not_keep_it_from_stopping() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mut silent = Vec::new();
    for head in [
        "",
        "GET /api",
        "POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        silent.push(stream);
    }
    still_answers(&emulator).await;
    // From here on, time passes as soon as there is nothing else to do.
    tokio::time::pause();
    let stopped = tokio::time::timeout(Duration::from_secs(20), emulator.shutdown());
    stopped.await.expect("the shutdown is bounded");
    // The port may be another's by now, but not these.
    for mut stream in silent {
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
}

/// In process and on a paused clock, so that nobody waits for the slow one.
#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_arrive_times_out() {
    use tower_service::Service;

    let (mut router, _) = Emulator::builder().router().unwrap();
    let path = GO_LIVE_OFFER.path_with(&SEED).unwrap();
    let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let request = http::Request::builder()
        .method("POST")
        .uri(format!("{path}?api-version={API_VERSION}"))
        .header("authorization", "Bearer secret")
        .body(axum::body::Body::from_stream(never))
        .unwrap();
    let answer = router.call(request).await.unwrap();
    assert_eq!(answer.status(), 408);
}

#[tokio::test]
async fn no_page_waits_for_a_body_for_ever() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mut streams = Vec::new();
    for path in ["/t/oauth2/token", "/_emulator/clock", "/_emulator/rules"] {
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\
             expect: 100-continue\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // It is under way when the emulator asks for its body.
        let mut status = [0; 25];
        stream.read_exact(&mut status).await.unwrap();
        streams.push((path, stream));
    }
    // From here on, time passes as soon as there is nothing else to do.
    tokio::time::pause();
    for (path, mut stream) in streams {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_head_that_does_not_arrive_is_cut_off() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    stream.write_all(b"GET /api/publ").await.unwrap();
    // From here on, time passes as soon as there is nothing else to do.
    tokio::time::pause();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_one_that_streams_is_not() {
    let emulator = Emulator::builder().start().await.unwrap();
    let open = async |path: &str| {
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut begin = [0; 15];
        stream.read_exact(&mut begin).await.unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200 OK");
        stream
    };
    let mut idle = open("/healthz").await;
    let mut events = open("/_emulator/events").await;
    // From here on, time passes as soon as there is nothing else to do.
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"ok\n"));
    let after = begun.elapsed();
    let wanted = Duration::from_secs(100)..=Duration::from_secs(121);
    assert!(wanted.contains(&after), "{after:?}");
    while begun.elapsed() < Duration::from_secs(600) {
        let mut event = [0; 4096];
        assert!(events.read(&mut event).await.unwrap() > 0, "it goes on");
    }
}
