//! azure_core's `Poller`, used as its documentation and the generated clients
//! use it: the callback reads the status to know the state, and whoever
//! streams the poller reads the reply into the status that is then looked at.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use azure_core::async_runtime::{AsyncRuntime, SpawnedTask, TaskFuture, set_async_runtime};
use azure_core::http::headers::Headers;
use azure_core::http::poller::{
    Poller, PollerContinuation, PollerResult, PollerState, PollerStatus, StatusMonitor,
    get_retry_after,
};
use azure_core::http::{
    AsyncRawResponse, ClientOptions, HttpClient, JsonFormat, Method, Pipeline, RawResponse,
    Request, Response, StatusCode, Transport,
};
use azure_core::time::Duration;
use bench::polling::loopback::{client, runtime};
use bench::server;
use bench_poll::poll::paused;
use bench_poll::portal::{API_VERSION, HEADERS, STATUS, URL, with_steps};
use bench_poll::subject::{Subject, Work};
use bytes::Bytes;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;
use url::Url;

pub fn subjects() -> Vec<Subject> {
    let subject = |name, prepare| Subject { name, prepare };
    vec![
        subject("azure", || {
            never_wait();
            streamed(STATUS.to_owned())
        }),
        subject("azure-60", || {
            never_wait();
            streamed(with_steps(60))
        }),
        subject("azure-600", || {
            never_wait();
            streamed(with_steps(600))
        }),
        subject("azure-once", || {
            never_wait();
            once(STATUS.to_owned())
        }),
        subject("azure-tokio", || streamed(STATUS.to_owned())),
        subject("azure-asleep", asleep),
        subject("azure-loopback", || {
            never_wait();
            let (client, url) = (Arc::new(client()), server::url("operation"));
            work(runtime(), poller(pipeline(client), url))
        }),
    ]
}

/// A runtime on which a delay ends at once.
struct Instant;

impl AsyncRuntime for Instant {
    fn spawn(&self, _: TaskFuture) -> SpawnedTask {
        unreachable!("a poller spawns nothing")
    }

    fn sleep(&self, _: Duration) -> TaskFuture {
        Box::pin(std::future::ready(()))
    }

    fn yield_now(&self) -> TaskFuture {
        Box::pin(std::future::ready(()))
    }
}

/// Azure's standard status.
#[derive(serde::Deserialize)]
struct Standard {
    status: Option<PollerStatus>,
}

impl StatusMonitor for Standard {
    type Output = Standard;
    type Format = JsonFormat;

    fn status(&self) -> PollerStatus {
        self.status.clone().unwrap_or_default()
    }
}

/// A task each: there is no other way to poll several.
fn asleep() -> Work {
    let runtime = runtime();
    let client = memory(bench::polling::asleep::STATUS.to_owned(), "3600");
    let pipeline = pipeline(client);
    Box::new(move |count| {
        runtime.block_on(async {
            for nr in 0..count {
                let url = Url::parse(&bench::polling::asleep::url(nr)).expect("a URL");
                let mut poller = poller::<Standard>(pipeline.clone(), url);
                tokio::spawn(async move { while poller.next().await.is_some() {} });
            }
            // What is spawned runs first, and then sleeps.
            while REQUESTS.load(Ordering::Relaxed) < count {
                tokio::task::yield_now().await;
            }
            tokio::task::yield_now().await;
        });
        count
    })
}

/// Requests answered in memory.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

fn never_wait() {
    set_async_runtime(Arc::new(Instant)).expect("the first runtime of this process");
}

/// Answers every request at once, with the same status.
#[derive(Debug)]
struct Memory {
    headers: Headers,
    body: Bytes,
}

#[async_trait::async_trait]
impl HttpClient for Memory {
    async fn execute_request(&self, _: &Request) -> azure_core::Result<AsyncRawResponse> {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        Ok(AsyncRawResponse::from_bytes(
            StatusCode::Ok,
            self.headers.clone(),
            self.body.clone(),
        ))
    }
}

fn memory(body: String, retry_after: &'static str) -> Arc<dyn HttpClient> {
    let mut headers = Headers::new();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    headers.insert("retry-after", retry_after);
    Arc::new(Memory {
        headers,
        body: body.into(),
    })
}

/// The same document in the same type; only the trait is azure_core's.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Status(bench_poll::portal::Status);

impl StatusMonitor for Status {
    type Output = Status;
    type Format = JsonFormat;

    fn status(&self) -> PollerStatus {
        match self.0.status.as_str() {
            "running" => PollerStatus::InProgress,
            _ => PollerStatus::Failed,
        }
    }
}

fn pipeline(client: Arc<dyn HttpClient>) -> Pipeline {
    let options = ClientOptions {
        transport: Some(Transport::new(client)),
        ..ClientOptions::default()
    };
    Pipeline::new(Some("bench"), Some("0"), options, vec![], vec![], None)
}

fn poller<M>(pipeline: Pipeline, url: Url) -> Poller<M>
where
    M: StatusMonitor<Format = JsonFormat> + DeserializeOwned + Send + 'static,
    M::Output: Send + 'static,
{
    Poller::new(
        move |state: PollerState, options| {
            let (pipeline, url) = (pipeline.clone(), url.clone());
            Box::pin(async move {
                let url = match state {
                    PollerState::More(PollerContinuation::Links { next_link, .. }) => next_link,
                    _ => url,
                };
                let mut request = Request::new(url.clone(), Method::Get);
                let (name, value) = API_VERSION;
                request.url_mut().query_pairs_mut().append_pair(name, value);
                let reply = pipeline.send(&options.context, &mut request, None).await?;
                let (status, headers, body) = reply.deconstruct();
                let retry_after = get_retry_after(&headers, &["retry-after".into()], &options);
                let operation: M = azure_core::json::from_json(&body)?;
                let response: Response<M> = RawResponse::from_bytes(status, headers, body).into();
                match operation.status() {
                    PollerStatus::InProgress => Ok(PollerResult::InProgress {
                        response,
                        retry_after,
                        continuation: PollerContinuation::Links {
                            next_link: url,
                            final_link: None,
                        },
                    }),
                    _ => Ok(PollerResult::Done { response }),
                }
            })
        },
        None,
    )
}

fn streamed(body: String) -> Work {
    let url = Url::parse(URL).expect("a URL");
    work(paused(), poller(pipeline(memory(body, "30")), url))
}

/// As whoever awaits the end has it: nobody looks at the replies before.
fn once(body: String) -> Work {
    let url = Url::parse(URL).expect("a URL");
    let (runtime, pipeline) = (paused(), pipeline(memory(body, "30")));
    let mut poller = poller::<Status>(pipeline, url);
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                black_box(poller.next().await.expect("a status").expect("a reply"));
            }
        });
        count
    })
}

fn work(runtime: Runtime, mut poller: Poller<Status>) -> Work {
    Box::new(move |count| {
        runtime.block_on(async {
            for _ in 0..count {
                let reply = poller.next().await.expect("a status").expect("a reply");
                let status: Status = reply.into_model().expect("a status");
                black_box(status);
            }
        });
        count
    })
}
