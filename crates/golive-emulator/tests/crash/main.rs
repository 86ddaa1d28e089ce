//! What was answered outlives the process: it is killed many times under load,
//! and everything that anybody was told must be true afterwards.
//!
//! `GOLIVE_CRASH_ROUNDS` sets how many times.

mod load;
mod process;

use load::{Told, load};
use process::Process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// How many clients there are; each has an offer of its own.
const CLIENTS: usize = 8;

/// Counts answers, and tells when there were enough.
#[derive(Default)]
struct Answers {
    count: AtomicUsize,
    more: Notify,
}

impl Answers {
    fn another(&self) {
        self.count.fetch_add(1, Ordering::SeqCst);
        self.more.notify_one();
    }

    async fn reach(&self, wanted: usize) {
        while self.count.load(Ordering::SeqCst) < wanted {
            self.more.notified().await;
        }
    }
}

#[tokio::test]
async fn nothing_that_was_answered_is_lost() {
    let rounds = std::env::var("GOLIVE_CRASH_ROUNDS");
    let rounds = rounds.map_or(12, |it| it.parse().expect("a number of rounds"));
    let folder = tempfile::tempdir().unwrap();
    let mut rng = fastrand::Rng::with_seed(5);
    let mut told: Vec<Told> = (0..CLIENTS).map(Told::new).collect();
    let mut answered = 0;
    for round in 0..rounds {
        let process = Process::start(folder.path());
        for client in &mut told {
            client.verify(&process.url, round).await;
        }
        let answers = Arc::new(Answers::default());
        let mut clients = JoinSet::new();
        for client in told.drain(..) {
            let seed = rng.u64(..);
            clients.spawn(load(client, process.url.clone(), seed, answers.clone()));
        }
        // At once, or somewhere in the middle.
        let wanted = rng.usize(0..400);
        answers.reach(wanted).await;
        process.kill();
        while let Some(client) = clients.join_next().await {
            told.push(client.unwrap());
        }
        answered += answers.count.load(Ordering::SeqCst);
    }
    let process = Process::start(folder.path());
    for client in &mut told {
        client.verify(&process.url, rounds).await;
    }
    let operations: usize = told.iter().map(|client| client.operations.len()).sum();
    println!("killed {rounds} times, {answered} answers, {operations} operations, none lost");
    assert!(rounds == 0 || operations > 0);
}

/// A folder is one process's at a time, and says so.
#[tokio::test]
async fn a_folder_in_use_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        golive_emulator::Emulator::builder()
            .data_dir(folder.path())
            .start()
    };
    let first = start().await.unwrap();
    let error = start().await.unwrap_err();
    assert!(error.is_data_dir());
    assert!(std::error::Error::source(&error).is_some());
    first.shutdown().await;
}

/// Not a test: the process that is killed. The test starts this program again
/// with this name.
#[tokio::test]
#[ignore = "it is the process that another test kills"]
async fn serve() {
    let Some(folder) = std::env::var_os(process::FOLDER) else {
        return;
    };
    let emulator = golive_emulator::Emulator::builder()
        .data_dir(folder)
        .speed(36_000.0)
        .start();
    let emulator = emulator.await.unwrap();
    println!("\n{}{}", process::LISTENING, emulator.url());
    std::future::pending::<()>().await;
}
