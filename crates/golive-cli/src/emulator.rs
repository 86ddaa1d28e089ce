//! `golive emulator`

use crate::args;
use crate::exit::Exit;
use crate::report;
use crate::signals::Signals;
use anyhow::{Context, Result};
use std::io::Write;

/// Runs an emulator until a signal arrives.
pub async fn run(args: &args::Emulator) -> Result<Exit> {
    let mut signals = Signals::new()?;
    let builder = golive_emulator::Emulator::builder()
        .listen(args.listen)
        .speed(args.speed);
    let emulator = builder
        .start()
        .await
        .with_context(|| format!("the emulator cannot be started on {}", args.listen))?;
    if !args.listen.ip().is_loopback() {
        report::say("golive: warning: others on the network can reach this emulator");
    }
    {
        let mut stdout = std::io::stdout().lock();
        // Whoever waits for this line must get it at once.
        writeln!(stdout, "listening on {}", emulator.url())
            .and_then(|()| stdout.flush())
            .context("standard output cannot be written")?;
    }
    signals.next().await;
    emulator.shutdown().await;
    Ok(Exit::Succeeded)
}
