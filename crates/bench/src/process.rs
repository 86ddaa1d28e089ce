//! What the system says about a process.

use std::fs;

use anyhow::{Context, Result};

/// Processor time of all threads of this process, in nanoseconds.
pub fn cpu() -> Result<u64> {
    let mut total = 0;
    for task in fs::read_dir("/proc/self/task")? {
        let path = task?.path().join("schedstat");
        let text = fs::read_to_string(&path)?;
        let time = text.split_whitespace().next();
        total += time.context("no processor time")?.parse::<u64>()?;
    }
    Ok(total)
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
