//! What the live view of many offers shows: a line for each, as many as there is
//! room for, and one with the counts below them.

use super::line::{Line, cut, width};
use super::live::Shown;
use super::screen::Size;
use super::style::{PLAIN, STRONG};
use crate::moment;
use std::collections::{BTreeMap, VecDeque};
use tokio::time::Instant;

/// No terminal has room for more that have ended.
const KEPT: usize = 500;

/// What is known of many offers.
#[derive(Debug)]
pub struct Offers {
    began: Instant,
    /// The columns of the longest name.
    width: usize,
    under_way: BTreeMap<usize, Offer>,
    /// The last that have ended.
    ended: VecDeque<(usize, Offer)>,
    counts: String,
    is_over: bool,
}

#[derive(Debug)]
struct Offer {
    name: String,
    text: Line,
}

impl Offers {
    /// Nothing but the time. No name takes more than `width` columns.
    pub fn new(width: usize) -> Self {
        Self {
            began: Instant::now(),
            width,
            under_way: BTreeMap::new(),
            ended: VecDeque::new(),
            counts: String::new(),
            is_over: false,
        }
    }

    /// How an offer is doing.
    pub fn offer(&mut self, index: usize, name: &str, text: Line, ended: bool) {
        let name = name.to_owned();
        let offer = Offer { name, text };
        if !ended {
            self.under_way.insert(index, offer);
            return;
        }
        self.under_way.remove(&index);
        if self.ended.len() == KEPT {
            self.ended.pop_front();
        }
        self.ended.push_back((index, offer));
    }

    /// How all of them are doing.
    pub fn counts(&mut self, text: String) {
        self.counts = text;
    }

    /// Shows nothing any more: the result has everything.
    pub fn clear(&mut self) {
        self.is_over = true;
    }

    /// Those that there is room for, in the order of the file: what is under way,
    /// and else what has ended last.
    fn shown(&self, most: usize) -> BTreeMap<usize, &Offer> {
        let under_way = self.under_way.iter().take(most);
        let mut shown: BTreeMap<_, _> = under_way.map(|(index, offer)| (*index, offer)).collect();
        let left = most - shown.len();
        for (index, offer) in self.ended.iter().rev().take(left) {
            // It may be under way again.
            shown.entry(*index).or_insert(offer);
        }
        shown
    }
}

impl Shown for Offers {
    fn lines(&self, size: Size) -> Vec<Line> {
        if self.is_over || size.rows < 2 {
            return Vec::new();
        }
        let columns = self.width.min(size.columns * 3 / 8);
        let shown = self.shown(size.rows - 2).into_values();
        let mut lines: Vec<Line> = shown
            .map(|offer| {
                let name = cut(&offer.name, columns);
                let pad = " ".repeat(2 + columns.saturating_sub(width(&name)));
                let line = Line::new(STRONG, &name).with(PLAIN, &pad);
                line.and(&offer.text)
            })
            .collect();
        let elapsed = moment::spoken(self.began.elapsed());
        let text = format!("{elapsed}  {}", self.counts);
        lines.push(Line::new(PLAIN, &text));
        let lines = lines.into_iter();
        lines.map(|line| line.fitted(size.columns)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(offers: &Offers, columns: usize, rows: usize) -> Vec<String> {
        let lines = offers.lines(Size { columns, rows });
        let lines = lines.iter().map(|line| line.render(false));
        // Whatever the time is.
        let lines = lines.map(|line| match line.split_once(" s  ") {
            Some((_, counts)) => counts.to_owned(),
            None => line,
        });
        lines.collect()
    }

    #[test]
    fn what_is_under_way_comes_first_when_there_is_little_room() {
        let mut offers = Offers::new(11);
        for index in 0..6 {
            offers.offer(
                index,
                &format!("contoso/{index}"),
                Line::new(PLAIN, "go-live accepted"),
                false,
            );
        }
        for index in [0, 1, 3] {
            let text = Line::new(PLAIN, "succeeded");
            offers.offer(index, &format!("contoso/{index}"), text, true);
        }
        offers.counts("6 offers".to_owned());
        assert_eq!(
            shown(&offers, 80, 6),
            [
                "contoso/2    go-live accepted",
                "contoso/3    succeeded",
                "contoso/4    go-live accepted",
                "contoso/5    go-live accepted",
                "6 offers"
            ]
        );
        assert_eq!(shown(&offers, 80, 24).len(), 7);
        assert_eq!(shown(&offers, 16, 3), ["conto…  go-live…", "6 offers"]);
        assert_eq!(shown(&offers, 80, 1), [""; 0]);
        offers.clear();
        assert_eq!(shown(&offers, 80, 24), [""; 0]);
    }
}
