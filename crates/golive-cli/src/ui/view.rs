//! What the live view of an operation shows, for every size of a terminal.

use super::foreign::harmless;
use super::line::{Line, cut, width};
use super::pace::Pace;
use super::screen::Size;
use super::style::{BAD, DIM, GOOD, PLAIN, STRONG, UNDER_WAY, WAITING};
use crate::moment;
use anstyle::Style;
use golive::{OperationStatus, StepStatus};
use std::time::Duration;

/// The longest name that is shown whole.
const LONGEST_NAME: usize = 48;
/// From so many columns on there is a bar, and from so many a longer one; below
/// the third there is no room for words about a step.
const WITH_BAR: usize = 56;
const WITH_LONG_BAR: usize = 110;
const WITH_STATUS: usize = 32;

/// What is known of an operation.
#[derive(Debug)]
pub struct View {
    title: String,
    status: String,
    steps: Vec<Step>,
    pace: Option<Pace>,
}

/// A step as it is shown: its words have nothing in them that does not belong on
/// a terminal, and are no longer than anybody reads.
#[derive(Debug)]
struct Step {
    name: String,
    status: StepStatus,
    word: String,
    percent: Option<u8>,
    estimate: Option<String>,
}

impl Step {
    fn new(step: &golive::Step) -> Self {
        Self {
            name: readable(&step.name),
            word: readable(step.status.as_str()),
            percent: match step.status {
                StepStatus::Complete => Some(step.progress.unwrap_or(100)),
                _ => step.progress,
            },
            status: step.status.clone(),
            estimate: step.estimate.as_deref().map(readable),
        }
    }
}

fn readable(text: &str) -> String {
    let text: String = text.chars().take(4 * LONGEST_NAME).collect();
    cut(&harmless(&text), LONGEST_NAME)
}

impl View {
    /// Of an operation of which nothing is known yet.
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            status: "accepted".to_owned(),
            steps: Vec::new(),
            pace: None,
        }
    }

    /// How old it is, and when it is polled next.
    pub fn pace(&mut self, pace: Pace) {
        self.pace = Some(pace);
    }

    /// How it is doing.
    pub fn status(&mut self, status: &OperationStatus) {
        self.status = readable(status.status.as_str());
        self.steps = status.steps.iter().map(Step::new).collect();
    }

    /// The lines, in a terminal of a size: one less than it has, because the
    /// cursor is below them.
    pub fn lines(&self, size: Size) -> Vec<Line> {
        let most = size.rows - 1;
        let mut lines = Vec::new();
        if most > 1 {
            lines.push(Line::new(STRONG, &self.title));
            lines.extend(self.steps(size.columns, most - 2));
        }
        if most > 0 {
            lines.push(self.foot(size.columns));
        }
        let lines = lines.into_iter();
        lines.map(|line| line.fitted(size.columns)).collect()
    }

    /// The steps, as many as there is room for: those around the running one.
    fn steps(&self, columns: usize, most: usize) -> Vec<Line> {
        let names = self.steps.iter().map(|step| width(&step.name));
        let name = names.max().unwrap_or(0).min(columns * 3 / 8);
        let (above, below) = around(&self.steps, most);
        let more = |count: usize, place: &str| {
            let text = format!("… {count} more {place}");
            (count > 0 && most > 2).then(|| Line::new(DIM, &text))
        };
        let shown = self.steps.get(above..self.steps.len() - below);
        let shown = shown.unwrap_or_default();
        let shown = shown.iter().map(|it| step(it, columns, name));
        let (first, last) = (more(above, "above"), more(below, "below"));
        first.into_iter().chain(shown).chain(last).collect()
    }

    /// `running for 0:12:05, next poll in 45 s`, or less of it.
    fn foot(&self, columns: usize) -> Line {
        let status = &self.status;
        let Some(pace) = &self.pace else {
            return Line::new(PLAIN, status);
        };
        let elapsed = clock(pace.elapsed());
        let forms = match pace.next_poll() {
            None => [
                format!("{status} after {elapsed}"),
                format!("{status} {elapsed}"),
            ],
            Some(Duration::ZERO) => [
                format!("{status} for {elapsed}, polling"),
                format!("{elapsed}, polling"),
            ],
            Some(next) => {
                // Up, so that it is never later than was said.
                let next = moment::spoken(Duration::from_secs_f64(next.as_secs_f64().ceil()));
                [
                    format!("{status} for {elapsed}, next poll in {next}"),
                    format!("{elapsed}, poll in {next}"),
                ]
            }
        };
        let fitting = forms.iter().find(|form| width(form) <= columns);
        Line::new(PLAIN, fitting.unwrap_or(&forms[1]))
    }
}

