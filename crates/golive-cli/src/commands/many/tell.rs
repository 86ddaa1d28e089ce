//! Tells people and machines what happens to an offer.

use super::item::Item;
use super::record::State;
use crate::attention;
use crate::context::Context;
use crate::event::{self, Counts, Event, Failure, Subject};
use crate::moment;
use crate::ui::foreign::harmless;
use golive::{OperationStatus, ResumeToken, Stall, Update};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How all of them stand.
pub fn counts(items: &[Item]) -> Counts {
    let mut counts = Counts::default();
    for item in items {
        counts.add(item.verdict());
    }
    counts
}

/// The service has accepted, or an operation is gone on with.
pub fn accepted(context: &Context, index: usize, item: &mut Item, token: &ResumeToken) {
    let subject = Subject::from(token);
    let id = &subject.operation.id;
    let text = match &item.planned.state {
        State::Accepted { submission, .. } => match submission {
            super::record::Submission::Publish => {
                format!("publishing accepted, operation {id}")
            }
            super::record::Submission::GoLive => format!("go-live accepted, operation {id}"),
        },
        _ => format!("operation {id}"),
    };
    let ui = &context.ui;
    ui.offer_change(index, &item.name(), &text, false);
    item.operation = Some(subject.operation.clone());
    ui.event(|| {
        Event::Accepted(event::Accepted {
            time: moment::now(),
            subject,
            resume_token: token.to_string(),
        })
    });
}

/// An operation tells something.
pub fn update(context: &Context, index: usize, item: &mut Item, update: &Update) {
    let subject = subject(item);
    match update {
        Update::Status {
            status,
            polls,
            elapsed,
            next_poll,
            stall,
            ..
        } => {
            item.polls = *polls;
            item.status = Some(Arc::clone(status));
            context
                .ui
                .offer_status(index, &item.name(), status, *elapsed, *next_poll);
            context.ui.event_if(|| Event::of(subject.clone(), update));
            attend(context, item, &subject, status, stall.as_ref());
        }
        Update::Retrying {
            error,
            polls,
            next_poll,
            ..
        } => {
            item.polls = *polls;
            let next = moment::spoken(*next_poll);
            let text = format!("a poll failed, the next is in {next}: {error}");
            context.ui.offer_change(index, &item.name(), &text, false);
            context.ui.event_if(|| Event::of(subject, update));
        }
        // The end came with a poll of its own.
        Update::Done(_) => item.polls += 1,
        _ => {}
    }
}

fn subject(item: &Item) -> Subject {
    let row = &item.planned.row;
    let operation = item.operation.clone();
    Subject {
        publisher: row.publisher.clone(),
        offer: row.offer.clone(),
        operation: operation.unwrap_or_else(|| event::OperationName {
            id: String::new(),
            url: String::new(),
        }),
    }
}

/// Somebody should look, and is told once for each step.
fn attend(
    context: &Context,
    item: &mut Item,
    subject: &Subject,
    status: &OperationStatus,
    stall: Option<&Stall>,
) {
    for found in attention::found(status, stall) {
        if item.told.contains(&found.key) {
            continue;
        }
        let text = format!("{}: {}", item.name(), found.message);
        context.ui.warn(&harmless(&text));
        context.ui.event(|| Event::attention(subject, &found));
        item.told.push(found.key);
    }
}

/// The service has asked to be sent less.
pub fn throttled(context: &Context, item: &Item, pause: Duration) {
    let pause = moment::spoken(pause);
    context.ui.note(&format!(
        "{}: the service asks to slow down (429); the next submission is in {pause}",
        item.name()
    ));
}

/// Somebody is asked about a preview.
pub fn asked(context: &Context, index: usize, item: &Item, file: Option<PathBuf>) {
    let mut text = "waiting for approval".to_owned();
    if let Some(file) = file {
        let file = file.display();
        text.push_str(&format!(": write approved or rejected to {file}"));
    }
    text.push_str(&links(item));
    context.ui.offer_change(index, &item.name(), &text, false);
    context.ui.event(|| Event::Offer(Box::new(item.outcome())));
}

/// Why an offer does not go live that somebody has rejected.
pub fn rejection(item: &Item, file: Option<PathBuf>) -> Failure {
    let file = file.map_or(String::new(), |file| {
        format!("remove {}, and ", file.display())
    });
    let mut failure = Failure::new(format!("the preview of {} was not approved", item.name()));
    failure.advice = Some(format!(
        "mend the draft, {file}run it again with --retry-failed"
    ));
    failure
}

/// Why an offer does not go live whose preview is not the one that was shown.
pub fn replaced(item: &Item, file: Option<PathBuf>) -> Failure {
    let mut failure = Failure::new(format!(
        "something else has been published to preview since the preview of {} was shown, and \
         does not go live unseen",
        item.name()
    ));
    let file = file.map_or(String::new(), |file| {
        format!("remove {}, and ", file.display())
    });
    failure.advice = Some(format!(
        "look at the draft and at who has published it; {file}run it again with --retry-failed, \
         which publishes the draft anew and shows its preview"
    ));
    failure
}

fn links(item: &Item) -> String {
    let State::PreviewReady { preview_links } = &item.planned.state else {
        return String::new();
    };
    let links = preview_links.iter().map(|link| format!(", see {link}"));
    links.collect()
}

/// A preview waits for approval.
pub fn preview_ready(context: &Context, index: usize, item: &Item) {
    let links = links(item);
    let text = format!("the preview is ready and waits for approval{links}");
    context.ui.offer_change(index, &item.name(), &text, true);
}

/// An offer has come to its end.
pub fn ended(context: &Context, index: usize, item: &Item, failure: Option<&Failure>) {
    let name = item.name();
    let ui = &context.ui;
    ui.offer_change(index, &name, item.verdict().as_str(), true);
    if let Some(failure) = failure {
        ui.offer_failed(&name, &failure.message, failure.advice.as_deref());
    }
    ui.event(|| Event::Offer(Box::new(item.outcome())));
}

/// Nothing more is done with an offer in this run.
pub fn set_aside(context: &Context, index: usize, item: &Item) {
    let name = item.name();
    let ui = &context.ui;
    let text = format!("{}, and not followed any more", item.verdict().as_str());
    ui.offer_change(index, &name, &text, true);
    if let Some(error) = &item.error {
        ui.offer_failed(&name, &error.to_string(), error.advice());
    }
}
