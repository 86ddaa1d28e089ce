//! Lines for people.

use super::line::Line;
use super::style::PLAIN;

/// Lines for people, which may have styles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    lines: Vec<Line>,
}

impl Text {
    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds lines, after an empty one if there are some already.
    pub fn paragraph(&mut self, text: impl Into<Self>) {
        let text = text.into();
        if !self.is_empty() && !text.is_empty() {
            self.push(Line::default());
        }
        self.lines.extend(text.lines);
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.lines().map(|line| Line::new(PLAIN, line)).collect()
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Line> for Text {
    fn from(line: Line) -> Self {
        Self { lines: vec![line] }
    }
}

impl FromIterator<Line> for Text {
    fn from_iter<I: IntoIterator<Item = Line>>(lines: I) -> Self {
        Self {
            lines: lines.into_iter().collect(),
        }
    }
}

#[cfg(test)]
impl Text {
    /// The lines without their styles.
    pub fn plain(&self) -> String {
        let lines = self.lines.iter().map(|line| line.render(false));
        lines.collect::<Vec<_>>().join("\n")
    }
}
