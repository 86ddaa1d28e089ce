//! Publishers and offers.

use super::reply::Reply;
use super::routes::Visit;
use crate::portal::{Edition, Offer, Precondition, Refusal};
use golive_client::types::{self, OfferId, PublisherId, SlotId};
use http::{StatusCode, header};
use std::str::FromStr;

impl Visit<'_> {
    /// The offer that the path begins with.
    pub(super) fn offer(&self) -> Result<&Offer, Refusal> {
        let call = self.call;
        self.portal
            .offer(call.segment(0), call.segment(1))
            // Only what does not exist can have an id that cannot be one.
            .map_err(|missing| self.ids().err().unwrap_or(missing))
    }

    /// The publisher and the offer that the path begins with.
    pub(super) fn ids(&self) -> Result<(PublisherId, OfferId), Refusal> {
        Ok((self.call.path(0)?, self.call.path(1)?))
    }

    fn show(&self, status: StatusCode, offer: &Offer, edition: Edition<'_>) -> Reply {
        let renderer = self.world.renderer(offer);
        let body = renderer.offer(offer, edition, self.now);
        Reply::json(status, &body).with(header::ETAG, &renderer.entity_tag(edition))
    }
}

pub(super) fn list_publishers(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let renderer = visit.world.plain_renderer();
    let publishers = visit.portal.publishers();
    let publishers: Vec<_> = publishers.map(|id| renderer.publisher(id)).collect();
    Ok(Reply::ok(&publishers))
}

pub(super) fn list_offer_types(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::ok(&visit.world.plain_renderer().offer_types()))
}

pub(super) fn list_offers(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let publisher: PublisherId = visit.call.path(0)?;
    let offers = visit.portal.offers(&publisher)?;
    let world = visit.world;
    let mut offers: Vec<_> = offers
        .map(|offer| world.renderer(offer).offer_summary(offer, visit.now))
        .collect();
    for (_, filter) in visit.call.optional_query() {
        let filter: Filter = filter.parse()?;
        offers.retain(|offer| filter.accepts(offer));
    }
    Ok(Reply::ok(&offers))
}

/// The one form of OData filters that a public client sends.
struct Filter {
    field: String,
    value: String,
}

impl FromStr for Filter {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let mut words = text.splitn(3, ' ');
        let (field, relation, value) = (words.next(), words.next(), words.next());
        let value = value.and_then(|it| it.strip_prefix('\'')?.strip_suffix('\''));
        match (field, relation, value) {
            (Some(field), Some("eq"), Some(value)) => Ok(Self {
                field: field.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err(Refusal::Invalid(format!(
                "The filter \"{text}\" is not understood. Only \"field eq 'value'\" is."
            ))),
        }
    }
}

impl Filter {
    fn accepts(&self, offer: &types::Offer) -> bool {
        let offer = serde_json::to_value(offer).unwrap_or_default();
        offer.get(&self.field).and_then(|it| it.as_str()) == Some(&self.value)
    }
}

pub(super) fn get_offer(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let offer = visit.offer()?;
    Ok(visit.show(StatusCode::OK, offer, offer.draft(visit.now)))
}

pub(super) fn get_offer_version(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let version: i64 = visit.call.path(2)?;
    if version < 0 {
        let problem = "The argument 'version' is below zero.";
        return Err(Refusal::Invalid(problem.to_owned()));
    }
    let offer = visit.offer()?;
    let edition = offer.at_version(version, visit.now).ok_or_else(|| {
        let id = &offer.id;
        Refusal::NotFound(format!("The offer '{id}' has no version {version}."))
    })?;
    Ok(visit.show(StatusCode::OK, offer, edition))
}

pub(super) fn get_offer_slot(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let AnyCase(slot) = visit.call.path(2)?;
    let offer = visit.offer()?;
    let edition = offer.slot(slot, visit.now).ok_or_else(|| {
        let id = &offer.id;
        Refusal::NotFound(format!("The offer '{id}' has nothing in the slot {slot}."))
    })?;
    Ok(visit.show(StatusCode::OK, offer, edition))
}

/// A slot in capital or small letters: one public client writes small ones.
struct AnyCase(SlotId);

impl FromStr for AnyCase {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let slots = [SlotId::Draft, SlotId::Preview, SlotId::Production];
        let found = slots
            .into_iter()
            .find(|slot| slot.to_string().eq_ignore_ascii_case(text));
        found.map(Self).ok_or_else(|| {
            let names = slots.map(|slot| slot.to_string()).join(", ");
            format!("\"{text}\" is none of {names}")
        })
    }
}

pub(super) fn put_offer(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let (publisher, offer) = visit.ids()?;
    let document: types::Offer = visit.call.body()?;
    let if_match = visit.call.header(header::IF_MATCH);
    // The documentation demands the header and contradicts itself; public
    // clients send `*` or nothing, also for an offer that does not exist yet.
    let wanted = if_match.and_then(|it| visit.world.plain_renderer().wanted_revisions(&it));
    let precondition = wanted.map_or(Precondition::None, Precondition::Revision);
    let created = visit
        .portal
        .put(&publisher, &offer, document, &precondition, visit.now)?;
    let status = match created {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    let offer = visit.offer()?;
    Ok(visit.show(status, offer, offer.draft(visit.now)))
}
