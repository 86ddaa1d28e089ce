//! How an emulator is set up.

use crate::clock::Clock;
use crate::controls::Controls;
use crate::dialect::Dialect;
use crate::emulator::Emulator;
use crate::portal::Portal;
use crate::render::Renderer;
use crate::service::{self, Listener, Service};
use crate::start_error::StartError;
use axum::Router;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Sets up an emulator. [`Emulator::builder`] makes one.
#[derive(Clone, Debug)]
#[must_use = "nothing happens before the emulator is started"]
pub struct Builder {
    listen: SocketAddr,
    speed: f64,
    seed: u64,
    empty: bool,
    dialect: Dialect,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            speed: 1.0,
            seed: 0,
            empty: false,
            dialect: Dialect::default(),
        }
    }

    /// Where to listen. Without this, on the loopback address, at a port that
    /// the system chooses; so does port 0.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// How many times faster than real time the portal's clock runs: finite and
    /// above zero. Without this, 1.
    pub fn speed(mut self, speed: f64) -> Self {
        self.speed = speed;
        self
    }

    /// What ids follow from: the same seed gives the same ids. Without this, 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Begins with nothing, not even the offer of the seed.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// In which of the service's ways of speaking to answer. Without this, as
    /// the service does today.
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Starts an emulator on a socket of its own. It accepts connections when
    /// this returns.
    ///
    /// # Errors
    ///
    /// The speed is not one, or the address cannot be listened on.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let listen = self.listen;
        let (router, controls) = self.router()?;
        let bound = |source| StartError::address(listen, source);
        let socket = TcpListener::bind(listen).await.map_err(bound)?;
        let address = socket.local_addr().map_err(bound)?;
        let (stop, stopped) = watch::channel(false);
        let listener = Listener {
            socket,
            router,
            stop: stopped,
        };
        let task = tokio::spawn(listener.run());
        Ok(Emulator::new(address, controls, stop, task))
    }

    /// An emulator without a socket: a service that answers requests in the
    /// process, and what controls it. The address is not used.
    ///
    /// # Errors
    ///
    /// The speed is not one.
    pub fn router(self) -> Result<(Router, Controls), StartError> {
        if !self.speed.is_finite() || self.speed <= 0.0 {
            return Err(StartError::speed(self.speed));
        }
        let clock = Clock::start(self.speed);
        let portal = match self.empty {
            true => Portal::empty(self.seed),
            false => Portal::with_offer(self.seed, clock.now()),
        };
        let renderer = Renderer {
            dialect: self.dialect,
        };
        let service = Service::new(clock, renderer, portal, self.seed);
        let router = service::router(&service);
        Ok((router, Controls::new(Arc::clone(&service))))
    }
}
