//! Bodies that nobody may read to their end.

use super::wire::Fate;
use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The body of a request. A connection whose request was answered before its body
/// was read ends with the answer, and then it has to linger.
pub(super) struct Unread {
    body: Incoming,
    fate: Arc<Fate>,
}

impl Unread {
    pub(super) fn new(body: Incoming, fate: Arc<Fate>) -> Self {
        fate.linger(true);
        Self { body, fate }
    }
}

impl Body for Unread {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) || self.body.is_end_stream() {
            self.fate.linger(false);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
