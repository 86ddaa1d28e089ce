//! The styles of everything that people see: on standard output, on standard
//! error, and in the live views. A stream that is no terminal gets none of them.

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;

/// Nothing special.
pub const PLAIN: Style = Style::new();
/// What stands out: titles, the names of columns.
pub const STRONG: Style = Style::new().bold();
/// What is secondary, or still to come.
pub const DIM: Style = Style::new().dimmed();
/// What has gone well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What has not.
pub const BAD: Style = AnsiColor::Red.on_default();
/// What waits for somebody.
pub const WAITING: Style = AnsiColor::Yellow.on_default();
/// What is under way.
pub const UNDER_WAY: Style = AnsiColor::Cyan.on_default();
/// The word before an error.
pub const ERROR: Style = BAD.bold();
/// The word before a warning.
pub const WARNING: Style = WAITING.bold();

/// The styles of the help and of the errors of the command line.
pub const HELP: Styles = Styles::styled()
    .header(GOOD.bold())
    .usage(GOOD.bold())
    .literal(UNDER_WAY.bold())
    .placeholder(UNDER_WAY)
    .error(ERROR)
    .valid(UNDER_WAY.bold())
    .invalid(WARNING);

/// The style of a word for how something stands, the service's or this program's
/// own, however it is spelled.
pub fn of_state(word: &str) -> Style {
    let letters = word.chars().filter(|it| it.is_alphanumeric());
    let letters: String = letters.collect();
    match letters.to_lowercase().as_str() {
        "succeeded" | "complete" | "completed" | "live" | "ready" | "yes" => GOOD,
        "failed" | "canceled" | "cancelled" | "rejected" | "blocked" | "refused" | "unknown"
        | "no" => BAD,
        "waitingforpublisherreview" | "waitingforapproval" => WAITING,
        "running" | "inprogress" => UNDER_WAY,
        "notstarted" | "notsubmitted" | "notready" => DIM,
        _ => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_its_style_however_it_is_spelled() {
        for (word, style) in [
            ("succeeded", GOOD),
            ("Succeeded", GOOD),
            ("waitingForPublisherReview", WAITING),
            ("waiting for approval", WAITING),
            ("in progress", UNDER_WAY),
            ("not started", DIM),
            ("Blocked", BAD),
            ("pausedByMoon", PLAIN),
        ] {
            assert_eq!(of_state(word), style, "{word}");
        }
    }
}
