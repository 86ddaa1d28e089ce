//! `golive`: takes Azure Marketplace offers live, from a terminal and from CI.

mod args;
mod attempt;
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
mod signals;
mod suggest;
mod token_file;
mod ui;
mod verbose;
mod watch;

use args::{Cli, Color, Command, Output};
use clap::Parser;
use config::{Layers, Settings};
use context::Context;
use std::process::ExitCode;
use ui::Ui;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let environment = |name: &str| std::env::var(name).ok();
    let global = &cli.global;
    if let Command::About(about) = &cli.command {
        return match commands::about::run(about) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let ui = Ui::new(Output::Text, false, false, environment);
                ui.unusable(&error).into()
            }
        };
    }
    let settings = Layers::read(&environment, global.config.as_deref())
        .and_then(|layers| Settings::read(&layers, global, cli.command.flags()));
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => {
            let ui = Ui::new(Output::Text, false, false, environment);
            return ui.unusable(&error).into();
        }
    };
    match settings.color.value {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
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
    if cli.command.is_release_step() {
        context.ui.exit(exit);
    }
    exit.into()
}
