//! A block of lines at the end of what a terminal shows, drawn again in place.
//!
//! Terminals wrap what they show anew when their width changes, most of them. The
//! libraries that draw progress bars count the rows from before, and leave their
//! bars behind at each change (indicatif 0.18 in tmux: a copy a second). So this
//! counts the rows that its lines take at the width of now.

use super::line::Line;
use std::io::{self, Write};
use terminal_size::{Height, Width, terminal_size_of};

const UP: char = 'A';
const TO_THE_END_OF_THE_LINE: &str = "\u{1b}[K";
const TO_THE_END_OF_THE_SCREEN: &str = "\r\u{1b}[J";
/// Without wrapping, a character that is wider than is known here is cut off at
/// the margin and takes no row.
const WITHOUT_WRAPPING: (&str, &str) = if cfg!(windows) {
    ("", "")
} else {
    ("\u{1b}[?7l", "\u{1b}[?7h")
};

/// The size of a terminal in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its width.
    pub columns: usize,
    /// Its height.
    pub rows: usize,
}

impl Size {
    /// That of the terminal at standard error, or what terminals usually have.
    pub fn of_terminal() -> Self {
        let (Width(columns), Height(rows)) =
            terminal_size_of(io::stderr()).unwrap_or((Width(80), Height(24)));
        Self {
            columns: usize::from(columns.max(1)),
            rows: usize::from(rows.max(1)),
        }
    }
}

/// A block of lines at the end of what a terminal shows. The cursor is at the
/// beginning of the row below it.
#[derive(Debug)]
pub struct Screen {
    /// Whether the terminal wraps what it shows anew when its width changes.
    reflows: bool,
    colors: bool,
    drawn: Vec<Line>,
    /// The columns when they were drawn.
    columns: usize,
}

impl Screen {
    /// Nothing is drawn yet.
    pub fn new(colors: bool, reflows: bool) -> Self {
        Self {
            reflows,
            colors,
            drawn: Vec::new(),
            columns: 0,
        }
    }

    /// Draws these lines in place of those that are drawn: gives what to write.
    /// Nothing if nothing has changed.
    pub fn draw(&mut self, lines: Vec<Line>, columns: usize) -> String {
        let before = std::mem::replace(&mut self.drawn, lines);
        let resized = std::mem::replace(&mut self.columns, columns) != columns;
        if before == self.drawn && !resized {
            return String::new();
        }
        if resized {
            return self.all_of(&before, "", columns);
        }
        let mut text = up(before.len());
        text.push_str(WITHOUT_WRAPPING.0);
        for (index, line) in self.drawn.iter().enumerate() {
            if before.get(index) != Some(line) {
                text.push_str(&line.render(self.colors));
                // In the last column the cursor stays on what was just written.
                if line.width() < columns {
                    text.push_str(TO_THE_END_OF_THE_LINE);
                }
            }
            text.push_str("\r\n");
        }
        text.push_str(WITHOUT_WRAPPING.1);
        text.push_str(TO_THE_END_OF_THE_SCREEN);
        text
    }

    /// Writes a line above the block: gives what to write.
    pub fn print(&mut self, line: &Line, columns: usize) -> String {
        let before = self.drawn.clone();
        let line = line.render(self.colors);
        self.all_of(&before, &format!("{line}\r\n"), columns)
    }

    /// Takes the block away: gives what to write.
    pub fn clear(&mut self, columns: usize) -> String {
        let before = std::mem::take(&mut self.drawn);
        self.all_of(&before, "", columns)
    }

    /// In place of the lines `before`: some text, and the block.
    fn all_of(&self, before: &[Line], text: &str, columns: usize) -> String {
        let rows = before.iter().map(|line| match self.reflows {
            true => line.rows(columns),
            false => 1,
        });
        let mut out = up(rows.sum());
        out.push_str(TO_THE_END_OF_THE_SCREEN);
        out.push_str(text);
        out.push_str(WITHOUT_WRAPPING.0);
        for line in &self.drawn {
            out.push_str(&line.render(self.colors));
            out.push_str("\r\n");
        }
        out.push_str(WITHOUT_WRAPPING.1);
        out
    }
}

/// To the beginning of a row that is so many rows higher.
fn up(rows: usize) -> String {
    match rows {
        0 => "\r".to_owned(),
        _ => format!("\r\u{1b}[{rows}{UP}"),
    }
}

/// Writes to the terminal at standard error. One that has gone away is no reason
/// to stop waiting.
pub fn write(text: &str) {
    if !text.is_empty() {
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(text.as_bytes())
            .and_then(|()| stderr.flush());
    }
}

