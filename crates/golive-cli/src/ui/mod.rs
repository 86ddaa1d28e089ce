//! What the program shows, and where: results on standard output, everything for
//! people on standard error, annotations and outputs for a CI system.

pub mod ci;
mod errors;
pub mod foreign;
mod line;
mod lines;
mod live;
mod many;
mod offers;
mod pace;
mod progress;
mod result;
mod screen;
pub mod style;
pub mod summary;
mod table;
mod text;
mod view;

pub use line::Line;
pub use table::{Cell, Table};
pub use text::Text;

use crate::args::Output;
use crate::event::Problem;
use crate::exit::Exit;
use ci::{Ci, Level};
use errors::labeled;
use golive::OperationStatus;
use lines::Lines;
use live::Live;
use pace::Pace;
use progress::Progress;
use screen::Screen;
use std::io::{IsTerminal, Write};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use style::{PLAIN, WARNING};
use tokio::time::Instant;

/// How a line about the program itself begins.
const ITSELF: &str = "golive: ";

/// Where everything goes that the program shows.
pub struct Ui {
    output: Output,
    quiet: bool,
    ci: Ci,
    /// Whether a live view may be drawn on standard error.
    live: bool,
    /// Whether standard output is a terminal, maybe the same.
    on_terminal: bool,
    /// Whether the terminal wraps anew when its width changes.
    reflows: bool,
    progress: Mutex<Option<Progress>>,
    /// When something was last written to standard error.
    said: Mutex<Instant>,
    /// The line of the CI system's progress, which is written when it changes.
    shown: Mutex<String>,
    /// Whether there was a result.
    answered: AtomicBool,
    /// What went wrong last.
    problem: Mutex<Option<Problem>>,
    /// What goes on from here, whatever the outcome.
    resume: Mutex<Option<String>>,
    /// What was said last of the program itself.
    said_of_itself: Mutex<Option<String>>,
    /// Why standard output could not be written first.
    lost: Mutex<Option<std::io::Error>>,
}

impl Ui {
    /// What suits the output, the flags and the environment.
    pub fn new(
        output: Output,
        quiet: bool,
        verbose: bool,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let in_ci = environment("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let ci = Ci::detect(&environment);
        // A terminal that cannot move its cursor says so.
        let dumb = environment("TERM").map_or(!cfg!(windows), |term| term == "dumb");
        let live = std::io::stderr().is_terminal() && !dumb && !in_ci && ci == Ci::None && !verbose;
        Self {
            output,
            quiet,
            ci,
            live,
            on_terminal: std::io::stdout().is_terminal(),
            reflows: screen::reflows(&environment),
            progress: Mutex::new(None),
            said: Mutex::new(Instant::now()),
            shown: Mutex::default(),
            answered: AtomicBool::new(false),
            problem: Mutex::default(),
            resume: Mutex::default(),
            said_of_itself: Mutex::default(),
            lost: Mutex::default(),
        }
    }

    fn is_live(&self) -> bool {
        self.live && !self.quiet
    }

    /// The CI system that runs this process.
    pub fn ci(&self) -> &Ci {
        &self.ci
    }

    fn progress(&self) -> MutexGuard<'_, Option<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn problem(&self) -> MutexGuard<'_, Option<Problem>> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn said_of_itself(&self) -> MutexGuard<'_, Option<String>> {
        let said = self.said_of_itself.lock();
        said.unwrap_or_else(PoisonError::into_inner)
    }

