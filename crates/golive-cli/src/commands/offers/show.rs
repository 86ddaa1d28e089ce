//! `golive offers show`

use super::{failed, read, say_empty};
use crate::args::OffersShow;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;

/// Prints the document of an offer.
pub async fn run(args: &OffersShow, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let name = &args.name;
    let offer = connection.portal.offer(&name.publisher, &name.offer)?;
    let document = match args.version {
        Some(version) => offer.get_version(version),
        None => read(&offer, args.slot),
    };
    let document = match args.include_all_pricing {
        true => document.include_all_pricing(),
        false => document,
    };
    Ok(match document.await {
        Ok(document) => {
            if let Some(etag) = document.etag() {
                context.ui.note(&format!("etag: {etag}"));
            }
            context.ui.json(document.value());
            Exit::Succeeded
        }
        Err(error) => {
            let exit = failed(context, &connection, &offer, &error).await;
            if error.is_not_found() && args.version.is_none() {
                say_empty(context, args.slot);
            }
            exit
        }
    })
}
