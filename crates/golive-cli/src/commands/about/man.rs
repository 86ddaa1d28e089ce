//! `golive man`

use crate::args::{Cli, EXIT_CODES};
use crate::suggest::nearest;
use anyhow::{Context, Result, anyhow};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The page of a command, or of the program if none is named.
pub fn page(path: &[String]) -> Result<Vec<u8>> {
    let program = program();
    let mut command = &program;
    for name in path {
        command = command
            .find_subcommand(name)
            .ok_or_else(|| unknown(command, name))?;
    }
    Ok(render(command)?)
}

/// Writes the pages of all commands into a folder.
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    write_with_subcommands(&program(), folder)
}

fn write_with_subcommands(command: &Command, folder: &Path) -> Result<()> {
    let file = folder.join(format!("{}.1", title(command)));
    fs::write(&file, render(command)?)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    for command in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        write_with_subcommands(command, folder)?;
    }
    Ok(())
}

/// The definition, without the commands that only print help.
fn program() -> Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}

fn unknown(command: &Command, name: &str) -> anyhow::Error {
    let names = command.get_subcommands().map(Command::get_name);
    match nearest(name, names) {
        Some(likely) => anyhow!("there is no command {name}; did you mean {likely}?"),
        None => {
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            match names.as_slice() {
                [] => anyhow!("{} has no commands below it", command.get_name()),
                names => anyhow!("there is no command {name}; there are {}", names.join(", ")),
            }
        }
    }
}

/// `golive-go-live`
fn title(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

fn render(command: &Command) -> io::Result<Vec<u8>> {
    let is_program = title(command) == command.get_name();
    let man = Man::new(command.clone())
        .source(concat!("golive ", env!("CARGO_PKG_VERSION")))
        .manual("golive");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    write!(page, "{}", synopsis(command).to_roff())?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if is_program {
        write!(page, "{}", exit_status().to_roff())?;
    } else {
        let more = command.get_after_long_help();
        if let Some(text) = more.or(command.get_after_help()) {
            write!(page, "{}", more_of_help(&text.to_string()).to_roff())?;
        }
        write!(page, "{}", see_also().to_roff())?;
    }
    Ok(page)
}

/// As short as in --help; the library's would name every option.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let mut section = Roff::new();
    section.control("SH", ["SYNOPSIS"]);
    section.text([roman(usage)]);
    section
}

fn exit_status() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["EXIT STATUS"]);
    // The first line is the heading of the same in --help.
    for line in EXIT_CODES.lines().skip(1) {
        let (code, meaning) = line.trim_start().split_once(' ').unwrap_or((line, ""));
        section.control("TP", ["6"]);
        section.text([bold(code)]);
        section.text([roman(meaning.trim_start())]);
    }
    section
}

/// What stands below the help, as it stands there.
fn more_of_help(text: &str) -> Roff {
    let (title, text) = match text.split_once('\n') {
        Some((heading, rest)) if heading.starts_with("Exit codes") => ("EXIT STATUS", rest),
        _ if text.contains("  golive ") => ("EXAMPLES", text),
        _ => ("NOTES", text),
    };
    let mut section = Roff::new();
    section.control("SH", [title]);
    section.control("nf", []);
    for line in text.lines() {
        section.text([roman(line)]);
    }
    section.control("fi", []);
    section
}

fn see_also() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["SEE ALSO"]);
    section.text([bold("golive"), roman("(1), for the exit status too")]);
    section
}
