//! Connections.

use super::enter::Entrance;
use super::faulty::ConnectionReset;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// How long requests under way may take once the service is told to stop.
pub(crate) const STOP_WITHIN: Duration = Duration::from_secs(2);

/// How long the head of a request may take, which is also how long a
/// connection may be idle. It is longer than clients keep idle connections, so
/// that it is the client who lets go of one, and no request meets a closed one.
const HEAD_WITHIN: Duration = Duration::from_secs(100);

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
    let reset = Arc::new(AtomicBool::new(false));
    let wire = Wire {
        stream,
        reset: Arc::clone(&reset),
    };
    match tls {
        None => serve(wire, reset, peer, entrance, stop).await,
        Some(tls) => {
            let handshake = tokio::time::timeout(HANDSHAKE_WITHIN, tls.accept(wire));
            if let Ok(Ok(stream)) = handshake.await {
                serve(stream, reset, peer, entrance, stop).await;
            }
        }
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    reset: Arc<AtomicBool>,
    peer: Peer,
    entrance: Entrance,
    mut stop: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_LIMIT);
    let (entrance, reset) = (&entrance, reset.as_ref());
    let service = service_fn(move |request: Request<Incoming>| async move {
        let answer = entrance.answer(request.map(Body::new), Some(peer)).await;
        match answer.extensions().get::<ConnectionReset>() {
            None => Ok(answer),
            Some(ConnectionReset) => {
                reset.store(true, Ordering::SeqCst);
                Err(Reset)
            }
        }
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    // A connection that breaks is the client's affair.
    tokio::select! {
        biased;
        _ = connection.as_mut() => {}
        () = told(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Returns when the service is told to stop, or nobody is left to tell it.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// A stream that can be reset: a close that throws away what was not sent, and
/// that the other end sees as an error.
struct Wire {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
