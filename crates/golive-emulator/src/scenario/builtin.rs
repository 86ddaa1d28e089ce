//! The scenarios in the library.

macro_rules! scenarios {
    ($($name:literal),* $(,)?) => {
        const ALL: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../scenarios/", $name, ".toml")))),*
        ];
    };
}

scenarios!(
    "blocked-step",
    "body-broken-off",
    "body-cut",
    "body-empty",
    "body-huge",
    "body-nested",
    "body-wrong-type",
    "burst-of-503",
    "conflict",
    "failed-certification",
    "failed-live",
    "flaky",
    "foreign-polling-url",
    "foreign-redirect",
    "gateway-html",
    "lost-acceptance",
    "no-polling-url",
    "not-found-at-first",
    "rejected-step",
    "reset-before",
    "reset-while-polling",
    "sign-off-refused",
    "slow",
    "stalled",
    "throttled",
    "throttled-by-date",
    "token-expiry",
    "unprocessable",
);

pub(super) fn text(name: &str) -> Option<&'static str> {
    let found = ALL.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    #[test]
    fn every_file_is_a_scenario_with_its_name() {
        for name in names() {
            let scenario = Scenario::from_toml(text(name).unwrap())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(scenario.name(), Some(name));
            assert!(scenario.description().is_some(), "{name}");
            assert!(!scenario.rules.is_empty(), "{name}");
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let files = std::fs::read_dir(folder).unwrap();
        let toml = files.filter(|file| {
            let path = file.as_ref().unwrap().path();
            path.extension().is_some_and(|end| end == "toml")
        });
        assert_eq!(toml.count(), names().count(), "every file is listed");
    }
}
