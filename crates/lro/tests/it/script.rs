//! A transport that answers from a script and writes down what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use lro::{
    Accepted, AzureStatus, BoxFuture, Poller, Service, ServiceBuilder, Transport, TransportError,
};
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

pub const ENDPOINT: &str = "https://svc.example/api/";
pub const POLLING_URL: &str = "https://svc.example/api/operations/1";

pub const RUNNING: &str = r#"{"status":"Running"}"#;
pub const SUCCEEDED: &str = r#"{"status":"Succeeded","result":"fine"}"#;

/// One answer.
#[derive(Clone, Debug)]
pub enum Step {
    Reply(u16, Vec<(&'static str, String)>, String),
    Connect,
    Reset,
    Hang,
}

pub fn reply(status: u16, headers: &[(&'static str, &str)], body: &str) -> Step {
    Step::Reply(
        status,
        headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        body.to_owned(),
    )
}

pub fn ok(body: &str) -> Step {
    reply(200, &[], body)
}

pub fn code(status: u16) -> Step {
    reply(status, &[], "")
}

/// What the server saw.
#[derive(Clone, Debug)]
pub struct Seen {
    pub at: Duration,
    pub method: Method,
    pub url: String,
    pub authorization: Option<String>,
}

#[derive(Clone)]
pub struct Script {
    steps: Arc<Vec<Step>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    start: Instant,
}

impl Script {
    /// The last step is repeated for ever.
    pub fn new(steps: Vec<Step>) -> Self {
        Self {
            steps: Arc::new(steps),
            seen: Arc::default(),
            start: Instant::now(),
        }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// Seconds between requests, the first from the start of the script.
    pub fn gaps(&self) -> Vec<f64> {
        let mut last = Duration::ZERO;
        self.seen()
            .iter()
            .map(|seen| {
                let gap = (seen.at - last).as_secs_f64();
                last = seen.at;
                gap
            })
            .collect()
    }

    pub fn builder(&self) -> ServiceBuilder {
        Service::builder(&Url::parse(ENDPOINT).unwrap())
            .transport(self.clone())
            .schedule(lro::Schedule::fixed(Duration::from_secs(1)))
            .seed(7)
    }

    pub fn service(&self) -> Service {
        self.builder().build().unwrap()
    }

    /// A poller of an operation that was accepted by POST.
    pub fn poller(&self) -> Poller<AzureStatus<Value>> {
        self.service().accepted(accepted()).unwrap()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request<Bytes>,
        _body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let text = |name: HeaderName| {
            let value = request.headers().get(name)?;
            assert!(value.is_sensitive());
            Some(value.to_str().unwrap().to_owned())
        };
        let mut seen = self.seen.lock().unwrap();
        let step = self.steps[seen.len().min(self.steps.len() - 1)].clone();
        seen.push(Seen {
            at: self.start.elapsed(),
            method: request.method().clone(),
            url: request.uri().to_string(),
            authorization: text(http::header::AUTHORIZATION),
        });
        Box::pin(async move {
            match step {
                Step::Reply(status, headers, body) => {
                    let mut response = Response::new(Bytes::from(body));
                    *response.status_mut() = StatusCode::from_u16(status).unwrap();
                    *response.headers_mut() = header_map(&headers);
                    Ok(response)
                }
                Step::Connect => Err(TransportError::connect("connection refused")),
                Step::Reset => Err(TransportError::io("connection reset")),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}

fn header_map(pairs: &[(&'static str, String)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(
            HeaderName::from_static(name),
            HeaderValue::from_bytes(value.as_bytes()).unwrap(),
        );
    }
    headers
}

/// A reply to a POST, with the given headers and body.
pub fn answer(
    method: Method,
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> Accepted {
    let pairs: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Accepted::new(
        method,
        Url::parse("https://svc.example/api/things/1").unwrap(),
        StatusCode::from_u16(status).unwrap(),
        header_map(&pairs),
        body.to_owned(),
    )
}

/// The usual: 202 with `Operation-Location`.
pub fn accepted() -> Accepted {
    answer(
        Method::POST,
        202,
        &[("operation-location", POLLING_URL)],
        "",
    )
}
