//! The adapters, the blocking wait and spans, over real sockets where there
//! are any.

use std::time::Duration;

use lro::{AzureStatus, Schedule, Service};
use serde_json::Value;

use crate::script::{RUNNING, SUCCEEDED, Script, ok};

type Status = AzureStatus<Value>;

fn quick() -> Schedule {
    Schedule::fixed(Duration::from_millis(1)).min(Duration::from_millis(1))
}

#[cfg(feature = "reqwest")]
mod reqwest {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    use super::*;
    use ::reqwest::redirect::Policy;
    use lro::ReqwestTransport;
    use url::Url;

    /// Answers each connection with the next of the replies, raw.
    fn server(replies: Vec<Vec<u8>>) -> (Url, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let served = std::thread::spawn(move || {
            let mut requests = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                while !request.windows(4).any(|it| it == b"\r\n\r\n") {
                    let length = stream.read(&mut buffer).unwrap();
                    if length == 0 {
                        break;
                    }
                    request.extend_from_slice(&buffer[..length]);
                }
                requests.push(String::from_utf8_lossy(&request).into_owned());
                // The client may have hung up on a body that is too large.
                let _ = stream.write_all(&reply);
            }
            requests
        });
        (url, served)
    }

    fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }

    fn service(url: &Url, redirects: Policy) -> Service {
        let client = ::reqwest::Client::builder()
            .redirect(redirects)
            .build()
            .unwrap();
        Service::builder(url)
            .transport(ReqwestTransport::new(client))
            .schedule(quick())
            .body_limit(1000)
            .build()
            .unwrap()
    }

    #[tokio::test]
    async fn polls_over_sockets_through_resets_and_too_large_bodies() {
        let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"sta".to_vec();
        let mut endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        for _ in 0..100 {
            endless.extend_from_slice(b"40\r\n");
            endless.extend_from_slice(&[b' '; 64]);
            endless.extend_from_slice(b"\r\n");
        }
        let (url, served) = server(vec![
            http("200 OK", "", RUNNING),
            half,
            Vec::new(),
            endless,
            http("200 OK", "", &" ".repeat(2000)),
            http("307 Temporary Redirect", "location: /op/2\r\n", ""),
            http("200 OK", "", SUCCEEDED),
        ]);
        let poller = service(&url, Policy::none()).poll_at::<Status>("/op/1");
        assert_eq!(poller.unwrap().await.unwrap(), "fine");
        let requests = served.join().unwrap();
        assert!(requests[0].starts_with("GET /op/1 "));
        assert!(requests[0].contains("accept: application/json"));
        assert!(requests[6].starts_with("GET /op/2 "));
    }

    #[tokio::test]
    async fn a_client_that_follows_redirects_by_itself_is_refused() {
        let (url, served) = server(vec![
            http("307 Temporary Redirect", "location: /op/2\r\n", ""),
            http("200 OK", "", SUCCEEDED),
        ]);
        let poller = service(&url, Policy::limited(5)).poll_at::<Status>("/op/1");
        let error = poller.unwrap().await.unwrap_err();
        assert!(!error.is_transient());
        assert!(error.resume_token().is_some());
        served.join().unwrap();
    }

    #[tokio::test]
    async fn a_refused_connection_was_not_sent() {
        // While this is held, nobody else gets the port, and at this address nobody
        // listens.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = Url::parse(&format!("http://127.0.0.2:{port}/")).unwrap();
        let mut poller = service(&url, Policy::none())
            .poll_at::<Status>("/op")
            .unwrap();
        let error = poller.poll_once().await.unwrap_err();
        assert!(error.is_transient());
        assert!(!error.may_have_been_sent());
    }

    #[test]
    fn blocking() {
        let (url, served) = server(vec![
            http("200 OK", "", RUNNING),
            http("200 OK", "", SUCCEEDED),
        ]);
        let mut poller = service(&url, Policy::none())
            .poll_at::<Status>("/op")
            .unwrap();
        assert_eq!(poller.wait_blocking().unwrap(), "fine");
        served.join().unwrap();
    }
}

#[cfg(feature = "tower")]
mod tower {
    use super::*;
    use std::convert::Infallible;
    use std::future::{Ready, ready};
    use std::task::{Context, Poll};
    use url::Url;

    use bytes::Bytes;
    use http::{Request, Response};
    use http_body_util::Full;
    use lro::TowerTransport;

    /// Neither shareable between threads nor ready before it is asked.
    #[derive(Clone)]
    struct Router(std::cell::Cell<bool>);

    impl tower_service::Service<Request<Full<Bytes>>> for Router {
        type Response = Response<Full<Bytes>>;
        type Error = Infallible;
        type Future = Ready<Result<Self::Response, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            self.0.set(true);
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
            assert!(self.0.get());
            assert_eq!(request.uri(), "https://svc.example/op");
            ready(Ok(Response::new(Full::from(SUCCEEDED))))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn polls_a_router_in_the_same_process() {
        let build = |limit| {
            Service::builder(&Url::parse("https://svc.example").unwrap())
                .transport(TowerTransport::new(Router(false.into())))
                .tolerance(lro::Tolerance::none())
                .body_limit(limit)
                .build()
                .unwrap()
        };
        let poller = build(1000).poll_at::<Status>("op").unwrap();
        assert_eq!(poller.await.unwrap(), "fine");
        let poller = build(10).poll_at::<Status>("op").unwrap();
        assert!(poller.await.unwrap_err().gave_up());
    }
}

#[test]
fn blocking_without_a_runtime_of_ones_own() {
    let script = Script::new(vec![ok(RUNNING), ok(SUCCEEDED)]);
    let service = script.builder().schedule(quick()).build().unwrap();
    let mut poller = service.poll_at::<Status>("/op").unwrap();
    assert_eq!(poller.wait_blocking().unwrap(), "fine");
}

#[tokio::test(start_paused = true)]
async fn blocking_in_asynchronous_code_is_an_error_and_harmless() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let mut poller = script.poller();
    let error = poller.wait_blocking().unwrap_err();
    assert!(error.resume_token().is_some());
    assert_eq!(poller.await.unwrap(), "fine");
}

#[test]
fn a_timer_of_a_runtime_that_is_gone_does_no_harm() {
    let script = Script::new(vec![ok(RUNNING), ok(SUCCEEDED)]);
    let schedule = Schedule::fixed(Duration::from_millis(100)).min(Duration::from_millis(1));
    let service = script.builder().schedule(schedule).build().unwrap();
    let mut poller = service.poll_at::<Status>("/op").unwrap();
    let early = {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let _ = poller.poll_once().await;
            tokio::time::timeout(Duration::ZERO, poller.wait()).await
        })
    };
    // On a machine that stood still for that long there is no timer left behind.
    let outcome = early.unwrap_or_else(|_| poller.wait_blocking());
    assert_eq!(outcome.unwrap(), "fine");
}

#[test]
fn everything_may_be_sent_to_another_thread() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    fn service_is<T: Send + Sync + Clone + 'static>() {}
    service_is::<Service>();
    let _ = |mut poller: lro::Poller<Status>| {
        drop(send(poller.poll_once()));
        drop(send(poller.wait()));
        drop(send(poller.cancel()));
        let future = std::future::IntoFuture::into_future(send(poller));
        drop(send(future));
    };
}
