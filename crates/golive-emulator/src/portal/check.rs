//! Whether a portal that comes from elsewhere can be one.

use super::offer::Offer;
use super::operation::Operation;
use super::{Portal, offer::Revision};
use golive_client::types::{OfferId, PublisherId};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The end of the years that can be written, less what a rehearsal lasts.
const LATEST: Duration = Duration::from_secs(220_000_000_000);

/// How high anything is counted: as far as every JSON reader does.
const HIGHEST: i64 = 1 << 53;

impl Portal {
    /// What is wrong with a portal that somebody may have written by hand. One
    /// that passes has no id, number or time that the rest cannot deal with.
    pub(crate) fn check(&self) -> Result<(), String> {
        for (publisher, offers) in &self.publishers {
            let id = publisher.parse::<PublisherId>();
            id.map_err(|problem| format!("the publisher '{publisher}' {problem}"))?;
            for (id, offer) in offers {
                let wrong = |problem| format!("the offer '{publisher}/{id}': {problem}");
                if offer.publisher != *publisher || offer.id != *id {
                    let (publisher, id) = (&offer.publisher, &offer.id);
                    return Err(wrong(format!("it says that it is '{publisher}/{id}'")));
                }
                offer.check().map_err(wrong)?;
            }
        }
        Ok(())
    }
}

impl Offer {
    fn check(&self) -> Result<(), String> {
        let id = self.id.parse::<OfferId>();
        id.map_err(|problem| format!("its id {problem}"))?;
        revision(&self.draft)?;
        let mut number = 0;
        for operation in &self.operations {
            if operation.publishing_version <= number {
                return Err("its operations are not in order".to_owned());
            }
            number = operation.publishing_version;
            let id = operation.id;
            let wrong = |problem| format!("the operation {id}: {problem}");
            operation.check().map_err(wrong)?;
        }
        Ok(())
    }
}

impl Operation {
    fn check(&self) -> Result<(), String> {
        revision(&self.content)?;
        counted(self.publishing_version)?;
        counted(self.offer_version)?;
        moment(self.started)?;
        if self.schedule.is_empty() {
            return Err("it has no steps".to_owned());
        }
        let mut before = None;
        for slice in &self.schedule {
            moment(slice.begins)?;
            moment(slice.ends)?;
            if before >= Some(slice.stage) || slice.ends < slice.begins {
                return Err("its steps are not in order".to_owned());
            }
            before = Some(slice.stage);
        }
        let failed = self.failure.as_ref().map(|it| it.at);
        let held = self.hold.as_ref().map(|it| it.at);
        let canceled = self.cancellation.map(|it| [it.requested, it.done]);
        let decided = failed.into_iter().chain(held);
        decided
            .chain(canceled.into_iter().flatten())
            .try_for_each(moment)
    }
}

fn revision(revision: &Revision) -> Result<(), String> {
    counted(i64::try_from(revision.number).unwrap_or(i64::MAX))?;
    moment(revision.changed)
}

fn counted(number: i64) -> Result<(), String> {
    match (0..HIGHEST).contains(&number) {
        true => Ok(()),
        false => Err(format!("the number {number} is out of range")),
    }
}

fn moment(time: SystemTime) -> Result<(), String> {
    let since = time.duration_since(UNIX_EPOCH);
    match since.is_ok_and(|since| since < LATEST) {
        true => Ok(()),
        false => Err("a time is out of range".to_owned()),
    }
}
