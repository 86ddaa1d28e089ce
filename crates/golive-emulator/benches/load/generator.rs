//! A load generator that costs little: the other core is the server's.

use golive_client::endpoints::*;
use std::fmt;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

const PUBLISHER: &str = "contoso";

/// What a round has shown.
#[derive(Default)]
pub struct Load {
    answers: u64,
    pub errors: u64,
    took: Duration,
    slowest: Duration,
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rate, slowest) = (self.rate(), self.slowest);
        write!(f, "{rate:.0} answers/s, the slowest {slowest:.0?}")
    }
}

impl Load {
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// Every connection polls one operation after the other.
    pub async fn run(address: &str, urls: &[String], connections: usize, time: Duration) -> Self {
        let mut all = JoinSet::new();
        let mut open = Vec::new();
        for _ in 0..connections {
            open.push(Connection::open(address).await);
        }
        let begun = Instant::now();
        for (index, mut connection) in open.into_iter().enumerate() {
            let mine = urls.iter().skip(index).step_by(connections);
            let requests: Vec<String> = mine.map(|url| request("GET", url, "")).collect();
            all.spawn(async move {
                let mut load = Self::default();
                for request in requests.iter().cycle() {
                    let asked = Instant::now();
                    if asked - begun >= time {
                        break;
                    }
                    let (status, _) = connection.ask(request).await;
                    load.answers += 1;
                    load.errors += u64::from(status != 200);
                    load.slowest = load.slowest.max(asked.elapsed());
                }
                load
            });
        }
        let mut total = Self::default();
        while let Some(load) = all.join_next().await {
            let load = load.expect("it ends");
            total.answers += load.answers;
            total.errors += load.errors;
            total.slowest = total.slowest.max(load.slowest);
        }
        total.took = begun.elapsed();
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
        assert_eq!(connection.ask(&put).await.0, 201);
        let publish = request("POST", &path(&PUBLISH_OFFER), "{}");
        let (status, head) = connection.ask(&publish).await;
        assert_eq!(status, 202);
        let location = head
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        urls.push(location.expect("a polling URL").to_owned());
    }
    urls
}

/// The body of an answer.
pub async fn one(address: &str, url: &str) -> String {
    let mut connection = Connection::open(address).await;
    connection.ask(&request("GET", url, "")).await;
    let body = connection.body.clone();
    String::from_utf8(body).expect("text")
}

fn request(method: &str, url: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {url} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer load\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    body: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        Self {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
            body: Vec::new(),
        }
    }

    /// The status and the head of the answer. The body is kept.
    async fn ask(&mut self, request: &str) -> (u16, String) {
        self.stream
            .write_all(request.as_bytes())
            .await
            .expect("it is sent");
        self.buffer.clear();
        let (head, length) = loop {
            let read = self.stream.read_buf(&mut self.buffer).await;
            assert!(read.expect("an answer") > 0, "the connection was closed");
            let end = self.buffer.windows(4).position(|it| it == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                let mut lines = head.lines();
                let length = lines.find_map(|line| line.strip_prefix("content-length: "));
                let length = length.map_or(0, |it| it.parse().expect("a length"));
                self.buffer.drain(..end + 4);
                break (head, length);
            }
        };
        while self.buffer.len() < length {
            let read = self.stream.read_buf(&mut self.buffer).await;
            assert!(read.expect("a body") > 0, "the connection was closed");
        }
        self.body.clear();
        self.body.extend_from_slice(&self.buffer[..length]);
        let status = head.get(9..12).and_then(|it| it.parse().ok());
        (status.unwrap_or(0), head)
    }
}
