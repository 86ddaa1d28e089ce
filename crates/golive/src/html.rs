//! Messages of the service are HTML; people read text.

/// The longest piece of HTML that is converted, in bytes. The conversion takes
/// time that grows with the square of the length of damaged markup.
const LONGEST_HTML: usize = 8 * 1024;
/// The longest text that comes of it, in characters.
const LONGEST_TEXT: usize = 2000;

/// The text of a piece of HTML, on one line and not too long to read.
pub(crate) fn to_text(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(LONGEST_HTML)];
    let text = convert(html);
    match text.char_indices().nth(LONGEST_TEXT) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

fn convert(html: &str) -> String {
    let text = if html.contains(['<', '&']) {
        nanohtml2text::html2text(html)
    } else {
        html.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        for (html, text) in [
            ("plain", "plain"),
            ("a < b", "a < b"),
            ("Preview is <b>ready</b>", "Preview is ready"),
            ("<p>one</p>\r\n<p>two &amp; three</p>", "one two & three"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn however_long_it_is_little_is_done_with_it() {
        let text = to_text(&"<a".repeat(2_000_000));
        assert!(text.chars().count() <= LONGEST_TEXT + 1);
        assert_eq!(
            to_text(&"é".repeat(100_000)).chars().count(),
            LONGEST_TEXT + 1
        );
    }

    #[test]
    fn damaged_markup_does_not_panic() {
        for html in [
            "<",
            "<b",
            "&#xffffffff;",
            "&",
            "<a href=\"x",
            "</",
            "<!--",
            "\u{1f600}<é>&é",
        ] {
            to_text(html);
        }
    }
}
