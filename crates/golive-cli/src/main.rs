//! `golive`: takes Azure Marketplace offers live, from a terminal and from CI.

mod answer;
mod args;
mod attempt;
mod attention;
mod claims;
mod commands;
mod config;
mod connect;
mod context;
mod credential;
mod diff;
mod event;
mod exit;
mod folder;
mod follow;
mod moment;
mod record;
mod resume;
mod sign_in;
mod signals;
mod suggest;
mod token_file;
mod ui;
mod verbose;
mod watch;

use args::{Cli, Color, Command, early};
use clap::Parser;
use config::{Layers, Settings};
use context::Context;
use std::io::ErrorKind;
use std::process::ExitCode;
use ui::Ui;

fn main() -> ExitCode {
    let environment = |name: &str| std::env::var(name).ok();
    let arguments: Vec<_> = std::env::args_os().collect();
    // For what is said before the settings are read.
    let output = early::output(&arguments, &environment);
    choose(early::color(&arguments, &environment));
    let early = || Ui::new(output, false, false, environment);
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error, &early()),
    };
    let global = &cli.global;
    if let Command::About(about) = &cli.command {
        return match commands::about::run(about) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => unusable(&early(), &error),
        };
    }
    let settings = config::readable_environment()
        .and_then(|()| Layers::read(&environment, global.config.as_deref()))
        .and_then(|layers| Settings::read(&layers, global, cli.command.flags()));
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => return unusable(&early(), &error),
    };
    choose(settings.color.value);
    let ui = Ui::new(
        settings.output.value,
        global.quiet,
        global.verbose > 0,
        environment,
    );
    verbose::begin(global.verbose, ui.ci().clone());
    let context = Context::new(ui, settings);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(&cli.command, &context)),
        Err(error) => Err(error.into()),
    };
    context.ui.end();
    let exit = result.unwrap_or_else(|error| context.ui.unusable(&error));
    let exit = context.ui.finish(exit);
    if cli.command.is_release_step() {
        context.ui.exit(exit);
    }
    exit.into()
}

fn choose(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// An error before anything has begun.
fn unusable(ui: &Ui, error: &anyhow::Error) -> ExitCode {
    let exit = ui.unusable(error);
    ui.finish(exit).into()
}

/// The command line asks for help, or cannot be understood.
fn not_understood(error: &clap::Error, ui: &Ui) -> ExitCode {
    match error.print() {
        // A reader that has gone away is not an error.
        Err(lost) if lost.kind() != ErrorKind::BrokenPipe && !error.use_stderr() => {
            let lost = anyhow::Error::new(lost).context("standard output cannot be written");
            unusable(ui, &lost)
        }
        _ if error.use_stderr() => ui.misused(error).into(),
        _ => ExitCode::SUCCESS,
    }
}
