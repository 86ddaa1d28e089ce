//! Waiting without an asynchronous runtime of the caller's own.

use tokio::runtime::{Builder, Handle};

use crate::error::Kind;
use crate::{Error, Poller, StatusMonitor};

impl<M: StatusMonitor> Poller<M> {
    /// Waits for the end of the operation and blocks the thread: like
    /// [`wait`](Self::wait), for programs that are not asynchronous. It runs
    /// on the calling thread and starts no other.
    ///
    /// The transport's connections must not belong to another runtime: make
    /// its HTTP client for this.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); and at once, with the operation as it was, when
    /// it is called from asynchronous code, whose thread must not be blocked.
    pub fn wait_blocking(&mut self) -> Result<M::Output, Error> {
        if Handle::try_current().is_ok() {
            return Err(self.blocked("wait_blocking was called from asynchronous code"));
        }
        let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
            return Err(self.blocked("the system gives no resources to wait with"));
        };
        // A timer or a request that was begun on another runtime would wait
        // for that one.
        self.begin_anew();
        let outcome = runtime.block_on(self.wait());
        self.begin_anew();
        outcome
    }

    fn blocked(&self, why: &'static str) -> Error {
        self.dress(Error::new(Kind::Blocking(why)))
    }
}
