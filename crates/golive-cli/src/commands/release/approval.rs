//! Who says that a preview may go live.

use crate::args::{Approve, release::Approval};
use crate::context::Context;
use anyhow::{Result, bail};
use golive::OperationStatus;
use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Far above any real answer.
const LONGEST: u64 = 4096;

/// Who says that a preview may go live.
#[derive(Clone, Debug)]
pub enum Approver {
    /// Nobody is asked.
    Auto,
    /// Somebody at this terminal.
    Prompt,
    /// Whoever writes to a file.
    File(PathBuf),
}

impl Approver {
    /// Of a release that begins; none if nobody is asked. Without a terminal
    /// somebody has to say who approves, before anything is published.
    pub fn of_new(approval: &Approval) -> Result<Option<Self>> {
        match approval.approve {
            Some(Approve::Auto) => Ok(None),
            None if !std::io::stdin().is_terminal() => bail!(
                "nobody can be asked to approve the preview: say --approve auto to go live with \
                 whatever is as expected, or --approve file"
            ),
            _ => Self::asking(approval).map(Some),
        }
    }

    /// Of a release that goes on. What was to be approved still is: without
    /// anybody to ask it ends before the go-live, and can be gone on with again.
    pub fn of_resumed(approval: &Approval, needed: bool) -> Result<Option<Self>> {
        match approval.approve {
            Some(Approve::Auto) => Ok(needed.then_some(Self::Auto)),
            None if !needed || !std::io::stdin().is_terminal() => Ok(None),
            _ => Self::asking(approval).map(Some),
        }
    }

    fn asking(approval: &Approval) -> Result<Self> {
        match (approval.approve, &approval.approval_file) {
            (Some(Approve::File), Some(file)) => Ok(Self::File(file.clone())),
            _ if std::io::stdin().is_terminal() => Ok(Self::Prompt),
            _ => bail!(
                "--approve prompt asks on standard input, which is no terminal: say --approve auto \
                 or --approve file"
            ),
        }
    }

    /// The flags with which the command that goes on asks in the same way.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        match self {
            // It is what is asked for at a terminal.
            Self::Prompt => Vec::new(),
            Self::Auto => vec![("approve", "auto".to_owned())],
            Self::File(file) => vec![
                ("approve", "file".to_owned()),
                ("approval-file", file.display().to_string()),
            ],
        }
    }

    /// Asks, until there is an answer.
    pub fn ask(
        self,
        context: Arc<Context>,
        preview: OperationStatus,
    ) -> Pin<Box<dyn Future<Output = bool> + Send>> {
        Box::pin(async move {
            for link in &preview.preview_links {
                context.ui.say(&format!("preview at {link}"));
            }
            match self {
                Self::Auto => true,
                Self::Prompt => prompt(&context).await,
                Self::File(file) => look_at(&context, file).await,
            }
        })
    }
}

async fn prompt(context: &Context) -> bool {
    loop {
        context.ui.say("Take this preview live? (yes or no)");
        match line().await.map(|line| answer(&line)) {
            Some(Answer::Approved) => return true,
            Some(Answer::Rejected) => return false,
            Some(Answer::None) => {}
            None => {
                context
                    .ui
                    .say("golive: standard input has ended without an answer");
                return false;
            }
        }
    }
}

/// A line of standard input; none at its end. A thread of its own reads it: one
/// of the runtime's would keep the program from ending.
async fn line() -> Option<String> {
    let (send, receive) = oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        // Nobody may be waiting any more.
        let _ = send.send(read.ok().filter(|length| *length > 0).map(|_| line));
    });
    receive.await.ok().flatten()
}

async fn look_at(context: &Context, file: PathBuf) -> bool {
    let shown = file.display();
    context.ui.say(&format!(
        "waiting for approval: write approved or rejected to {shown}"
    ));
    let mut told = String::new();
    loop {
        let text = std::fs::File::open(&file).ok().and_then(|file| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut std::io::Read::take(file, LONGEST), &mut text)
                .ok()?;
            Some(text)
        });
        if let Some(text) = text {
            match answer(&text) {
                Answer::Approved => return true,
                Answer::Rejected => return false,
                Answer::None if !text.trim().is_empty() && text != told => {
                    context.ui.warn(&format!(
                        "{shown} has neither approved nor rejected in it; still waiting"
                    ));
                    told = text;
                }
                Answer::None => {}
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Approved,
    Rejected,
    None,
}

fn answer(text: &str) -> Answer {
    match text.trim().to_lowercase().as_str() {
        "approved" | "approve" | "yes" | "y" => Answer::Approved,
        "rejected" | "reject" | "no" | "n" => Answer::Rejected,
        _ => Answer::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_one() {
        for text in ["approved\n", "YES", " y "] {
            assert_eq!(answer(text), Answer::Approved, "{text}");
        }
        for text in ["rejected", "no\r\n"] {
            assert_eq!(answer(text), Answer::Rejected, "{text}");
        }
        for text in ["", "approved by nobody", "yes no", "maybe"] {
            assert_eq!(answer(text), Answer::None, "{text}");
        }
    }
}
