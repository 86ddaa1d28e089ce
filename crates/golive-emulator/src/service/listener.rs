//! Connections.

use super::enter::Entrance;
use super::faulty::ConnectionReset;
use super::idle::{Idle, Requests, TICK};
use super::unread::Unread;
use super::wire::{Fate, Wire};
use axum::body::Body;
use hyper::Request;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

/// How long requests under way may take once the service is told to stop.
pub(crate) const STOP_WITHIN: Duration = Duration::from_secs(2);

/// How long a TLS handshake may take.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);

/// How large the head of a request may be.
const HEAD_LIMIT: usize = 64 * 1024;

/// How long to wait when the system has no more sockets.
const BREATHER: Duration = Duration::from_millis(50);

/// A socket that serves the emulator.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) entrance: Entrance,
    pub(crate) stop: watch::Receiver<bool>,
    /// Speaks TLS, if there is one.
    pub(crate) tls: Option<TlsAcceptor>,
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    /// Whether the connection is encrypted.
    pub(super) secure: bool,
}

/// Ends a connection without an answer.
#[derive(Debug)]
struct Reset;

impl fmt::Display for Reset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scenario resets the connection")
    }
}

impl std::error::Error for Reset {}

impl Listener {
    /// Serves until it is told to stop, and then until requests under way are
    /// answered, for a bounded time. Dropping the future closes everything.
    pub(crate) async fn run(self) {
        let mut connections = JoinSet::new();
        let mut stop = self.stop.clone();
        loop {
            tokio::select! {
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, address)) => {
                        let (entrance, stop) = (self.entrance.clone(), self.stop.clone());
                        let tls = self.tls.clone();
                        connections.spawn(accept(stream, address, tls, entrance, stop));
                    }
                    Err(_) => tokio::time::sleep(BREATHER).await,
                },
                Some(_) = connections.join_next() => {}
                () = told(&mut stop) => break,
            }
        }
        drop(self.socket);
        let all = async { while connections.join_next().await.is_some() {} };
        // What is still open after this is closed by dropping it.
        let _ = tokio::time::timeout(STOP_WITHIN, all).await;
    }
}

async fn accept(
    stream: TcpStream,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    entrance: Entrance,
    stop: watch::Receiver<bool>,
) {
    // A small answer is not to wait for another one.
    let _ = stream.set_nodelay(true);
    let peer = Peer {
        address,
        secure: tls.is_some(),
    };
    let fate = Arc::new(Fate::default());
    let wire = Wire::new(stream, Arc::clone(&fate));
    match tls {
        None => serve(wire, fate, peer, entrance, stop).await,
        Some(tls) => {
            let handshake = tokio::time::timeout(HANDSHAKE_WITHIN, tls.accept(wire));
            if let Ok(Ok(stream)) = handshake.await {
                Box::pin(serve(stream, fate, peer, entrance, stop)).await;
            }
        }
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    fate: Arc<Fate>,
    peer: Peer,
    entrance: Entrance,
    mut stop: watch::Receiver<bool>,
) {
    let requests = Requests::default();
    let mut idle = Idle::default();
    let mut http = http1::Builder::new();
    http.max_buf_size(HEAD_LIMIT);
    let (entrance, fate, requests) = (&entrance, &fate, &requests);
    let service = service_fn(move |request: Request<Incoming>| async move {
        requests.begin();
        let request = match request.body().is_end_stream() {
            true => request.map(|_| Body::empty()),
            false => request.map(|body| Body::new(Unread::new(body, Arc::clone(fate)))),
        };
        let answer = entrance.answer(request, Some(peer)).await;
        // What is written bit by bit goes on for as long as it likes.
        if answer.body().size_hint().exact().is_some() {
            requests.end();
        }
        match answer.extensions().get::<ConnectionReset>() {
            None => Ok(answer),
            Some(ConnectionReset) => {
                fate.reset();
                Err(Reset)
            }
        }
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut tick = pin!(tokio::time::sleep(TICK));
    // A connection that breaks is the client's affair.
    loop {
        tokio::select! {
            biased;
            _ = connection.as_mut() => break,
            () = told(&mut stop) => {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
                break;
            }
            () = tick.as_mut() => {
                if idle.is_over(requests) {
                    break;
                }
                tick.as_mut().reset(Instant::now() + TICK);
            }
        }
    }
}

/// Returns when the service is told to stop, or nobody is left to tell it.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
