//! `bench emulator`: the emulator beside a bare handler. The load is a benchmark
//! of the emulator's own package; its figures are taken from what it prints.

use anyhow::{Context, Result, ensure};

use crate::cargo::cargo;
use crate::measure::median;
use crate::report::{Bound, Report};
use crate::root;

/// A server in one round.
struct Round {
    answers: f64,
    micros: f64,
    /// 50th and 99th percentile, in milliseconds.
    latency: [f64; 2],
}

/// The emulator under load, and with ten and a hundred times the offers.
pub fn reports() -> Result<[Report; 2]> {
    let mut command = cargo(&root());
    command.args(["bench", "--locked", "--package", "golive-emulator"]);
    let output = command.args(["--bench", "load"]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let rounds = |name: &str| -> Result<Vec<Round>> {
        let lines = text.lines().map(str::trim_start);
        let lines = lines.filter_map(|line| line.strip_prefix(name));
        let rounds: Result<Vec<Round>> = lines.map(round).collect();
        let rounds = rounds?;
        ensure!(
            !rounds.is_empty(),
            "the load tells nothing of the {name}:\n{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(rounds)
    };
    let growth = growth(&text)?;
    let servers = [
        ("a bare axum handler", rounds("bare handler")?),
        ("the emulator", rounds("emulator")?),
    ];
    let mut report = Report::new(
        "emulator",
        "The emulator under load",
        "10,000 offers, each with a running operation, polled by 1,000 connections; beside a bare \
         axum handler that returns the same bytes, with the same load, in turns of 3 seconds. \
         Each server is a process of its own; the load takes the other core. The latency is \
         that of a server which is asked more than it can answer. Medians of the rounds.",
        &[
            ("answers per second", 0),
            ("of the bare handler", 3),
            ("CPU of an answer, µs", 1),
            ("p50, ms", 1),
            ("p99, ms", 1),
        ],
    );
    let [bare, emulator] = [&servers[0].1, &servers[1].1];
    for (title, of) in &servers {
        let figure = |figure: fn(&Round) -> f64| Some(median(of.iter().map(figure).collect()));
        let shares = of
            .iter()
            .zip(bare)
            .map(|(it, bare)| it.answers / bare.answers);
        report.row(
            title,
            &[
                figure(|it| it.answers),
                Some(median(shares.collect())),
                figure(|it| it.micros),
                figure(|it| it.latency[0]),
                figure(|it| it.latency[1]),
            ],
        );
    }
    let shares = emulator
        .iter()
        .zip(bare)
        .map(|(it, bare)| it.answers / bare.answers);
    report.budget(
        "answers per second / those of the bare handler",
        Bound::Least(0.6),
        median(shares.collect()),
    );
    Ok([report, growth])
}

/// `growth 100 11.2 us`: offers, and processor time of an answer.
fn growth(text: &str) -> Result<Report> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("growth "));
    let each = lines.map(|line| {
        let micros = line.split_whitespace().nth(1);
        let micros = micros.with_context(|| format!("the load says something new: {line}"))?;
        Ok(micros.parse::<f64>()?)
    });
    let each: Vec<f64> = each.collect::<Result<_>>()?;
    let [one, ten, hundred] = each[..] else {
        anyhow::bail!("the load tells nothing of growth:\n{text}");
    };
    let mut report = Report::new(
        "emulator-growth",
        "The emulator with ten and a hundred times the offers",
        "Processor time of the emulator for an answer, in microseconds, with so many offers, each \
         with a running operation, asked by 1,000 connections; the least of 3 rounds. More \
         operations are more memory, which no longer fits the processor's caches.",
        &[("100", 1), ("1,000", 1), ("10,000", 1), ("100× / 1×", 2)],
    );
    let ratio = hundred / one;
    report.row("offers", &[one, ten, hundred, ratio].map(Some));
    report.budget(
        "of an answer, 100× / 1× the offers",
        Bound::Most(1.5),
        ratio,
    );
    Ok(report)
}

/// `12345 answers/s; 30.1 us of processor time each; ...: 1.2ms, 3.4ms, 5.6ms`
fn round(line: &str) -> Result<Round> {
    let said = || format!("the load says something new: {line}");
    let (answers, rest) = line.split_once(" answers/s").with_context(said)?;
    let micros = rest.split_once(" us").with_context(said)?.0;
    let (_, times) = rest.rsplit_once(": ").with_context(said)?;
    let times: Option<Vec<f64>> = times.split(", ").map(millis).collect();
    let times = times.with_context(said)?;
    ensure!(times.len() >= 2, said());
    Ok(Round {
        answers: answers.trim().parse().with_context(said)?,
        micros: micros
            .trim_start_matches([';', ' '])
            .parse()
            .with_context(said)?,
        latency: [times[0], times[1]],
    })
}

/// A duration as Rust prints it.
fn millis(text: &str) -> Option<f64> {
    for (unit, factor) in [
        ("ms", 1.0),
        ("µs", 1e-3),
        ("us", 1e-3),
        ("ns", 1e-6),
        ("s", 1e3),
    ] {
        if let Some(number) = text.trim().strip_suffix(unit) {
            return number.parse::<f64>().ok().map(|number| number * factor);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn reads_what_the_load_prints() {
        let round = round(
            "      27310 answers/s; 30.1 us of processor time each; busy: server 99 %, generator \
             71 % of a core; 50th, 99th percentile and slowest: 36.1ms, 49.0ms, 1.2s",
        )
        .expect("a round");
        assert_eq!((round.answers, round.micros), (27310.0, 30.1));
        assert_eq!(round.latency, [36.1, 49.0]);
    }
}
