//! `cargo xtask conformance [lro | emulator | page]`

mod emulator;
mod page;
mod program;

use crate::cargo;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// Exact, because the suite's internals are patched below.
const PACKAGES: [&str; 2] = [
    "@azure-tools/azure-http-specs@0.1.0-alpha.38-dev.2",
    "@typespec/spector@0.1.0-alpha.24-dev.2",
];
const SERVER: &str = "node_modules/@typespec/spector/dist/src/server/server.js";
const PROGRAM: &str = "node_modules/@typespec/spector/cmd/cli.mjs";
const SPECS: &str = "node_modules/@azure-tools/azure-http-specs/specs";

/// Runs what outsiders have written against what is here: all of it, or one
/// part.
pub fn run(part: Option<&str>) -> ExitCode {
    let parts: &[fn() -> ExitCode] = match part {
        None => &[lro, emulator::run, page::run],
        Some("lro") => &[lro],
        Some("emulator") => &[emulator::run],
        Some("page") => &[page::run],
        Some(other) => {
            eprintln!("conformance: there is no part {other}: lro, emulator, page");
            return ExitCode::from(2);
        }
    };
    for part in parts {
        let code = part();
        if code != ExitCode::SUCCESS {
            return code;
        }
    }
    ExitCode::SUCCESS
}

/// Runs the scenarios of long-running operations of the public conformance
/// suite for Azure clients against `lro`, in a folder of the build.
fn lro() -> ExitCode {
    for program in ["node", "npm", "git"] {
        if quiet(Command::new(program).arg("--version")).is_err() {
            println!("conformance: skipped, because {program} is not installed");
            return ExitCode::SUCCESS;
        }
    }
    match prepare().and_then(|folder| serve(&folder)) {
        Ok((server, url)) => {
            let mut test = cargo::cargo();
            test.args(["test", "-p", "lro", "--features", "reqwest"])
                .args(["--test", "conformance"])
                .env("SPECTOR_URL", url);
            let code = cargo::run(test);
            drop(server);
            code
        }
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Installs the suite, once.
fn prepare() -> Result<PathBuf, Box<dyn Error>> {
    let folder = cargo::target().join("conformance");
    fs::create_dir_all(&folder)?;
    // The server wants to be in a git repository with a commit.
    if !folder.join(".git").exists() {
        quiet(Command::new("git").arg("init").current_dir(&folder))?;
    }
    if quiet(
        Command::new("git")
            .args(["rev-parse", "HEAD"])
            .current_dir(&folder),
    )
    .is_err()
    {
        quiet(
            Command::new("git")
                .args([
                    "-c",
                    "user.name=conformance",
                    "-c",
                    "user.email=none@localhost",
                ])
                .args(["commit", "--allow-empty", "--message", "Conformance suite"])
                .current_dir(&folder),
        )?;
    }
    if !folder.join(PROGRAM).exists() || !folder.join(SPECS).exists() {
        println!("conformance: installing {}", PACKAGES.join(" and "));
        quiet(
            Command::new("npm")
                .args(["install", "--prefix", ".", "--no-save", "--ignore-scripts"])
                .args(["--legacy-peer-deps", "--no-audit", "--no-fund"])
                .args(PACKAGES)
                .current_dir(&folder),
        )?;
    }
    pin_to_loopback(&folder.join(SERVER))?;
    Ok(folder)
}

/// The server would listen on every interface of the machine.
fn pin_to_loopback(server: &Path) -> Result<(), Box<dyn Error>> {
    let code = fs::read_to_string(server)?;
    let open = "this.app.listen(this.config.port, () =>";
    let pinned = r#"this.app.listen(this.config.port, "127.0.0.1", () =>"#;
    if !code.contains(pinned) {
        if !code.contains(open) {
            return Err("the suite's server has changed: it cannot be pinned to 127.0.0.1".into());
        }
        fs::write(server, code.replace(open, pinned))?;
    }
    Ok(())
}

/// Stops the server when it goes out of scope.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the server and waits until it listens. It has to be told its port, which
/// somebody else may take in between: then it gets another one.
fn serve(folder: &Path) -> Result<(Server, String), Box<dyn Error>> {
    for _ in 0..4 {
        if let Some(served) = serve_once(folder)? {
            return Ok(served);
        }
    }
    Err("the suite's server did not start".into())
}

/// None if it has ended without listening.
fn serve_once(folder: &Path) -> Result<Option<(Server, String)>, Box<dyn Error>> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    let child = Command::new("node")
        .args([PROGRAM, "serve", SPECS, "--port", &port.to_string()])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let mut server = Server(child);
    let output = server.0.stdout.take().ok_or("the server has no output")?;
    let mut output = BufReader::new(output);
    let mut line = String::new();
    while !line.contains("Started server") {
        line.clear();
        if output.read_line(&mut line)? == 0 {
            return Ok(None);
        }
    }
    // Its log is read on, so that it never waits for a reader.
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while matches!(output.read(&mut buffer), Ok(length) if length > 0) {}
    });
    Ok(Some((server, format!("http://127.0.0.1:{port}"))))
}

/// Runs a command, and keeps its output for when it fails.
fn quiet(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {}", output.status, told.trim()).into())
}
