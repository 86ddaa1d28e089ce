//! Messages of the service are HTML; people read text.

/// The longest piece of HTML that is converted, in bytes.
const LONGEST_HTML: usize = 8 * 1024;
/// The longest text that comes of it, in characters.
const LONGEST_TEXT: usize = 2000;
/// How much work is put into the pieces of one document, in bytes that are looked at:
/// some ten milliseconds. In damaged markup every tag is looked for to the end of the
/// piece, so that a piece takes time that grows with the square of its length.
const MOST_WORK: usize = 16 * 1024 * 1024;

/// Converts the pieces of one document, as long as that takes little time.
pub(crate) struct Texts {
    /// How much work may still be done.
    left: usize,
}

/// The text of a piece of HTML, on one line and not too long to read.
pub(crate) fn to_text(html: &str) -> String {
    Texts::new().text(html)
}

impl Texts {
    pub(crate) fn new() -> Self {
        Self { left: MOST_WORK }
    }

    /// The same; once there was too much to do, the HTML as it is.
    pub(crate) fn text(&mut self, html: &str) -> String {
        let html = &html[..html.floor_char_boundary(LONGEST_HTML)];
        let is_converted = html.contains(['<', '&']) && self.may_take(most_work(html));
        let text = match is_converted {
            true => nanohtml2text::html2text(html),
            false => html.to_owned(),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(LONGEST_TEXT) {
            None => text,
            Some((end, _)) => format!("{}…", &text[..end]),
        }
    }

    fn may_take(&mut self, work: usize) -> bool {
        let left = self.left.checked_sub(work);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

/// The most bytes that are looked at to convert a piece: all of them for each tag, and
/// once besides.
fn most_work(html: &str) -> usize {
    let tags = html.bytes().filter(|byte| *byte == b'<').count();
    html.len().saturating_mul(tags + 1)
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

    /// Damaged markup by the megabyte, in short and in long pieces: only so much of it
    /// is converted.
    #[test]
    fn little_is_done_with_a_document_of_damaged_markup() {
        for tags in [0, 16, 256, 1024, 4000] {
            let piece = format!("&amp;{}", "<a".repeat(tags));
            let mut texts = Texts::new();
            let mut looked_at = 0;
            for _ in 0..4 * 1024 * 1024 / piece.len() {
                let text = texts.text(&piece);
                if !text.starts_with("&amp;") {
                    looked_at += tags * piece.len();
                }
            }
            assert!(looked_at <= MOST_WORK, "{tags}: {looked_at}");
            // What can be converted with little still is.
            assert_eq!(texts.text("<b>ready</b>"), "ready");
            assert_eq!(looked_at > 0, (16..4000).contains(&tags), "{tags}");
        }
    }

    /// As long as any that was seen, and many of them.
    #[test]
    fn sound_markup_is_converted() {
        let piece = "<p>The <b>VHD</b> has <a href=\"https://a.example/\">no name</a>.</p>\n";
        let piece = piece.repeat(20);
        let mut texts = Texts::new();
        for _ in 0..60 {
            let text = texts.text(&piece);
            assert!(
                text.starts_with("The VHD has") && !text.contains('<'),
                "{text}"
            );
        }
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
