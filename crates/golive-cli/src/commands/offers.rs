//! `golive offers`

mod diff;
mod list;
mod put;
mod show;

use crate::args::{Offers, OffersCommand, offers::Slot};
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::suggest;
use anyhow::Result;
use golive::{Error, GetOffer, Offer};

/// Reads, writes and compares the documents of offers.
pub async fn run(args: &Offers, context: &Context) -> Result<Exit> {
    match &args.command {
        OffersCommand::List(args) => list::run(args, context).await,
        OffersCommand::Show(args) => show::run(args, context).await,
        OffersCommand::Put(args) => put::run(args, context).await,
        OffersCommand::Diff(args) => diff::run(args, context).await,
    }
}

/// What is in a slot.
fn read(offer: &Offer, slot: Slot) -> GetOffer {
    match slot {
        Slot::Draft => offer.get(),
        slot => offer.get_slot(slot.into()),
    }
}

/// Prints why a document cannot be read or written.
async fn failed(context: &Context, connection: &Connection, offer: &Offer, error: &Error) -> Exit {
    let (publisher, id) = (offer.publisher(), Some(offer.id()));
    suggest::failed(context, &connection.portal, publisher, id, error).await
}

/// Says why a slot may be empty.
fn say_empty(context: &Context, slot: Slot) {
    let why = match slot {
        Slot::Draft => return,
        Slot::Preview => "the preview of an offer is empty until its draft was published",
        Slot::Production => "nothing is live of an offer until it has gone live",
    };
    context.ui.say(&format!("  {why}"));
}
