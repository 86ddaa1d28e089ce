//! A running emulator.

use crate::builder::Builder;
use crate::controls::{ControlError, Controls};
use crate::service::{RecordedRequest, STOP_WITHIN};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running emulator. It stops when it is dropped; [`shutdown`](Self::shutdown)
/// lets the requests under way end first. A process can have any number.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    controls: Controls,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Emulator {
    /// Sets up an emulator.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(
        address: SocketAddr,
        controls: Controls,
        stop: watch::Sender<bool>,
        task: JoinHandle<()>,
    ) -> Self {
        Self {
            address,
            controls,
            stop,
            task,
        }
    }

    /// The address at which the emulator listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of the emulator, for example `http://127.0.0.1:4711`: what a
    /// client uses in place of the service's.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a test can do to the emulator, apart from the emulator itself, for
    /// another task.
    pub fn controls(&self) -> &Controls {
        &self.controls
    }

    /// Moves the portal's clock ahead. See [`Controls::advance`].
    pub fn advance(&self, time: Duration) {
        self.controls.advance(time);
    }

    /// Makes an operation fail at a step. See [`Controls::fail_step`].
    ///
    /// # Errors
    ///
    /// Those of [`Controls::fail_step`].
    pub fn fail_step(
        &self,
        publisher: &str,
        offer: &str,
        step: &str,
        message: &str,
    ) -> Result<(), ControlError> {
        self.controls.fail_step(publisher, offer, step, message)
    }

    /// The requests that were answered. See [`Controls::requests`].
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.controls.requests()
    }

    /// Stops to accept connections, lets the requests under way end, and closes
    /// what is still open after two seconds.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        // The listener bounds itself; this is for a runtime that starves it.
        let _ = tokio::time::timeout(2 * STOP_WITHIN, &mut self.task).await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}
