//! The same program, which counts allocations. That takes time of its own.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> std::process::ExitCode {
    bench::main(bench_peers::subjects(), Some(ALLOCATOR))
}
