//! How an offer or an operation stands, for people.

use crate::record::{MessageRecord, Standing, StepRecord};
use crate::ui::Table;
use crate::ui::foreign::harmless;
use golive::StepStatus;

/// The status, whether the preview is ready, the steps, what the service says about
/// them, and the links.
pub fn text(standing: &Standing) -> String {
    let (publisher, offer) = (&standing.publisher, &standing.offer);
    let operation = standing.operation.as_ref();
    let operation = operation.map_or(String::new(), |it| format!(" operation {}", it.id));
    let mut parts = vec![format!(
        "{publisher}/{offer}{operation}: {}\npreview: {}",
        harmless(&standing.status),
        if standing.preview_ready {
            "ready"
        } else {
            "not ready"
        }
    )];
    parts.push(steps(&standing.steps));
    let said: Vec<String> = standing
        .steps
        .iter()
        .flat_map(said)
        .chain(standing.messages.iter().map(message))
        .collect();
    parts.push(said.join("\n"));
    let preview = standing.preview_links.iter();
    let preview = preview.map(|link| format!("preview at {}", harmless(link)));
    let live = standing.live_links.iter();
    let live = live.map(|link| format!("live at {}", harmless(link)));
    parts.push(preview.chain(live).collect::<Vec<_>>().join("\n"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn steps(steps: &[StepRecord]) -> String {
    let mut table = Table::new(&["STEP", "STATUS", "PROGRESS", "USUALLY"]);
    for step in steps {
        let progress = step.progress_percentage;
        let progress = progress.map_or(String::new(), |it| format!("{it}%"));
        let estimate = step.estimate.as_deref().unwrap_or("");
        table.row([&step.name, &step.status, progress.as_str(), estimate]);
    }
    table.text()
}

/// What the service says about a step. That it cannot go on is told in any case.
fn said(step: &StepRecord) -> Vec<String> {
    let stuck = [
        StepStatus::Blocked,
        StepStatus::Rejected,
        StepStatus::Failed,
    ];
    let stuck = stuck.iter().any(|it| it.as_str() == step.status);
    let (name, status) = (harmless(&step.name), harmless(&step.status));
    if stuck && step.messages.is_empty() {
        return vec![format!(
            "{name} is {status}, and the service does not say why"
        )];
    }
    let name = match stuck {
        true => format!("{name} is {status}").into(),
        false => name,
    };
    let messages = step.messages.iter();
    messages
        .map(|it| format!("{name}: {}", message(it)))
        .collect()
}

fn message(message: &MessageRecord) -> String {
    let text = harmless(&message.text);
    match message.level.as_str() {
        "" | "information" | "error" => text.into_owned(),
        level => format!("{}: {text}", harmless(level)),
    }
}
