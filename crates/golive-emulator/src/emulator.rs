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
    listening: Listening,
    controls: Controls,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Where an emulator listens.
#[derive(Debug)]
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    /// With TLS, and the certificate there.
    pub(crate) https: Option<(SocketAddr, String)>,
}

impl Emulator {
    /// Sets up an emulator.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(
        listening: Listening,
        controls: Controls,
        stop: watch::Sender<bool>,
        tasks: Vec<JoinHandle<()>>,
    ) -> Self {
        Self {
            listening,
            controls,
            stop,
            tasks,
        }
    }

    /// The address at which the emulator listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.listening.address
    }

    /// The URL of the emulator, for example `http://127.0.0.1:4711`: what a
    /// client uses in place of the service's.
    pub fn url(&self) -> String {
        format!("http://{}", self.listening.address)
    }

    /// The URL with https, if [`Builder::https`] asked for one: the authority
    /// for libraries for Microsoft Entra ID, whose token endpoint is
    /// `/{tenant}/oauth2/v2.0/token` below it.
    pub fn https_url(&self) -> Option<String> {
        let (address, _) = self.listening.https.as_ref()?;
        Some(format!("https://{address}"))
    }

    /// The certificate of that URL, as PEM: what a client has to trust.
    pub fn certificate(&self) -> Option<&str> {
        let (_, pem) = self.listening.https.as_ref()?;
        Some(pem)
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
        let all = async {
            for task in &mut self.tasks {
                let _ = task.await;
            }
        };
        let _ = tokio::time::timeout(2 * STOP_WITHIN, all).await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
