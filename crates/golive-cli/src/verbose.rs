//! What `-v` shows: the library's own log, on standard error.

use crate::ui::ci::Ci;
use std::io::{self, Write};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt, registry};

/// Begins to log, if that was asked for. Tokens are in no log of the library.
pub fn begin(verbose: u8, ci: Ci) {
    let targets = match verbose {
        0 => return,
        1 => Targets::new()
            .with_target("golive", Level::DEBUG)
            .with_target("lro", Level::INFO),
        2 => Targets::new()
            .with_target("golive", Level::DEBUG)
            .with_target("lro", Level::DEBUG)
            .with_target("golive_emulator", Level::INFO),
        _ => Targets::new()
            .with_default(Level::TRACE)
            .with_targets(["h2", "hyper", "hyper_util", "rustls"].map(|it| (it, Level::INFO))),
    };
    let colored = anstream::ColorChoice::global() == anstream::ColorChoice::Always;
    let colored = colored && ci == Ci::None;
    let layer = fmt::layer()
        .with_writer(move || Lines { ci: ci.clone() })
        .with_ansi(colored)
        .with_filter(targets);
    let subscriber = registry().with(layer);
    // Nobody else sets one in this program.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Standard error, for lines that may have foreign text in them, which a CI system
/// must not take for a command. A record comes in one piece.
struct Lines {
    ci: Ci,
}

impl Write for Lines {
    fn write(&mut self, record: &[u8]) -> io::Result<usize> {
        let mut stderr = io::stderr().lock();
        if self.ci == Ci::None {
            return stderr.write(record);
        }
        for line in String::from_utf8_lossy(record).lines() {
            writeln!(stderr, "{}", self.ci.harmless(line))?;
        }
        Ok(record.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
