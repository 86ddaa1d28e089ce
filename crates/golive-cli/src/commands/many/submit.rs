//! The requests of an offer that are not polls: what submits, and what looks.

use super::item::{Item, record};
use super::keeper::Keeper;
use super::record::{State, Submission};
use super::rows::Row;
use crate::args::Many;
use crate::args::many::Action;
use golive::{Attempt, Edition, Error, GoLive, Offer, OnConflict, Operation, Portal};
use std::pin::Pin;
use std::sync::Arc;

/// What became of a request.
pub enum Told {
    /// Something was submitted, or found to be.
    Submitted(Submission, Result<Box<Operation>, Error>),
    /// The preview was checked; which it is, if it is to go live.
    Checked(Result<Option<Edition>, Error>),
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
        (index, Told::Submitted(submission, submitted.map(Box::new)))
    })
}

struct Submit {
    row: Arc<Row>,
    submission: Submission,
    /// The preview that somebody was shown.
    shown: Option<Edition>,
    on_conflict: OnConflict,
    /// Whether to submit although nobody can say what became of an attempt.
    retry_unknown: bool,
}

impl Submit {
    async fn run(
        &self,
        offer: &Offer,
        attempt: Option<Attempt>,
        keep: impl Fn(Attempt) -> bool + Send + Sync + 'static,
    ) -> Result<Operation, Error> {
        if let Some(attempt) = attempt {
            let found = match self.submission {
                Submission::Publish => offer.attempted_publish(&attempt).await,
                Submission::GoLive => offer.attempted_go_live(&attempt).await,
            };
            match found {
                Ok(Some(operation)) => return Ok(operation),
                Ok(None) => {}
                Err(_) if self.retry_unknown => {}
                Err(error) => return Err(error),
            }
        }
        match self.submission {
            Submission::Publish => {
                let mut publish = offer.publish().on_conflict(self.on_conflict);
                for email in &self.row.notify {
                    publish = publish.notify(email);
                }
                publish.keep_attempt(keep).await
            }
            Submission::GoLive => {
                let mut go_live = expecting(offer.go_live(), &self.row);
                if let Some(shown) = &self.shown {
                    go_live = go_live.expect_edition(shown.clone());
                }
                let go_live = go_live.on_conflict(self.on_conflict);
                go_live.keep_attempt(keep).await
            }
        }
    }
}

/// Looks which preview it is before it is checked: what comes in between is another one.
async fn check(offer: &Offer, row: &Row) -> Result<Option<Edition>, Error> {
    let preview = match row.action {
        Action::Publish => None,
        Action::Release | Action::GoLive => Some(offer.preview_edition().await?),
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
