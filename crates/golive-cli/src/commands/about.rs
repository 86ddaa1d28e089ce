//! What the program says about itself: `golive completions`, `man` and `schema`.
//! All three follow from the definitions that the program itself goes by.

mod completions;
mod man;
mod schema;

use crate::args::About;
use anyhow::{Context, Result};
use std::io::{ErrorKind, Write};

/// Says what was asked for. That takes no settings: a `golive.toml` that is wrong
/// must not break a shell which asks for completions where it lies.
pub fn run(about: &About) -> Result<()> {
    match about {
        About::Completions(args) => print(&completions::script(args)),
        About::Man(args) => match &args.out {
            Some(folder) => man::write(folder),
            None => print(&man::page(&args.command)?),
        },
        About::Schema(args) => print(&schema::text(args)?),
    }
}

/// Prints on standard output. A reader that has seen enough is not an error.
fn print(text: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}
