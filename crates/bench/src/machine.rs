//! On what was measured, and when.

use std::fs;
use std::process::Command;

use serde::Serialize;

/// On what was measured, and when.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// The day, `2026-11-25`.
    pub date: String,
    /// The processor's name.
    pub processor: String,
    /// How many cores there are.
    pub cores: usize,
    /// The architecture.
    pub architecture: String,
    /// The version of the kernel.
    pub kernel: String,
    /// The version of the compiler.
    pub rustc: String,
}

impl Machine {
    /// This one, now.
    pub fn this() -> Self {
        let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpus
            .lines()
            .find_map(|line| line.strip_prefix("model name"));
        let model = model
            .unwrap_or("unknown")
            .trim_start_matches([' ', '\t', ':']);
        let rustc = Command::new("rustc").arg("--version").output();
        let rustc = rustc.map_or_else(|_| Vec::new(), |output| output.stdout);
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        Self {
            date: jiff::Zoned::now().date().to_string(),
            processor: model.to_owned(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            architecture: std::env::consts::ARCH.to_owned(),
            kernel: kernel
                .split('-')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            rustc: String::from_utf8_lossy(&rustc).trim().to_owned(),
        }
    }
}
