//! How an emulator is set up.

use crate::clock;
use crate::controls::Controls;
use crate::dialect::{Dialect, Manner};
use crate::durations::StepDurations;
use crate::emulator::{Emulator, Listening};
use crate::faults::Faults;
use crate::identity::{Certificate, Tokens};
use crate::scenario::Scenario;
use crate::service::{self, Listener, Service, VersionPolicy};
use crate::settings::Settings;
use crate::start_error::StartError;
use crate::store::Store;
use axum::Router;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Sets up an emulator. [`Emulator::builder`] makes one.
#[derive(Clone, Debug)]
#[must_use = "nothing happens before the emulator is started"]
pub struct Builder {
    listen: SocketAddr,
    https: Option<SocketAddr>,
    data_dir: Option<PathBuf>,
    settings: Settings,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            https: None,
            data_dir: None,
            settings: Settings::default(),
        }
    }

    /// Where to listen. Without this, on the loopback address, at a port that
    /// the system chooses; so does port 0.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Listens at a second address, with TLS and a certificate that is made at
    /// the start: libraries for Microsoft Entra ID accept only token endpoints
    /// with https. See [`Emulator::https_url`] and [`Emulator::certificate`].
    pub fn https(mut self, address: SocketAddr) -> Self {
        self.https = Some(address);
        self
    }

    /// Keeps everything in a folder, and begins with what is there. What was
    /// answered outlives the process, however it ends, and so do its settings:
    /// an existing session keeps its seed, its clock and its rules. Without
    /// this, everything is in memory.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// How many times faster than real time the portal's clock runs: above zero
    /// and at most a million. Without this, 1.
    pub fn speed(mut self, speed: f64) -> Self {
        self.settings.speed = speed;
        self
    }

    /// What ids, drawn times and probabilities follow from: the same seed gives
    /// the same run. Without this, 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// How long steps take. Without this, a typical time, always the same.
    pub fn step_durations(mut self, durations: StepDurations) -> Self {
        self.settings.durations = durations;
        self
    }

    /// Moves an operation on to its next change whenever it was polled so often,
    /// whatever the time; the portal's clock goes along. Without this, only time
    /// moves operations on. Zero is taken as one.
    pub fn polls_per_step(mut self, polls: u32) -> Self {
        self.settings.polls_per_step = Some(polls.max(1));
        self
    }

    /// Begins with nothing, not even the offer of the seed.
    pub fn empty(mut self) -> Self {
        self.settings.empty = true;
        self
    }

    /// In which of the service's ways of speaking to answer. Without this, as
    /// the service does today.
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.settings.manner.dialect = dialect;
        self
    }

    /// How answers are written, in all that is known to differ.
    pub fn manner(mut self, manner: Manner) -> Self {
        self.settings.manner = manner;
        self
    }

    /// How answers about one offer are written.
    pub fn manner_of(mut self, publisher: &str, offer: &str, manner: Manner) -> Self {
        let key = (publisher.to_owned(), offer.to_owned());
        self.settings.manners.insert(key, manner);
        self
    }

    /// What goes wrong. Scenarios add up.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.settings.scenarios.push(scenario);
        self
    }

    /// Refuses versions of the API that are newer than the contract's, as the
    /// service does. Without this, they are answered with a warning.
    pub fn strict(mut self) -> Self {
        self.settings.versions = VersionPolicy::Strict;
        self
    }

    /// Which bearer tokens are accepted. Without this, any.
    pub fn tokens(mut self, tokens: Tokens) -> Self {
        self.settings.tokens = tokens;
        self
    }

    /// How long the tokens that the token endpoint issues hold, by the portal's
    /// clock. Without this, an hour less a second.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.token_lifetime = lifetime;
        self
    }

    /// Starts an emulator on a socket of its own. It accepts connections when
    /// this returns.
    ///
    /// # Errors
    ///
    /// The speed is not one, the scenarios have more than a thousand rules, an
    /// address cannot be listened on, or the data folder cannot be used.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let (listen, https) = (self.listen, self.https);
        let service = self.service()?;
        let entrance = service::entrance(&service);
        let (stop, stopped) = watch::channel(false);
        let (socket, address) = bind(listen).await?;
        let listener = |socket, tls| Listener {
            socket,
            entrance: entrance.clone(),
            stop: stopped.clone(),
            tls,
        };
        let mut tasks = Vec::new();
        let mut listening = Listening {
            address,
            https: None,
        };
        if let Some(wanted) = https {
            let (socket, address) = bind(wanted).await?;
            let certificate = Certificate::new(address.ip()).map_err(StartError::certificate)?;
            let acceptor = Some(certificate.acceptor);
            tasks.push(tokio::spawn(listener(socket, acceptor).run()));
            listening.https = Some((address, certificate.pem));
        }
        tasks.push(tokio::spawn(listener(socket, None).run()));
        Ok(Emulator::new(
            listening,
            Controls::new(service),
            stop,
            tasks,
        ))
    }

    /// An emulator without a socket: a service that answers requests in the
    /// process, and what controls it. The addresses are not used. Where a
    /// scenario resets the connection, the answer has a
    /// [`ConnectionReset`](crate::ConnectionReset) among its extensions.
    ///
    /// # Errors
    ///
    /// The speed is not one, the scenarios have more than a thousand rules, or the
    /// data folder cannot be used.
    pub fn router(self) -> Result<(Router, Controls), StartError> {
        let service = self.service()?;
        Ok((service::router(&service), Controls::new(service)))
    }

    fn service(self) -> Result<Arc<Service>, StartError> {
        let speed = self.settings.speed;
        if !clock::is_speed(speed) {
            return Err(StartError::speed(speed));
        }
        let mut faults = Faults::default();
        for scenario in &self.settings.scenarios {
            let added = faults.add(scenario, self.settings.seed);
            added.ok_or_else(StartError::too_many_rules)?;
        }
        let folder = self.data_dir.unwrap_or_default();
        let problem = |source| StartError::data_dir(&folder, source);
        let stored = match folder.as_os_str().is_empty() {
            true => None,
            false => Some(Store::open(&folder).map_err(problem)?),
        };
        Service::new(self.settings, stored).map_err(problem)
    }
}

async fn bind(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let problem = |source| StartError::address(wanted, source);
    let socket = TcpListener::bind(wanted).await.map_err(problem)?;
    let address = socket.local_addr().map_err(problem)?;
    Ok((socket, address))
}
