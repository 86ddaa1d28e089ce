//! The folder that a file is in.

use std::fs::File;
use std::path::Path;

/// The folder that a file is in.
pub fn of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes the name of a new file outlive a crash of the machine, where that is
/// possible.
pub fn sync(path: &Path) {
    let _ = File::open(of(path)).and_then(|folder| folder.sync_all());
}
