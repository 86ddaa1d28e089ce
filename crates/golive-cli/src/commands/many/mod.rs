//! `golive many`

mod approve;
mod item;
mod journal;
mod keeper;
mod object;
mod plan;
mod record;
mod rows;
mod run;
mod source;
mod submit;
mod table;
mod tell;

use crate::args::Many;
use crate::args::many::{Action, CONCURRENCY, OnConflictOfMany};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Event, Summary, Verdict};
use crate::exit::Exit;
use crate::moment;
use crate::resume::quoted;
use crate::signals::Signals;
use anyhow::{Result, bail};
use approve::Approvers;
use clap::ValueEnum;
use item::Item;
use journal::Journal;
use keeper::Keeper;
use plan::{Plan, plan};
use rows::{Defaults, Row};
use run::{Over, Run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many of the journal's other offers are named.
const SHOWN: usize = 10;

/// Does for every row of a file what `go-live`, `publish` or `release` does for one
/// offer.
pub async fn run(args: &Many, context: &Arc<Context>) -> Result<Exit> {
    // All that can be wrong here is found before anything is sent.
    let approvers = Approvers::of(args)?;
    let fields = source::read(args)?;
    let connection = Connection::to_service(context, &args.service)?;
    let rows = checked(args, context, &connection, fields)?;
    let path = journal_path(args)?;
    let (mut journal, records) = Journal::open(&path, connection.portal.endpoint())?;
    let Plan { offers, others } = plan(args, rows, records)?;
    let items: Vec<Item> = offers.into_iter().map(Item::new).collect();
    approvers.check(&items)?;
    let changed = items.iter().filter(|item| item.planned.is_changed);
    let changed: Vec<record::Record> = changed.map(Item::record).collect();
    if !changed.is_empty() {
        journal.append_all(&changed)?;
    }
    tell_others(context, &others);

    let keeper = Keeper::new(journal);
    let path = keeper.path();
    let over = if items.iter().all(|item| item.verdict().is_end()) {
        let path = path.display();
        context.ui.note(&format!(
            "nothing is left to do by the journal {path}: remove it, or name another one, to do \
             it all again"
        ));
        Over {
            items,
            stopped: Exit::Succeeded,
        }
    } else {
        let mut signals = Signals::new()?;
        // No token, no run: this is found out before anything is submitted.
        match signals.unless(connection.portal.authenticate()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Ok(context.ui.failed(&error)),
            Err(signal) => {
                context
                    .ui
                    .say("golive: interrupted before anything was submitted");
                return Ok(signal);
            }
        }
        connection.warn_of_short_credential(context);
        let widest = items.iter().map(|item| item.name().chars().count()).max();
        context.ui.begin_many(widest.unwrap_or(0));
        let run = Run::new(
            context,
            args,
            &connection,
            approvers,
            keeper,
            items,
            signals,
        );
        run.run().await
    };
    Ok(finish(args, context, &connection, &path, &over))
}

fn checked(
    args: &Many,
    context: &Context,
    connection: &Connection,
    fields: Vec<source::Fields>,
) -> Result<Vec<Row>> {
    let file = source::name(args);
    if fields.is_empty() {
        bail!("{file} has no rows in it: each is an offer, with publisher and offer");
    }
    let notify = context.settings.notify.as_ref();
    let defaults = Defaults {
        action: args.action,
        notify: notify.map_or(&[], |it| &it.value.0),
    };
    rows::check(&file, fields, &defaults, |publisher, offer| {
        let offer = connection.portal.offer(publisher, offer);
        offer.map(drop).map_err(|error| error.to_string())
    })
}

fn journal_path(args: &Many) -> Result<PathBuf> {
    if let Some(path) = &args.journal {
        if path == &args.file {
            bail!("the journal cannot be the file with the rows");
        }
        return Ok(path.clone());
    }
    let mut name: OsString = args.file.clone().into_os_string();
    name.push(".journal.jsonl");
    Ok(name.into())
}

/// Says what the journal has besides the rows.
fn tell_others(context: &Context, others: &[(String, Action, Verdict)]) {
    let running = others.iter().filter(|(_, _, verdict)| !verdict.is_end());
    let running: Vec<String> = running
        .map(|(name, action, verdict)| format!("{name} ({action}: {})", verdict.as_str()))
        .collect();
    let ended = others.len() - running.len();
    if ended > 0 {
        context.ui.note(&format!(
            "the journal has {ended} more, which have ended and are not in the file"
        ));
    }
    if running.is_empty() {
        return;
    }
    let shown = running.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = match running.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    context.ui.warn(&format!(
        "the journal has what is not in the file, and is not gone on with: {}{more}",
        shown.join(", ")
    ));
}

/// Tells everybody how all of them stand at the end.
fn finish(
    args: &Many,
    context: &Context,
    connection: &Connection,
    journal: &Path,
    over: &Over,
) -> Exit {
    let ui = &context.ui;
    ui.end_many();
    let is_unfinished = over.items.iter().any(|item| !item.verdict().is_end());
    let exit = exit(over, is_unfinished);
    let summary = Summary {
        time: moment::now(),
        journal: journal.display().to_string(),
        counts: tell::counts(&over.items),
        offers: over.items.iter().map(Item::outcome).collect(),
    };
    for (name, count) in [
        ("succeeded", summary.counts.succeeded),
        ("total", summary.counts.total),
    ] {
        ui.set_output(name, &count.to_string());
    }
    ui.set_output("journal", &summary.journal);
    ui.add_summary(&table::markdown(&summary));
    for offer in &summary.offers {
        if !offer.result.is_end() {
            ui.event(|| Event::Offer(Box::new(offer.clone())));
        }
    }
    let waits = summary.counts.waiting_for_approval > 0;
    ui.many_result(&table::text(&summary), summary);
    if matches!(exit, Exit::Interrupted | Exit::Terminated) {
        ui.say("golive: interrupted; what runs at the service goes on");
    }
    if is_unfinished {
        let command = go_on(args, context, connection, journal);
        ui.say(&format!("go on with: {command}"));
        if waits && args.approve.is_none() {
            ui.say("  with --approve auto, prompt or file the previews that wait go live");
        }
    }
    exit
}

/// The exit code of all: what counts most.
fn exit(over: &Over, is_unfinished: bool) -> Exit {
    if is_unfinished && matches!(over.stopped, Exit::Interrupted | Exit::Terminated) {
        return over.stopped;
    }
    let exits = over.items.iter().map(|item| item.exit(over.stopped));
    let exit = exits.max_by_key(|exit| match exit {
        Exit::Succeeded => 0,
        Exit::Failed => 1,
        Exit::Unknown => 2,
        Exit::Refused => 3,
        Exit::NotAllowed => 4,
        Exit::StillRunning => 5,
        Exit::Usage => 6,
        Exit::Interrupted | Exit::Terminated => 7,
    });
    exit.unwrap_or(Exit::Succeeded)
}

/// The command that goes on.
fn go_on(args: &Many, context: &Context, connection: &Connection, journal: &Path) -> String {
    let mut command = format!("golive many {}", quoted(&args.file));
    let mut add = |flag: &str, value: &str| {
        command.push_str(&format!(" --{flag} {}", quoted(Path::new(value))));
    };
    add("journal", &journal.to_string_lossy());
    if let Some(format) = args.format.and_then(|it| it.to_possible_value()) {
        add("format", format.get_name());
    }
    if args.action != Action::GoLive {
        add("action", &args.action.to_string());
    }
    if args.concurrency != CONCURRENCY {
        add("concurrency", &args.concurrency.to_string());
    }
    if let Some(what) = args.on_conflict.to_possible_value()
        && args.on_conflict != OnConflictOfMany::Fail
    {
        add("on-conflict", what.get_name());
    }
    if !args.notify.is_empty() {
        add("notify", &args.notify.join(","));
    }
    if let Some(approve) = args.approve.and_then(|it| it.to_possible_value()) {
        add("approve", approve.get_name());
    }
    if let Some(files) = &args.approval_file {
        add("approval-file", &files.to_string());
    }
    let resume = connection.resume(context);
    if let Some(endpoint) = &resume.endpoint {
        add("endpoint", endpoint);
    }
    for (flag, value) in &resume.flags {
        add(flag, value);
    }
    command
}
