//! The settings that there are.

/// A setting: its name in `golive.toml`, and the variable that sets it too.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name in a file, which is that of its flag.
    pub name: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// What holds when nobody sets it.
    pub default: Option<&'static str>,
    /// Whether it decides where tokens come from or go to. Such a setting is not
    /// taken from the folder that the program happens to run in, which may have
    /// been written by somebody else.
    pub trusted_only: bool,
}

const fn key(name: &'static str, variable: &'static str, default: Option<&'static str>) -> Key {
    Key {
        name,
        variable,
        default,
        trusted_only: false,
    }
}

const fn trusted(name: &'static str, variable: &'static str, default: Option<&'static str>) -> Key {
    Key {
        trusted_only: true,
        ..key(name, variable, default)
    }
}

pub const ENDPOINT: Key = trusted(
    "endpoint",
    "GOLIVE_ENDPOINT",
    Some(golive::DEFAULT_ENDPOINT),
);
pub const AUTHORITY: Key = trusted(
    "authority",
    "AZURE_AUTHORITY_HOST",
    Some("https://login.microsoftonline.com"),
);
pub const SCOPE: Key = trusted("scope", "GOLIVE_SCOPE", Some(golive::SCOPE));
pub const CREDENTIAL: Key = trusted("credential", "GOLIVE_CREDENTIAL", Some("auto"));
pub const ACCESS_TOKEN_FILE: Key = trusted("access-token-file", "GOLIVE_ACCESS_TOKEN_FILE", None);
pub const OUTPUT: Key = key("output", "GOLIVE_OUTPUT", Some("text"));
pub const COLOR: Key = key("color", "GOLIVE_COLOR", Some("auto"));
pub const DEADLINE: Key = key("deadline", "GOLIVE_DEADLINE", None);
pub const INTERVAL: Key = key("interval", "GOLIVE_INTERVAL", Some("15s"));
pub const MAX_INTERVAL: Key = key("max-interval", "GOLIVE_MAX_INTERVAL", Some("14m"));
pub const STALL_AFTER: Key = key("stall-after", "GOLIVE_STALL_AFTER", None);
pub const HEARTBEAT: Key = key("heartbeat", "GOLIVE_HEARTBEAT", Some("5m"));
pub const NOTIFY: Key = key("notify", "GOLIVE_NOTIFY", None);

/// All of them, in the order in which they are shown.
pub const ALL: [&Key; 13] = [
    &ENDPOINT,
    &AUTHORITY,
    &SCOPE,
    &CREDENTIAL,
    &ACCESS_TOKEN_FILE,
    &OUTPUT,
    &COLOR,
    &DEADLINE,
    &INTERVAL,
    &MAX_INTERVAL,
    &STALL_AFTER,
    &HEARTBEAT,
    &NOTIFY,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/configuration.md` has a row for each setting, in the same order, and
    /// no other.
    #[test]
    fn every_setting_is_documented() {
        let text = include_str!("../../../../docs/configuration.md");
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
        let documented: Vec<(&str, &str)> = rows
            .filter_map(|row| {
                let (name, rest) = row.split_once("` | `")?;
                Some((name, rest.split_once('`')?.0))
            })
            .collect();
        let keys: Vec<_> = ALL.iter().map(|key| (key.name, key.variable)).collect();
        assert_eq!(documented, keys);
        for key in ALL {
            if let Some(default) = key.default {
                assert!(text.contains(&format!("| `{default}` |")), "{}", key.name);
            }
        }
    }
}
