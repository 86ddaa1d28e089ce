//! Messages of the service are HTML; people read text.

/// The text of a piece of HTML, on one line.
pub(crate) fn to_text(html: &str) -> String {
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
