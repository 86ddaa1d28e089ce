//! Text that others wrote, such as the names of offers, on its way to people.

use std::borrow::Cow;

/// The text with everything that could move the cursor, hide, reorder or forge
/// what is on a screen written out, as `\u{1b}`. Line breaks too: it is one line.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_invisible(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.into()
}

/// The same for a JSON document, which stays the same document: such a character
/// can only be in a string, where an escape means the same.
pub fn harmless_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        // Those of JSON's own layout.
        if is_invisible(character) && character != '\n' {
            shown.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, and those that change the direction or the place of
/// others. All are below U+10000.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        for (text, shown) in [
            ("Contoso für 東京 🎉", "Contoso für 東京 🎉"),
            ("\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("one\r\ntwo\tthree", "one\\r\\ntwo\\tthree"),
            ("\u{9b}2J\u{7f}\0", "\\u{9b}2J\\u{7f}\\u{0}"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
        ] {
            assert_eq!(harmless(text), shown);
        }
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in any::<String>()) {
            prop_assert!(!harmless(&text).contains(is_invisible));
        }

        #[test]
        fn json_stays_the_same(text in any::<String>(), dangerous in "[\u{7f}-\u{9f}\u{202e}]*") {
            let value = serde_json::json!({ &text: [&dangerous, { "a": &text }] });
            let json = serde_json::to_string_pretty(&value).unwrap();
            let shown = harmless_json(&json);
            prop_assert!(shown.lines().all(|line| !line.contains(is_invisible)));
            let back: serde_json::Value = serde_json::from_str(&shown).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
