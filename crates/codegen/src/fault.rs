//! Where a document is at fault. What reads it says what is wrong, but not where: it
//! reads many parts in two goes, and has lost the place in the second.

use crate::contract::openapi;
use serde_json::Value;

/// The innermost part without which the problem is gone, or is another.
pub(crate) fn place(document: &Value, problem: &str) -> String {
    let mut place: Vec<String> = Vec::new();
    while let Some(key) = inner(document, &place, problem) {
        place.push(key);
    }
    match place.is_empty() {
        true => "the whole of it".to_owned(),
        false => place.join(" > "),
    }
}

fn inner(document: &Value, place: &[String], problem: &str) -> Option<String> {
    let keys: Vec<String> = match at(&mut document.clone(), place)? {
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => return None,
    };
    let (mut other, mut required) = (Vec::new(), Vec::new());
    for key in keys {
        let Err(error) = openapi(&without(document, place, &key)?) else {
            return Some(key);
        };
        match error.to_string() {
            same if same == problem => {}
            missing if missing.starts_with("missing field") => required.push(key),
            _ => other.push(key),
        }
    }
    // What is required is missed without it, at fault or not: one alone is.
    let required = required.pop().filter(|_| required.is_empty());
    other.into_iter().next().or(required)
}

fn at<'a>(document: &'a mut Value, place: &[String]) -> Option<&'a mut Value> {
    place.iter().try_fold(document, |value, key| match value {
        Value::Object(fields) => fields.get_mut(key),
        Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    })
}

fn without(document: &Value, place: &[String], key: &str) -> Option<Value> {
    let mut document = document.clone();
    match at(&mut document, place)? {
        Value::Object(fields) => drop(fields.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some(document)
}
