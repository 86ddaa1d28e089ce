//! What every command has.

use clap::{ArgAction, Args, ValueEnum};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// What every command has.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Global {
    /// What standard output gets [env: GOLIVE_OUTPUT] [default: text]
    #[arg(long, global = true, value_enum, value_name = "FORM")]
    pub output: Option<Output>,
    /// Say nothing on standard error but warnings and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say more: each request (-v), its headers (-vv), and everything (-vvv)
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// When to use colors [env: GOLIVE_COLOR, NO_COLOR] [default: auto]
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<Color>,
    /// Read settings from this file, and from no other [env: GOLIVE_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people
    Text,
    /// One JSON document at the end
    Json,
    /// A JSON document on a line of its own for each event, as it happens
    Jsonl,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

macro_rules! named {
    ($type:ty) => {
        impl FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                <Self as ValueEnum>::from_str(text, false).map_err(|_| {
                    let names: Vec<String> = Self::value_variants()
                        .iter()
                        .map(ToString::to_string)
                        .collect();
                    format!("it is one of {}", names.join(", "))
                })
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.to_possible_value() {
                    Some(value) => f.write_str(value.get_name()),
                    None => Ok(()),
                }
            }
        }
    };
}

pub(super) use named;

named!(Output);
named!(Color);
