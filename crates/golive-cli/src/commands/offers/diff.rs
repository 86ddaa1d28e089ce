//! `golive offers diff`

use super::{failed, read, say_empty};
use crate::args::OffersDiff;
use crate::args::offers::{Against, Slot};
use crate::connect::Connection;
use crate::context::Context;
use crate::diff::{Change, diff};
use crate::exit::Exit;
use crate::ui::style::{BAD, DIM, GOOD, PLAIN, STRONG};
use crate::ui::{Line, Text};
use anyhow::Result;
use serde_json::{Map, Value};
use similar::{ChangeTag, TextDiff};

/// What a publisher writes. The rest of a document is the service's, and differs
/// between slots whatever is written.
const WRITTEN: [&str; 3] = ["offerTypeId", "offerTypeVersions", "definition"];

/// Compares the draft with what is previewed, or live.
pub async fn run(args: &OffersDiff, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let name = &args.name;
    let offer = connection.portal.offer(&name.publisher, &name.offer)?;
    let draft = match read(&offer, Slot::Draft).await {
        Ok(draft) => draft,
        Err(error) => return Ok(failed(context, &connection, &offer, &error).await),
    };
    let slot = Slot::from(args.against);
    let other = match read(&offer, slot).await {
        Ok(other) => other,
        Err(error) => {
            let exit = context.ui.failed(&error);
            if error.is_not_found() {
                say_empty(context, slot);
            }
            return Ok(exit);
        }
    };
    let part = |document: Value| match args.all {
        true => document,
        false => written(document),
    };
    let changes = diff(&part(other.into_value()), &part(draft.into_value()));
    if changes.is_empty() {
        let what = match args.against {
            Against::Preview => "the preview",
            Against::Production => "what is live",
        };
        context
            .ui
            .note(&format!("the draft of {offer} equals {what}"));
    }
    context.ui.list(&text(&changes), &changes);
    Ok(if args.exit_code && !changes.is_empty() {
        Exit::Failed
    } else {
        Exit::Succeeded
    })
}

/// The part of a document that a publisher writes.
fn written(document: Value) -> Value {
    let Value::Object(mut fields) = document else {
        return document;
    };
    let fields = WRITTEN.iter().filter_map(|name| {
        let value = fields.remove(*name)?;
        Some(((*name).to_owned(), value))
    });
    Value::Object(fields.collect::<Map<_, _>>())
}

fn text(changes: &[Change]) -> Text {
    changes.iter().flat_map(block).collect()
}

/// The place, and below it what was and what is.
fn block(change: &Change) -> Vec<Line> {
    let mut title = Line::new(STRONG, &change.path);
    if let Some(plan) = &change.plan {
        title = title.with(PLAIN, &format!(" (plan {plan})"));
    }
    let mut lines = vec![title];
    match (&change.old, &change.new) {
        (Some(Value::String(old)), Some(Value::String(new)))
            if old.contains('\n') || new.contains('\n') =>
        {
            let differing = TextDiff::from_lines(old, new);
            for (index, group) in differing.grouped_ops(2).iter().enumerate() {
                if index > 0 {
                    lines.push(Line::new(DIM, "    ..."));
                }
                for part in group.iter().flat_map(|op| differing.iter_changes(op)) {
                    let (style, sign) = match part.tag() {
                        ChangeTag::Delete => (BAD, '-'),
                        ChangeTag::Insert => (GOOD, '+'),
                        ChangeTag::Equal => (PLAIN, ' '),
                    };
                    let line = part.value().trim_end_matches(['\r', '\n']);
                    let end = match part.missing_newline() {
                        true => " (no line break at the end)",
                        false => "",
                    };
                    lines.push(Line::new(style, &format!("  {sign} {line}{end}")));
                }
            }
        }
        (old, new) => {
            for (style, sign, value) in [(BAD, '-', old), (GOOD, '+', new)] {
                let shown = value.as_ref().map_or(String::new(), |it| format!("{it:#}"));
                let shown = shown.lines();
                lines.extend(shown.map(|line| Line::new(style, &format!("  {sign} {line}"))));
            }
        }
    }
    lines
}
