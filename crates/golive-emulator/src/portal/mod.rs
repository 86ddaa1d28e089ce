//! The portal itself: what exists, what may be done, and what follows.
//!
//! Nothing here knows of HTTP, and nothing asks for the time: every question
//! and every command is given the moment at which it is asked.

mod check;
mod guid;
mod hold;
mod memo;
mod offer;
mod operation;
mod plan;
mod refusal;
mod seed;
mod stage;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use guid::Guids;
pub(crate) use hold::{Interference, Obstacle};
pub(crate) use offer::{Edition, Offer};
pub(crate) use operation::{CannotFail, Note, Operation, Step, Task};
pub(crate) use refusal::Refusal;
pub use seed::{OFFER as SEED_OFFER, PUBLISHER as SEED_PUBLISHER};
pub(crate) use stage::Stage;

use crate::durations::StepDurations;
use golive_client::OfferStateKind;
use golive_client::types;
use offer::Revision;
use operation::Submission;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

/// Which revision of an offer a caller wants to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Precondition {
    /// Whatever is there, even nothing.
    None,
    /// One of these.
    Revision(Vec<u64>),
}

/// Everything that exists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Portal {
    pub(crate) seed: u64,
    pub(crate) durations: StepDurations,
    publishers: BTreeMap<String, BTreeMap<String, Offer>>,
}

impl Portal {
    /// A portal in which nothing exists.
    pub(crate) fn empty(seed: u64, durations: StepDurations) -> Self {
        Self {
            seed,
            durations,
            publishers: BTreeMap::new(),
        }
    }

    /// The ids of the publishers.
    pub(crate) fn publishers(&self) -> impl Iterator<Item = &str> {
        self.publishers.keys().map(String::as_str)
    }

    /// The offers of a publisher.
    pub(crate) fn offers(&self, publisher: &str) -> Result<impl Iterator<Item = &Offer>, Refusal> {
        let offers = self.publishers.get(publisher);
        let offers = offers.ok_or_else(|| no_publisher(publisher))?;
        Ok(offers.values())
    }

    /// An offer.
    pub(crate) fn offer(&self, publisher: &str, offer: &str) -> Result<&Offer, Refusal> {
        let offers = self.publishers.get(publisher);
        let offers = offers.ok_or_else(|| no_publisher(publisher))?;
        offers.get(offer).ok_or_else(|| no_offer(publisher, offer))
    }

    /// An offer, to change it. There is no other way to one, so that what was
    /// said of its operations is never said again after a change.
    fn offer_mut(&mut self, publisher: &str, offer: &str) -> Result<&mut Offer, Refusal> {
        let offers = self.publishers.get_mut(publisher);
        let offers = offers.ok_or_else(|| no_publisher(publisher))?;
        let found = offers.get_mut(offer);
        let found = found.ok_or_else(|| no_offer(publisher, offer))?;
        found.changes += 1;
        Ok(found)
    }

    /// Writes the draft of an offer; true if the offer is new. A publisher that
    /// does not exist is made, because a rehearsal has nobody who would sign a
    /// contract with it first.
    pub(crate) fn put(
        &mut self,
        publisher: &str,
        offer: &str,
        document: types::Offer,
        precondition: &Precondition,
        now: SystemTime,
    ) -> Result<bool, Refusal> {
        let existing = self.offer_mut(publisher, offer).ok();
        let current = existing.as_ref().map(|offer| offer.draft.number);
        if let Precondition::Revision(wanted) = precondition
            && !current.is_some_and(|current| wanted.contains(&current))
        {
            return Err(Refusal::Changed);
        }
        check_document(publisher, offer, &document)?;
        let revision = Revision {
            number: current.map_or(1, |number| number + 1),
            document,
            changed: now,
        };
        match existing {
            Some(existing) if existing.is_busy(now) => Err(Refusal::Busy),
            Some(existing) => {
                existing.draft = Arc::new(revision);
                Ok(false)
            }
            None => {
                let new = Offer::new(publisher, offer, revision);
                let offers = self.publishers.entry(publisher.to_owned()).or_default();
                offers.insert(offer.to_owned(), new);
                Ok(true)
            }
        }
    }

    /// Starts to publish the draft to preview.
    pub(crate) fn publish(
        &mut self,
        publisher: &str,
        offer: &str,
        emails: Option<String>,
        now: SystemTime,
    ) -> Result<&Operation, Refusal> {
        let (seed, durations) = (self.seed, self.durations);
        let offer = self.offer_mut(publisher, offer)?;
        if offer.is_busy(now) {
            return Err(Refusal::Busy);
        }
        let definition = offer.draft.document.definition.as_ref();
        let plans = definition.and_then(|definition| definition.plans.as_ref());
        if plans.is_none_or(Vec::is_empty) {
            let problem = "The offer has no plan. Put it again with at least one plan.";
            return Err(Refusal::Unfit(problem.to_owned()));
        }
        let submission = submission(offer, seed, durations, emails, now);
        let (version, draft) = (offer.version(now), Arc::clone(&offer.draft));
        let operation = Operation::publish(submission, version, draft);
        Ok(submit(offer, operation))
    }

