//! Portals for tests: an emulator in this process whose clock stands still, and a
//! service that says what the test wants.

use crate::program::program;
use golive_client::endpoints::{API_VERSION, GET_OPERATION, LIST_OPERATIONS};
use golive_emulator::Emulator;
use golive_httpmock::MockServerExt;
use httpmock::{Mock, MockServer};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

/// The longest operation of the emulator, and some more.
pub const LONG: Duration = Duration::from_secs(100 * 3600);

/// The publisher and the offer of [`Service`].
pub const PUBLISHER: &str = "contoso";
/// The offer.
pub const OFFER: &str = "contoso-virtualmachineoffer";
/// Its operation.
pub const OPERATION: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";

/// An emulator whose clock stands still until the test moves it, and that asks to
/// be polled every second.
pub async fn frozen_emulator() -> Emulator {
    let emulator = Emulator::builder().speed(1e6).start().await.unwrap();
    let address = emulator.address();
    let frozen = tokio::task::spawn_blocking(move || {
        steer(address, "clock", &json!({ "frozen": true }));
    });
    frozen.await.unwrap();
    emulator
}

/// Steers an emulator over HTTP.
///
/// # Panics
///
/// The emulator does not do it.
pub fn steer(emulator: SocketAddr, what: &str, body: &Value) {
    let body = body.to_string();
    let request = format!(
        "POST /_emulator/{what} HTTP/1.1\r\nHost: {emulator}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(emulator, &request);
}

fn exchange(server: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(server).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 2"), "{answer}");
    answer
}

/// The program, told to talk to an emulator.
pub fn client(emulator: &Emulator) -> Command {
    talking_to(&emulator.url())
}

/// The program, told to talk to a service.
pub fn talking_to(url: &str) -> Command {
    let mut command = program();
    command
        .env("GOLIVE_ENDPOINT", url)
        .env("GOLIVE_TOKEN", "test-secret");
    command
}

/// How often the status of an operation was asked for.
pub fn polls(emulator: &Emulator) -> usize {
    let requests = emulator.requests();
    let requests = requests.iter();
    requests
        .filter(|it| it.endpoint == Some("get_operation"))
        .count()
}

/// Waits until something has happened, which another process does.
///
/// # Panics
///
/// It does not happen.
pub async fn eventually(what: &str, happened: impl AsyncFn() -> bool) {
    let waiting = async {
        while !happened().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(60), waiting).await;
    assert!(waited.is_ok(), "waited too long for {what}");
}

/// How many operations the offer of an emulator has had.
pub async fn accepted_operations(emulator: &Emulator) -> usize {
    let address = emulator.address();
    let path = LIST_OPERATIONS
        .path_with(&[golive_emulator::SEED_PUBLISHER, golive_emulator::SEED_OFFER])
        .unwrap();
    let asked = move || {
        let request = format!(
            "GET {path}?api-version={API_VERSION} HTTP/1.1\r\nHost: {address}\r\n\
             Authorization: Bearer test-secret\r\nConnection: close\r\n\r\n"
        );
        let answer = exchange(address, &request);
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let list: Vec<Value> =
            serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"));
        list.len()
    };
    tokio::task::spawn_blocking(asked).await.unwrap()
}

/// A service that accepts a go-live and gives the status that the test wants. It
/// does not say when to poll.
pub struct Service {
    server: MockServer,
    status: Option<usize>,
}

impl Service {
    /// Its go-live has a status.
    pub fn start(status: &Value) -> Self {
        let server = MockServer::start();
        let path = GET_OPERATION
            .path_with(&[PUBLISHER, OFFER, OPERATION])
            .unwrap();
        server.go_live_offer(|_, then| {
            then.accepted().location(path.as_str());
        });
        let mut service = Self {
            server,
            status: None,
        };
        service.say(status);
        service
    }

    /// From now on it has this status.
    pub fn say(&mut self, status: &Value) {
        let before = self.status.take();
        let mock = self.server.get_operation(|_, then| {
            then.into_inner().status(200).json_body(status.clone());
        });
        self.status = Some(mock.id());
        if let Some(before) = before {
            Mock::new(before, &self.server).delete();
        }
    }

    /// The program, told to talk to it.
    pub fn client(&self) -> Command {
        talking_to(&self.server.base_url())
    }

    /// How often the status was asked for since it was last changed.
    pub fn polls(&self) -> usize {
        self.status
            .map_or(0, |id| Mock::new(id, &self.server).calls())
    }
}
