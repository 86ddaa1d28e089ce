//! Keeps the journal, also right before a request is sent.

use super::journal::Journal;
use super::record::{Record, State, Submission};
use anyhow::Result;
use golive::Attempt;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps the journal. Shared with the submissions, which tell it before they send.
#[derive(Clone)]
pub struct Keeper(Arc<Mutex<Kept>>);

struct Kept {
    journal: Journal,
    /// Whether nothing more may be sent.
    closed: bool,
    /// What may have been sent, and has no answer yet.
    sent: HashMap<usize, (Submission, Attempt)>,
    /// Whether the journal could not be written.
    is_broken: bool,
    /// Why, until it was asked for.
    problem: Option<anyhow::Error>,
}

impl Keeper {
    /// Keeps a journal.
    pub fn new(journal: Journal) -> Self {
        Self(Arc::new(Mutex::new(Kept {
            journal,
            closed: false,
            sent: HashMap::new(),
            is_broken: false,
            problem: None,
        })))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the journal is.
    pub fn path(&self) -> PathBuf {
        self.kept().journal.path().to_owned()
    }

    /// Appends a line. If that fails, nothing more is sent, and
    /// [`problem`](Self::problem) says why.
    pub fn append(&self, record: &Record) {
        let mut kept = self.kept();
        let appended = kept.journal.append(record);
        kept.note(appended);
    }

    /// Keeps that a request is about to be sent, as the last thing before it is.
    /// Gives false if it must not be.
    pub fn about_to_send(
        &self,
        index: usize,
        line: &Record,
        submission: Submission,
        attempt: Attempt,
    ) -> bool {
        let mut kept = self.kept();
        if kept.closed {
            return false;
        }
        let record = Record {
            time: crate::moment::now(),
            state: State::Submitting {
                submission,
                attempt: attempt.clone(),
            },
            ..line.clone()
        };
        let appended = kept.journal.append(&record);
        let is_kept = appended.is_ok();
        kept.note(appended);
        if is_kept {
            kept.sent.insert(index, (submission, attempt));
        }
        is_kept
    }

    /// Takes in that there is an answer; gives the attempt, if one was made.
    pub fn answered(&self, index: usize) -> Option<Attempt> {
        let (_, attempt) = self.kept().sent.remove(&index)?;
        Some(attempt)
    }

    /// How many requests may have been sent and have no answer yet.
    pub fn in_flight(&self) -> usize {
        self.kept().sent.len()
    }

    /// What may have been sent and has no answer.
    pub fn unanswered(&self) -> Vec<(usize, Submission, Attempt)> {
        let kept = self.kept();
        let unanswered = kept.sent.iter();
        unanswered
            .map(|(index, (submission, attempt))| (*index, *submission, attempt.clone()))
            .collect()
    }

    /// From now on nothing is sent.
    pub fn close(&self) {
        self.kept().closed = true;
    }

    /// Why the journal could not be written, once: what is told for each offer hides
    /// what is told of it.
    pub fn problem(&self) -> Option<anyhow::Error> {
        self.kept().problem.take()
    }
}

impl Kept {
    fn note(&mut self, appended: Result<()>) {
        if let Err(error) = appended {
            self.closed = true;
            if !std::mem::replace(&mut self.is_broken, true) {
                self.problem = Some(error);
            }
        }
    }
}
