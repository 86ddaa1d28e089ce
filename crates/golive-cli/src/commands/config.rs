//! `golive config`

use crate::args::{Config, ConfigCommand};
use crate::context::Context;
use crate::exit::Exit;
use schemars::JsonSchema;
use serde::Serialize;

/// A setting.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Setting")]
pub struct Row {
    /// Its name in `golive.toml`, and that of its flag.
    name: &'static str,
    /// Its value; none if it has no default and nobody set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Where the value comes from: a flag, a variable, a file, or the default.
    source: String,
}

/// Shows the settings. None of them is a secret.
pub fn run(args: &Config, context: &Context) -> Exit {
    let ConfigCommand::Show(_) = &args.command;
    let rows = context.settings.rows().into_iter();
    let rows: Vec<Row> = rows
        .map(|(name, value, source)| Row {
            name,
            value,
            source,
        })
        .collect();
    let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let names = width(|row| row.name.len());
    let values = width(|row| row.value.as_deref().unwrap_or("").len());
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let (name, value) = (row.name, row.value.as_deref().unwrap_or(""));
            format!("{name:names$}  {value:values$}  {}", row.source)
        })
        .collect();
    context.ui.list(&lines.join("\n"), &rows);
    Exit::Succeeded
}
