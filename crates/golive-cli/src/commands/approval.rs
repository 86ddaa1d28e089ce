//! Who says that a preview may go live.

use crate::args::{Approve, release::Approval};
use crate::context::Context;
use crate::ui::Line;
use crate::ui::style::STRONG;
use anyhow::{Result, bail};
use golive::OperationStatus;
use std::io::{BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};
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
            _ => {
                let approver = Self::asking(approval)?;
                if let Self::File(file) = &approver {
                    no_answer_yet(file)?;
                }
                Ok(Some(approver))
            }
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
            _ => can_be_asked().map(|()| Self::Prompt),
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
                Self::File(file) => {
                    context.ui.say(&format!(
                        "waiting for approval: write approved or rejected to {}",
                        file.display()
                    ));
                    look_at(&context, &file).await == Answer::Approved
                }
            }
        })
    }
}

/// Whether somebody is at standard input.
pub fn can_be_asked() -> Result<()> {
    if !std::io::stdin().is_terminal() {
        bail!(
            "--approve prompt asks on standard input, which is no terminal: say --approve auto or \
             --approve file"
        );
    }
    Ok(())
}

async fn prompt(context: &Context) -> bool {
    let question = "Take this preview live? (yes or no)";
    loop {
        match ask(context, question).await {
            Answer::Approved => return true,
            Answer::Rejected | Answer::Ended => return false,
            Answer::None | Answer::Later => {}
        }
    }
}

/// Asks once, on standard input.
pub async fn ask(context: &Context, question: &str) -> Answer {
    context.ui.show(Line::new(STRONG, question));
    match line().await {
        Some(line) => answer(&line),
        None => {
            let text = "standard input has ended without an answer";
            context.ui.error(text);
            Answer::Ended
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

/// Waits until somebody has written an answer to a file: approved or rejected.
pub async fn look_at(context: &Context, file: &Path) -> Answer {
    let shown = file.display();
    let mut told = String::new();
    loop {
        if let Some(text) = text_of(file) {
            match answer(&text) {
                answer @ (Answer::Approved | Answer::Rejected) => return answer,
                _ if !text.trim().is_empty() && text != told => {
                    context.ui.warn(&format!(
                        "{shown} has neither approved nor rejected in it; still waiting"
                    ));
                    told = text;
                }
                _ => {}
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// An answer from before there was anything to approve is for something else: the
/// last release, whose file nobody has removed.
pub fn no_answer_yet(file: &Path) -> Result<()> {
    match text_of(file).map(|text| answer(&text)) {
        Some(Answer::Approved | Answer::Rejected) => bail!(
            "the approval file {} has an answer already, before there is a preview to look at: \
             remove it",
            file.display()
        ),
        _ => Ok(()),
    }
}

/// An answer to a preview that is not there any more is none to the one that is: it
/// stays beside the file, where nobody looks for one.
pub fn put_aside(context: &Context, file: &Path) {
    if no_answer_yet(file).is_ok() {
        return;
    }
    let mut old = file.as_os_str().to_owned();
    old.push(".old");
    let old = PathBuf::from(old);
    let (shown, kept) = (file.display(), old.display());
    match std::fs::rename(file, &old) {
        Ok(()) => context.ui.say(&format!(
            "  the answer in {shown} was to another preview; it is in {kept} now"
        )),
        Err(error) => context.ui.warn(&format!(
            "{shown} has an answer to another preview, and cannot be renamed to {kept} ({error}): \
             remove it before you go on, or it approves what nobody has looked at"
        )),
    }
}

/// What is in a file, if it can be read.
fn text_of(file: &Path) -> Option<String> {
    let file = std::fs::File::open(file).ok()?;
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// What somebody has said to a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may go live.
    Approved,
    /// It may not.
    Rejected,
    /// Not now.
    Later,
    /// Nothing that can be understood.
    None,
    /// Nobody is there any more.
    Ended,
}

fn answer(text: &str) -> Answer {
    match text.trim().to_lowercase().as_str() {
        "approved" | "approve" | "yes" | "y" => Answer::Approved,
        "rejected" | "reject" | "no" | "n" => Answer::Rejected,
        "later" | "l" => Answer::Later,
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
