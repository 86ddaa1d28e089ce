//! Runs subjects, each in a process of its own, and reads what they cost.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use bench_poll::instructions;

use crate::cargo::run;
use crate::server::Server;
use crate::subject::Sample;

/// Runs subjects.
pub struct Measure {
    program: PathBuf,
    server: Server,
}

impl Measure {
    /// Starts the server that some subjects poll.
    pub fn begin() -> Result<Self> {
        Ok(Self {
            program: std::env::current_exe()?,
            server: Server::start()?,
        })
    }

    fn subject(&self, mut command: Command, name: &str, count: u64, warm: u64) -> Command {
        command.args(["subject", name, &count.to_string(), &warm.to_string()]);
        self.server.tell(&mut command);
        command
    }

    /// What a subject costs in time and memory.
    pub fn sample(&self, name: &str, count: u64, warm: u64) -> Result<Sample> {
        sample(self.subject(Command::new(&self.program), name, count, warm))
    }

    /// What it asks of the allocator. The time is not to be used.
    pub fn counted(&self, name: &str, count: u64, warm: u64) -> Result<Sample> {
        let program = self.program.with_file_name("bench-count");
        sample(self.subject(Command::new(program), name, count, warm))
    }

    /// The instructions of doing the work once, in user space.
    pub fn instructions(&self, name: &str, many: u64) -> Result<f64> {
        instructions::once(many, |count| {
            self.subject(instructions::counting(&self.program), name, count, 1)
        })
    }

    /// Samples in turns, so that whatever else the machine does meets all.
    pub fn rounds(&self, names: &[&str], count: u64, warm: u64, rounds: usize) -> Result<Rounds> {
        let mut samples = vec![Vec::new(); names.len()];
        for _ in 0..rounds {
            for (name, samples) in names.iter().zip(&mut samples) {
                samples.push(self.sample(name, count, warm)?);
            }
        }
        Ok(Rounds(samples))
    }
}

fn sample(mut command: Command) -> Result<Sample> {
    Ok(serde_json::from_slice(&run(&mut command)?.stdout)?)
}

/// The samples of some subjects, by subject and round.
pub struct Rounds(Vec<Vec<Sample>>);

impl Rounds {
    /// The median of a figure of a subject.
    pub fn of(&self, subject: usize, figure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.0[subject].iter().map(figure).collect())
    }

    /// Processor time of doing it once, in microseconds.
    pub fn micros(&self, subject: usize) -> f64 {
        self.of(subject, Sample::cpu_each) / 1000.0
    }

    /// The median of the rounds' ratios of two subjects' processor time.
    pub fn ratio(&self, one: usize, other: usize) -> f64 {
        let pairs = self.0[one].iter().zip(&self.0[other]);
        median(pairs.map(|(a, b)| a.cpu_each() / b.cpu_each()).collect())
    }
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
