//! Runs other programs from the root of the workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Cargo, as the one that runs this program.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    at_root(Command::new(cargo))
}

/// The root of the workspace.
pub fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// The folder of the build.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("target"),
    }
}

/// A command in the root of the workspace.
pub fn at_root(mut command: Command) -> Command {
    command.current_dir(root());
    command
}

/// Runs a command and passes its exit code on.
pub fn run(mut command: Command) -> ExitCode {
    match command.status() {
        Ok(status) => match status.code().and_then(|code| u8::try_from(code).ok()) {
            Some(code) => ExitCode::from(code),
            None => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!(
                "xtask: {}: {error}",
                command.get_program().to_string_lossy()
            );
            ExitCode::FAILURE
        }
    }
}
