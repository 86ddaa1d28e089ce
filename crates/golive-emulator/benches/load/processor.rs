//! Processor time.

use std::time::Duration;

/// How long a tick of the counters below is: `USER_HZ`, which is 100 on every
/// Linux that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// The processor time that a process has used, in and out of the kernel; `self`
/// is this one.
pub fn used_by(process: &str) -> Duration {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat"));
    let status = status.unwrap_or_default();
    // What is in parentheses is the name, and may have spaces.
    let fields = status.rsplit_once(')').map_or("", |(_, fields)| fields);
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next().and_then(|it| it.parse::<u32>().ok());
    let (user, system) = (ticks().unwrap_or(0), ticks().unwrap_or(0));
    TICK * (user + system)
}
