//! `golive config`

use crate::args::{Config, ConfigCommand};
use crate::context::Context;
use crate::exit::Exit;
use crate::ui::style::DIM;
use crate::ui::{Cell, Table};
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
    let mut table = Table::new(&["SETTING", "VALUE", "SOURCE"]);
    for row in &rows {
        let value = row.value.as_deref().unwrap_or("");
        let source = Cell::new(DIM, &row.source);
        table.row([row.name.into(), value.into(), source]);
    }
    context.ui.list(&table.text(), &rows);
    Exit::Succeeded
}
