//! `golive offers list`

use crate::args::OffersList;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::suggest;
use crate::ui::style::DIM;
use crate::ui::{Cell, Table};
use anyhow::Result;
use golive::OfferDocument;
use serde_json::Value;

/// Lists the offers of a publisher.
pub async fn run(args: &OffersList, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let (portal, publisher) = (&connection.portal, args.publisher.as_str());
    let filter = match &args.r#type {
        Some(kind) => Some(of_type(kind)),
        None => args.filter.clone(),
    };
    let offers = match portal.offers(publisher, filter.as_deref()).await {
        Ok(offers) => offers,
        Err(error) => return Ok(suggest::failed(context, portal, publisher, None, &error).await),
    };
    let mut table = Table::new(&["ID", "NAME", "TYPE", "STATUS", "VERSION", "CHANGED"]);
    for offer in &offers {
        let text = |field| offer.value().get(field).and_then(Value::as_str);
        let version = offer.version().map(|it| it.to_string());
        table.row([
            offer.id().unwrap_or("").into(),
            suggest::display_text(offer).unwrap_or("").into(),
            offer.offer_type().unwrap_or("").into(),
            Cell::state(text("status").unwrap_or("")),
            version.as_deref().unwrap_or("").into(),
            Cell::new(DIM, text("changedTime").unwrap_or("")),
        ]);
    }
    if offers.is_empty() {
        context.ui.note(&match filter {
            Some(filter) => format!("no offers of {publisher} where {filter}"),
            None => format!("no offers of {publisher}"),
        });
    }
    let documents: Vec<&Value> = offers.iter().map(OfferDocument::value).collect();
    context.ui.list(&table.text(), &documents);
    Ok(Exit::Succeeded)
}

/// The filter for a type of offers. In OData a quote is written twice.
fn of_type(kind: &str) -> String {
    format!("offerTypeId eq '{}'", kind.replace('\'', "''"))
}