/// How many steps are left out above and below, if `most` lines are to be had for
/// all: the running step is shown, and lines say what is left out.
fn around(steps: &[Step], most: usize) -> (usize, usize) {
    if steps.len() <= most {
        return (0, 0);
    }
    let counted = match most {
        0..=2 => most,
        _ => most - 2,
    };
    let running = steps.iter().position(|step| step.status.is_under_way());
    let ended = |step: &Step| step.status != StepStatus::NotStarted;
    let current = running.or_else(|| steps.iter().rposition(ended));
    let latest = steps.len() - counted;
    let above = current.unwrap_or(0).saturating_sub(counted / 2).min(latest);
    (above, steps.len() - counted - above)
}

/// `Certification  [=====>   ]  23%  inProgress (usually < 5 day)`, or less of it.
/// `longest` is the width of the names.
fn step(step: &Step, columns: usize, longest: usize) -> Line {
    let style = style(&step.status);
    let percent = step
        .percent
        .map_or("    ".to_owned(), |it| format!("{it:>3}%"));
    if columns < WITH_STATUS {
        // What is out of the ordinary counts more than how far it is.
        let ordinary = matches!(
            step.status,
            StepStatus::NotStarted | StepStatus::InProgress | StepStatus::Complete
        );
        let first = if ordinary { &percent } else { &step.word };
        return Line::new(style, &format!("{first} {}", step.name));
    }
    let name = cut(&step.name, longest);
    let space = " ".repeat(longest - width(&name));
    let bar = match columns {
        WITH_LONG_BAR.. => bar(step, 24),
        WITH_BAR.. => bar(step, 10),
        _ => String::new(),
    };
    let line = Line::new(PLAIN, &format!("{name}{space}  {bar}{percent}  "));
    let line = line.with(style, &step.word);
    let Some(estimate) = step
        .estimate
        .as_ref()
        .filter(|_| step.status.is_under_way())
    else {
        return line;
    };
    let usually = format!(" (usually {estimate})");
    if line.width() + width(&usually) > columns {
        return line;
    }
    line.with(PLAIN, &usually)
}

/// `[=====>    ] `
fn bar(step: &Step, cells: usize) -> String {
    let percent = usize::from(step.percent.unwrap_or(0).min(100));
    let full = cells * percent / 100;
    let tip = if 0 < percent && full < cells { ">" } else { "" };
    format!("[{:<cells$}] ", format!("{}{tip}", "=".repeat(full)))
}

fn style(status: &StepStatus) -> Style {
    match status {
        StepStatus::NotStarted => DIM,
        StepStatus::InProgress => UNDER_WAY,
        StepStatus::Complete => GOOD,
        StepStatus::WaitingForPublisherReview | StepStatus::WaitingForApproval => WAITING,
        StepStatus::Blocked | StepStatus::Rejected | StepStatus::Failed | StepStatus::Canceled => {
            BAD
        }
        _ => PLAIN,
    }
}

/// `0:02:05`, `2 d 13:02:05`
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    match days {
        0 => format!("{hours}:{minutes:02}:{seconds:02}"),
        _ => format!("{days} d {hours:02}:{minutes:02}:{seconds:02}"),
    }
}
