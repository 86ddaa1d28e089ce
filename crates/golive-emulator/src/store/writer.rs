//! Writes what is sent to the store.

use super::{Change, RECORDS};
use redb::{Database, ReadableTable};
use std::sync::mpsc::Receiver;
use tokio::sync::watch;

/// How many changes one transaction takes.
const TOGETHER: usize = 1000;

/// What is on the disk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    /// How many changes are.
    pub(super) count: u64,
    /// No more can be: the disk is full, say.
    pub(super) failed: bool,
}

/// Writes until nobody is left who could send.
pub(super) fn run(database: &Database, changes: &Receiver<Change>, done: &watch::Sender<Written>) {
    while let Ok(first) = changes.recv() {
        let rest = changes.try_iter().take(TOGETHER - 1);
        let batch: Vec<Change> = std::iter::once(first).chain(rest).collect();
        match write(database, &batch) {
            Ok(()) => done.send_modify(|it| it.count += batch.len() as u64),
            Err(_) => {
                done.send_modify(|it| it.failed = true);
                return;
            }
        }
    }
}

/// One transaction, which is on the disk when this returns.
fn write(database: &Database, batch: &[Change]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(RECORDS)?;
        for change in batch {
            match change {
                Change::Put(key, value) => {
                    table.insert(key.as_str(), value.as_slice())?;
                }
                Change::Replace { prefix, records } => {
                    let mut keys = Vec::new();
                    for record in table.range(prefix.as_str()..)? {
                        let key = record?.0.value().to_owned();
                        if !key.starts_with(prefix) {
                            break;
                        }
                        keys.push(key);
                    }
                    for key in keys {
                        table.remove(key.as_str())?;
                    }
                    for (key, value) in records {
                        table.insert(key.as_str(), value.as_slice())?;
                    }
                }
            }
        }
    }
    transaction.commit()?;
    Ok(())
}
