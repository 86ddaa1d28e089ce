//! Strings with known values.

/// Whether two spellings mean the same: case and spaces do not count.
pub(crate) fn same(left: &str, right: &str) -> bool {
    plain(left).eq(plain(right))
}

fn plain(text: &str) -> impl Iterator<Item = u8> {
    let bytes = text.bytes().filter(|byte| *byte != b' ');
    bytes.map(|byte| byte.to_ascii_lowercase())
}

/// What a generated string type and the enumeration of its known values can do.
macro_rules! open_enum {
    ($name:ident, $kind:ident) => {
        impl $name {
            /// The value, whatever its spelling.
            pub fn kind(&self) -> $kind {
                let same = |known: &&str| $crate::open_enum::same(known, &self.0);
                $kind::SPELLINGS
                    .iter()
                    .find(|(_, spellings)| spellings.iter().any(same))
                    .map_or($kind::Unknown, |(kind, _)| *kind)
            }

            /// The spelling of the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $kind {
            /// All spellings that the contract knows, the usual one first; none
            /// for `Unknown`.
            pub fn spellings(self) -> &'static [&'static str] {
                Self::SPELLINGS
                    .iter()
                    .find(|(kind, _)| *kind == self)
                    .map_or(&[], |(_, spellings)| *spellings)
            }

            /// The usual spelling; empty for `Unknown`.
            pub fn as_str(self) -> &'static str {
                self.spellings().first().copied().unwrap_or_default()
            }
        }

        impl From<$kind> for $name {
            fn from(kind: $kind) -> Self {
                Self(kind.as_str().to_owned())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use crate::{OperationState, OperationStateKind, SubmissionType, SubmissionTypeKind};

    #[test]
    fn every_spelling_of_a_value_is_that_value() {
        for text in ["not started", "notStarted", "NotStarted", "NOTSTARTED"] {
            assert_eq!(
                OperationState::from(text).kind(),
                OperationStateKind::NotStarted
            );
        }
        for text in ["complete", "Completed", "succeeded"] {
            assert_eq!(
                OperationState::from(text).kind(),
                OperationStateKind::Succeeded
            );
        }
        let go_live = SubmissionType::from("Publish/GoLive");
        assert_eq!(go_live.kind(), SubmissionTypeKind::GoLive);
    }

    #[test]
    fn a_new_spelling_is_kept_and_unknown() {
        let state: OperationState = serde_json::from_str("\"PartiallySucceeded\"").unwrap();
        assert_eq!(state.kind(), OperationStateKind::Unknown);
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            "\"PartiallySucceeded\""
        );
    }
}
