//! The request, and what ends it.

use super::keeper::Keeper;
use crate::attempt::{Action, Asked};
use crate::context::Context;
use crate::exit::Exit;
use crate::signals::Signals;
use golive::{Attempt, Error, Offer, Operation};
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// What the service has accepted, or why there is nothing to follow.
type Submitted = Result<Operation, Error>;
type Submitting = Pin<Box<dyn Future<Output = Submitted> + Send>>;

/// A submission, which begins when it is polled. It is told to stop by dropping the
/// other one.
pub fn request(
    offer: &Offer,
    asked: &Asked,
    deadline: Option<Duration>,
    keeper: &Arc<Keeper>,
) -> (Submitting, oneshot::Sender<()>) {
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        // Dropped or told: there was a signal.
        let _ = stopped.await;
    };
    let keeper = keeper.clone();
    let keep = move |attempt| keeper.keep(attempt);
    let on_conflict = asked.on_conflict.into();
    let submitting = match asked.action {
        Action::GoLive => {
            let mut go_live = offer.go_live().on_conflict(on_conflict);
            for (plan, version) in &asked.expect_image {
                go_live = go_live.expect_image(plan, version);
            }
            for (pointer, value) in &asked.expect_value {
                go_live = go_live.expect_value(pointer, value.clone());
            }
            if let Some(deadline) = deadline {
                go_live = go_live.deadline(deadline);
            }
            go_live.stop_when(stopped).keep_attempt(keep).into_future()
        }
        Action::Publish => {
            let mut publish = offer.publish().on_conflict(on_conflict);
            for email in &asked.notify {
                publish = publish.notify(email);
            }
            if let Some(deadline) = deadline {
                publish = publish.deadline(deadline);
            }
            publish.stop_when(stopped).keep_attempt(keep).into_future()
        }
    };
    (submitting, stop)
}

/// What the service has accepted of an earlier request.
pub async fn attempted(
    offer: &Offer,
    action: Action,
    attempt: &Attempt,
) -> Result<Option<Operation>, Error> {
    match action {
        Action::GoLive => offer.attempted_go_live(attempt).await,
        Action::Publish => offer.attempted_publish(attempt).await,
    }
}

/// How a submission has ended.
pub enum Answered {
    /// The answer, and the first signal that arrived meanwhile.
    Result(Box<Submitted>, Option<Exit>),
    /// A second signal came before the answer.
    Unknown(Exit),
}

/// Submits. A signal ends it at once while nothing was submitted, also in a wait for
/// another operation. While a request is under way, its answer is waited for, because
/// an operation that is accepted in that moment would be lost; a second signal stops at
/// once.
pub async fn answer(
    context: &Context,
    mut submitting: Submitting,
    stop: oneshot::Sender<()>,
    keeper: &Keeper,
    signals: &mut Signals,
) -> Answered {
    let ui = &context.ui;
    let heartbeat = context.settings.heartbeat.value.duration;
    let mut stop = Some(stop);
    let mut interrupted = None;
    loop {
        tokio::select! {
            biased;
            result = &mut submitting => return Answered::Result(Box::new(result), interrupted),
            signal = signals.next() => {
                if let Some(first) = interrupted {
                    return Answered::Unknown(first);
                }
                interrupted = Some(signal);
                drop(stop.take());
                // It may have ended by that.
                tokio::select! {
                    biased;
                    result = &mut submitting => {
                        return Answered::Result(Box::new(result), interrupted);
                    }
                    () = std::future::ready(()) => ui.say(
                        "golive: interrupted; waiting for the service's answer, so that nothing \
                         is lost (a second signal stops at once)",
                    ),
                }
            }
            () = ui.silence(heartbeat) => ui.still(match keeper.may_have_been_sent() {
                true => "still waiting for the service's answer",
                false => "still waiting; nothing is submitted yet",
            }),
        }
    }
}
