//! The checksum of a token, against damage.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// Of the object without its checksum, with its fields in the order of their names:
/// in whatever order they come, and whatever a later version adds to them.
pub(crate) fn checksum(token: &Value) -> String {
    let json = serde_json::to_vec(&Sorted::of(token)).unwrap_or_default();
    format!("{:08x}", crc32(&json))
}

/// JSON in which the fields of every object are in the order of their names.
#[derive(Serialize)]
#[serde(untagged)]
enum Sorted<'a> {
    Object(BTreeMap<&'a str, Self>),
    Array(Vec<Self>),
    Other(&'a Value),
}

impl<'a> Sorted<'a> {
    /// The parser bounds the nesting, so this ends.
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter();
                Self::Object(fields.map(|(name, it)| (&**name, Self::of(it))).collect())
            }
            Value::Array(list) => Self::Array(list.iter().map(Self::of).collect()),
            other => Self::Other(other),
        }
    }
}

/// CRC-32 (IEEE). Tokens are short, so no table.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
