//! A line of a terminal, measured in its columns.

use super::foreign::harmless;
use anstyle::Style;
use unicode_width::UnicodeWidthChar;

/// A line of a terminal: pieces of text, each in a style of its own. It has
/// nothing in it that could move the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pieces: Vec<(Style, String)>,
}

impl Line {
    /// Text in one style.
    pub fn new(style: Style, text: &str) -> Self {
        Self::default().with(style, text)
    }

    /// The same, with more text after it.
    pub fn with(mut self, style: Style, text: &str) -> Self {
        self.pieces.push((style, harmless(text).into_owned()));
        self
    }

    /// The same, with another line right after it.
    pub fn and(mut self, other: &Self) -> Self {
        self.pieces.extend(other.pieces.iter().cloned());
        self
    }

    /// The columns that it takes.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| width(text)).sum()
    }

    /// The same line in no more than so many columns.
    pub fn fitted(self, columns: usize) -> Self {
        if self.width() <= columns {
            return self;
        }
        let mut left = columns;
        let mut pieces = Vec::new();
        for (style, text) in self.pieces {
            let whole = width(&text);
            if whole < left {
                left -= whole;
                pieces.push((style, text));
                continue;
            }
            pieces.push((style, cut(&text, left)));
            break;
        }
        Self { pieces }
    }

    /// The rows that it takes where the terminal is so many columns wide.
    pub fn rows(&self, columns: usize) -> usize {
        let mut rows = 1;
        let mut column = 0;
        for character in self.pieces.iter().flat_map(|(_, text)| text.chars()) {
            let width = character.width().unwrap_or(0);
            column += width;
            if column > columns {
                rows += 1;
                column = width;
            }
        }
        rows
    }

    /// The line as a terminal wants it.
    pub fn render(&self, colors: bool) -> String {
        let mut text = String::new();
        for (style, piece) in &self.pieces {
            if colors && !piece.is_empty() {
                text.push_str(&format!("{style}{piece}{style:#}"));
            } else {
                text.push_str(piece);
            }
        }
        text
    }
}

/// The columns that a text takes, character by character: terminals that join
/// some of them need less, none needs more.
pub fn width(text: &str) -> usize {
    text.chars().map(|it| it.width().unwrap_or(0)).sum()
}

/// A text in no more than so many columns; where it was cut, an ellipsis says so.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = columns.saturating_sub(1);
    for character in text.chars() {
        let width = character.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        kept.push(character);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_at_a_column() {
        for (text, columns, kept) in [
            ("Certification", 13, "Certification"),
            ("Certification", 12, "Certificati…"),
            ("Certification", 1, "…"),
            ("Certification", 0, ""),
            // Each takes two columns.
            ("東京都", 6, "東京都"),
            ("東京都", 5, "東京…"),
            ("東京都", 4, "東…"),
            ("e\u{301}te\u{301}", 2, "e\u{301}…"),
        ] {
            assert_eq!(cut(text, columns), kept);
        }
    }

    #[test]
    fn the_rows_of_a_line_are_those_of_a_terminal_that_wraps() {
        for (text, columns, rows) in [
            ("", 10, 1),
            ("1234567890", 10, 1),
            ("12345678901", 10, 2),
            ("1234567890", 1, 10),
            // A wide character does not fit into the last column.
            ("123456789国123456789", 10, 3),
        ] {
            assert_eq!(Line::new(Style::new(), text).rows(columns), rows, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_line_never_wraps_and_has_nothing_that_moves_the_cursor(
            texts in proptest::collection::vec(any::<String>(), 0..4),
            columns in 1_usize..60,
        ) {
            let mut line = Line::default();
            for text in &texts {
                line = line.with(Style::new().bold(), text);
            }
            let line = line.fitted(columns);
            prop_assert!(line.width() <= columns);
            prop_assert_eq!(line.rows(columns), 1);
            prop_assert!(!line.render(false).contains(char::is_control));
        }
    }
}
