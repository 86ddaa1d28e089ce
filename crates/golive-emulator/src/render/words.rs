//! Words and times, in the spelling of a manner.

use super::Renderer;
use crate::dialect::Spelling;
use golive_client::Timestamp;
use std::time::SystemTime;

impl Renderer {
    /// One of the spellings of a status, the usual one first.
    pub(super) fn word(self, spellings: &[&str]) -> String {
        let at = |index: usize| {
            let last = spellings.len().saturating_sub(1);
            spellings.get(index.min(last)).copied().unwrap_or_default()
        };
        match self.manner.spelling {
            Spelling::Usual => at(0).to_owned(),
            Spelling::Second => at(1).to_owned(),
            Spelling::Third => at(2).to_owned(),
            Spelling::Capitals => capitalized(at(0)),
            Spelling::Spaced => spaced(at(0)),
        }
    }

    pub(super) fn time(self, time: SystemTime) -> Timestamp {
        let written = Timestamp::from(time);
        match written.as_str().strip_suffix('Z') {
            Some(bare) if self.manner.without_zone => Timestamp::from(bare),
            _ => written,
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn spaced(word: &str) -> String {
    let mut spaced = String::new();
    for letter in word.chars() {
        if letter.is_ascii_uppercase() {
            spaced.push(' ');
        }
        spaced.push(letter.to_ascii_lowercase());
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Manner;
    use golive_client::{OperationState, OperationStateKind};

    #[test]
    fn every_spelling_means_the_same() {
        for (spelling, done, waiting) in [
            (Spelling::Usual, "completed", "notStarted"),
            (Spelling::Second, "complete", "notStarted"),
            (Spelling::Third, "succeeded", "notStarted"),
            (Spelling::Capitals, "Completed", "NotStarted"),
            (Spelling::Spaced, "completed", "not started"),
        ] {
            let manner = Manner::default().spelling(spelling);
            let renderer = Renderer { manner };
            for (kind, expected) in [
                (OperationStateKind::Succeeded, done),
                (OperationStateKind::NotStarted, waiting),
            ] {
                let word = renderer.word(kind.spellings());
                assert_eq!(word, expected);
                assert_eq!(OperationState::from(word).kind(), kind);
            }
        }
    }
}
