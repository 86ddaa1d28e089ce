//! Writes generated files, or says how they differ from what is there.

use similar::TextDiff;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, relative to the root of the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A file that is not as it would be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its path, relative to the root of the workspace.
    pub path: String,
    /// A unified diff from what is there to what would be generated.
    pub diff: String,
}

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct WriteError {
    path: PathBuf,
    source: io::Error,
}

/// Compares the files with those below `root`; changes nothing.
///
/// A file in a generated folder that is no longer generated is a difference
/// too.
///
/// # Errors
///
/// A file that is there and cannot be read.
pub fn compare(root: &Path, files: &[File]) -> Result<Vec<Difference>, WriteError> {
    let mut differences = Vec::new();
    for file in files {
        let there = read(&root.join(&file.path))?;
        if there.as_deref() != Some(&file.text) {
            let there = there.unwrap_or_default();
            differences.push(difference(&file.path, &there, &file.text));
        }
    }
    for path in stray(root, files)? {
        let there = read(&root.join(&path))?.unwrap_or_default();
        differences.push(difference(&path, &there, ""));
    }
    Ok(differences)
}

/// Writes the files that differ below `root` and removes those that are no
/// longer generated. Returns how many changed.
///
/// # Errors
///
/// A file that cannot be read, written or removed.
pub fn write(root: &Path, files: &[File]) -> Result<usize, WriteError> {
    let mut changed = 0;
    for file in files {
        let path = root.join(&file.path);
        if read(&path)?.as_deref() == Some(&file.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        }
        fs::write(&path, &file.text).map_err(|source| failed(&path, source))?;
        changed += 1;
    }
    for path in stray(root, files)? {
        let path = root.join(path);
        fs::remove_file(&path).map_err(|source| failed(&path, source))?;
        changed += 1;
    }
    Ok(changed)
}

fn difference(path: &str, there: &str, generated: &str) -> Difference {
    let diff = TextDiff::from_lines(there, generated)
        .unified_diff()
        .context_radius(3)
        .header(path, &format!("{path} (as generated)"))
        .to_string();
    Difference {
        path: path.to_owned(),
        diff,
    }
}

/// Files in the generated folders that are not generated.
fn stray(root: &Path, files: &[File]) -> Result<Vec<String>, WriteError> {
    let mut folders: Vec<&str> = files
        .iter()
        .filter_map(|file| file.path.rsplit_once('/').map(|(folder, _)| folder))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    let mut stray = Vec::new();
    for folder in folders {
        let path = root.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(&path, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|source| failed(&path, source))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if !files.iter().any(|file| file.path == name) && entry.path().is_file() {
                stray.push(name);
            }
        }
    }
    stray.sort_unstable();
    Ok(stray)
}

/// The text of a file, with the line ends of Unix; none if it is not there. What is
/// no text, such as half of a write that was interrupted, differs from any text.
fn read(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, error)),
    }
}

fn failed(path: &Path, source: io::Error) -> WriteError {
    WriteError {
        path: path.to_owned(),
        source,
    }
}
