//! Files with settings: `golive.toml`.

use super::key::{self, Key};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const NAME: &str = "golive.toml";
/// Far above any real file.
const LONGEST: u64 = 1024 * 1024;

/// A file with settings.
#[derive(Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    values: BTreeMap<&'static str, String>,
}

impl File {
    /// The value of a setting, as it would be written for a flag.
    pub fn get(&self, key: &Key) -> Option<&str> {
        self.values.get(key.name).map(String::as_str)
    }

    /// Reads a file. `trusted` says whether it may set where tokens come from
    /// and go to.
    pub fn read(path: &Path, trusted: bool) -> Result<Self> {
        let shown = path.display();
        let size = std::fs::metadata(path)
            .with_context(|| format!("the settings in {shown} cannot be read"))?
            .len();
        if size > LONGEST {
            bail!("{shown} is too large for a file with settings");
        }
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the settings in {shown} cannot be read"))?;
        let values = parse(&text, trusted).with_context(|| format!("{shown} cannot be used"))?;
        Ok(Self {
            path: path.to_owned(),
            values,
        })
    }
}

/// The file of the project: that of the folder, or of the nearest one above it,
/// but not above the root of a repository.
pub fn of_project(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The file of the user, whether or not there is one.
pub fn of_user() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.config_dir().join("golive").join(NAME))
}

fn parse(text: &str, trusted: bool) -> Result<BTreeMap<&'static str, String>> {
    let table: Table = text.parse()?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        let key = known(&name)?;
        if key.trusted_only && !trusted {
            bail!(
                "{name} says where tokens come from or go to, and a file in the folder of a \
                 project may be somebody else's: set {name} in {}, in the variable {}, or by flag",
                of_user().map_or("the user's file".to_owned(), |path| path
                    .display()
                    .to_string()),
                key.variable
            );
        }
        values.insert(key.name, written(&name, value)?);
    }
    Ok(values)
}

fn known(name: &str) -> Result<&'static Key> {
    if let Some(key) = key::ALL.into_iter().find(|key| key.name == name) {
        return Ok(key);
    }
    if [
        "token",
        "access-token",
        "client-secret",
        "secret",
        "password",
    ]
    .contains(&name)
    {
        bail!(
            "{name} is a secret, and secrets do not belong into this file: use the environment, \
             a file of its own, or an identity provider"
        );
    }
    let names = key::ALL.iter().map(|key| key.name);
    match crate::suggest::nearest(name, names.clone()) {
        Some(nearest) => bail!("there is no setting {name}; did you mean {nearest}?"),
        None => bail!(
            "there is no setting {name}; there are {}",
            names.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// A value as it would be written for a flag.
fn written(name: &str, value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(list) => {
            let items: Result<Vec<_>> = list.into_iter().map(|it| written(name, it)).collect();
            Ok(items?.join(","))
        }
        other => bail!("{name} must be a string, not {}", other.type_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_flags_would_be() {
        let values = parse("deadline = '5h'\nnotify = ['a@x.com', 'b@x.com']", false).unwrap();
        assert_eq!(values["deadline"], "5h");
        assert_eq!(values["notify"], "a@x.com,b@x.com");
        assert!(parse("", false).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, part) in [
            ("deadlin = '5h'", "did you mean deadline?"),
            ("zzzzzzzz = '5h'", "there are endpoint, authority"),
            ("deadline = 5", "must be a string, not integer"),
            ("token = 'x'", "is a secret"),
            ("endpoint = 'https://x.example'", "somebody else's"),
            ("[waiting]\ndeadline = '5h'", "there is no setting waiting"),
            ("deadline", "expected"),
        ] {
            let error = format!("{:#}", parse(text, false).unwrap_err());
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(parse("endpoint = 'https://x.example'", true).is_ok());
    }

    #[test]
    fn a_project_ends_at_its_repository() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("repository/crates/inner");
        std::fs::create_dir_all(&inner).unwrap();
        let outside = folder.path().join(NAME);
        std::fs::write(&outside, "").unwrap();
        assert_eq!(of_project(&inner), Some(outside));
        std::fs::create_dir(folder.path().join("repository/.git")).unwrap();
        assert_eq!(of_project(&inner), None);
        let inside = folder.path().join("repository").join(NAME);
        std::fs::write(&inside, "").unwrap();
        assert_eq!(of_project(&inner), Some(inside));
    }
}
