//! How an offer or an operation stands, for people.

use crate::record::{MessageRecord, Standing, StepRecord};
use crate::ui::style::{DIM, GOOD, PLAIN, STRONG, of_state};
use crate::ui::{Cell, Line, Table, Text};
use golive::StepStatus;

/// The status, whether the preview is ready, the steps, what the service says about
/// them, and the links.
pub fn text(standing: &Standing) -> Text {
    let (publisher, offer) = (&standing.publisher, &standing.offer);
    let operation = standing.operation.as_ref();
    let operation = operation.map_or(String::new(), |it| format!(" operation {}", it.id));
    let title = Line::new(STRONG, &format!("{publisher}/{offer}"));
    let title = title.with(PLAIN, &format!("{operation}: "));
    let (style, preview) = match standing.preview_ready {
        true => (GOOD, "ready"),
        false => (DIM, "not ready"),
    };
    let mut text = Text::default();
    text.push(title.with(of_state(&standing.status), &standing.status));
    text.push(Line::new(PLAIN, "preview: ").with(style, preview));
    text.paragraph(steps(&standing.steps));
    let said = standing.steps.iter().flat_map(said);
    let said = said.chain(
        standing
            .messages
            .iter()
            .map(|it| Line::new(PLAIN, &message(it))),
    );
    text.paragraph(said.collect::<Text>());
    let links = |what: &'static str, links: &[String]| {
        let line = |link: &String| Line::new(PLAIN, &format!("{what} at {link}"));
        links.iter().map(line).collect::<Vec<_>>()
    };
    let preview = links("preview", &standing.preview_links);
    let live = links("live", &standing.live_links);
    text.paragraph(preview.into_iter().chain(live).collect::<Text>());
    text
}

fn steps(steps: &[StepRecord]) -> Text {
    let mut table = Table::new(&["STEP", "STATUS", "PROGRESS", "USUALLY"]);
    for step in steps {
        let progress = step.progress_percentage;
        let progress = progress.map_or(String::new(), |it| format!("{it}%"));
        table.row([
            step.name.as_str().into(),
            Cell::state(&step.status),
            progress.as_str().into(),
            Cell::new(DIM, step.estimate.as_deref().unwrap_or("")),
        ]);
    }
    table.text()
}

/// What the service says about a step. That it cannot go on is told in any case.
fn said(step: &StepRecord) -> Vec<Line> {
    let stuck = [
        StepStatus::Blocked,
        StepStatus::Rejected,
        StepStatus::Failed,
    ];
    let name = Line::new(PLAIN, &step.name);
    let name = match stuck.iter().any(|it| it.as_str() == step.status) {
        false => name,
        true => {
            let status = of_state(&step.status);
            let name = name.with(PLAIN, " is ").with(status, &step.status);
            if step.messages.is_empty() {
                return vec![name.with(PLAIN, ", and the service does not say why")];
            }
            name
        }
    };
    let messages = step.messages.iter();
    let line = |it| name.clone().with(PLAIN, &format!(": {}", message(it)));
    messages.map(line).collect()
}

fn message(message: &MessageRecord) -> String {
    let text = &message.text;
    match message.level.as_str() {
        "" | "information" | "error" => text.clone(),
        level => format!("{level}: {text}"),
    }
}
