//! Authorities on this machine, and a clock that is moved by hand.

use bytes::Bytes;
use golive::identity::IdentityBuilder;
use golive::lro::{BoxFuture, Clock, ReqwestTransport, Transport, TransportError};
use http::{Request, Response};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::form_urlencoded;

pub const TENANT: &str = "contoso.example";
pub const CLIENT: &str = "11111111-2222-3333-4444-555555555555";
pub const HOUR: Duration = Duration::from_secs(60 * 60);

/// A clock that is moved by hand, and by every pause.
#[derive(Clone)]
pub struct HandClock {
    millis: Arc<AtomicU64>,
    /// From this length on, a sleep is a time limit and never ends. A shorter
    /// one is a pause and is over at once.
    limit: Duration,
}

impl Default for HandClock {
    fn default() -> Self {
        Self::with_limit(Duration::from_secs(4))
    }
}

impl HandClock {
    pub fn with_limit(limit: Duration) -> Self {
        let millis = Arc::default();
        Self { millis, limit }
    }

    pub fn advance(&self, duration: Duration) {
        let millis = u64::try_from(duration.as_millis()).unwrap();
        self.millis.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.millis.load(Ordering::SeqCst))
    }

    fn wall(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration >= self.limit {
            return Box::pin(std::future::pending());
        }
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

/// Sends requests for the hosts it knows to servers on this machine, over http
/// and a real socket, and requests for any other host nowhere.
#[derive(Clone)]
pub struct Wires {
    hosts: Arc<HashMap<String, String>>,
    client: ReqwestTransport,
}

impl Wires {
    /// `https://login.microsoftonline.com` is at `authority`.
    pub fn to(authority: &str) -> Self {
        Self::default().and("https://login.microsoftonline.com", authority)
    }

    pub fn and(mut self, origin: &str, base_url: &str) -> Self {
        let hosts = Arc::make_mut(&mut self.hosts);
        hosts.insert(origin.to_owned(), base_url.to_owned());
        self
    }
}

impl Default for Wires {
    fn default() -> Self {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            hosts: Arc::default(),
            client: ReqwestTransport::new(client),
        }
    }
}

impl Transport for Wires {
    fn send(
        &self,
        mut request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let url = request.uri().to_string();
        let origin = self.hosts.keys().find(|origin| url.starts_with(*origin));
        if let Some(origin) = origin {
            let url = url.replacen(origin, &self.hosts[origin], 1);
            *request.uri_mut() = url.parse().unwrap();
        } else if !url.starts_with("http://127.0.0.1:") {
            let error = TransportError::connect("no such host");
            return Box::pin(std::future::ready(Err(error)));
        }
        self.client.send(request, body_limit)
    }
}

/// A server that answers from a list, and then as it always does.
pub struct Fake {
    server: MockServer,
    seen: Arc<Mutex<Vec<Seen>>>,
    next: Arc<Mutex<VecDeque<(u16, String)>>>,
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: HashMap<String, String>,
    pub headers: HashMap<String, String>,
    pub form: HashMap<String, String>,
}

impl Fake {
    /// Answers request `n`, counted from 1, with `usual(n)`.
    pub fn start(usual: impl Fn(usize) -> String + Send + Sync + 'static) -> Self {
        let server = MockServer::start();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let next: Arc<Mutex<VecDeque<(u16, String)>>> = Arc::default();
        server.mock(|when, then| {
            let (seen, next) = (seen.clone(), next.clone());
            when.any_request();
            then.respond_with(move |request: &HttpMockRequest| {
                let mut seen = seen.lock().unwrap();
                seen.push(Seen::new(request));
                let answer = next.lock().unwrap().pop_front();
                let (status, body) = answer.unwrap_or_else(|| (200, usual(seen.len())));
                HttpMockResponse::builder()
                    .status(status)
                    .header("content-type", "application/json")
                    .body(body)
                    .build()
            });
        });
        Self { server, seen, next }
    }

    /// The authority: it gives `access-token-1`, `access-token-2` and so on, each
    /// for an hour.
    pub fn authority() -> Self {
        Self::start(|number| {
            format!(
                r#"{{"token_type":"Bearer","expires_in":3600,"ext_expires_in":3600,"access_token":"access-token-{number}"}}"#
            )
        })
    }

    /// Before it goes on as usual, it answers this.
    pub fn answer(self, status: u16, body: &str) -> Self {
        self.next.lock().unwrap().push_back((status, body.into()));
        self
    }

    pub fn url(&self) -> String {
        self.server.base_url()
    }

    pub fn wires(&self) -> Wires {
        Wires::to(&self.url())
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Seen {
    fn new(request: &HttpMockRequest) -> Self {
        let pairs = |text: &[u8]| form_urlencoded::parse(text).into_owned().collect();
        let uri = request.uri();
        Self {
            method: request.method().to_string(),
            path: uri.path().to_owned(),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            form: pairs(request.body().to_bytes().as_ref()),
        }
    }
}

/// Settings for a test: no variable of the process counts.
pub fn wired<T>(
    builder: IdentityBuilder<T>,
    wires: &Wires,
    clock: &HandClock,
    variables: &[(&str, &str)],
) -> T {
    let variables: HashMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    builder
        .transport(wires.clone())
        .clock(clock.clone())
        .variables(move |name| variables.get(name).cloned())
        .build()
        .unwrap()
}
