//! Waits for an answer, and for nothing else meanwhile.

use crate::context::Context;
use crate::exit::Exit;
use crate::signals::Signals;
use std::time::Duration;

/// Why there is no answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// A signal arrived.
    Signal(Exit),
    /// It took too long.
    Late,
}

/// Waits for an answer: for so long, if there is a limit, until a signal arrives, and
/// with a word now and then about what still goes on.
pub async fn answer<T>(
    context: &Context,
    signals: &mut Signals,
    limit: Option<Duration>,
    still: &str,
    work: impl Future<Output = T>,
) -> Result<T, NoAnswer> {
    let ui = &context.ui;
    let heartbeat = context.settings.heartbeat.value.duration;
    let late = async {
        match limit {
            Some(limit) => tokio::time::sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(work, late);
    loop {
        tokio::select! {
            biased;
            answer = &mut work => return Ok(answer),
            signal = signals.next() => return Err(NoAnswer::Signal(signal)),
            () = &mut late => return Err(NoAnswer::Late),
            () = ui.silence(heartbeat) => ui.still(still),
        }
    }
}
