//! `bench build`: the generated client of a contract with ten times the endpoints.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::cargo::{build, cargo, run};
use crate::generator::Copies;
use crate::growth::{Growth, least};
use crate::report::Report;
use crate::root;

/// Compiles the client as it is, and with ten times the endpoints.
pub fn report() -> Result<Report> {
    let mut growth = Growth::new(
        "build-growth",
        "Compiling the client of ten times the endpoints",
        "`cargo build -p golive-client`, unoptimized, where only that crate is left to compile: as \
         it is, and generated from the contract with all its endpoints and components 10 times. \
         Processor time, the least of 3 builds. A hundred times are left out: they take the \
         compiler minutes. Nothing else in a build has a size of its own that could grow.",
    );
    let copies = Copies::begin()?;
    let folder = tempfile::tempdir()?;
    workspace(folder.path())?;
    let mut seconds = Vec::new();
    for count in [1, 10] {
        let contract = copies.contract(count)?;
        copies.generate(&contract, folder.path())?;
        let cpu = least(3, || compile(folder.path()))?;
        seconds.push(cpu / count as f64);
    }
    growth.measured("endpoints: 14, 140; s for 14", &seconds);
    Ok(growth.finish())
}

/// A workspace with only the client in it, and all that it depends on compiled.
fn workspace(folder: &Path) -> Result<()> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let (_, rest) = manifest
        .split_once("\n[workspace.package]")
        .context("the workspace has a package")?;
    let (rest, _) = rest
        .split_once("\n[profile.release]")
        .context("the workspace has a release profile")?;
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/golive-client\"]\n\n\
         [workspace.package]{rest}"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    copy(
        &root().join("crates/golive-client"),
        &folder.join("crates/golive-client"),
    )?;
    // Takes out of the lock file what is not needed.
    run(cargo(folder).arg("fetch"))?;
    run(&mut client(folder))?;
    Ok(())
}

fn client(folder: &Path) -> std::process::Command {
    let mut command = cargo(folder);
    command.args(["build", "--locked", "--package", "golive-client"]);
    command.arg("--target-dir").arg(folder.join("target"));
    command
}

/// Seconds of processor time for the client alone.
fn compile(folder: &Path) -> Result<f64> {
    run(cargo(folder).args([
        "clean",
        "--package",
        "golive-client",
        "--target-dir",
        "target",
    ]))?;
    let built = build(&mut client(folder))?;
    ensure!(built.crates == 1, "{} crates were compiled", built.crates);
    Ok(built.cpu)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, to) = (entry?, to);
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &to)?,
            false => drop(fs::copy(entry.path(), to)?),
        }
    }
    Ok(())
}
