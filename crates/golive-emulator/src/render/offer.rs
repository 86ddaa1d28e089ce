//! Publishers and offers.

use super::{Renderer, link, secrets};
use crate::dialect::Dialect;
use crate::portal::{Edition, Offer, Step};
use golive_client::types::{self, OfferDefinition, PublisherDefinition};
use golive_client::{
    LockStatus, LockStatusKind, MigrationStatus, MigrationStatusKind, OfferState, OfferStateKind,
    OfferTypeId, OfferTypeIdKind, StepState,
};
use serde_json::Map;
use std::time::SystemTime;

impl Renderer {
    /// A publisher. Nobody has told the portal more than the id.
    pub(crate) fn publisher(self, id: &str) -> types::Publisher {
        types::Publisher {
            id: Some(id.to_owned()),
            version: Some(1),
            definition: Some(PublisherDefinition {
                display_text: Some(id.to_owned()),
                offer_type_categories: Some(Vec::new()),
                seller_id: None,
                extra: Map::new(),
            }),
            extra: Map::new(),
        }
    }

    /// The types of offers that the contract knows. Others can be put as well.
    pub(crate) fn offer_types(self) -> Vec<types::OfferType> {
        let known = [
            OfferTypeIdKind::VirtualMachines,
            OfferTypeIdKind::CoreVirtualMachines,
        ];
        known
            .map(|kind| types::OfferType {
                id: Some(OfferTypeId::from(kind)),
                extra: Map::new(),
            })
            .to_vec()
    }

    /// An offer as it is in one place. What the service decides replaces what
    /// the caller wrote.
    pub(crate) fn offer(
        self,
        offer: &Offer,
        edition: Edition<'_>,
        now: SystemTime,
    ) -> types::Offer {
        let mut document = edition.revision.document.clone();
        document.publisher_id = Some(offer.publisher.clone());
        document.id = Some(offer.id.clone());
        document.status = Some(OfferState::from(self.word(offer.state(now).spellings())));
        document.version = Some(edition.version);
        document.changed_time = Some(self.time(edition.revision.changed));
        document.e_tag = None;
        secrets::leave_out(&mut document);
        let migration = match self.manner.dialect {
            Dialect::Migrated => Some(MigrationStatusKind::Migrated),
            Dialect::NonMigrated => Some(MigrationStatusKind::None),
            // The documentation of 2018 is older than the migration.
            Dialect::Seed => None,
        };
        document.pc_migration_status = migration.map(MigrationStatus::from);
        document.lock_status = migration.map(|_| LockStatus::from(LockStatusKind::None));
        document
    }

    /// An offer as the list of offers shows it.
    pub(crate) fn offer_summary(self, offer: &Offer, now: SystemTime) -> types::Offer {
        let mut document = self.offer(offer, offer.draft(now), now);
        let name = document.definition.and_then(|it| it.display_text);
        document.definition = Some(OfferDefinition {
            display_text: name,
            offer: None,
            plans: None,
            extra: Map::new(),
        });
        document.offer_type_versions = None;
        document.extra.clear();
        document
    }

    /// Where an offer stands.
    pub(crate) fn offer_status(self, offer: &Offer, now: SystemTime) -> types::OfferStatus {
        let emails = offer.latest().and_then(|it| it.emails.clone());
        let failure = offer.latest().and_then(|it| it.failure_note(now));
        let previewed = offer.last_preview(now).is_some();
        let live = offer.last_live(now).is_some();
        let (publisher, id) = (offer.publisher.as_str(), offer.id.as_str());
        let state = match offer.state(now) {
            OfferStateKind::WaitingForPublisherReview if self.manner.running_until_sign_off => {
                OfferStateKind::Running
            }
            state => state,
        };
        types::OfferStatus {
            status: Some(OfferState::from(self.word(state.spellings()))),
            messages: Some(failure.into_iter().map(|it| self.message(it)).collect()),
            steps: Some(
                offer
                    .steps(now)
                    .into_iter()
                    .map(|it| self.step(it))
                    .collect(),
            ),
            preview_links: Some(preview_links(previewed, publisher, id)),
            live_links: Some(live_links(live, publisher, id)),
            notification_emails: self.emails(emails),
            extra: Map::new(),
        }
    }

    /// Addresses, which are not returned for migrated offers.
    pub(super) fn emails(self, emails: Option<String>) -> Option<String> {
        emails.filter(|_| self.manner.dialect != Dialect::Migrated)
    }

    /// The tag of an edition, for `ETag`.
    pub(crate) fn entity_tag(self, edition: Edition<'_>) -> String {
        format!("W/\"{}\"", edition.revision.number)
    }

    /// The numbers of the revisions that an `If-Match` names; none for `*`. A
    /// tag that is not one of ours names nothing.
    pub(crate) fn wanted_revisions(self, if_match: &str) -> Option<Vec<u64>> {
        let tags = || if_match.split(',').map(str::trim);
        if tags().any(|tag| tag == "*") {
            return None;
        }
        let number = |tag: &str| {
            let quoted = tag.strip_prefix("W/").unwrap_or(tag);
            quoted.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
        };
        Some(tags().filter_map(number).collect())
    }
}

pub(super) fn preview_links(shown: bool, publisher: &str, offer: &str) -> Vec<types::Link> {
    let preview = || link("Preview", publisher, offer, "?preview=true");
    shown.then(preview).into_iter().collect()
}

pub(super) fn live_links(shown: bool, publisher: &str, offer: &str) -> Vec<types::Link> {
    let live = || link("Live", publisher, offer, "");
    shown.then(live).into_iter().collect()
}

impl Renderer {
    pub(super) fn step(self, step: Step) -> types::Step {
        let facts = step.stage.facts();
        let notes = step.notes.into_iter();
        types::Step {
            id: Some(facts.id.to_owned()),
            step_name: Some(facts.name.to_owned()),
            description: Some(facts.description.to_owned()),
            estimated_time_frame: facts.estimate.map(str::to_owned),
            status: Some(StepState::from(self.word(step.state.spellings()))),
            progress_percentage: Some(i64::from(step.progress)),
            process_percentage: None,
            messages: Some(notes.map(|note| self.message(note)).collect()),
            extra: Map::new(),
        }
    }
}
