//! Real signals at random moments: whatever was under way, the next job goes on
//! with it, and the service has started exactly one operation of each kind.

mod release;
mod submission;

use crate::program::{Ended, run};
use futures_util::StreamExt;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How many runs there are, and how many at a time.
#[derive(Clone, Copy)]
struct Runs {
    count: u64,
    at_a_time: usize,
}

/// Polls are as frequent as the program asks for.
const AT_ONCE: &str = r#"
    [[rule]]
    endpoint = ["publish_offer", "go_live_offer", "get_operation"]
    phase = "after"
    action = { kind = "reply", retry-after = { seconds = 0 } }
"#;

/// Requests take longer than they would, so that the signal often comes while one
/// is under way.
const SLOWED: &str = r#"
    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    phase = "before"
    action = { kind = "delay", milliseconds = 20 }

    [[rule]]
    endpoint = ["publish_offer", "go_live_offer"]
    phase = "after"
    action = { kind = "delay", milliseconds = 20 }
"#;

/// As fast as a release of five days in half a second.
const FAST: f64 = 1e6;

/// The seed: another one by `GOLIVE_TEST_SEED`.
fn seed() -> u64 {
    let seed = std::env::var("GOLIVE_TEST_SEED").ok();
    let seed = seed.map_or(0, |seed| {
        seed.parse().expect("GOLIVE_TEST_SEED is a number")
    });
    println!("GOLIVE_TEST_SEED={seed}");
    seed
}

/// What was sent to the program, and how it ended.
struct Killed {
    signal: &'static str,
    status: ExitStatus,
    stderr: String,
}

impl fmt::Display for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            signal,
            status,
            stderr,
        } = self;
        write!(f, "{signal}: {status}\n{stderr}")
    }
}

impl Killed {
    /// Whether the program had the time to say something.
    fn is_graceful(&self) -> bool {
        let expected = match self.signal {
            "INT" => 130,
            "TERM" => 143,
            _ => return false,
        };
        self.status.code() == Some(expected)
    }
}

fn started(mut command: Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Sends the program a random signal, and waits for its end.
async fn killed(mut child: Child, rng: &mut fastrand::Rng) -> Killed {
    let mut signal = ["INT", "TERM", "KILL"][rng.usize(..3)];
    // It may have ended by itself.
    send(&child, signal).await;
    let ended = async {
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let status = match tokio::time::timeout(Duration::from_secs(20), ended).await {
        Ok(status) => status,
        // A process begins with SIGINT ignored where the shell that started the
        // tests did so in the background.
        Err(_) => {
            signal = "KILL";
            child.kill().unwrap();
            child.wait().unwrap()
        }
    };
    let mut stderr = String::new();
    let mut said = child.stderr.take().unwrap();
    said.read_to_string(&mut stderr).unwrap();
    Killed {
        signal,
        status,
        stderr,
    }
}

async fn send(child: &Child, signal: &'static str) {
    let id = child.id().to_string();
    let kill = move || {
        let mut kill = Command::new("kill");
        kill.args(["-s", signal, &id])
            .stderr(Stdio::null())
            .status()
    };
    tokio::task::spawn_blocking(kill).await.unwrap().unwrap();
}

async fn finished(mut command: Command) -> Ended {
    let run = move || run(&mut command, "");
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// All runs, several at a time; gives how often each kind of end came.
async fn all<F>(Runs { count, at_a_time }: Runs, run: fn(u64) -> F) -> BTreeMap<String, usize>
where
    F: Future<Output = String> + Send + 'static,
{
    let seed = seed();
    let runs = (0..count).map(|index| tokio::spawn(run(seed.wrapping_mul(count) + index)));
    let mut ends = BTreeMap::new();
    let mut runs = futures_util::stream::iter(runs).buffer_unordered(at_a_time);
    while let Some(end) = runs.next().await {
        *ends.entry(end.unwrap()).or_default() += 1;
    }
    println!("{ends:#?}");
    ends
}
