//! "Did you mean …?"

/// The name that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

/// What a reader says of an unknown name, and which one was probably meant.
///
/// Readers of all languages word it as serde does: "unknown field `a`, expected one
/// of `b`, `c`"; some leave out the marks of the expected names.
pub(crate) fn with_suggestion(problem: &str) -> String {
    let problem = problem.trim_end();
    match suggestion(problem) {
        Some(name) => format!("{problem}\ndid you mean `{name}`?"),
        None => problem.to_owned(),
    }
}

fn suggestion(problem: &str) -> Option<&str> {
    let mut lines = problem.lines();
    let (wrong, known) = lines.find_map(|line| {
        let (_, rest) = line.split_once("unknown ")?;
        let (_, rest) = rest.split_once('`')?;
        let (wrong, rest) = rest.split_once('`')?;
        let known = rest.strip_prefix(", expected ")?;
        Some((wrong, known.strip_prefix("one of ").unwrap_or(known)))
    })?;
    match known.contains('`') {
        true => nearest(wrong, known.split('`').skip(1).step_by(2)),
        false => nearest(wrong, known.split([',', ' '])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_suggested() {
        for (problem, name) in [
            (
                "unknown field `probabilty`, expected one of `id`, `probability` at line 1",
                "probability",
            ),
            (
                "line 3: unknown field `ofer`, expected one of id, offer, nth",
                "offer",
            ),
            ("unknown field `form`, expected `from` or `to`", "from"),
            (
                "TOML\n |\nunknown variant `repli`, expected `reply`",
                "reply",
            ),
        ] {
            assert_eq!(suggestion(problem), Some(name), "{problem}");
            let whole = format!("{problem}\ndid you mean `{name}`?");
            assert_eq!(with_suggestion(&format!("{problem}\n")), whole);
        }
        for problem in [
            "unknown field `x`, there are no fields",
            "unknown field `x`, expected `probability`",
            "unknown field `x",
            "expected one of `a`, `b`",
            "",
        ] {
            assert_eq!(with_suggestion(problem), problem);
        }
    }
}