    /// Says something to people, unless they asked for quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.show(text);
        }
    }

    /// Says something that people have to know. After `golive: ` it is about the
    /// program itself: the last of these is why it ends before its time.
    pub fn say(&self, text: &str) {
        if let Some(why) = text.strip_prefix(ITSELF) {
            *self.said_of_itself() = Some(why.to_owned());
        }
        self.show(text);
    }

    /// The same, with styles.
    pub fn show(&self, text: impl Into<Text>) {
        self.write(&text.into());
    }

    /// Warns, also in the CI system.
    pub fn warn(&self, text: &str) {
        self.warn_people(text);
        self.annotate(Level::Warning, text);
    }

    fn warn_people(&self, text: &str) {
        self.show(labeled(Line::new(WARNING, "warning:"), text));
    }

    fn annotate(&self, level: Level, text: &str) {
        if let Some(line) = self.ci.annotation(level, &foreign::harmless(text)) {
            write_command(&line);
        }
    }

    /// Above the live view, if there is one.
    fn write(&self, text: &Text) {
        self.spoke();
        let progress = self.progress();
        for line in text.lines() {
            let line = harmless_in(&self.ci, line);
            match &*progress {
                Some(progress) => progress.line(&line),
                None => write_line(&line),
            }
        }
    }

    /// Begins to show an operation.
    pub fn begin(&self, title: &str) {
        self.end();
        *self.progress() = Some(if self.is_live() {
            Progress::Live(Live::begin(title, self.screen()))
        } else if self.quiet {
            Progress::Quiet
        } else {
            Progress::Lines(Lines::new(title, self.ci.clone()))
        });
    }

    /// An empty block on the terminal at standard error.
    fn screen(&self) -> Screen {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        let colors = choice != anstream::ColorChoice::Never;
        Screen::new(colors, self.reflows)
    }

    /// Shows how old the operation is, and when it is polled next.
    pub fn pace(&self, elapsed: Duration, next_poll: Duration) {
        if let Some(progress) = &mut *self.progress() {
            progress.pace(Pace::new(elapsed, Some(next_poll)));
        }
    }

    /// Shows a status. Without a next poll it is the last one.
    pub fn status(&self, status: &OperationStatus, elapsed: Duration, next_poll: Option<Duration>) {
        if let Some(progress) = &mut *self.progress()
            && progress.status(status, Pace::new(elapsed, next_poll))
        {
            self.spoke();
        }
        let known: Vec<u64> = status.steps.iter().map(percentage).collect();
        if let Some(count) = u64::try_from(known.len()).ok().filter(|count| *count > 0) {
            let percentage = (known.iter().sum::<u64>() / count).min(100);
            let text = status.running_step().map_or("", |step| &step.name);
            if let Some(line) = self.ci.progress(percentage, &foreign::harmless(text)) {
                let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
                if *shown != line {
                    write_command(&line);
                    *shown = line;
                }
            }
        }
    }

    /// Waits until nothing was said for so long.
    pub async fn silence(&self, period: Duration) {
        loop {
            let said = *self.said();
            let Some(due) = said.checked_add(period) else {
                return std::future::pending().await;
            };
            if due <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(due).await;
        }
    }

    /// Where there is no live view: says that the operation still runs.
    pub fn heartbeat(&self) {
        self.spoke();
        if let Some(progress) = &*self.progress() {
            progress.heartbeat();
        }
    }

    /// Where there is no live view: says that something other than an operation
    /// still goes on.
    pub fn still(&self, text: &str) {
        self.spoke();
        if !self.is_live() && !self.quiet {
            let time = Line::new(style::DIM, &crate::moment::now());
            self.show(time.with(PLAIN, &format!(" {text}")));
        }
    }

    fn said(&self) -> MutexGuard<'_, Instant> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spoke(&self) {
        *self.said() = Instant::now();
    }

    /// Leaves the last state on the screen.
    pub fn end(&self) {
        drop(self.progress().take());
    }

    /// Tells the CI system how the program ends.
    pub fn exit(&self, exit: Exit) {
        self.set_output("exit-code", &exit.code().to_string());
        let still_running = exit == Exit::StillRunning;
        self.set_output("still-running", &still_running.to_string());
    }

    /// Tells machines what goes on from here: the CI system now, and whoever reads
    /// the document if there is no result.
    pub fn resumable(&self, token: &str) {
        self.set_output("resume-token", token);
        let mut resume = self.resume.lock().unwrap_or_else(PoisonError::into_inner);
        *resume = Some(token.to_owned());
    }

    /// Tells the CI system of an operation that runs.
    pub fn outputs(&self, operation_id: &str, resume: &str) {
        self.resumable(resume);
        self.set_output("operation-id", operation_id);
    }

    /// Sets an output of the step in the CI system.
    pub fn set_output(&self, name: &str, value: &str) {
        match self.ci.output(name, &foreign::harmless(value)) {
            Ok(Some(line)) => write_command(&line),
            Ok(None) => {}
            Err(error) => {
                self.warn_people(&format!("the output {name} cannot be set: {error}"));
            }
        }
    }

    /// Adds to the summary of the step in the CI system.
    pub fn add_summary(&self, markdown: &str) {
        match self.ci.summary(markdown) {
            Ok(Some(line)) => write_command(&line),
            Ok(None) => {}
            Err(error) => {
                self.warn_people(&format!("no summary can be written: {error}"));
            }
        }
    }
}

/// How far a step is; one that does not say counts by its status.
fn percentage(step: &golive::Step) -> u64 {
    match (step.progress, &step.status) {
        (Some(progress), _) => u64::from(progress),
        (None, golive::StepStatus::Complete) => 100,
        (None, _) => 0,
    }
}

/// A line that the CI system does not take for a command.
fn harmless_in(ci: &Ci, line: &Line) -> Line {
    let text = line.render(false);
    match ci.harmless(&text) {
        safe if safe == text => line.clone(),
        safe => Line::new(PLAIN, &safe),
    }
}

/// A line on standard error. A reader that has gone away is not an error.
fn write_line(line: &Line) {
    let _ = writeln!(anstream::stderr(), "{}", line.render(true));
}

/// A command of the CI system, which is a line of its own.
fn write_command(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
