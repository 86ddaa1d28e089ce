//! Spans and events. Alone in its program, because whether a span is on is
//! remembered for the whole process.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use lro::{AzureStatus, Schedule, Service, transport_fn};
use tracing_subscriber::fmt::format::FmtSpan;

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn spans_for_the_operation_each_poll_and_each_sleep_and_events() {
    let written = Buffer::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let steps = Mutex::new(vec![
        (200, r#"{"status":"Succeeded"}"#),
        (503, ""),
        (200, r#"{"status":"Running"}"#),
    ]);
    let transport = transport_fn(move |_: Request<Bytes>| {
        let (status, body) = steps.lock().unwrap().pop().unwrap();
        let reply = Response::builder()
            .status(status)
            .body(Bytes::from_static(body.as_bytes()));
        std::future::ready(Ok(reply.unwrap()))
    });
    let service = Service::builder(&"https://svc.example/api/".parse().unwrap())
        .transport(transport)
        .schedule(Schedule::fixed(Duration::from_secs(1)))
        .build()
        .unwrap();
    let poller = service.poll_at::<AzureStatus>("operations/1?sig=secret");
    poller.unwrap().await.unwrap();

    let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains("secret"), "{text}");
    let operation = r#"lro{kind="azure" url=https://svc.example/api/operations/1?...}"#;
    for parts in [
        ["DEBUG", operation, "lro.sleep{seconds=1.0}"],
        ["DEBUG", operation, "lro.poll{n=1 status=200}"],
        ["DEBUG", operation, "lro.poll{n=2 status=503}"],
        ["INFO", operation, "close"],
        [
            "INFO",
            r#"state="Running""#,
            "polls=1 next_poll_seconds=1.0",
        ],
        ["WARN", "503", "polls=2 next_poll_seconds=1.0"],
        ["INFO", "operation ended", r#"state="Succeeded" polls=3"#],
    ] {
        let found = text
            .lines()
            .any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found, "{parts:?} in\n{text}");
    }
}
