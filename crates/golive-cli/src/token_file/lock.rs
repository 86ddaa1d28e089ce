//! Only one process at a time uses a token file.

use super::folder;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// How often a lock is taken that is removed in the same moment.
const ATTEMPTS: u32 = 100;

/// A lock beside a token file. The token file itself is replaced by a new one at each
/// write, so that it cannot carry the lock. It goes away with whoever has it; what a
/// process that was killed has left serves the next one.
#[derive(Debug)]
pub struct Lock {
    /// Held as long as it is open.
    _file: File,
    path: PathBuf,
}

/// Another process has it.
#[derive(Debug)]
pub struct Busy(PathBuf);

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "another run of golive is using the token file {}: wait for its end, or name another \
             file; to watch the same operation, give golive wait the token itself",
            self.0.display()
        )
    }
}

impl std::error::Error for Busy {}

impl Lock {
    /// Takes the lock of a token file.
    pub fn take(token_file: &Path) -> Result<Self> {
        let mut name = OsString::from(".");
        name.push(token_file.file_name().unwrap_or_default());
        name.push(".lock");
        let path = folder::of(token_file).join(name);
        for _ in 0..ATTEMPTS {
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Busy(token_file.to_owned()).into()),
                Err(TryLockError::Error(error)) => {
                    return Err(error).context(
                        "it cannot be locked against a second run: name one on a local disk",
                    );
                }
            }
            // Whoever had it may have removed it in between.
            if is_at(&file, &path) {
                return Ok(Self { _file: file, path });
            }
        }
        Err(Busy(token_file.to_owned()).into())
    }
}

/// Whether the open file is the one that has the name now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |it: std::fs::Metadata| (it.dev(), it.ino());
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => id(open) == id(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    /// Removes it while it is still held. Elsewhere an open file cannot be told from a
    /// new one of the same name, and it stays.
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn one_at_a_time_has_it_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let lock = Lock::take(&file).unwrap();
        let error = Lock::take(&file).unwrap_err();
        assert!(error.is::<Busy>(), "{error}");
        Lock::take(&folder.path().join("other")).unwrap();
        drop(lock);
        // A process that another test starts has it too, until it runs its program.
        while Lock::take(&file).is_err() {
            std::thread::yield_now();
        }
        if cfg!(unix) {
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    /// A lock that is removed by one is not held by two others.
    #[test]
    fn whoever_comes_as_it_goes_away_has_it_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let (holders, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        let Ok(lock) = Lock::take(&file) else {
                            continue;
                        };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        taken.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
