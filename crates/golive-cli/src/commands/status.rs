//! `golive status`

use super::standing;
use crate::args::Status;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::record::Standing;
use crate::suggest;
use anyhow::Result;

/// Shows how an offer stands.
pub async fn run(args: &Status, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let portal = &connection.portal;
    let offer = portal.offer(&args.name.publisher, &args.name.offer)?;
    let (publisher, id) = (offer.publisher(), offer.id());
    Ok(match offer.status().await {
        Ok(status) => {
            let standing = Standing::new(publisher, id, None, &status);
            context.ui.result(standing::text(&standing), &standing);
            Exit::Succeeded
        }
        Err(error) => suggest::failed(context, portal, publisher, Some(id), &error).await,
    })
}
