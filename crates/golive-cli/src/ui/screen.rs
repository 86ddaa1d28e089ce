//! A line for each of many offers, for terminals.

use console::Term;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::time::Duration;

const FOOT: &str = "{elapsed_precise}  {wide_msg}";
/// Beyond this a name is cut.
const WIDEST: usize = 48;

/// A line for each offer, as many as fit, and one with the counts below them.
pub struct Screen {
    screen: MultiProgress,
    style: ProgressStyle,
    lines: Vec<Line>,
    foot: ProgressBar,
}

struct Line {
    index: usize,
    ended: bool,
    bar: ProgressBar,
}

impl Screen {
    /// Nothing but the counts.
    pub fn new(width: usize) -> Self {
        let screen = MultiProgress::new();
        let foot = screen.add(ProgressBar::new_spinner().with_style(style(FOOT)));
        foot.enable_steady_tick(Duration::from_secs(1));
        let width = width.clamp(8, WIDEST);
        Self {
            screen,
            style: style(&format!("{{prefix:{width}!}}  {{wide_msg}}")),
            lines: Vec::new(),
            foot,
        }
    }

    /// Draws the line of an offer, if there is room for it: one that has ended
    /// makes room.
    pub fn show(&mut self, index: usize, name: &str, text: &str, ended: bool) {
        let (height, _) = Term::stderr().size();
        // The counts, and where the cursor is.
        let room = usize::from(height).saturating_sub(2).max(1);
        while self.lines.len() > room {
            let gone = self.lines.iter().position(|line| line.ended);
            self.remove(gone.unwrap_or(self.lines.len() - 1));
        }
        if !self.lines.iter().any(|line| line.index == index) {
            if self.lines.len() == room {
                match self.lines.iter().position(|line| line.ended) {
                    Some(gone) if !ended => self.remove(gone),
                    _ => return,
                }
            }
            let bar = ProgressBar::new_spinner().with_style(self.style.clone());
            let bar = self.screen.insert_before(&self.foot, bar);
            bar.set_prefix(name.to_owned());
            self.lines.push(Line { index, ended, bar });
        }
        if let Some(line) = self.lines.iter_mut().find(|line| line.index == index) {
            line.ended = ended;
            line.bar.set_message(text.to_owned());
        }
    }

    fn remove(&mut self, place: usize) {
        let line = self.lines.remove(place);
        self.screen.remove(&line.bar);
    }

    /// Draws the counts.
    pub fn counts(&self, text: &str) {
        self.foot.set_message(text.to_owned());
    }

    /// Prints a line above all others.
    pub fn line(&self, text: &str) {
        // A terminal that has gone away is no reason to stop waiting.
        let _ = self.screen.println(text);
    }

    /// Clears everything.
    pub fn finish(self) {
        let _ = self.screen.clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_sound() {
        for template in [FOOT, "{prefix:48!}  {wide_msg}"] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
