//! The live view of many offers, read off the screen of a real pseudo-terminal.

use super::{LONG, PUBLISHER, Stage};
use crate::terminal::Terminal;
use regex::Regex;
use std::time::Duration;

/// The rows of the view: what is below the last line that is not its own.
fn view(rows: &[String]) -> String {
    let rows = rows.iter().skip_while(|row| !row.starts_with(PUBLISHER));
    let text: Vec<&str> = rows.map(String::as_str).collect();
    let changing = [
        (r"next poll in \d+ (s|min)", "next poll in <time>"),
        (r"(?m)^\d+ s  ", "<time>  "),
        (r"[0-9a-f]{8}-[0-9a-f-]{27}", "<operation>"),
    ];
    let text = text.join("\n");
    changing.iter().fold(text, |text, (found, shown)| {
        let found = Regex::new(found).unwrap();
        found.replace_all(&text, *shown).into_owned()
    })
}

fn names(count: usize) -> Vec<String> {
    (0..count)
        .map(|index| format!("offer-{index:02}"))
        .collect()
}

fn of_offers(rows: &[String]) -> usize {
    rows.iter().filter(|row| row.starts_with(PUBLISHER)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_offer_has_a_line_until_the_table_takes_their_place() {
    let stage = Stage::frozen().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "missing", "b"]);
    let terminal = Terminal::start(stage.command(&file, &[]), 100, 30);
    let rows = terminal.until("both statuses, and the one that was refused", |rows| {
        let polled = rows.iter().filter(|row| row.contains("next poll in"));
        polled.count() == 2 && rows.last().is_some_and(|row| row.contains("1 refused"))
    });
    insta::assert_snapshot!("many_running", view(&rows));
    stage.emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 1, "{lines:#?}");
    // The table, once, and nothing of the view.
    let names = lines.iter().filter(|line| line.starts_with("contoso/a "));
    assert_eq!(names.count(), 1, "{lines:#?}");
    let last = lines.last().unwrap();
    assert_eq!(last, "3 offers: 2 succeeded, 1 refused", "{lines:#?}");
}

/// Twelve offers that go live, in a terminal of a size.
async fn twelve(columns: u16, rows: u16) -> (Stage, Terminal) {
    let stage = Stage::frozen().await;
    let names = names(12);
    let ids: Vec<&str> = names.iter().map(String::as_str).collect();
    stage.previews(&ids).await;
    let command = stage.command(&stage.table(&ids), &[]);
    (stage, Terminal::start(command, columns, rows))
}

/// Whether the view is there once, with lines for so many offers, each in a row.
fn is_whole(rows: &[String], columns: usize, offers: usize) -> bool {
    let foot = rows.last().is_some_and(|row| row.contains("12 offers"));
    let fits = rows.iter().all(|row| row.chars().count() <= columns);
    foot && fits && of_offers(rows) == offers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_with_few_rows_shows_some_and_a_larger_one_all() {
    let (stage, terminal) = twelve(90, 8).await;
    let rows = terminal.until("as many as there is room for", |rows| is_whole(rows, 90, 6));
    assert_eq!(rows.len(), 7, "{rows:#?}");
    terminal.resize(90, 40);
    terminal.until("all offers", |rows| is_whole(rows, 90, 12));
    stage.emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    assert_eq!(of_offers(&lines), 12, "only the table: {lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resize_leaves_one_view() {
    let (stage, terminal) = twelve(90, 60).await;
    terminal.until("all offers", |rows| is_whole(rows, 90, 12));
    for columns in [30, 120, 45, 90] {
        terminal.resize(columns, 60);
        let columns = usize::from(columns);
        terminal.until("all offers at another width", |rows| {
            is_whole(rows, columns, 12)
        });
    }
    stage.emulator.advance(LONG);
    let (code, lines) = terminal.end();
    assert_eq!(code, 0, "{lines:#?}");
    assert_eq!(of_offers(&lines), 12, "only the table: {lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_leaves_the_table_and_the_command_that_goes_on() {
    let stage = Stage::frozen().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    let terminal = Terminal::start(stage.command(&file, &[]), 120, 30);
    terminal.until_shown("2 offers: 2 running");
    terminal.until("both statuses", |rows| {
        rows.iter()
            .filter(|row| row.contains("next poll in"))
            .count()
            == 2
    });
    terminal.type_in("\u{3}");
    let (code, lines) = terminal.end();
    assert_eq!(code, 130, "{lines:#?}");
    assert_eq!(of_offers(&lines), 2, "{lines:#?}");
    assert!(
        lines.contains(&"golive: interrupted; what runs at the service goes on".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines
            .last()
            .unwrap()
            .starts_with("go on with: golive many "),
        "{lines:#?}"
    );
    stage.emulator.advance(Duration::from_secs(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_row_and_few_columns_are_survived() {
    let stage = Stage::fast().await;
    stage.previews(&["a", "b"]).await;
    let file = stage.table(&["a", "b"]);
    for (columns, rows) in [(20, 3), (1, 12), (80, 1)] {
        let journal = format!("{columns}.journal");
        let arguments = ["--journal", &journal, "--on-conflict", "attach"];
        let terminal = Terminal::start(stage.command(&file, &arguments), columns, rows);
        let (code, lines) = terminal.end();
        assert_eq!(code, 0, "{lines:#?}");
        stage.previews(&["a", "b"]).await;
    }
}
