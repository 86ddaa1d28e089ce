//! Ten thousand offers, each with a running operation, polled by a thousand
//! connections; beside a bare axum handler that returns the same bytes, with the
//! same load, in the same run: `cargo xtask bench emulator`.
//!
//! Each server is this program again, in a process of its own.

mod generator;
mod servers;

use generator::Load;
use servers::Server;
use std::process::ExitCode;
use std::time::Duration;

const OFFERS: usize = 10_000;
const CONNECTIONS: usize = 1_000;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(3);
/// What is wanted of the emulator, as a share of the bare handler's throughput.
const WANTED: f64 = 0.6;

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
    let bare = Server::start("serve-bare", &sample);
    let mut rates = Vec::new();
    for round in 0..ROUNDS {
        // In turns, so that whatever else the machine does meets both.
        let ours = Load::run(&emulator.address, &urls, CONNECTIONS, ROUND).await;
        let theirs = Load::run(&bare.address, &urls, CONNECTIONS, ROUND).await;
        println!(
            "round {}: emulator {ours}; bare handler {theirs}",
            round + 1
        );
        assert_eq!(
            (ours.errors, theirs.errors),
            (0, 0),
            "an answer was not 200"
        );
        rates.push((ours.rate(), theirs.rate()));
    }
    let mut shares: Vec<f64> = rates.iter().map(|(ours, theirs)| ours / theirs).collect();
    shares.sort_by(f64::total_cmp);
    let share = shares[ROUNDS / 2];
    println!(
        "memory of the emulator: {} MiB at the start, {} MiB with the offers, {} MiB under load",
        empty >> 10,
        emulator.memory() >> 10,
        emulator.peak_memory() >> 10,
    );
    println!(
        "share of the bare handler's throughput, median: {:.0} %",
        share * 100.0
    );
    if share < WANTED {
        eprintln!(
            "load: less than the {:.0} % that are wanted",
            WANTED * 100.0
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
