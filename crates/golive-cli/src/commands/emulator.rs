//! `golive emulator`

use crate::args::{self, emulator as given};
use crate::context::Context;
use crate::exit::Exit;
use crate::signals::Signals;
use crate::suggest;
use anyhow::{Context as _, Result, anyhow};
use golive_emulator::{Builder, Dialect, Manner, Scenario, Spelling, StepDurations, Tokens};
use std::io::Write;
use std::path::Path;

/// Runs an emulator until a signal arrives.
pub async fn run(args: &args::Emulator, context: &Context) -> Result<Exit> {
    let mut signals = Signals::new()?;
    let emulator = builder(args)?
        .start()
        .await
        .context("the emulator cannot be started")?;
    for address in [Some(args.listen), args.https].into_iter().flatten() {
        if !address.ip().is_loopback() {
            context.ui.warn(&format!(
                "others on the network can reach this emulator at {address}"
            ));
        }
    }
    if let (Some(file), Some(pem)) = (&args.certificate, emulator.certificate()) {
        std::fs::write(file, pem)
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    {
        let mut stdout = std::io::stdout().lock();
        // Whoever waits for this line must get it at once.
        writeln!(stdout, "listening on {}", emulator.url())
            .and_then(|()| match emulator.https_url() {
                Some(url) => writeln!(stdout, "listening on {url}"),
                None => Ok(()),
            })
            .and_then(|()| stdout.flush())
            .context("standard output cannot be written")?;
    }
    signals.next().await;
    emulator.shutdown().await;
    Ok(Exit::Succeeded)
}

fn builder(args: &args::Emulator) -> Result<Builder> {
    let mut builder = golive_emulator::Emulator::builder()
        .listen(args.listen)
        .speed(args.speed)
        .seed(args.seed)
        .manner(manner(args))
        .step_durations(match args.step_durations {
            given::StepDurations::Typical => StepDurations::Typical,
            given::StepDurations::Drawn => StepDurations::Drawn,
        })
        .tokens(match args.tokens {
            given::Tokens::Off => Tokens::Off,
            given::Tokens::Any => Tokens::Any,
            given::Tokens::Issued => Tokens::Issued,
        });
    if args.empty {
        builder = builder.empty();
    }
    if args.strict {
        builder = builder.strict();
    }
    if let Some(polls) = args.polls_per_step {
        builder = builder.polls_per_step(polls);
    }
    if let Some(lifetime) = &args.token_lifetime {
        builder = builder.token_lifetime(lifetime.duration);
    }
    if let Some(address) = args.https {
        builder = builder.https(address);
    }
    if let Some(folder) = &args.data_dir {
        builder = builder.data_dir(folder);
    }
    for name in &args.scenario {
        builder = builder.scenario(scenario(name)?);
    }
    Ok(builder)
}

fn manner(args: &args::Emulator) -> Manner {
    let manner = Manner::from(match args.dialect {
        given::Dialect::Seed => Dialect::Seed,
        given::Dialect::Migrated => Dialect::Migrated,
        given::Dialect::NonMigrated => Dialect::NonMigrated,
    });
    let manner = manner.spelling(match args.spelling {
        given::Spelling::Usual => Spelling::Usual,
        given::Spelling::Second => Spelling::Second,
        given::Spelling::Third => Spelling::Third,
        given::Spelling::Capitals => Spelling::Capitals,
        given::Spelling::Spaced => Spelling::Spaced,
    });
    let manner = match args.in_array {
        true => manner.in_array(),
        false => manner,
    };
    let manner = match args.without_zone {
        true => manner.without_zone(),
        false => manner,
    };
    match args.running_until_sign_off {
        true => manner.running_until_sign_off(),
        false => manner,
    }
}

/// A scenario of the library, or a file.
fn scenario(name: &str) -> Result<Scenario> {
    if let Some(scenario) = Scenario::named(name) {
        return Ok(scenario);
    }
    let path = Path::new(name);
    if !path.exists() {
        let known: Vec<&str> = Scenario::names().collect();
        let meant = match suggest::nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}? There are"),
            None => "those are".to_owned(),
        };
        return Err(anyhow!(
            "{name} is neither a file nor a scenario of the library; {meant} {}",
            known.join(", ")
        ));
    }
    Ok(Scenario::load(path)?)
}
