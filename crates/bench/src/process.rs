//! What the system says about a process.

use std::fs;

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};

/// Processor time of all threads of this process, in nanoseconds.
pub fn cpu() -> Result<u64> {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec)?, u64::try_from(time.tv_nsec)?);
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
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name, in brackets, may hold spaces.
    let fields = text.rsplit(')').next().context("no statistics")?;
    let mut fields = fields.split_whitespace().skip(13);
    let mut ticks = || fields.next().and_then(|it| it.parse::<f64>().ok());
    let (user, system) = (ticks(), ticks());
    // The kernel counts these in hundredths of a second on every platform
    // that this runs on.
    Ok((user.context("no user time")? + system.context("no system time")?) / 100.0)
}
