//! The two servers, each in a process of its own.

use crate::processor::used_by;
use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;
use http::{HeaderMap, HeaderName};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const LISTENING: &str = "listening on http://";

/// A server that stops when it goes out of scope.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts a server, with something to read.
    pub fn start(role: &str, input: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .arg(role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        if let Some(mut pipe) = child.stdin.take() {
            use std::io::Write;
            pipe.write_all(input.as_bytes()).expect("it reads");
        }
        let mut line = String::new();
        let output = child.stdout.take().expect("it has an output");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it writes");
        let address = line.trim_end().strip_prefix(LISTENING);
        Self {
            address: address.expect("it listens").to_owned(),
            child,
        }
    }

    /// The processor time that it has used.
    pub fn used(&self) -> Duration {
        used_by(&self.child.id().to_string())
    }

    /// Its memory, in KiB.
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that it has had, in KiB.
    pub fn peak_memory(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let number = line.and_then(|it| it.split_whitespace().next()?.parse().ok());
        number.unwrap_or(0)
    }
}

/// The emulator.
pub async fn emulator() {
    let emulator = golive_emulator::Emulator::builder().empty().start();
    let emulator = emulator.await.expect("it starts");
    println!("{LISTENING}{}", emulator.address());
    std::future::pending::<()>().await;
}

/// A handler that does nothing but return the bytes that it was given: an
/// answer of the emulator, its headers included.
pub async fn bare() {
    let mut answer = String::new();
    std::io::stdin().read_to_string(&mut answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    let mut headers = HeaderMap::with_capacity(16);
    for line in head.lines().skip(1) {
        let (name, value) = line.split_once(": ").expect("a header");
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.insert(name, value.parse().expect("a value"));
    }
    let body = bytes::Bytes::from(body.to_owned());
    let answer = move || {
        let (headers, body) = (headers.clone(), body.clone());
        async move { (headers, body).into_response() }
    };
    let path = golive_client::endpoints::GET_OPERATION.path;
    let router = Router::new().route(path, get(answer));
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let socket = socket.expect("a socket");
    println!("{LISTENING}{}", socket.local_addr().expect("an address"));
    axum::serve(socket, router).await.expect("it serves");
}
