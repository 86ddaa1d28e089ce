//! Settings: flags over the environment over files over defaults.

mod file;
pub mod key;
mod settings;

pub use settings::{Flags, Setting, Settings};

use anyhow::{Result, anyhow, bail};
use file::File;
use key::Key;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag(&'static str),
    /// The environment.
    Variable(&'static str),
    /// A file.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag --{name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Refuses variables of this program that are no text: they would count as not set.
pub fn readable_environment() -> Result<()> {
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("GOLIVE_") && value.to_str().is_none() {
            bail!("the variable {name} is not UTF-8");
        }
    }
    Ok(())
}

/// What is set outside the command line.
pub struct Layers<'a> {
    environment: Environment<'a>,
    /// The project's before the user's.
    files: Vec<File>,
}

impl<'a> Layers<'a> {
    /// Reads the files. With `explicit` that one is read and no other.
    pub fn read(environment: Environment<'a>, explicit: Option<&Path>) -> Result<Self> {
        let variable = environment("GOLIVE_CONFIG").filter(|path| !path.is_empty());
        let explicit = explicit.map(Path::to_owned).or(variable.map(PathBuf::from));
        let mut files = Vec::new();
        if let Some(path) = explicit {
            files.push(File::read(&path, true)?);
        } else {
            let user = file::of_user();
            let project = std::env::current_dir().ok();
            let project = project.and_then(|folder| file::of_project(&folder));
            if let Some(path) = project.filter(|path| Some(path) != user.as_ref()) {
                files.push(File::read(&path, false)?);
            }
            if let Some(path) = user.filter(|path| path.is_file()) {
                files.push(File::read(&path, true)?);
            }
        }
        Ok(Self { environment, files })
    }

    /// The value of a setting and its source, as text; none if it has no default
    /// and nobody set it. A variable that is set to nothing counts as not set:
    /// pipelines do that.
    fn text(&self, key: &Key) -> Option<(String, Source)> {
        if let Some(text) = (self.environment)(key.variable).filter(|text| !text.is_empty()) {
            return Some((text, Source::Variable(key.variable)));
        }
        for file in &self.files {
            if let Some(text) = file.get(key) {
                return Some((text.to_owned(), Source::File(file.path.clone())));
            }
        }
        Some((key.default?.to_owned(), Source::Default))
    }

    /// The value of a setting: the flag's if it was given.
    fn pick<T>(&self, key: &Key, flag: Option<&T>) -> Result<Option<Setting<T>>>
    where
        T: FromStr + Clone,
        T::Err: fmt::Display,
    {
        if let Some(value) = flag {
            return Ok(Some(Setting {
                value: value.clone(),
                source: Source::Flag(key.name),
            }));
        }
        let Some((text, source)) = self.text(key) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(value) => Ok(Some(Setting { value, source })),
            Err(error) => Err(anyhow!("{} of {source} cannot be used: {error}", key.name)),
        }
    }
}
