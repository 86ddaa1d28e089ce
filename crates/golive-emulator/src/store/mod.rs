//! An embedded store, so that a killed emulator goes on where it was.
//!
//! Everything is in memory too, and only written here: one record for each
//! offer, and a few for each session. Records are written by a thread of their
//! own, many in one transaction, and nobody is answered before the records that
//! the answer may rest on are on the disk.

mod writer;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tokio::sync::watch;
use writer::Written;

const RECORDS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("records");

/// The name of the file in the data folder.
const FILE: &str = "emulator.redb";

/// A change of the store.
#[derive(Debug)]
pub(crate) enum Change {
    /// Writes a record.
    Put(String, Vec<u8>),
    /// Puts records where all were whose key begins so, at once: there is no
    /// moment at which some are there.
    Replace {
        prefix: String,
        records: Vec<Record>,
    },
}

/// An embedded store. Copies are the same store.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    thread: Arc<WriterThread>,
    sent: Arc<AtomicU64>,
    written: watch::Receiver<Written>,
}

/// The thread that writes. It ends, and closes the file, with the last copy of
/// the store.
#[derive(Debug)]
struct WriterThread {
    changes: Option<mpsc::Sender<Change>>,
    handle: Option<JoinHandle<()>>,
}

impl Drop for WriterThread {
    fn drop(&mut self) {
        drop(self.changes.take());
        if let Some(handle) = self.handle.take() {
            // So that the folder can be used again at once.
            let _ = handle.join();
        }
    }
}

/// A record: its key and its value.
pub(crate) type Record = (String, Vec<u8>);

impl Store {
    /// Opens the store in a folder, and makes both if they do not exist. Only
    /// one process can have it open.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Vec<Record>), Box<dyn Error + Send + Sync>> {
        std::fs::create_dir_all(folder)?;
        let database = Database::create(folder.join(FILE))?;
        let transaction = database.begin_write()?;
        transaction.open_table(RECORDS)?;
        transaction.commit()?;
        let mut records = Vec::new();
        let table = database.begin_read()?.open_table(RECORDS)?;
        for record in table.iter()? {
            let (key, value) = record?;
            records.push((key.value().to_owned(), value.value().to_owned()));
        }
        drop(table);
        let (changes, received) = mpsc::channel();
        let (done, written) = watch::channel(Written::default());
        let writer = move || writer::run(&database, &received, &done);
        let handle = std::thread::Builder::new()
            .name("emulator-store".to_owned())
            .spawn(writer)?;
        let store = Self {
            thread: Arc::new(WriterThread {
                changes: Some(changes),
                handle: Some(handle),
            }),
            sent: Arc::new(AtomicU64::new(0)),
            written,
        };
        Ok((store, records))
    }

    /// Sends a change to the disk. Changes arrive there in the order in which
    /// they are sent; a lock of the caller keeps those of one record in order.
    pub(crate) fn send(&self, change: Change) {
        // Counted first, so that nobody waits for too few.
        self.sent.fetch_add(1, Ordering::SeqCst);
        if let Some(changes) = &self.thread.changes {
            // A writer that has ended has said so.
            let _ = changes.send(change);
        }
    }

    /// Returns when everything that was sent so far is on the disk; false if it
    /// cannot be written.
    pub(crate) async fn is_written(&self) -> bool {
        let wanted = self.sent.load(Ordering::SeqCst);
        let mut written = self.written.clone();
        let reached = written.wait_for(|it| it.failed || it.count >= wanted).await;
        reached.is_ok_and(|it| !it.failed)
    }
}
