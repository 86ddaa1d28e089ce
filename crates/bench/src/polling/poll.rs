//! One poll in memory, beside the limit and the peers.

use anyhow::Result;

use crate::measure::Measure;
use crate::report::{Bound, Report};

/// One poll, beside the peers.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut report = Report::new(
        "poll",
        "One poll, in memory",
        "The portal's status of a go-live, 2,068 bytes with six steps, read into the same typed \
         struct by everybody; the server is a function that answers at once. A delay ends at \
         once too, except in the rows that say \"tokio\": there it is a sleep on tokio's paused \
         clock, which takes the time in the last row. The limit does nothing but read the JSON \
         (serde_json, text checked as a whole). lro also checks the origin, puts on the query \
         parameter, reads `Retry-After` and times the request out. azure_core 1.1.0 goes through \
         its pipeline and, as its documentation has it, reads the status twice: the callback to \
         know the state, and whoever streams the poller to see it; who awaits the end only does \
         without the second. google-cloud-lro 1.11.0 \
         has no HTTP of its own, and reads the status out of the envelope of its service. Time \
         is processor time, the median of 5 rounds; instructions are those of user space; \
         allocations count reallocations too.",
        &[
            ("µs", 2),
            ("of azure_core", 3),
            ("instructions", 0),
            ("of the limit", 2),
            ("allocations", 0),
            ("beyond the JSON's", 0),
        ],
    );
    let subjects = [
        ("the limit: reading the JSON", "parse"),
        ("azure_core `Poller`", "azure"),
        ("azure_core, read by its callback only", "azure-once"),
        ("lro, streamed", "lro"),
        ("lro, with a credential", "lro-credential"),
        ("lro, by hand", "lro-by-hand"),
        ("google-cloud-lro, by hand, no HTTP", "google"),
        ("azure_core, tokio", "azure-tokio"),
        ("lro, tokio", "lro-tokio"),
        ("a sleep alone, tokio", "sleep-tokio"),
    ];
    let [limit, azure, ours, credential] = [0, 1, 3, 4];
    let names = subjects.map(|(_, name)| name);
    let rounds = measure.rounds(&names, 50_000, 1_000, 5)?;
    let mut instructions = Vec::new();
    let mut allocations = Vec::new();
    for name in names {
        instructions.push(measure.instructions(name, 500)?);
        let sample = measure.counted(name, 1_000, 100)?;
        allocations.push(sample.allocations as f64 / sample.count as f64);
    }
    for (index, (title, name)) in subjects.into_iter().enumerate() {
        let sleep = name == "sleep-tokio";
        let azure = if name.ends_with("tokio") { 7 } else { azure };
        let of = |value: f64| (!sleep).then_some(value);
        report.row(
            title,
            &[
                Some(rounds.micros(index)),
                of(rounds.ratio(index, azure)),
                Some(instructions[index]),
                of(instructions[index] / instructions[limit]),
                Some(allocations[index]),
                of(allocations[index] - allocations[limit]),
            ],
        );
    }
    report.budget(
        "time of lro / azure_core, both streamed",
        Bound::Most(0.25),
        rounds.ratio(ours, azure),
    );
    report.budget(
        "instructions of lro / the limit",
        Bound::Most(1.3),
        instructions[ours] / instructions[limit],
    );
    report.budget(
        "allocations of lro beyond the JSON's, with a credential",
        Bound::Most(16.0),
        allocations[credential] - allocations[limit],
    );
    Ok(report)
}
