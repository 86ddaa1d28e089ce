//! Who says that the previews of releases may go live.

use super::item::Item;
use super::record::{State, Submission};
use crate::args::Approve;
use crate::args::many::{Action, ApprovalFiles, Many};
use crate::commands::approval::{self, Answer};
use crate::context::Context;
use anyhow::Result;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The answer to the preview of an offer: gives its index too.
pub type Asking = Pin<Box<dyn Future<Output = (usize, Answer)>>>;

/// Who says that the previews of releases may go live.
#[derive(Debug)]
pub enum Approvers {
    /// Nobody: releases stop at their previews.
    Nobody,
    /// Nobody is asked.
    Auto,
    /// Somebody at this terminal, about one preview at a time; false once nobody is
    /// there any more.
    Prompt(Arc<Mutex<bool>>),
    /// Whoever writes to the file of an offer.
    Files(ApprovalFiles),
}

impl Approvers {
    /// As the command line says.
    pub fn of(args: &Many) -> Result<Self> {
        Ok(match (args.approve, &args.approval_file) {
            (None, _) => Self::Nobody,
            (Some(Approve::File), Some(files)) => Self::Files(files.clone()),
            (Some(Approve::Prompt), _) => {
                approval::can_be_asked()?;
                Self::Prompt(Arc::new(Mutex::new(true)))
            }
            (Some(Approve::Auto | Approve::File), _) => Self::Auto,
        })
    }

    /// The file in which the answer for an offer is looked for.
    pub fn file(&self, item: &Item) -> Option<PathBuf> {
        let row = &item.planned.row;
        match self {
            Self::Files(files) => Some(files.of(&row.publisher, &row.offer)),
            _ => None,
        }
    }

    /// Refuses answers that are older than the previews.
    pub fn check(&self, items: &[Item]) -> Result<()> {
        let begins = |item: &&Item| {
            let publishes = State::Pending {
                submission: Submission::Publish,
            };
            item.planned.row.action == Action::Release && item.planned.state == publishes
        };
        let mut files = items.iter().filter(begins).filter_map(|it| self.file(it));
        files.try_for_each(|file| approval::no_answer_yet(&file))
    }

    /// Asks whether the preview of an offer may go live; none if there is nobody to
    /// ask.
    pub fn ask(&self, context: &Arc<Context>, index: usize, item: &Item) -> Option<Asking> {
        let context = context.clone();
        match self {
            Self::Nobody | Self::Auto => None,
            Self::Prompt(turn) => {
                let turn = turn.clone();
                let question = format!("Take {} live? (yes, no, or later)", item.name());
                let links = match &item.planned.state {
                    State::PreviewReady { preview_links } => preview_links.clone(),
                    _ => Vec::new(),
                };
                Some(Box::pin(async move {
                    let mut is_there = turn.lock().await;
                    let answer = match *is_there {
                        true => prompt(&context, &links, &question).await,
                        false => Answer::Ended,
                    };
                    *is_there = answer != Answer::Ended;
                    (index, answer)
                }))
            }
            Self::Files(_) => {
                let file = self.file(item)?;
                Some(Box::pin(async move {
                    (index, approval::look_at(&context, &file).await)
                }))
            }
        }
    }
}

/// Asks until there is an answer. Nothing is drawn meanwhile: the terminal shows
/// what is typed.
async fn prompt(context: &Context, links: &[String], question: &str) -> Answer {
    context.ui.hold(true);
    for link in links {
        context.ui.say(&format!("preview at {link}"));
    }
    let answer = loop {
        match approval::ask(context, question).await {
            Answer::None => {}
            answer => break answer,
        }
    };
    context.ui.hold(false);
    answer
}
