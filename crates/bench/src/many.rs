//! `bench cli`: one run of the program for many offers.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use bench_poll::instructions::{counted, counting};
use serde_json::Value;
use tempfile::TempDir;

use crate::child::{Usage, measured};
use crate::growth::Growth;
use crate::polling::loopback::{client, runtime};
use crate::report::Report;

/// The offer that the portal begins with.
const OFFER: &str = "contoso-virtualmachineoffer";
const SIZES: [usize; 4] = [1, 10, 100, 1_000];
const ROUNDS: usize = 3;

/// Processor time, instructions and memory of releases of many offers.
pub fn report(program: &Path) -> Result<Report> {
    let program = program.to_str().context("a path that is text")?;
    let mut growth = Growth::new(
        "program-growth",
        "The program with ten and a hundred times the offers",
        "`golive many` with a file of so many offers, each released from the publishing to live, \
         against the portal in a process of its own. Its clock is so fast that a poll is enough \
         for an operation: six requests for each offer. Of a run is taken off what the same \
         command takes when everything has ended. Processor time and the most resident memory \
         are the least of 3 runs; instructions are those of user space. The first row is judged as \
         if it were of time: a run for one offer is mostly its start.",
    );
    let ended = Run::begin(program, 1)?;
    ended.usage()?;
    let start = least(|| ended.usage())?;
    let start_instructions = ended.instructions()?;
    let (mut usages, mut instructions) = (Vec::new(), Vec::new());
    for offers in SIZES {
        let count = offers as f64;
        let usage = least(|| Run::begin(program, offers)?.usage())?;
        usages.push([
            1e3 * (usage.cpu - start.cpu) / count,
            usage.peak.saturating_sub(start.peak) as f64 / 1024.0 / count,
        ]);
        let all = Run::begin(program, offers)?.instructions()?;
        instructions.push((all - start_instructions) / 1e6 / count);
    }
    let figure = |index: usize| usages[1..].iter().map(|it| it[index]).collect::<Vec<_>>();
    growth.measured(
        "offers: 1, 10, 100; million instructions",
        &instructions[..3],
    );
    growth.counted(
        "offers: 10, 100, 1,000; million instructions",
        &instructions[1..],
    );
    growth.measured("offers: 10, 100, 1,000; ms", &figure(0));
    growth.measured("offers: 10, 100, 1,000; KiB", &figure(1));
    Ok(growth.finish())
}

/// The least of each figure.
fn least(mut run: impl FnMut() -> Result<Usage>) -> Result<Usage> {
    let mut least = run()?;
    for _ in 1..ROUNDS {
        let usage = run()?;
        least.wall = least.wall.min(usage.wall);
        least.cpu = least.cpu.min(usage.cpu);
        least.peak = least.peak.min(usage.peak);
    }
    Ok(least)
}

/// The command for so many offers, and a portal that has them. What is run once
/// more finds in its journal that everything has ended.
struct Run {
    arguments: Vec<String>,
    folder: TempDir,
    _portal: Portal,
}

impl Run {
    fn begin(program: &str, offers: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let rows = (0..offers).map(|nr| format!("contoso,{}\n", name(nr)));
        let rows = format!("publisher,offer\n{}", rows.collect::<String>());
        fs::write(folder.path().join("offers.csv"), rows)?;
        let portal = Portal::start(program, offers)?;
        let command = format!(
            "{program} many offers.csv --action release --approve auto --quiet \
             --interval 100ms --max-interval 100ms --endpoint {}",
            portal.url
        );
        Ok(Self {
            arguments: command.split_whitespace().map(str::to_owned).collect(),
            folder,
            _portal: portal,
        })
    }

    /// Nothing of the caller's settings.
    fn prepare(&self, command: &mut Command) {
        command.env_clear().current_dir(&self.folder);
        command.env("GOLIVE_TOKEN", "bench");
    }

    fn usage(&self) -> Result<Usage> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        measured(&arguments, |command| self.prepare(command))
    }

    fn instructions(&self) -> Result<f64> {
        let mut command = counting(&self.arguments[0]);
        command.args(&self.arguments[1..]);
        self.prepare(&mut command);
        // Valgrind finds its tools by itself, but is found here.
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        counted(&mut command)
    }
}

/// The emulator in a process of its own, until it goes out of scope.
struct Portal {
    child: Child,
    url: String,
}

impl Portal {
    /// With so many offers in place of its own.
    fn start(program: &str, offers: usize) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["emulator", "--listen", "127.0.0.1:0", "--speed", "1000000"]);
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("the portal has an output")?;
        let mut portal = Self {
            child,
            url: String::new(),
        };
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let url = line.trim().strip_prefix("listening on ");
        url.with_context(|| format!("the portal says something new: {line}"))?
            .clone_into(&mut portal.url);
        runtime().block_on(portal.offers(offers))?;
        Ok(portal)
    }

    /// Its own offer so many times, under other names.
    async fn offers(&self, count: usize) -> Result<()> {
        let client = client();
        let url = |what| format!("{}/_emulator/{what}", self.url);
        let state = client.get(url("export")).send().await?.bytes().await?;
        let mut state: Value = serde_json::from_slice(&state)?;
        let all = state.pointer_mut("/portal/publishers/contoso");
        let all = all.and_then(Value::as_object_mut);
        let all = all.context("the portal has a publisher")?;
        let offer = all.remove(OFFER).context("the portal has an offer")?;
        let offer = offer.to_string();
        for nr in 0..count {
            let copy = serde_json::from_str(&offer.replace(OFFER, &name(nr)))?;
            all.insert(name(nr), copy);
        }
        let request = client.post(url("import")).body(state.to_string());
        let reply = request.send().await?;
        let status = reply.status();
        let text = reply.text().await?;
        ensure!(status.is_success(), "the import: {status} {text}");
        Ok(())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn name(nr: usize) -> String {
    format!("offer-{nr:05}")
}
