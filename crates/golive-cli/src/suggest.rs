//! "Did you mean …?"

/// The name that was probably meant, if one is near enough.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_what_is_near_is_suggested() {
        let names = ["contoso-vm", "contoso-container", "fabrikam"];
        assert_eq!(nearest("contoso-wm", names), Some("contoso-vm"));
        assert_eq!(nearest("fabricam", names), Some("fabrikam"));
        assert_eq!(nearest("northwind", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("contoso", []), None);
    }
}
