//! One thing that is measured, in a process of its own: `bench subject NAME
//! COUNT` prepares it, does the work COUNT times and prints what that cost.

use std::alloc::System;

use anyhow::{Context, Result};
use bench_poll::subject::Subject;
use serde::{Deserialize, Serialize};
use stats_alloc::{Region, StatsAlloc};

use crate::process;

/// The counting allocator of the program `bench-count`.
pub type Counter = &'static StatsAlloc<System>;

/// What doing the work has cost.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Sample {
    /// How many times it was done.
    pub count: u64,
    /// Processor time of all threads, with the kernel's part, in nanoseconds.
    pub cpu: u64,
    /// Wall time, in nanoseconds.
    pub wall: u64,
    /// How much the resident memory has grown since the work was prepared, in
    /// bytes.
    pub resident: u64,
    /// Calls for memory: allocations and reallocations. Only `bench-count`
    /// counts.
    pub allocations: u64,
    /// Bytes that were asked for. Only `bench-count` counts.
    pub bytes: u64,
    /// Bytes held that were not before the work. Only `bench-count` counts.
    pub held: u64,
}

impl Sample {
    /// Processor time each, in nanoseconds.
    pub fn cpu_each(&self) -> f64 {
        self.cpu as f64 / self.count as f64
    }
}

/// The process of a subject: does the work once to warm up, where `warm` says
/// so, and then `count` times.
pub fn run(subject: &Subject, count: u64, warm: u64, counter: Option<Counter>) -> Result<()> {
    let mut work = (subject.prepare)();
    let (resident, all) = (process::resident()?, counter.map(Region::new));
    if warm > 0 {
        work(warm);
    }
    let region = counter.map(Region::new);
    let (cpu, wall) = (process::cpu()?, tokio::time::Instant::now());
    let count = work(count);
    let (cpu, wall) = (process::cpu()?.saturating_sub(cpu), wall.elapsed());
    let stats = region.map(|region| region.change()).unwrap_or_default();
    let all = all.map(|region| region.change()).unwrap_or_default();
    let sample = Sample {
        count,
        cpu,
        wall: u64::try_from(wall.as_nanos()).context("a shorter measurement")?,
        resident: process::resident()?.saturating_sub(resident),
        allocations: (stats.allocations + stats.reallocations) as u64,
        bytes: stats.bytes_allocated as u64,
        held: all.bytes_allocated.saturating_sub(all.bytes_deallocated) as u64,
    };
    println!("{}", serde_json::to_string(&sample)?);
    Ok(())
}