/// Whether the terminal of this environment wraps anew when its width changes:
/// all of today do, but for these.
pub fn reflows(environment: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    let term = environment("TERM").unwrap_or_default();
    let old = ["linux", "vt", "screen", "dumb"];
    set("TMUX") || !(set("XTERM_VERSION") || old.iter().any(|name| term.starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::Style;
    use avt::Terminal;

    fn lines(texts: &[&str], columns: usize) -> Vec<Line> {
        let line = |text: &&str| Line::new(Style::new(), text).fitted(columns);
        texts.iter().map(line).collect()
    }

    /// The rows of a terminal, without the space at the ends.
    fn shown(terminal: &Terminal) -> Vec<String> {
        let lines = terminal.screen().all_lines();
        let mut rows: Vec<String> = lines
            .map(|line| line.text().trim_end().to_owned())
            .collect();
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        rows
    }

    fn terminal(columns: usize, rows: usize) -> Terminal {
        Terminal::with_scrollback(columns, rows, None).unwrap()
    }

    #[test]
    fn only_what_has_changed_is_written() {
        let mut screen = Screen::new(false, true);
        screen.draw(lines(&["one", "two", "three"], 80), 80);
        assert_eq!(screen.draw(lines(&["one", "two", "three"], 80), 80), "");
        let text = screen.draw(lines(&["one", "2", "three"], 80), 80);
        assert!(text.contains('2'), "{text:?}");
        assert!(!text.contains("one") && !text.contains("three"), "{text:?}");
    }

    #[test]
    fn a_block_grows_and_shrinks_below_what_was_printed() {
        let mut terminal = terminal(20, 10);
        let mut screen = Screen::new(false, true);
        let mut feed = |text: String| {
            terminal.feed(&text);
            shown(&terminal)
        };
        feed("$ golive\r\n".to_owned());
        feed(screen.draw(lines(&["a", "b"], 20), 20));
        let long = "a line that is longer than the terminal is wide";
        let seen = feed(screen.print(&Line::new(Style::new(), long), 20));
        let printed = [
            "$ golive",
            "a line that is longe",
            "r than the terminal",
            "is wide",
        ];
        assert_eq!(seen, [&printed[..], &["a", "b"]].concat());
        let seen = feed(screen.draw(lines(&["a", "b", "c", "d"], 20), 20));
        assert_eq!(seen, [&printed[..], &["a", "b", "c", "d"]].concat());
        let full = "as wide as it can be";
        let seen = feed(screen.draw(lines(&["a", full], 20), 20));
        assert_eq!(seen, [&printed[..], &["a", full]].concat());
        let seen = feed(screen.draw(lines(&["e"], 20), 20));
        assert_eq!(seen, [&printed[..], &["e"]].concat());
        assert_eq!(feed(screen.clear(20)), printed);
    }

    /// Terminals keep the row of the cursor. What is pushed off the top by that
    /// cannot be reached any more, so here is something above.
    #[test]
    fn a_terminal_that_wraps_anew_is_drawn_once_at_any_width() {
        let mut terminal = terminal(60, 200);
        let mut screen = Screen::new(false, true);
        let texts = [
            "the first line of a block, which is quite long",
            "short",
            "東京都東京都東京都東京都",
        ];
        let above = ["$"; 150];
        terminal.feed("$\r\n".repeat(above.len()).as_str());
        for columns in [60, 17, 33, 5, 48, 2, 1, 60] {
            terminal.resize(columns, 200);
            terminal.feed(screen.draw(lines(&texts, columns), columns));
            let expected = texts.iter().map(|text| crate::ui::line::cut(text, columns));
            let above = above.iter().map(|it| (*it).to_owned());
            let expected: Vec<String> = above.chain(expected).collect();
            assert_eq!(shown(&terminal), expected, "{columns}");
        }
    }

    #[test]
    fn a_terminal_that_does_not_wrap_anew_keeps_what_is_above() {
        let mut screen = Screen::new(false, false);
        screen.draw(lines(&["a long line of a block", "b"], 80), 80);
        let text = screen.draw(lines(&["a long line of a block", "b"], 5), 5);
        assert!(text.starts_with("\r\u{1b}[2A"), "{text:?}");
    }

    #[test]
    fn the_environment_tells_whether_a_terminal_wraps_anew() {
        for (variables, expected) in [
            (&[("TERM", "xterm-256color")][..], true),
            (&[("TERM", "screen"), ("TMUX", "/tmp/x")], true),
            (&[("TERM", "screen")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)")], false),
        ] {
            let found = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(reflows(found), expected, "{variables:?}");
        }
    }
}
