//! A small client: it knows the table of endpoints and nothing else.

use golive_client::endpoints::API_VERSION;
use golive_client::{Endpoint, types};
use golive_emulator::Emulator;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The code and the message of the error envelope.
    pub fn error(&self) -> (String, String) {
        let envelope: types::ErrorEnvelope = self.json();
        let error = envelope.error;
        (error.code.unwrap(), error.message.unwrap())
    }

    pub fn code(&self) -> String {
        self.error().0
    }
}

/// A request under construction.
pub struct Ask {
    request: reqwest::RequestBuilder,
    endpoint: &'static Endpoint,
}

impl Ask {
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.query(&[(name, value)]);
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn body(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.body(body);
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.body(body.to_string())
    }

    /// Sends it, with a token and the version of the contract.
    pub async fn send(self) -> Answer {
        let ask = self.query("api-version", API_VERSION);
        ask.header("authorization", "Bearer secret")
            .send_bare()
            .await
    }

    /// Sends it as it is, and checks what holds for every answer.
    pub async fn send_bare(self) -> Answer {
        let answer = send(self.request).await;
        super::contract::check(self.endpoint, &answer);
        answer
    }
}

pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}

/// A request of an endpoint.
pub fn ask(emulator: &Emulator, endpoint: &'static Endpoint, path: &[&str]) -> Ask {
    let path = endpoint.path_with(path).unwrap();
    ask_at(emulator, endpoint, &path)
}

/// A request of an endpoint at a path that may be none of its paths.
pub fn ask_at(emulator: &Emulator, endpoint: &'static Endpoint, path: &str) -> Ask {
    let method = reqwest::Method::from_bytes(endpoint.method.as_bytes()).unwrap();
    Ask {
        request: client().request(method, format!("{}{path}", emulator.url())),
        endpoint,
    }
}

pub fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy();
    let client = client.redirect(reqwest::redirect::Policy::none());
    client.build().unwrap()
}

/// Follows a relative polling URL.
pub async fn poll(emulator: &Emulator, endpoint: &'static Endpoint, location: &str) -> Answer {
    let request = client().get(format!("{}{location}", emulator.url()));
    let answer = send(request.bearer_auth("secret")).await;
    super::contract::check(endpoint, &answer);
    answer
}
