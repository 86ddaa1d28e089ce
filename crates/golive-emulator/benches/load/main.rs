//! Ten thousand offers, each with a running operation, polled by a thousand
//! connections; beside a bare axum handler that returns the same bytes, with the
//! same load, in the same run: `cargo xtask bench emulator`.
//!
//! Each server is this program again, in a process and on a thread of its own. The
//! bare handler returns an answer of the emulator, with all of its headers. The
//! processor time of an answer is the server's alone, so that it says how the two
//! compare even where the load or other programs take the cores.

mod generator;
mod processor;
mod servers;

use generator::Load;
use servers::Server;
use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

const OFFERS: usize = 10_000;
const CONNECTIONS: usize = 1_000;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(3);
/// What is wanted of the emulator, in percent of the bare handler's throughput.
const WANTED: f64 = 60.0;

fn main() -> ExitCode {
    let role = std::env::args().nth(1).unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match role.as_str() {
        "serve-emulator" => runtime.block_on(servers::emulator()),
        "serve-bare" => runtime.block_on(servers::bare()),
        // `cargo test --benches` runs this too, and wants no measurement.
        "--bench" => return runtime.block_on(measure()),
        _ => {}
    }
    ExitCode::SUCCESS
}

async fn measure() -> ExitCode {
    let emulator = Server::start("serve-emulator", "");
    println!("load: {OFFERS} offers, {CONNECTIONS} connections");
    let empty = emulator.memory();
    let urls = generator::prepare(&emulator.address, OFFERS).await;
    let sample = generator::one(&emulator.address, &urls[0]).await;
    let ready = emulator.memory();
    let bare = Server::start("serve-bare", &sample);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        // In turns, so that whatever else the machine does meets both.
        let ours = Side::measure(&emulator, &urls).await;
        let theirs = Side::measure(&bare, &urls).await;
        println!(
            "round {}\n  emulator      {ours}\n  bare handler  {theirs}",
            rounds.len() + 1
        );
        let errors = (ours.load.errors, theirs.load.errors);
        assert_eq!(errors, (0, 0), "an answer was not 200");
        rounds.push((ours, theirs));
    }
    println!(
        "memory of the emulator: {} MiB at the start, {} MiB with the offers, {} MiB under load",
        empty >> 10,
        ready >> 10,
        emulator.peak_memory() >> 10,
    );
    for offers in [OFFERS / 100, OFFERS / 10, OFFERS] {
        println!("growth {offers} {:.1} us", growth(offers).await);
    }
    let share = |of: fn(&Side) -> f64| {
        let shares = rounds.iter().map(|(ours, theirs)| of(ours) / of(theirs));
        let mut shares: Vec<f64> = shares.collect();
        shares.sort_by(f64::total_cmp);
        shares[ROUNDS / 2] * 100.0
    };
    let throughput = share(|side| side.load.rate());
    println!(
        "medians, of the bare handler's: throughput {throughput:.0} %, processor time of an \
         answer {:.0} %, 99th percentile {:.0} %",
        share(Side::each),
        share(|side| side.load.latency(0.99).as_secs_f64()),
    );
    if throughput < WANTED {
        eprintln!("load: less than the {WANTED:.0} % of the throughput that are wanted");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Processor time of an answer of an emulator with so many offers, in microseconds;
/// the least of three rounds.
async fn growth(offers: usize) -> f64 {
    let emulator = Server::start("serve-emulator", "");
    let urls = generator::prepare(&emulator.address, offers).await;
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        least = least.min(Side::measure(&emulator, &urls).await.each());
    }
    least
}

/// A round of one server.
struct Side {
    load: Load,
    /// Processor time that the server took.
    used: Duration,
}

impl Side {
    async fn measure(server: &Server, urls: &[String]) -> Self {
        let used = server.used();
        let load = Load::run(&server.address, urls, CONNECTIONS, ROUND).await;
        Self {
            used: server.used() - used,
            load,
        }
    }

    /// Processor time of the server for an answer, in microseconds.
    fn each(&self) -> f64 {
        self.used.as_secs_f64() * 1e6 / self.load.answers as f64
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let load = &self.load;
        let busy = |used: Duration| 100.0 * used.as_secs_f64() / load.took.as_secs_f64();
        write!(
            f,
            "{:.0} answers/s; {:.1} us of processor time each; busy: server {:.0} %, generator \
             {:.0} % of a core; 50th, 99th percentile and slowest: {:.1?}, {:.1?}, {:.1?}",
            load.rate(),
            self.each(),
            busy(self.used),
            busy(load.used),
            load.latency(0.5),
            load.latency(0.99),
            load.latency(1.0),
        )
    }
}
