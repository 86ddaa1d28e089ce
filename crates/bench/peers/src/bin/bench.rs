//! Measures time, instructions and memory.

fn main() -> std::process::ExitCode {
    bench::main(bench_peers::subjects(), None)
}
