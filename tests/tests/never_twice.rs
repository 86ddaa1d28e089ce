//! Whatever happens around the request, a go-live is never submitted twice.

use bytes::Bytes;
use golive::{OnConflict, Portal, StaticToken};
use golive_client::endpoints::GO_LIVE_OFFER;
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What happens to a request and to its answer.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// Nothing is sent.
    NotConnected,
    /// Sent, not processed, no answer.
    LostRequest,
    /// Processed, no answer.
    LostAnswer,
    /// Processed, and no answer until the time limit.
    Silence,
    /// Not processed; a gateway answers.
    Gateway(u16),
    /// Processed; a gateway answers.
    GatewayAfter(u16),
    /// Processed; the answer has no headers.
    Stripped,
    /// Refused: the token is said to be bad.
    Unauthorized,
}

fn fault() -> impl Strategy<Value = Fault> {
    let before = prop::sample::select(vec![302, 400, 404, 408, 429, 500, 502, 503, 504]);
    // Of these nobody says that the request was not processed.
    let after = prop::sample::select(vec![302, 408, 500, 502, 503, 504]);
    prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::NotConnected),
        1 => Just(Fault::LostRequest),
        2 => Just(Fault::LostAnswer),
        1 => Just(Fault::Silence),
        1 => before.prop_map(Fault::Gateway),
        1 => after.prop_map(Fault::GatewayAfter),
        1 => Just(Fault::Stripped),
        1 => Just(Fault::Unauthorized),
    ]
}

struct Faulty {
    inner: Arc<dyn Transport>,
    faults: Mutex<Vec<Fault>>,
    /// Go-live requests that the service processed.
    processed: AtomicUsize,
    /// Operations that the service started.
    started: AtomicUsize,
}

impl Faulty {
    async fn process(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let go_live = GO_LIVE_OFFER.matches(request.uri().path()).is_some();
        let response = self.inner.send(request, 1 << 20).await?;
        if go_live {
            self.processed.fetch_add(1, Ordering::SeqCst);
            if response.status() == 202 {
                self.started.fetch_add(1, Ordering::SeqCst);
            }
        }
        Ok(response)
    }
}

fn answer(status: u16) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .body(Bytes::from_static(b"<html>"))
        .unwrap()
}

impl Transport for Faulty {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let fault = self.faults.lock().unwrap().pop().unwrap_or(Fault::None);
        Box::pin(async move {
            match fault {
                Fault::None => self.process(request).await,
                Fault::NotConnected => Err(TransportError::connect("refused")),
                Fault::LostRequest => Err(TransportError::io("reset")),
                Fault::LostAnswer => {
                    self.process(request).await?;
                    Err(TransportError::io("reset"))
                }
                Fault::Silence => {
                    self.process(request).await?;
                    std::future::pending().await
                }
                Fault::Gateway(status) => Ok(answer(status)),
                Fault::GatewayAfter(status) => {
                    self.process(request).await?;
                    Ok(answer(status))
                }
                Fault::Stripped => {
                    let mut response = self.process(request).await?;
                    response.headers_mut().clear();
                    Ok(response)
                }
                Fault::Unauthorized => Ok(answer(401)),
            }
        })
    }
}

async fn check(faults: Vec<Fault>) -> Result<(), TestCaseError> {
    let (router, _controls) = Emulator::builder().router().unwrap();
    let faulty = Arc::new(Faulty {
        inner: Arc::new(TowerTransport::new(router)),
        faults: Mutex::new(faults),
        processed: AtomicUsize::new(0),
        started: AtomicUsize::new(0),
    });
    let portal = Portal::builder()
        .endpoint("http://localhost")
        .credential(StaticToken::new("test-secret"))
        .transport(faulty.clone())
        .build()
        .unwrap();
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let started = || faulty.started.load(Ordering::SeqCst);

    let first = offer.go_live().await;
    // One call sends at most one request that the service sees.
    prop_assert!(faulty.processed.load(Ordering::SeqCst) <= 1);
    match &first {
        Ok(_) => prop_assert_eq!(started(), 1),
        // What started is never called refused.
        Err(error) => prop_assert!(
            started() == 0 || error.is_submission_unknown() || error.is_missing_polling_url(),
            "{error}"
        ),
    }
    // A pipeline that tries again, told to attach, ends with the one operation.
    let again = offer.go_live().on_conflict(OnConflict::Attach).await;
    prop_assert!(started() <= 1);
    if let (Ok(first), Ok(again)) = (first, again) {
        let (first, again) = (first.token(), again.token());
        prop_assert_eq!(first.operation_id(), again.operation_id());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn faults_around_the_request_never_start_two_operations(
        faults in prop::collection::vec(fault(), 0..12)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(check(faults))?;
    }
}
