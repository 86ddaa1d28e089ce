//! What is left to do: the rows, and what the journal says of them.

use super::record::{Record, State, Submission};
use super::rows::{Key, Row, key};
use crate::args::Many;
use crate::args::many::Action;
use crate::event::Verdict;
use anyhow::{Result, bail};
use golive::Edition;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// An offer, and how far it is.
#[derive(Debug)]
pub struct Planned {
    /// The row.
    pub row: Arc<Row>,
    /// How far it is.
    pub state: State,
    /// The preview of its release that somebody was shown.
    pub preview: Option<Edition>,
    /// Whether the journal has to be told of the state.
    pub is_changed: bool,
    /// When something was first submitted for it, if anything was.
    pub begun: Option<Timestamp>,
    /// When it last changed.
    pub changed: Option<Timestamp>,
}

/// What is left to do.
#[derive(Debug)]
pub struct Plan {
    /// All rows, in the order of the file.
    pub offers: Vec<Planned>,
    /// What the journal has besides: a name, an action, and how it stands.
    pub others: Vec<(String, Action, Verdict)>,
}

struct Known {
    name: String,
    action: Action,
    state: State,
    preview: Option<Edition>,
    begun: Option<Timestamp>,
    changed: Option<Timestamp>,
}

/// Sets the rows beside what is known of them.
pub fn plan(args: &Many, rows: Vec<Row>, records: Vec<Record>) -> Result<Plan> {
    let mut known = fold(records);
    let mut offers = Vec::with_capacity(rows.len());
    for row in rows {
        let planned = match known.remove(&row.key()) {
            Some((_, known)) => go_on(args, row, known)?,
            None => Planned {
                state: State::new(row.action),
                row: Arc::new(row),
                preview: None,
                is_changed: false,
                begun: None,
                changed: None,
            },
        };
        offers.push(planned);
    }
    let mut others: Vec<(usize, Known)> = known.into_values().collect();
    others.sort_by_key(|(order, _)| *order);
    let others = others
        .into_iter()
        .map(|(_, known)| (known.name, known.action, known.state.verdict()))
        .collect();
    Ok(Plan { offers, others })
}

/// The last state of each offer, with the place of its first line.
fn fold(records: Vec<Record>) -> HashMap<Key, (usize, Known)> {
    let mut known: HashMap<Key, (usize, Known)> = HashMap::new();
    for (order, record) in records.into_iter().enumerate() {
        let time = record.time.parse().ok();
        let key = key(&record.publisher, &record.offer);
        let before = known.remove(&key);
        // What follows an end, or is for something else, begins anew.
        let before = before.filter(|(_, before)| {
            !before.state.verdict().is_end() && before.action == record.action
        });
        let begins = matches!(record.state, State::Pending { .. });
        let order = before.as_ref().map_or(order, |(order, _)| *order);
        let begun = before.and_then(|(_, before)| before.begun);
        let begun = begun.or(time.filter(|_| !begins));
        known.insert(
            key,
            (
                order,
                Known {
                    name: format!("{}/{}", record.publisher, record.offer),
                    action: record.action,
                    state: record.state,
                    preview: record.preview,
                    begun,
                    changed: time,
                },
            ),
        );
    }
    known
}

fn go_on(args: &Many, row: Row, known: Known) -> Result<Planned> {
    let mut begun = known.begun;
    let mut preview = known.preview;
    let mut is_changed = true;
    let state = match known.state {
        state if known.action != row.action => {
            if state.is_under_way() {
                bail!(
                    "{}: the journal has {} as {}, which has not ended; run it with that action \
                     first, or name another journal",
                    row.place,
                    row.name(),
                    known.action
                );
            }
            begun = None;
            preview = None;
            State::new(row.action)
        }
        State::Ended(ended) if ended.result != Verdict::Succeeded && args.retry_failed => {
            begun = None;
            // A preview that went well need not be made again for a request that
            // was refused. Nor is it approved anew, so that it must be the same.
            let refused = ended.result == Verdict::Refused;
            if refused && row.action == Action::Release && ended.phase.is_after_preview() {
                State::PreviewReady {
                    preview_links: ended.preview_links,
                }
            } else {
                preview = None;
                State::new(row.action)
            }
        }
        state => {
            is_changed = false;
            state
        }
    };
    Ok(Planned {
        row: Arc::new(row),
        state,
        preview,
        is_changed,
        begun,
        changed: known.changed,
    })
}

impl Planned {
    /// What is to be submitted next, and the attempt of an earlier run, if there
    /// was one.
    pub fn submission(&self) -> Option<Submission> {
        match &self.state {
            State::Pending { submission } | State::Submitting { submission, .. } => {
                Some(*submission)
            }
            _ => None,
        }
    }
}
