//! The summary of a step of a CI job, in Markdown.

use crate::event::Outcome;
use crate::moment;
use std::fmt::Write;
use std::time::Duration;

/// A table of the steps, and what there is to know beside it.
pub fn markdown(outcome: &Outcome) -> String {
    let mut text = String::new();
    let elapsed = Duration::try_from_secs_f64(outcome.elapsed_seconds).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "### {}/{}: {}\n\nAfter {}, with {} polls.\n",
        escape(&outcome.publisher),
        escape(&outcome.offer),
        outcome.status.as_str(),
        moment::spoken(elapsed),
        outcome.polls
    );
    if !outcome.steps.is_empty() {
        let _ = writeln!(text, "| step | status | progress |\n|---|---|---|");
        for step in &outcome.steps {
            let progress = step.progress_percentage;
            let progress = progress.map_or(String::new(), |it| format!("{it} %"));
            let (name, status) = (escape(&step.name), escape(&step.status));
            let _ = writeln!(text, "| {name} | {status} | {progress} |");
        }
        text.push('\n');
    }
    if let Some(error) = &outcome.error {
        let _ = writeln!(text, "**{}**\n", escape(&error.message));
        if let Some(id) = &error.correlation_id {
            let _ = writeln!(text, "Correlation id: `{}`\n", escape(id));
        }
        if let Some(advice) = &error.advice {
            let _ = writeln!(text, "What to do: {}\n", escape(advice));
        }
    }
    for (what, links) in [
        ("Preview", &outcome.preview_links),
        ("Live", &outcome.live_links),
    ] {
        for link in links {
            let _ = writeln!(text, "{what}: {}\n", linked(link));
        }
    }
    text
}

/// An address as a link, if it is one: with markup escaped it would lead elsewhere.
fn linked(link: &str) -> String {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\\`\"".contains(&byte);
    match is_web && link.bytes().all(is_plain) {
        true => format!("<{link}>"),
        false => escape(link),
    }
}

/// Text that is neither markup nor a cell of its own.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape, linked};

    #[test]
    fn foreign_text_is_no_markup() {
        assert_eq!(
            escape("a|b\n<img src=x> [x](y)"),
            "a\\|b &lt;img src=x&gt; \\[x\\](y)"
        );
    }

    #[test]
    fn links_lead_where_they_say() {
        let link = "https://example.com/a_b?c=d&e=f";
        assert_eq!(linked(link), format!("<{link}>"));
        for link in ["javascript:x", "https://example.com/>[x](y)", "https://a b"] {
            assert_eq!(linked(link), escape(link));
        }
    }
}
