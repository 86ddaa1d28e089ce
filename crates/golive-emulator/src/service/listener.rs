//! Connections.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long requests under way may take once the service is told to stop.
pub(crate) const STOP_WITHIN: Duration = Duration::from_secs(2);

/// How long the head of a request may take, which is also how long a
/// connection may be idle. It is longer than clients keep idle connections, so
/// that it is the client who lets go of one, and no request meets a closed one.
const HEAD_WITHIN: Duration = Duration::from_secs(100);

/// How large the head of a request may be.
const HEAD_LIMIT: usize = 64 * 1024;

/// How long to wait when the system has no more sockets.
const BREATHER: Duration = Duration::from_millis(50);

/// A socket that serves a router.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) router: Router,
    pub(crate) stop: watch::Receiver<bool>,
}

impl Listener {
    /// Serves until it is told to stop, and then until requests under way are
    /// answered, for a bounded time. Dropping the future closes everything.
    pub(crate) async fn run(self) {
        let mut connections = JoinSet::new();
        let mut stop = self.stop.clone();
        loop {
            tokio::select! {
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, _)) => {
                        let (router, stop) = (self.router.clone(), self.stop.clone());
                        connections.spawn(serve(stream, router, stop));
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

async fn serve(stream: TcpStream, router: Router, mut stop: watch::Receiver<bool>) {
    // A small answer is not to wait for another one.
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_LIMIT);
    let service = TowerToHyperService::new(router);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    // A connection that breaks is the client's affair.
    tokio::select! {
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
