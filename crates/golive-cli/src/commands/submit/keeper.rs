//! What is known of a submission, kept before its request is sent.

use crate::attempt::{Asked, AttemptToken};
use crate::token_file::TokenFile;
use anyhow::{Context, Result};
use golive::Attempt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps the token of an attempt: in the token file, if there is one. Shared with the
/// submission, which tells it.
pub struct Keeper {
    file: Option<Arc<TokenFile>>,
    state: Mutex<State>,
}

struct State {
    token: AttemptToken,
    /// Whether the file has it.
    is_kept: bool,
    /// Why it could not be kept, after which nothing was sent.
    problem: Option<anyhow::Error>,
}

impl Keeper {
    /// Of something that is about to be submitted; `is_kept` says whether the file has
    /// an attempt of it already.
    pub fn new(file: Option<Arc<TokenFile>>, endpoint: &str, asked: Asked, is_kept: bool) -> Self {
        Self {
            file,
            state: Mutex::new(State {
                token: AttemptToken {
                    endpoint: endpoint.to_owned(),
                    asked,
                    attempt: None,
                },
                is_kept,
                problem: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what there is before the request. Without that nothing must be sent.
    pub fn keep(&self, attempt: Attempt) -> bool {
        match self.put(Some(attempt)) {
            Ok(()) => true,
            Err(error) => {
                self.state().problem = Some(error.context("nothing was submitted"));
                false
            }
        }
    }

    /// Keeps that nothing is at the service, so that another process can submit it.
    pub fn keep_unsent(&self) -> Result<()> {
        self.put(None)
    }

    fn put(&self, attempt: Option<Attempt>) -> Result<()> {
        let mut state = self.state();
        state.token.attempt = attempt;
        let line = state.token.to_line();
        let Some(file) = &self.file else {
            return Ok(());
        };
        let line = line.with_context(|| {
            let path = file.path().display();
            format!("the token file {path} cannot be written")
        })?;
        file.write(&line)?;
        state.is_kept = true;
        Ok(())
    }

    /// Forgets what was kept: it was refused, and the command itself is what submits
    /// it again.
    pub fn forget(&self) -> Result<()> {
        let mut state = self.state();
        match &self.file {
            Some(file) if state.is_kept => file.remove()?,
            _ => {}
        }
        state.is_kept = false;
        Ok(())
    }

    /// Whether the request may have been sent.
    pub fn may_have_been_sent(&self) -> bool {
        self.state().token.may_have_been_sent()
    }

    /// Why nothing was sent, if it could not be kept.
    pub fn problem(&self) -> Option<anyhow::Error> {
        self.state().problem.take()
    }

    /// The token as it is now; none if it would be too long.
    pub fn line(&self) -> Option<String> {
        self.state().token.to_line().ok()
    }

    /// The file, if it has the token.
    pub fn kept_in(&self) -> Option<&Path> {
        let is_kept = self.state().is_kept;
        self.file
            .as_deref()
            .filter(|_| is_kept)
            .map(TokenFile::path)
    }
}
