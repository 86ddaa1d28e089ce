//! Objects in JSON that have each field once: of two, one would be lost.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// An object.
pub struct Object(pub Map<String, Value>);

/// Any value; the objects in it are like [`Object`].
struct Any(Value);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format!("there are two fields {name:?}")));
            }
            let Any(value) = access.next_value()?;
            fields.insert(name, value);
        }
        Ok(Object(fields))
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Any, A::Error> {
        let mut values = Vec::new();
        while let Some(Any(value)) = access.next_element()? {
            values.push(value);
        }
        Ok(Any(values.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Any, A::Error> {
        Fields
            .visit_map(access)
            .map(|Object(fields)| Any(fields.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_as_they_are_written() {
        let text = r#"{"a": [null, true, -1, 1, 1.5, "x", {"a": {}}], "b": "\u00fc"}"#;
        let Object(fields) = serde_json::from_str(text).unwrap();
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(json!(fields), expected);
    }

    #[test]
    fn two_fields_of_a_name_are_refused_wherever_they_are() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"b": {"a": 1, "c": 2, "a": 3}}"#,
            r#"{"b": [{"a": 1, "\u0061": 3}]}"#,
        ] {
            let error = serde_json::from_str::<Object>(text).err().unwrap();
            let error = error.to_string();
            assert!(error.starts_with("there are two fields \"a\""), "{error}");
        }
        for text in ["[]", "1", "{", "{\"a\":}"] {
            assert!(serde_json::from_str::<Object>(text).is_err(), "{text}");
        }
    }
}
