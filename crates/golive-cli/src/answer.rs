//! Waits for an answer, and for nothing else meanwhile.

use crate::context::Context;
use crate::exit::Exit;
use crate::follow::left;
use crate::signals::Signals;
use std::time::Duration;
use tokio::time::Instant;

/// What an answer may take, whatever the deadline.
const MOMENT: Duration = Duration::from_secs(5);

/// Why there is no answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// A signal arrived.
    Signal(Exit),
    /// It took too long.
    Late,
}

/// How long an answer may take by the deadline, which counts from `began`: a moment at
/// least. There is no limit without a deadline.
pub fn in_time(context: &Context, began: Instant) -> Option<Duration> {
    let deadline = context.settings.deadline.as_ref()?;
    Some(left(deadline.value.duration, began).max(MOMENT))
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
