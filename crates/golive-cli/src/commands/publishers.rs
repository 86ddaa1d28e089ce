//! `golive publishers` and `golive offer-types`

use crate::args::{OfferTypes, OfferTypesCommand, Publishers, PublishersCommand};
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::ui::Table;
use anyhow::Result;
use serde_json::Value;

/// Lists the publishers.
pub async fn run(args: &Publishers, context: &Context) -> Result<Exit> {
    let PublishersCommand::List(args) = &args.command;
    let connection = Connection::to_service(context, &args.service)?;
    let publishers = connection.portal.publishers().await?;
    let mut table = Table::new(&["ID", "NAME"]);
    for publisher in &publishers {
        table.row([&publisher.id, publisher.name.as_deref().unwrap_or("")]);
    }
    if publishers.is_empty() {
        context.ui.note("no publishers that you may act for");
    }
    let records: Vec<&Value> = publishers.iter().map(|it| &it.raw).collect();
    context.ui.list(&table.text(), &records);
    Ok(Exit::Succeeded)
}

/// Lists the types of offers.
pub async fn types(args: &OfferTypes, context: &Context) -> Result<Exit> {
    let OfferTypesCommand::List(args) = &args.command;
    let connection = Connection::to_service(context, &args.service)?;
    let types = connection.portal.offer_types().await?;
    let mut table = Table::new(&["ID"]);
    for kind in &types {
        table.row([kind.id.as_str()]);
    }
    if types.is_empty() {
        context.ui.note("no types of offers");
    }
    let records: Vec<&Value> = types.iter().map(|it| &it.raw).collect();
    context.ui.list(&table.text(), &records);
    Ok(Exit::Succeeded)
}
