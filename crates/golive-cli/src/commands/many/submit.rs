//! The requests of an offer that are not polls: what submits, and what looks.

use super::item::{Item, record};
use super::keeper::Keeper;
use super::preview::Preview;
use super::record::{State, Submission};
use super::rows::Row;
use crate::args::Many;
use crate::args::many::Action;
use golive::{Attempt, Error, GoLive, Offer, OnConflict, Operation, Portal};
use std::pin::Pin;
use std::sync::Arc;

/// What became of a request.
pub enum Told {
    /// Something was submitted, or found to be.
    Submitted(Submission, Result<Box<Operation>, Error>),
    /// The preview is not the one that was shown, so that nothing was submitted.
    Replaced,
    /// The preview was checked; which it is, if it is to go live.
    Checked(Result<Option<Preview>, Error>),
}

/// What is to be done with an offer now: gives its index too.
pub type Task = Pin<Box<dyn Future<Output = (usize, Told)>>>;

/// What the state of an offer asks for: that its preview is checked, or that
/// something is submitted. What an earlier run may have sent is looked for first.
pub fn task(portal: &Portal, keeper: &Keeper, args: &Many, index: usize, item: &Item) -> Task {
    let row = item.planned.row.clone();
    let offer = portal.offer(&row.publisher, &row.offer);
    let Some(submission) = item.planned.submission() else {
        return Box::pin(async move {
            let checked = match offer {
                Ok(offer) => check(&offer, &row).await,
                Err(error) => Err(error),
            };
            (index, Told::Checked(checked))
        });
    };
    let attempt = match &item.planned.state {
        State::Submitting { attempt, .. } => Some(attempt.clone()),
        _ => None,
    };
    let submit = Submit {
        row,
        submission,
        shown: item.planned.preview.clone(),
        on_conflict: args.on_conflict.into(),
        retry_unknown: args.retry_unknown,
    };
    let line = record(&item.planned, item.planned.state.clone());
    let keeper = keeper.clone();
    let keep = move |attempt| keeper.about_to_send(index, &line, submission, attempt);
    Box::pin(async move {
        let submitted = match offer {
            Ok(offer) => submit.run(&offer, attempt, keep).await,
            Err(error) => Err(error),
        };
        let told = match submitted.transpose() {
            Some(submitted) => Told::Submitted(submission, submitted.map(Box::new)),
            None => Told::Replaced,
        };
        (index, told)
    })
}

struct Submit {
    row: Arc<Row>,
    submission: Submission,
    /// The preview that somebody was shown.
    shown: Option<Preview>,
    on_conflict: OnConflict,
    /// Whether to submit although nobody can say what became of an attempt.
    retry_unknown: bool,
}

impl Submit {
    /// Gives none if the preview is not the one that was shown.
    async fn run(
        &self,
        offer: &Offer,
        attempt: Option<Attempt>,
        keep: impl Fn(Attempt) -> bool + Send + Sync + 'static,
    ) -> Result<Option<Operation>, Error> {
        if let Some(attempt) = attempt {
            let found = match self.submission {
                Submission::Publish => offer.attempted_publish(&attempt).await,
                Submission::GoLive => offer.attempted_go_live(&attempt).await,
            };
            match found {
                Ok(Some(operation)) => return Ok(Some(operation)),
                Ok(None) => {}
                Err(_) if self.retry_unknown => {}
                Err(error) => return Err(error),
            }
        }
        let submitted = match self.submission {
            Submission::Publish => {
                let mut publish = offer.publish().on_conflict(self.on_conflict);
                for email in &self.row.notify {
                    publish = publish.notify(email);
                }
                publish.keep_attempt(keep).await?
            }
            Submission::GoLive => {
                let go_live = expecting(offer.go_live(), &self.row);
                let go_live = match &self.shown {
                    Some(shown) => shown.alone(offer, go_live).await?,
                    None => Some(go_live),
                };
                let Some(go_live) = go_live else {
                    return Ok(None);
                };
                let go_live = go_live.on_conflict(self.on_conflict);
                go_live.keep_attempt(keep).await?
            }
        };
        Ok(Some(submitted))
    }
}

/// Looks which preview it is before it is checked: what comes in between is another one.
async fn check(offer: &Offer, row: &Row) -> Result<Option<Preview>, Error> {
    let preview = match row.action {
        Action::Publish => None,
        Action::Release | Action::GoLive => Some(Preview::look(offer).await?),
    };
    expecting(offer.go_live(), row).check().await?;
    Ok(preview)
}

fn expecting(mut go_live: GoLive, row: &Row) -> GoLive {
    for (plan, version) in &row.expected.expect_image {
        go_live = go_live.expect_image(plan, version);
    }
    for (pointer, value) in &row.expected.expect_value {
        go_live = go_live.expect_value(pointer, value.clone());
    }
    go_live
}