    /// Starts to take the preview live.
    pub(crate) fn go_live(
        &mut self,
        publisher: &str,
        offer: &str,
        emails: Option<String>,
        now: SystemTime,
    ) -> Result<&Operation, Refusal> {
        let (seed, durations) = (self.seed, self.durations);
        let offer = self.offer_mut(publisher, offer)?;
        if offer.is_busy(now) {
            return Err(Refusal::Busy);
        }
        let state = offer.state(now);
        let preview = offer.last_preview(now);
        let (OfferStateKind::WaitingForPublisherReview, Some(preview)) = (state, preview) else {
            return Err(Refusal::NothingToSignOff(format!(
                "The offer '{}' has no preview that waits for the publisher: its status is '{}'. \
                 Publish it first, and take it live when its status is '{}'.",
                offer.id,
                state.as_str(),
                OfferStateKind::WaitingForPublisherReview.as_str(),
            )));
        };
        let submission = submission(offer, seed, durations, emails, now);
        let operation = Operation::go_live(submission, preview);
        Ok(submit(offer, operation))
    }

    /// Cancels what runs on an offer; with `waiting`, also a publishing whose
    /// preview waits for the publisher. The answer is the same whether anything
    /// did: the last operation, if there ever was one.
    pub(crate) fn cancel(
        &mut self,
        publisher: &str,
        offer: &str,
        waiting: bool,
        now: SystemTime,
    ) -> Result<Option<&Operation>, Refusal> {
        let offer = self.offer_mut(publisher, offer)?;
        let Some(latest) = offer.latest() else {
            return Ok(None);
        };
        let runs = latest.can_be_canceled(now);
        let waits = waiting && offer.waits_for_sign_off(latest, now);
        let Some(latest) = offer.operations.last_mut() else {
            return Ok(None);
        };
        if runs || waits {
            latest.cancel(now, guid::cancellation_takes(latest.id));
        }
        Ok(Some(latest))
    }

    /// Interferes with the running operation at a stage, or with the next
    /// operation that has the stage when none is running.
    pub(crate) fn interfere(
        &mut self,
        publisher: &str,
        offer: &str,
        stage: Stage,
        interference: Interference,
        now: SystemTime,
    ) -> Result<Result<(), CannotFail>, Refusal> {
        let offer = self.offer_mut(publisher, offer)?;
        let running = offer.operations.last_mut().filter(|it| it.is_running(now));
        Ok(match running {
            Some(operation) => operation.interfere(stage, interference, now),
            // The sign-off is the go-live call itself: it takes no time.
            None if stage == Stage::SignOff => Err(CannotFail::StepIsDone),
            None => {
                offer.armed.push((stage, interference));
                Ok(())
            }
        })
    }

    /// The last operation of an offer, to change it.
    pub(crate) fn latest_mut(
        &mut self,
        publisher: &str,
        offer: &str,
    ) -> Result<Option<&mut Operation>, Refusal> {
        Ok(self.offer_mut(publisher, offer)?.operations.last_mut())
    }

    /// Puts an offer where it was, as it was.
    pub(crate) fn restore(&mut self, offer: Offer) {
        let offers = self.publishers.entry(offer.publisher.clone()).or_default();
        offers.insert(offer.id.clone(), offer);
    }

    /// All offers of all publishers.
    pub(crate) fn all_offers(&self) -> impl Iterator<Item = &Offer> {
        self.publishers.values().flat_map(BTreeMap::values)
    }
}

fn submission(
    offer: &Offer,
    seed: u64,
    durations: StepDurations,
    emails: Option<String>,
    started: SystemTime,
) -> Submission {
    let last = offer.latest();
    let number = last.map_or(1, |last| last.publishing_version + 1);
    Submission {
        id: guid::of_operation(seed, &offer.publisher, &offer.id, number),
        publishing_version: number,
        emails,
        started,
        durations,
    }
}

fn submit(offer: &mut Offer, mut operation: Operation) -> &Operation {
    let armed = &mut offer.armed;
    let used = armed
        .iter()
        .position(|(stage, interference)| operation.arm(*stage, interference));
    if let Some(used) = used {
        armed.remove(used);
    }
    offer.operations.push(operation);
    &offer.operations[offer.operations.len() - 1]
}

fn check_document(publisher: &str, offer: &str, document: &types::Offer) -> Result<(), Refusal> {
    let kind = document.offer_type_id.as_ref().map(|it| it.as_str().trim());
    if kind.is_none_or(str::is_empty) {
        let problem = "The argument: 'OfferTypeId' cannot be null or empty.";
        return Err(Refusal::Invalid(problem.to_owned()));
    }
    for (what, written, addressed) in [
        ("publisher", &document.publisher_id, publisher),
        ("offer", &document.id, offer),
    ] {
        if let Some(written) = written
            && written != addressed
        {
            return Err(Refusal::Invalid(format!(
                "The body names the {what} '{written}', and the path '{addressed}'."
            )));
        }
    }
    Ok(())
}

fn no_publisher(publisher: &str) -> Refusal {
    Refusal::NotFound(format!("There is no publisher '{publisher}'."))
}

fn no_offer(publisher: &str, offer: &str) -> Refusal {
    Refusal::NotFound(format!(
        "The publisher '{publisher}' has no offer '{offer}'."
    ))
}
