//! What the system says about processes.

use std::fs;

use anyhow::{Context, Result};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

/// Processor time of all threads of this process, in nanoseconds.
pub fn cpu() -> Result<u64> {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?;
    let (seconds, nanos) = (
        u64::try_from(time.tv_sec())?,
        u64::try_from(time.tv_nsec())?,
    );
    Ok(1_000_000_000 * seconds + nanos)
}

/// Resident memory of this process, in bytes.
pub fn resident() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(1024 * kib.context("no resident memory")?.parse::<u64>()?)
}

/// Processor time of the children that have ended, in seconds.
pub fn children_cpu() -> Result<f64> {
    let usage = children()?;
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(micros as f64 / 1e6)
}

/// The most resident memory that a child had, of those that have ended, in bytes.
pub fn children_peak() -> Result<u64> {
    // Linux counts it in KiB.
    Ok(1024 * u64::try_from(children()?.max_rss())?)
}

fn children() -> Result<Usage> {
    Ok(getrusage(UsageWho::RUSAGE_CHILDREN)?)
}
