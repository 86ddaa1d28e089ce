//! `golive schema`

use crate::args::{Document, Schema as Args};
use crate::commands::config::Row;
use crate::diff::Change;
use crate::event::{Event, Outcome, Problem, Summary};
use crate::record::{CancelOutcome, OperationRecord, SignIn, Standing};
use anyhow::Result;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// The schema, as it is printed.
pub fn text(args: &Args) -> Result<Vec<u8>> {
    let schema = match args.document {
        Document::Event => of::<Event>(),
        Document::Result => of::<Outcome>(),
        Document::Error => of::<Problem>(),
        Document::Status => of::<Standing>(),
        Document::Summary => of::<Summary>(),
        Document::Cancellation => of::<CancelOutcome>(),
        Document::Operations => of::<Vec<OperationRecord>>(),
        Document::Diff => of::<Vec<Change>>(),
        Document::Auth => of::<SignIn>(),
        Document::Config => of::<Vec<Row>>(),
    };
    let mut text = serde_json::to_vec_pretty(&schema)?;
    text.push(b'\n');
    Ok(text)
}

/// Of what is printed, not of what could be read back: a field that is always
/// printed is required.
fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
}
