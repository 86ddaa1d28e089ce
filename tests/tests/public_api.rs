//! The public surface of the hand-written libraries, so that a change of it is a
//! visible diff, and a check that nothing foreign is in it.
//!
//! It reads rustdoc's JSON, whose form belongs to one toolchain. `cargo xtask api`
//! runs it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What may be in a signature, with the lines where it may be.
const ALLOWED: [(&str, &str); 3] = [
    // The escape hatch to the generated client.
    ("golive_client::", "golive::Portal::low_level"),
    // Adapters behind features of their own.
    ("reqwest::", "lro::ReqwestTransport"),
    ("tower_service::", "lro::TowerTransport"),
];

/// Crates whose types must not be in a signature: a new release of theirs would
/// be a breaking one of ours.
const FOREIGN: [&str; 10] = [
    "azure_core::",
    "azure_identity::",
    "golive_client::",
    "hyper::",
    "jiff::",
    "progenitor_client::",
    "reqwest::",
    "secrecy::",
    "tokio::",
    "tower_service::",
];

fn surface(package: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // The same folder, so that what other steps have built serves here too.
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => root.join("target"),
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "rustdoc",
            "--quiet",
            "--lib",
            "--all-features",
            "--package",
            package,
        ])
        .arg("--target-dir")
        .arg(&target)
        .args([
            "--",
            "-Z",
            "unstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        // rustdoc's JSON is not stable, and no toolchain but the stable one is needed.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(&root)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "rustdoc fails");
    let json = target.join(format!("doc/{package}.json"));
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("the JSON is of a known form");
    api.to_string()
}

fn foreign(surface: &str) -> Vec<&str> {
    let is_allowed = |line: &str, name: &str| {
        ALLOWED
            .iter()
            .any(|(allowed, place)| *allowed == name && line.contains(place))
    };
    surface
        .lines()
        .filter(|line| {
            FOREIGN
                .iter()
                .any(|name| line.contains(name) && !is_allowed(line, name))
        })
        .collect()
}

#[test]
#[ignore = "rustdoc's JSON belongs to one toolchain: run `cargo xtask api`"]
fn the_surface_of_lro() {
    let surface = surface("lro");
    assert_eq!(foreign(&surface), [""; 0]);
    insta::assert_snapshot!(surface);
}

#[test]
#[ignore = "rustdoc's JSON belongs to one toolchain: run `cargo xtask api`"]
fn the_surface_of_golive() {
    let surface = surface("golive");
    assert_eq!(foreign(&surface), [""; 0]);
    insta::assert_snapshot!(surface);
}
