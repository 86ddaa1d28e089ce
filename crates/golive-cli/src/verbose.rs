//! What `-v` shows: the library's own log, on standard error.

use crate::ui::ci::Ci;
use std::io::{self, Write};
use tracing_subscriber::EnvFilter;

/// Begins to log, if that was asked for. Tokens are in no log of the library.
pub fn begin(verbose: u8, ci: Ci) {
    let level = match verbose {
        0 => return,
        1 => "golive=debug,lro=info",
        2 => "golive=debug,lro=debug,golive_emulator=info",
        _ => "trace,h2=info,hyper=info,hyper_util=info,rustls=info",
    };
    let colored = anstream::ColorChoice::global() == anstream::ColorChoice::Always;
    let colored = colored && ci == Ci::None;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(move || Lines { ci: ci.clone() })
        .with_ansi(colored)
        .finish();
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
