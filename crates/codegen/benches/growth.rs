//! The generator on a contract that is the real one many times over. `growth
//! contract COPIES FILE` writes one, and `growth generate FILE [FOLDER]` generates
//! from it, and writes the files below the folder.
//!
//! `cargo xtask bench codegen` measures this program from outside, and `cargo
//! xtask bench build` compiles what it writes.

use codegen::{Contract, PROJECTS, generate, write};
use serde_json::{Map, Value};
use std::error::Error;
use std::path::Path;

/// The schema that the generator knows by its name, and the parameter too.
const NAMED: [&str; 2] = ["/schemas/Timestamp", "/parameters/ApiVersion"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let project = &PROJECTS[0];
    match arguments[..] {
        ["contract", copies, file] => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            let yaml = std::fs::read_to_string(root.join(project.contract))?;
            let contract = Contract::parse(&yaml)?;
            let document = repeated(contract.document(), copies.parse()?);
            std::fs::write(file, serde_saphyr::to_string(&document)?)?;
        }
        ["generate", file, ref folder @ ..] => {
            let yaml = std::fs::read_to_string(file)?;
            let files = generate(project, &Contract::parse(&yaml)?)?;
            if let Some(folder) = folder.first() {
                write(Path::new(folder), &files)?;
            }
        }
        // `cargo bench` and `cargo test --benches` run this too, and want nothing.
        _ => {}
    }
    Ok(())
}

/// The document with all its endpoints and components so many times, each copy
/// under paths and names of its own.
fn repeated(document: &Value, copies: usize) -> Value {
    let mut all = document.clone();
    for nr in 1..copies {
        let suffix = format!("Copy{nr}");
        let paths = entries(document, "/paths").map(|(path, item)| {
            let path = path.replacen("/api/", &format!("/api/{suffix}/"), 1);
            (path, renamed(item, &suffix))
        });
        add(&mut all, "/paths", paths.collect());
        for (kind, _) in entries(document, "/components") {
            let pointer = format!("/components/{kind}");
            let copied = entries(document, &pointer)
                .filter(|(name, _)| !NAMED.contains(&format!("/{kind}/{name}").as_str()))
                .map(|(name, item)| (format!("{name}{suffix}"), renamed(item, &suffix)));
            add(&mut all, &pointer, copied.collect());
        }
    }
    all
}

/// A value with other names in what it defines and in what it refers to.
fn renamed(value: &Value, suffix: &str) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|it| renamed(it, suffix)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("operationId", Value::String(id)) => {
                        format!("{id}_{}", suffix.to_lowercase()).into()
                    }
                    ("$ref", Value::String(to)) if !NAMED.iter().any(|it| to.ends_with(it)) => {
                        format!("{to}{suffix}").into()
                    }
                    (_, value) => renamed(value, suffix),
                };
                (key.clone(), value)
            });
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

fn entries<'a>(
    document: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    let object = document.pointer(pointer).and_then(Value::as_object);
    object.into_iter().flatten()
}

fn add(document: &mut Value, pointer: &str, more: Map<String, Value>) {
    let object = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    object.expect("the contract has it").extend(more);
}
