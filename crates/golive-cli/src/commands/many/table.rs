//! The result of many as a table, for people and for the CI system.

use crate::event::{OfferOutcome, Summary, Verdict};
use crate::moment;
use crate::ui::style::{DIM, STRONG, of_state};
use crate::ui::summary::escape;
use crate::ui::{Cell, Line, Table, Text};
use std::fmt::Write;
use std::time::Duration;

/// A CI system takes a summary up to a size.
const MOST_ROWS: usize = 2000;

const HEADINGS: [&str; 5] = ["OFFER", "RESULT", "PHASE", "ELAPSED", "REASON"];

/// A line for each offer, and one with the counts.
pub fn text(summary: &Summary) -> Text {
    let mut table = Table::new(&HEADINGS);
    for offer in &summary.offers {
        let [name, result, phase, elapsed, reason] = cells(offer);
        table.row([
            name.as_str().into(),
            Cell::new(of_state(offer.result.as_str()), &result),
            phase.as_str().into(),
            Cell::new(DIM, &elapsed),
            reason.as_str().into(),
        ]);
    }
    let mut text = table.text();
    text.push(Line::new(STRONG, &summary.counts.line()));
    text
}

/// The same in Markdown: those that did not succeed first, and not more than a CI
/// system takes.
pub fn markdown(summary: &Summary) -> String {
    let mut text = format!("### {}\n\n", escape(&summary.counts.line()));
    text.push_str("| offer | result | phase | elapsed | reason |\n|---|---|---|---|---|\n");
    let mut offers: Vec<&OfferOutcome> = summary.offers.iter().collect();
    offers.sort_by_key(|offer| offer.result == Verdict::Succeeded);
    for offer in offers.iter().take(MOST_ROWS) {
        let cells = cells(offer).map(|cell| escape(&cell));
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    if let Some(more) = offers.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        let _ = writeln!(text, "\nand {more} more");
    }
    text
}

fn cells(offer: &OfferOutcome) -> [String; 5] {
    let elapsed = Duration::try_from_secs_f64(offer.elapsed_seconds).unwrap_or_default();
    let mut result = offer.result.as_str().to_owned();
    if offer.earlier {
        result.push_str(" before");
    }
    [
        format!("{}/{}", offer.publisher, offer.offer),
        result,
        offer.phase.as_str().to_owned(),
        match elapsed.is_zero() {
            true => String::new(),
            false => moment::spoken(elapsed),
        },
        reason(offer),
    ]
}

/// Why it did not succeed, on one line.
fn reason(offer: &OfferOutcome) -> String {
    let reason = offer.error.as_ref().map_or("", |error| &error.message);
    let words: Vec<&str> = reason.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::many::Action;
    use crate::event::{Counts, Failure, PhaseName};

    fn offer(id: &str, result: Verdict, error: Option<&str>) -> OfferOutcome {
        OfferOutcome {
            publisher: "contoso".into(),
            offer: id.into(),
            action: Action::GoLive,
            result,
            earlier: id == "done",
            phase: PhaseName::Live,
            operation: None,
            polls: 3,
            elapsed_seconds: if error.is_some() { 0.0 } else { 90_000.0 },
            preview_links: Vec::new(),
            live_links: Vec::new(),
            error: error.map(|message| Failure::new(message.into())),
            resume_token: None,
        }
    }

    fn summary() -> Summary {
        let offers = vec![
            offer("done", Verdict::Succeeded, None),
            offer("a-longer-name", Verdict::Succeeded, None),
            offer("b", Verdict::Failed, Some("the image | is\nbad")),
            offer("c", Verdict::WaitingForApproval, None),
        ];
        let mut counts = Counts::default();
        offers.iter().for_each(|offer| counts.add(offer.result));
        Summary {
            time: "2026-01-01T00:00:00Z".into(),
            journal: "offers.csv.journal.jsonl".into(),
            counts,
            offers,
        }
    }

    #[test]
    fn a_table_is_aligned() {
        insta::assert_snapshot!(text(&summary()).plain(), @r"
        OFFER                  RESULT                PHASE  ELAPSED  REASON
        contoso/done           succeeded before      live   25 h     -
        contoso/a-longer-name  succeeded             live   25 h     -
        contoso/b              failed                live   -        the image | is bad
        contoso/c              waiting for approval  live   25 h     -
        4 offers: 2 succeeded, 1 failed, 1 waiting for approval
        ");
    }

    #[test]
    fn a_summary_begins_with_what_did_not_succeed() {
        insta::assert_snapshot!(markdown(&summary()), @r"
        ### 4 offers: 2 succeeded, 1 failed, 1 waiting for approval

        | offer | result | phase | elapsed | reason |
        |---|---|---|---|---|
        | contoso/b | failed | live |  | the image \| is bad |
        | contoso/c | waiting for approval | live | 25 h |  |
        | contoso/done | succeeded before | live | 25 h |  |
        | contoso/a-longer-name | succeeded | live | 25 h |  |
        ");
    }

    #[test]
    fn a_summary_is_not_too_long() {
        let mut summary = summary();
        summary.offers = vec![offer("b", Verdict::Succeeded, None); 10_000];
        let text = markdown(&summary);
        assert!(text.ends_with("and 8000 more\n"));
        assert!(text.len() < 1024 * 1024);
    }
}
