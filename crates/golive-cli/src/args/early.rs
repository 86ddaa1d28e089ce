//! What has to be known before the command line is understood: how to say that it
//! is not.

use super::{Color, Output};
use std::ffi::OsString;
use std::str::FromStr;

/// The last `--NAME VALUE` or `--NAME=VALUE` that can be read, else the variable.
fn found<T: FromStr>(
    name: &str,
    variable: &str,
    arguments: &[OsString],
    environment: &impl Fn(&str) -> Option<String>,
) -> Option<T> {
    let flag = format!("--{name}");
    let arguments: Vec<_> = arguments.iter().map(|it| it.to_string_lossy()).collect();
    let before = arguments.iter().take_while(|it| *it != "--");
    let values = before.enumerate().filter_map(|(index, argument)| {
        let rest = argument.strip_prefix(&flag)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => arguments.get(index + 1).map(AsRef::as_ref),
            None => None,
        }
    });
    let set = environment(variable).filter(|value| !value.is_empty());
    let given = values.filter_map(|value| value.parse().ok()).last();
    given.or_else(|| set?.parse().ok())
}

/// The form that is asked for, as far as that can be told.
pub fn output(arguments: &[OsString], environment: &impl Fn(&str) -> Option<String>) -> Output {
    found("output", "GOLIVE_OUTPUT", arguments, environment).unwrap_or(Output::Text)
}

/// When to use colors, as far as that can be told.
pub fn color(arguments: &[OsString], environment: &impl Fn(&str) -> Option<String>) -> Color {
    found("color", "GOLIVE_COLOR", arguments, environment).unwrap_or(Color::Auto)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_found_in_a_command_line_that_is_wrong() {
        let of = |line: &str, variable: Option<&str>| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let environment = |name: &str| match name {
                "GOLIVE_OUTPUT" => variable.map(str::to_owned),
                _ => None,
            };
            output(&arguments, &environment)
        };
        for (line, variable, form) in [
            ("golive --output json nonsense", None, Output::Json),
            ("golive wait --output=jsonl --what", None, Output::Jsonl),
            ("golive wait --output", None, Output::Text),
            ("golive wait --output xml", Some("json"), Output::Json),
            ("golive wait --outputs json", None, Output::Text),
            ("golive wait -- --output json", None, Output::Text),
            ("golive --output json --output text", None, Output::Text),
            ("golive", Some("jsonl"), Output::Jsonl),
            ("golive", Some(""), Output::Text),
        ] {
            assert_eq!(of(line, variable), form, "{line}");
        }
    }
}
