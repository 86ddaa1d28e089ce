//! A portal for tests: a mock server, and a clock on which waiting takes no
//! time.

// Each test uses a part of it.
#![allow(dead_code)]

use golive::lro::{BoxFuture, Clock};
use golive::{Error, Operation, Portal, StaticToken};
use golive_client::endpoints::GET_OPERATION;
use golive_client::types;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub const PUBLISHER: &str = "contoso";
pub const OFFER: &str = "contoso-virtualmachineoffer";
pub const OPERATION: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";

/// How long a request may take. A sleep of this length is a time limit, not a
/// pause, and never ends.
pub const TIMEOUT: Duration = Duration::from_secs(3600);

/// A clock on which every pause is over at once.
#[derive(Clone, Default)]
pub struct QuickClock {
    millis: Arc<AtomicU64>,
}

impl Clock for QuickClock {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.millis.load(Ordering::SeqCst))
    }

    fn wall(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration >= TIMEOUT {
            return Box::pin(std::future::pending());
        }
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.millis.fetch_add(millis, Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }
}

pub fn portal(server: &MockServer, clock: &QuickClock) -> Portal {
    Portal::builder()
        .endpoint(server.base_url())
        .credential(StaticToken::new("test-secret"))
        .clock(clock.clone())
        .timeout(TIMEOUT)
        .build()
        .unwrap()
}

pub fn operation_path() -> String {
    GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap()
}

pub fn document(json: serde_json::Value) -> types::OperationDocument {
    serde_json::from_value(json).unwrap()
}

/// Answers polls of the seed's operation with success.
pub fn succeeds(server: &MockServer) -> httpmock::Mock<'_> {
    server.get_operation(|when, then| {
        when.operation_id(&OPERATION.parse().unwrap())
            .api_version("2017-10-31");
        then.ok(&document(serde_json::json!({
            "status": "completed",
            "steps": [{"id": "live", "status": "complete", "progressPercentage": 100}],
            "liveLinks": [{"displayText": "Live", "uri": "https://example.com/live"}],
        })));
    })
}

pub async fn go_live(server: &MockServer) -> Result<Operation, Error> {
    portal(server, &QuickClock::default())
        .offer(PUBLISHER, OFFER)?
        .go_live()
        .await
}

/// All that the current thread logs, at every level.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

thread_local! {
    static WRITTEN: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Ends what [`Log::begin`] began.
pub struct Writing;

impl Drop for Writing {
    fn drop(&mut self) {
        WRITTEN.set(None);
    }
}

impl Log {
    /// Writes it down until the guard is dropped.
    ///
    /// One subscriber serves all threads of a test program. With one for each
    /// thread, `tracing` may keep for all of them that nobody wants a span,
    /// because a thread that has no subscriber was the first to make it.
    pub fn begin(&self) -> Writing {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| {
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
                .with_writer(|| WRITTEN.with_borrow(|log| log.clone().unwrap_or_default()))
                .with_ansi(false)
                .finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        WRITTEN.set(Some(self.clone()));
        Writing
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
