//! The journal: how far each offer is, so that another run can go on.
//!
//! Lines are only ever appended, and each is on the disk before the next step is
//! taken. What a crash has left of a last line is cut off.

use super::record::Record;
use crate::folder;
use crate::moment;
use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const VERSION: u32 = 1;
/// How the first line of a journal begins.
const BEGINNING: &[u8] = br#"{"journal":"golive many""#;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    journal: String,
    version: u32,
    /// The endpoint that the tokens are for.
    endpoint: String,
    time: String,
}

/// An open journal, which no other process can open.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// How long it is, without anything of a line that could not be written.
    length: u64,
}

impl Journal {
    /// Opens a journal, or begins one, and gives what is in it.
    pub fn open(path: &Path, endpoint: &str) -> Result<(Self, Vec<Record>)> {
        let shown = path.display();
        let begins = !path.exists();
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .with_context(|| format!("the journal {shown} cannot be opened"))?;
        // What is read of a device may have no end.
        if !file.metadata().is_ok_and(|it| it.is_file()) {
            bail!("the journal {shown} cannot be used: it is no regular file");
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "another run is using the journal {shown}: wait for its end, or name another \
                 journal for other offers"
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| {
                    format!(
                        "the journal {shown} cannot be locked against a second run: name one on a \
                         local disk"
                    )
                });
            }
        }
        let mut journal = Self {
            file,
            path: path.to_owned(),
            length: 0,
        };
        let records = journal
            .read(endpoint)
            .with_context(|| format!("the journal {shown} cannot be used"))?;
        if begins {
            folder::sync(path);
        }
        Ok((journal, records))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a line, and returns when it is on the disk.
    pub fn append(&mut self, record: &Record) -> Result<()> {
        self.append_all(std::slice::from_ref(record))
    }

    /// Appends lines, and returns when they are on the disk.
    pub fn append_all(&mut self, records: &[Record]) -> Result<()> {
        self.write(records)
            .with_context(|| format!("the journal {} cannot be written", self.path.display()))
    }

    fn write(&mut self, lines: &[impl Serialize]) -> Result<()> {
        let mut bytes = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut bytes, line)?;
            bytes.push(b'\n');
        }
        let mut written = || -> std::io::Result<()> {
            self.file.write_all(&bytes)?;
            self.file.sync_data()
        };
        match written() {
            Ok(()) => {
                self.length += u64::try_from(bytes.len())?;
                Ok(())
            }
            Err(error) => {
                // So that a later line does not begin in the middle of this one. If
                // that fails too, the next run cuts it off.
                let _ = self.file.set_len(self.length);
                Err(error.into())
            }
        }
    }

    fn read(&mut self, endpoint: &str) -> Result<Vec<Record>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        let beginning = u64::try_from(BEGINNING.len())?;
        (&self.file).take(beginning).read_to_end(&mut bytes)?;
        // Nobody's other file is read as a whole, which may be large, or cut off.
        if !BEGINNING.starts_with(&bytes) {
            bail!(NOT_ONE);
        }
        self.file.read_to_end(&mut bytes)?;
        let end = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = end.map_or(0, |end| end + 1);
        let (lines, torn) = bytes.split_at(whole);
        if lines.is_empty() {
            self.file.set_len(0)?;
            self.write(&[Header {
                journal: "golive many".to_owned(),
                version: VERSION,
                endpoint: endpoint.to_owned(),
                time: moment::now(),
            }])?;
            return Ok(Vec::new());
        }
        let mut lines = lines[..whole - 1].split(|byte| *byte == b'\n');
        let header = lines.next().unwrap_or_default();
        let header: Header = serde_json::from_slice(header).context(NOT_ONE)?;
        if header.version != VERSION {
            bail!(
                "it is of version {}, and this program knows version {VERSION}",
                header.version
            );
        }
        if header.endpoint != endpoint {
            bail!(
                "it is of {}, and the endpoint is {endpoint}: name another journal",
                header.endpoint
            );
        }
        let mut records = Vec::new();
        for (index, line) in lines.enumerate() {
            let record = serde_json::from_slice(line).map_err(|error| {
                anyhow!(
                    "its line {} is damaged: {error}; only the last line may be",
                    index + 2
                )
            })?;
            records.push(record);
        }
        if !torn.is_empty() {
            self.file.set_len(u64::try_from(whole)?)?;
            self.file.sync_data()?;
        }
        self.length = u64::try_from(whole)?;
        Ok(records)
    }
}

impl Drop for Journal {
    /// Another process may be about to start a program, and has the open file too until
    /// it does: closing ours would not give the lock back before that.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

const NOT_ONE: &str = "it is no journal of golive many: name another file";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::many::Action;
    use crate::commands::many::record::{State, Submission};

    const ENDPOINT: &str = "https://a.example";

    fn record(offer: &str) -> Record {
        Record {
            time: moment::now(),
            publisher: "contoso".into(),
            offer: offer.into(),
            action: Action::Release,
            preview: None,
            state: State::Pending {
                submission: Submission::GoLive,
            },
        }
    }

    fn offers(records: &[Record]) -> Vec<&str> {
        records.iter().map(|it| it.offer.as_str()).collect()
    }

    fn error(path: &Path) -> String {
        format!("{:#}", Journal::open(path, ENDPOINT).unwrap_err())
    }

    /// Whatever byte a crash has written last, what was written before is there,
    /// and the journal can be written on.
    #[test]
    fn a_torn_last_line_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, records) = Journal::open(&path, ENDPOINT).unwrap();
        assert!(records.is_empty());
        journal.append(&record("a")).unwrap();
        journal.append(&record("b")).unwrap();
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let (mut journal, records) = Journal::open(&path, ENDPOINT).unwrap();
            let lines = whole[..length].iter().filter(|it| **it == b'\n').count();
            let before = &["a", "b"][..lines.saturating_sub(1)];
            assert_eq!(offers(&records), before, "{length}");
            journal.append(&record("c")).unwrap();
            drop(journal);
            let (_, records) = Journal::open(&path, ENDPOINT).unwrap();
            assert_eq!(offers(&records), [before, &["c"]].concat(), "{length}");
        }
    }

    #[test]
    fn only_one_process_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let open = Journal::open(&path, ENDPOINT).unwrap();
        assert!(error(&path).contains("another run is using the journal"));
        drop(open);
        Journal::open(&path, ENDPOINT).unwrap();
    }

    /// A process that starts a program has a copy of each open file until it does.
    #[test]
    fn a_copy_of_the_open_file_does_not_keep_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (journal, _) = Journal::open(&path, ENDPOINT).unwrap();
        let _copy = journal.file.try_clone().unwrap();
        drop(journal);
        Journal::open(&path, ENDPOINT).unwrap();
    }

    /// What is read of it has no end.
    #[cfg(unix)]
    #[test]
    fn a_device_is_refused() {
        assert!(error(Path::new("/dev/full")).contains("no regular file"));
    }

    #[test]
    fn another_file_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for text in ["publisher,offer\n", "no end of line", "{}\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(error(&path).contains("no journal"), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn damage_elsewhere_and_other_endpoints_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        drop(Journal::open(&path, "https://b.example").unwrap());
        assert!(error(&path).contains("it is of https://b.example"));
        let other = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, other.replace("\"version\":1", "\"version\":2")).unwrap();
        assert!(error(&path).contains("of version 2"));
        let ours = other.replace("b.example", "a.example");
        std::fs::write(&path, format!("{ours}{{\"time\"\n{{}}\n")).unwrap();
        assert!(error(&path).contains("its line 2 is damaged"));
    }
}
