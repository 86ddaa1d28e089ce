//! What `-v` shows: the library's own log, on standard error.

use tracing_subscriber::EnvFilter;

/// Begins to log, if that was asked for. Tokens are in no log of the library.
pub fn begin(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => "golive=debug,lro=info",
        2 => "golive=debug,lro=debug,golive_emulator=info",
        _ => "trace,h2=info,hyper=info,hyper_util=info,rustls=info",
    };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .with_ansi(anstream::ColorChoice::global() == anstream::ColorChoice::Always)
        .finish();
    // Nobody else sets one in this program.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
