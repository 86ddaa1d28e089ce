//! `golive operations`

use super::standing;
use crate::args::{Operations, OperationsCommand, OperationsList, OperationsShow};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::OperationName;
use crate::exit::Exit;
use crate::record::{OperationRecord, Standing};
use crate::suggest;
use crate::ui::style::DIM;
use crate::ui::{Cell, Table};
use anyhow::Result;
use golive::{Error, Offer, OperationStatus, ResumeToken, Status, Update};
use std::cmp::Reverse;

/// Lists or shows operations.
pub async fn run(args: &Operations, context: &Context) -> Result<Exit> {
    match &args.command {
        OperationsCommand::List(args) => list(args, context).await,
        OperationsCommand::Show(args) => show(args, context).await,
    }
}

async fn list(args: &OperationsList, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let portal = &connection.portal;
    let offer = portal.offer(&args.name.publisher, &args.name.offer)?;
    let mut operations = match offer.operations().await {
        Ok(operations) => operations,
        Err(error) => {
            let (publisher, id) = (offer.publisher(), Some(offer.id()));
            return Ok(suggest::failed(context, portal, publisher, id, &error).await);
        }
    };
    if let Some(wanted) = &args.status {
        operations.retain(|operation| same(operation.status.as_str(), wanted));
    }
    // The service documents no order. Those that do not say when come last.
    operations.sort_by_key(|operation| Reverse(operation.changed));
    let records: Vec<OperationRecord> = operations.iter().map(OperationRecord::from).collect();
    let mut table = Table::new(&["ID", "TYPE", "STATUS", "SLOT", "OFFER VERSION", "CHANGED"]);
    for record in &records {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let version = record.offer_version.map(|it| it.to_string());
        let (kind, slot, changed) = (
            text(&record.r#type),
            text(&record.slot),
            text(&record.changed),
        );
        table.row([
            record.id.as_str().into(),
            kind.as_str().into(),
            Cell::state(&record.status),
            slot.as_str().into(),
            text(&version).as_str().into(),
            Cell::new(DIM, &changed),
        ]);
    }
    if records.is_empty() {
        context.ui.note(&match &args.status {
            Some(status) => format!("no operations of {offer} with the status {status}"),
            None => format!("no operations of {offer}"),
        });
    }
    context.ui.list(&table.text(), &records);
    Ok(Exit::Succeeded)
}

/// Whether a status is the wanted one, however the service and people spell it.
fn same(status: &str, wanted: &str) -> bool {
    let word = |text: &str| {
        let text: String = text.chars().filter(|it| it.is_alphanumeric()).collect();
        match text.to_lowercase().as_str() {
            "complete" | "completed" => "succeeded".to_owned(),
            "cancelled" => "canceled".to_owned(),
            other => other.to_owned(),
        }
    };
    word(status) == word(wanted)
}

async fn show(args: &OperationsShow, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let portal = &connection.portal;
    let offer = portal.offer(&args.name.publisher, &args.name.offer)?;
    let (token, status) = match ask(&offer, &args.id).await {
        Ok(found) => found,
        // Nothing was sent: the argument is wrong.
        Err(error) if error.is_foreign_origin() => {
            context.ui.failed(&error);
            return Ok(Exit::Usage);
        }
        Err(error) => {
            let (publisher, id) = (offer.publisher(), Some(offer.id()));
            return Ok(suggest::failed(context, portal, publisher, id, &error).await);
        }
    };
    let name = Some(OperationName::from(&token));
    let mut standing = Standing::new(offer.publisher(), offer.id(), name, &status);
    let runs = !status.status.is_terminal();
    standing.resume_token = runs.then(|| token.to_string());
    context.ui.result(standing::text(&standing), &standing);
    if status.status == Status::Running || status.status == Status::NotStarted {
        let command = connection.resume(context).command(&token.to_string());
        context.ui.note(&format!("follow it with: {command}"));
    }
    Ok(Exit::Succeeded)
}

/// An operation as it is now, whatever its status.
async fn ask(offer: &Offer, id: &str) -> Result<(ResumeToken, OperationStatus), Error> {
    if !id.contains('/') {
        let token = offer.operation(id)?.token();
        return Ok((token, offer.operation_status(id).await?));
    }
    let mut operation = offer.operation_at(id)?;
    match operation.poll_once().await? {
        Update::Done(Err(error)) if operation.last_status().is_none() => return Err(error),
        Update::Retrying { error, .. } => return Err(error),
        _ => {}
    }
    match operation.last_status() {
        Some(status) => Ok((operation.token(), status.clone())),
        None => offer
            .operation_status(operation.token().operation_id())
            .await
            .map(|status| (operation.token(), status)),
    }
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_status_is_found_however_it_is_spelled() {
        for (status, wanted) in [
            ("notStarted", "not started"),
            ("running", "RUNNING"),
            ("succeeded", "complete"),
            ("canceled", "cancelled"),
            ("waitingForPublisherReview", "waiting-for-publisher-review"),
            ("pausedByMoon", "pausedbymoon"),
        ] {
            assert!(same(status, wanted), "{status} {wanted}");
        }
        assert!(!same("running", "run"));
        assert!(!same("failed", ""));
    }
}
