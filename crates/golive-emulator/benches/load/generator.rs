//! A load generator that costs little: the other core is the server's.

use crate::processor::used_by;
use golive_client::endpoints::*;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

const PUBLISHER: &str = "contoso";

/// What a round has shown.
#[derive(Default)]
pub struct Load {
    pub answers: u64,
    pub errors: u64,
    pub took: Duration,
    /// Processor time that the load itself took.
    pub used: Duration,
    /// How long each answer took, in microseconds.
    latencies: Vec<u32>,
}

impl Load {
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// What a share of the answers took at most. They are sorted.
    pub fn latency(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        let index = (last as f64 * share) as usize;
        let micros = self.latencies.get(index).copied().unwrap_or_default();
        Duration::from_micros(micros.into())
    }

    /// Every connection polls one operation after the other.
    pub async fn run(address: &str, urls: &[String], connections: usize, time: Duration) -> Self {
        let mut all = JoinSet::new();
        let mut open = Vec::new();
        for _ in 0..connections {
            open.push(Connection::open(address).await);
        }
        let (begun, used) = (Instant::now(), used_by("self"));
        for (index, mut connection) in open.into_iter().enumerate() {
            // Of few operations, many connections ask for the same one.
            let mine = urls.iter().cycle().skip(index % urls.len());
            let mine = mine
                .step_by(connections)
                .take(urls.len().div_ceil(connections));
            let requests: Vec<String> = mine.map(|url| request("GET", url, "")).collect();
            all.spawn(async move {
                let mut load = Self::default();
                let mut asked = Instant::now();
                for request in requests.iter().cycle() {
                    if asked - begun >= time {
                        break;
                    }
                    let status = connection.ask(request).await;
                    let answered = Instant::now();
                    let micros = (answered - asked).as_micros();
                    asked = answered;
                    load.errors += u64::from(status != 200);
                    load.latencies
                        .push(u32::try_from(micros).unwrap_or(u32::MAX));
                }
                load
            });
        }
        let mut total = Self::default();
        while let Some(load) = all.join_next().await {
            let load = load.expect("it ends");
            total.errors += load.errors;
            total.latencies.extend(load.latencies);
        }
        total.took = begun.elapsed();
        total.used = used_by("self") - used;
        total.answers = total.latencies.len() as u64;
        total.latencies.sort_unstable();
        total
    }
}

/// Makes offers with a running operation each; the answer is where to poll.
pub async fn prepare(address: &str, offers: usize) -> Vec<String> {
    let mut connection = Connection::open(address).await;
    let mut urls = Vec::new();
    let offer = r#"{"offerTypeId":"x","definition":{"displayText":"Load","plans":[{}]}}"#;
    for index in 0..offers {
        let id = format!("offer-{index}");
        let path = |endpoint: &golive_client::Endpoint| {
            let path = endpoint.path_with(&[PUBLISHER, &id]).expect("a path");
            format!("{path}?api-version={API_VERSION}")
        };
        let put = request("PUT", &path(&PUT_OFFER), offer);
        assert_eq!(connection.ask(&put).await, 201);
        let publish = request("POST", &path(&PUBLISH_OFFER), "{}");
        assert_eq!(connection.ask(&publish).await, 202);
        let head = connection.head();
        let mut lines = head.lines();
        let location = lines.find_map(|line| line.strip_prefix("location: "));
        urls.push(location.expect("a polling URL").to_owned());
    }
    urls
}

/// An answer, as it is on the wire.
pub async fn one(address: &str, url: &str) -> String {
    let mut connection = Connection::open(address).await;
    connection.ask(&request("GET", url, "")).await;
    String::from_utf8(connection.buffer).expect("text")
}

fn request(method: &str, url: &str, body: &str) -> String {
    let length = match method {
        "GET" => String::new(),
        _ => format!("content-length: {}\r\n", body.len()),
    };
    format!(
        "{method} {url} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer load\r\n\
         {length}\r\n{body}"
    )
}

struct Connection {
    stream: TcpStream,
    /// The last answer.
    buffer: Vec<u8>,
    /// Where its body begins.
    body: usize,
}

impl Connection {
    async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        Self {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
            body: 0,
        }
    }

    fn head(&self) -> String {
        String::from_utf8_lossy(&self.buffer[..self.body]).into_owned()
    }

    /// The status of the answer, which has arrived whole. Most do in one piece,
    /// and nothing of one is copied.
    async fn ask(&mut self, request: &str) -> u16 {
        let sent = self.stream.write_all(request.as_bytes()).await;
        sent.expect("it is sent");
        self.buffer.clear();
        self.body = 0;
        let mut whole = None;
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await;
            assert!(read.expect("an answer") > 0, "the connection was closed");
            if whole.is_none()
                && let Some(end) = find(&self.buffer, b"\r\n\r\n")
            {
                self.body = end + 4;
                whole = Some(self.body + length(&self.buffer[..end]));
            }
            if whole.is_some_and(|whole| self.buffer.len() >= whole) {
                let status = self.buffer.get(9..12).unwrap_or_default();
                let status = std::str::from_utf8(status).unwrap_or_default();
                return status.parse().unwrap_or(0);
            }
        }
    }
}

fn length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"\r\ncontent-length: ";
    let Some(found) = find(head, NAME) else {
        return 0;
    };
    let digits = head[found + NAME.len()..].iter();
    digits
        .take_while(|it| it.is_ascii_digit())
        .fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|it| it == wanted)
}
