//! The stream of a connection, and how it ends.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// How long, and up to how many bytes, what the other end still sends is thrown
/// away after the last answer.
const LINGER_FOR: Duration = Duration::from_secs(2);
const LINGER_UP_TO: usize = 64 * 1024 * 1024;

/// How a connection is to end.
#[derive(Debug, Default)]
pub(super) struct Fate {
    reset: AtomicBool,
    linger: AtomicBool,
}

impl Fate {
    /// By a reset: a close that throws away what was not sent, and that the other
    /// end sees as an error.
    pub(super) fn reset(&self) {
        self.reset.store(true, Ordering::Relaxed);
    }

    /// Whether by a close that first lets the other end finish. A plain close while more
    /// arrives is a reset to the other end, which then may never read the answer.
    pub(super) fn linger(&self, linger: bool) {
        self.linger.store(linger, Ordering::Relaxed);
    }
}

/// A stream that ends as it is told.
pub(super) struct Wire {
    stream: TcpStream,
    fate: Arc<Fate>,
    /// While the other end finishes.
    lingering: Option<Lingering>,
}

struct Lingering {
    until: Pin<Box<Sleep>>,
    left: usize,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, fate: Arc<Fate>) -> Self {
        Self {
            stream,
            fate,
            lingering: None,
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.fate.reset.load(Ordering::Relaxed) {
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

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        if wire.lingering.is_none() {
            ready!(Pin::new(&mut wire.stream).poll_shutdown(context))?;
            if !wire.fate.linger.load(Ordering::Relaxed) {
                return Poll::Ready(Ok(()));
            }
        }
        let lingering = wire.lingering.get_or_insert_with(|| Lingering {
            until: Box::pin(tokio::time::sleep(LINGER_FOR)),
            left: LINGER_UP_TO,
        });
        let mut room = [0; 16 * 1024];
        while lingering.left > 0 && lingering.until.as_mut().poll(context).is_pending() {
            let mut buffer = ReadBuf::new(&mut room);
            ready!(Pin::new(&mut wire.stream).poll_read(context, &mut buffer))?;
            let read = buffer.filled().len();
            if read == 0 {
                break;
            }
            lingering.left = lingering.left.saturating_sub(read);
        }
        Poll::Ready(Ok(()))
    }
}
