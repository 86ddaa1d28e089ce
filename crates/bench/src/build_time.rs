//! `bench build`: what a consumer compiles.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::cargo::{Build, build, cargo, run};
use crate::report::{Bound, Report};
use crate::root;

/// What somebody may depend on.
pub const CONSUMED: [&str; 6] = [
    "lro",
    "golive-client",
    "golive",
    "golive-httpmock",
    "golive-emulator",
    "golive-cli",
];

/// Clean builds, beside azure_core.
pub fn report() -> Result<Report> {
    let mut report = Report::new(
        "build",
        "What a consumer compiles",
        "A clean `cargo build -p PACKAGE` with the package's default features, unoptimized, into \
         an empty folder with everything downloaded; beside a package that depends on azure_core \
         1.1.0 with its default features, at the same versions of what both use. Crates are those \
         that cargo compiles. The generator counts for the tree of a consumer, with all features, \
         as `progenitor`, `progenitor-impl`, `progenitor-macro` and the crates of typify.",
        &[
            ("crates", 0),
            ("wall, s", 1),
            ("CPU, s", 1),
            ("CPU of azure_core", 2),
            ("generator in its tree", 0),
        ],
    );
    let azure = azure_core()?;
    let (mut lro, mut generator) = (None, 0);
    for package in CONSUMED {
        let found = generator_crates(package)?;
        let built = match package {
            "lro" | "golive" | "golive-client" => Some(clean_build(&root(), package)?),
            _ => None,
        };
        let of = |figure: fn(&Build) -> f64| built.as_ref().map(figure);
        report.row(
            package,
            &[
                of(|it| it.crates as f64),
                of(|it| it.wall),
                of(|it| it.cpu),
                built.as_ref().map(|it| it.cpu / azure.cpu),
                Some(found as f64),
            ],
        );
        generator += found;
        lro = lro.or(built);
    }
    report.row(
        "azure_core",
        &[
            Some(azure.crates as f64),
            Some(azure.wall),
            Some(azure.cpu),
            Some(1.0),
            None,
        ],
    );
    report.budget(
        "crates of the generator in any of the trees",
        Bound::Most(0.0),
        generator as f64,
    );
    if let Some(lro) = lro {
        report.budget(
            "crates of lro / azure_core",
            Bound::Below(1.0),
            lro.crates as f64 / azure.crates as f64,
        );
        report.budget(
            "CPU to build lro / azure_core",
            Bound::Below(1.0),
            lro.cpu / azure.cpu,
        );
    }
    Ok(report)
}

fn clean_build(folder: &Path, package: &str) -> Result<Build> {
    let target = tempfile::tempdir()?;
    run(cargo(folder).args(["fetch", "--locked"]))?;
    let mut command = cargo(folder);
    command.args(["build", "--locked", "--package", package]);
    build(command.arg("--target-dir").arg(target.path()))
}

/// A package that depends on azure_core, and on nothing else.
fn azure_core() -> Result<Build> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("src"))?;
    fs::write(folder.path().join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"consumer\"\nedition = \"2024\"\n\n\
         [dependencies]\nazure_core = \"=1.1.0\"\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n\
         [profile.dev.package.\"*\"]\ndebug = false\n";
    fs::write(folder.path().join("Cargo.toml"), manifest)?;
    let lock = folder.path().join("Cargo.lock");
    fs::copy(root().join("crates/bench/peers/Cargo.lock"), &lock)?;
    // Takes out what is not needed, and puts in what is missing.
    run(cargo(folder.path()).arg("fetch"))?;
    clean_build(folder.path(), "consumer")
}

/// Crates of the generator among what a package is built from, with all features.
///
/// # Errors
///
/// Cargo does not say.
pub fn generator_crates(package: &str) -> Result<usize> {
    let mut command = cargo(&root());
    command.args(["tree", "--locked", "--package", package]);
    let tree = run(command.args([
        "--all-features",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ]))?;
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let generator = names.filter(|name| {
        matches!(*name, "progenitor" | "progenitor-impl" | "progenitor-macro")
            || name.starts_with("typify")
    });
    Ok(generator.collect::<BTreeSet<_>>().len())
}
