//! The rows, checked.

use super::object::Object;
use super::source::Fields;
use crate::args::go_live::{Expected, plan_and_version, pointer_and_value};
use crate::args::many::Action;
use crate::suggest::nearest;
use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::{Map, Value};
use std::collections::HashMap;

const FIELDS: [&str; 6] = [
    "publisher",
    "offer",
    "action",
    "notify",
    "expectImage",
    "expectValue",
];

/// As many problems as somebody reads at once.
const SHOWN: usize = 20;

/// What to do with one offer.
#[derive(Debug)]
pub struct Row {
    /// Where it is in the file.
    pub place: String,
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// What to do with it.
    pub action: Action,
    /// Whom to notify.
    pub notify: Vec<String>,
    /// What the preview must have in it.
    pub expected: Expected,
}

/// The publisher and the offer, by which rows and what is kept of them are
/// told apart. Ids differ in more than their capitals.
pub type Key = (String, String);

/// The key of an offer.
pub fn key(publisher: &str, offer: &str) -> Key {
    (publisher.to_lowercase(), offer.to_lowercase())
}

impl Row {
    /// `publisher/offer`
    pub fn name(&self) -> String {
        format!("{}/{}", self.publisher, self.offer)
    }

    /// Its key.
    pub fn key(&self) -> Key {
        key(&self.publisher, &self.offer)
    }

    /// Whether something is expected of the preview.
    pub fn expects(&self) -> bool {
        !self.expected.expect_image.is_empty() || !self.expected.expect_value.is_empty()
    }
}

/// What holds where a row does not say.
pub struct Defaults<'a> {
    /// What to do.
    pub action: Action,
    /// Whom to notify.
    pub notify: &'a [String],
}

/// Checks all rows. `is_id` says what is wrong with two ids, if anything is.
pub fn check(
    file: &str,
    rows: Vec<Fields>,
    defaults: &Defaults<'_>,
    is_id: impl Fn(&str, &str) -> Result<(), String>,
) -> Result<Vec<Row>> {
    let mut problems = Vec::new();
    let mut checked: Vec<Row> = Vec::with_capacity(rows.len());
    let mut seen: HashMap<Key, String> = HashMap::new();
    for fields in rows {
        let place = fields.place.clone();
        let mut found = Problems {
            place: &place,
            list: &mut problems,
        };
        let Some(row) = found.row(fields, defaults) else {
            continue;
        };
        if let Err(problem) = is_id(&row.publisher, &row.offer) {
            found.add(problem);
        }
        if let Some(first) = seen.insert(row.key(), place.clone()) {
            found.add(format!("the offer {} is in {first} already", row.name()));
        }
        checked.push(row);
    }
    if problems.is_empty() {
        return Ok(checked);
    }
    let more = problems.len().saturating_sub(SHOWN);
    problems.truncate(SHOWN);
    if more > 0 {
        problems.push(format!("and {more} more"));
    }
    bail!(
        "{file} cannot be used, and nothing was submitted:\n  {}",
        problems.join("\n  ")
    );
}

struct Problems<'a> {
    place: &'a str,
    list: &'a mut Vec<String>,
}

impl Problems<'_> {
    fn add(&mut self, problem: String) {
        self.list.push(format!("{}: {problem}", self.place));
    }

    /// Notes what is wrong with a field.
    fn field<T>(&mut self, name: &str, value: Result<T, String>) -> Option<T> {
        value
            .map_err(|problem| self.add(format!("{name}: {problem}")))
            .ok()
    }

    fn row(&mut self, fields: Fields, defaults: &Defaults<'_>) -> Option<Row> {
        let mut values = fields.values;
        let mut take = |name: &str| values.remove(name).filter(|value| !value.is_null());
        let [publisher, offer] = ["publisher", "offer"].map(|name| (name, take(name)));
        let (action, notify) = (take("action"), take("notify"));
        let (image, value) = (take("expectImage"), take("expectValue"));
        for name in values.keys() {
            let known = FIELDS.contains(&name.as_str());
            let near = nearest(name, FIELDS).map(|near| format!("; did you mean {near}?"));
            if !known {
                let fields = || format!("; the fields are {}", FIELDS.join(", "));
                let hint = near.unwrap_or_else(fields);
                self.add(format!("there is no field {name}{hint}"));
            }
        }
        let [publisher, offer] = [publisher, offer].map(|(name, value)| {
            let value = value.ok_or_else(|| "it is missing".to_owned());
            self.field(name, value.and_then(|value| text(&value)))
        });
        let action = match action {
            Some(value) => self.field("action", text(&value).and_then(|it| action_of(&it))),
            None => Some(defaults.action),
        };
        let notify = match notify {
            Some(value) => self.field("notify", addresses(&value)),
            None => Some(defaults.notify.to_vec()),
        };
        let expect_image = match image {
            Some(value) => self.field("expectImage", images(value)),
            None => Some(Vec::new()),
        };
        let expect_value = match value {
            Some(value) => self.field("expectValue", pointers(value)),
            None => Some(Vec::new()),
        };
        Some(Row {
            place: fields.place,
            publisher: publisher?,
            offer: offer?,
            action: action?,
            notify: notify?,
            expected: Expected {
                expect_image: expect_image?,
                expect_value: expect_value?,
            },
        })
    }
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::String(_) => Err("it is empty".to_owned()),
        // 1.10 would have become 1.1 by now.
        Value::Number(number) => Err(format!("{number} is a number: write it in quotes")),
        // YAML takes no and yes for them.
        Value::Bool(truth) => Err(format!("{truth} is not a text: write it in quotes")),
        other => Err(format!("{other} is not a text")),
    }
}

fn action_of(word: &str) -> Result<Action, String> {
    let names: Vec<String> = Action::value_variants()
        .iter()
        .map(ToString::to_string)
        .collect();
    Action::from_str(word, true).map_err(|_| {
        let near = nearest(word, names.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
        format!("{word} is none of {}{near}", names.join(", "))
    })
}

/// A text, or a list of texts.
fn texts(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => Ok(vec![text(value)?]),
    }
}

/// Texts that may be lists themselves, with `;` or one of `also` between.
fn parts(value: &Value, also: char) -> Result<Vec<String>, String> {
    let texts = texts(value)?;
    let parts = texts.iter().flat_map(|text| text.split([';', also]));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    Ok(parts.map(str::to_owned).collect())
}

fn addresses(value: &Value) -> Result<Vec<String>, String> {
    let addresses = parts(value, ',')?;
    let wrong = |address: &&String| {
        !address.contains('@')
            || address
                .chars()
                .any(|it| it.is_whitespace() || it.is_control())
    };
    match addresses.iter().find(wrong) {
        Some(address) => Err(format!("{address} is not a mail address")),
        None => Ok(addresses),
    }
}

/// `PLAN=VERSION`, several of them, or a mapping of plans to versions.
fn images(value: Value) -> Result<Vec<(String, String)>, String> {
    if let Value::Object(plans) = &value {
        let image = |(plan, version): (&String, &Value)| {
            let version = text(version).map_err(|problem| format!("{plan}: {problem}"))?;
            Ok((plan.clone(), version))
        };
        return plans.iter().map(image).collect();
    }
    let parts = parts(&value, ',')?;
    parts.iter().map(|part| plan_and_version(part)).collect()
}

/// `POINTER=JSON`, several of them, or a mapping of pointers to values, which a
/// table can have as JSON in a cell.
fn pointers(value: Value) -> Result<Vec<(String, Value)>, String> {
    let of = |pointers: Map<String, Value>| {
        let check = |(pointer, value): (String, Value)| {
            if pointer.starts_with('/') {
                Ok((pointer, value))
            } else {
                Err(format!("{pointer} is no JSON pointer: it begins with /"))
            }
        };
        pointers.into_iter().map(check).collect()
    };
    match value {
        Value::Object(pointers) => of(pointers),
        Value::String(text) if text.trim_start().starts_with('{') => {
            let Object(pointers) =
                serde_json::from_str(&text).map_err(|error| format!("not JSON: {error}"))?;
            of(pointers)
        }
        value => texts(&value)?
            .iter()
            .map(|text| pointer_and_value(text))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn checked(rows: Value) -> Result<Vec<Row>> {
        let rows: Vec<Map<String, Value>> = serde_json::from_value(rows).unwrap();
        let rows = rows.into_iter().enumerate();
        let rows = rows.map(|(index, values)| Fields {
            place: format!("row {}", index + 1),
            values,
        });
        let defaults = Defaults {
            action: Action::GoLive,
            notify: &["all@contoso.com".to_owned()],
        };
        check(
            "offers.json",
            rows.collect(),
            &defaults,
            |publisher, _| match publisher.contains('/') {
                true => Err("publisher: no slash".to_owned()),
                false => Ok(()),
            },
        )
    }

    #[test]
    fn a_row_says_what_is_special() {
        let rows = checked(json!([
            {"publisher": "contoso", "offer": "a"},
            {"publisher": "contoso", "offer": "b", "action": "release", "notify": "x@y.z, u@v.w",
             "expectImage": {"standard": "1.0.1"}, "expectValue": {"/version": 3}},
            {"publisher": "contoso", "offer": "c", "notify": ["x@y.z"],
             "expectImage": "standard=1.0.1; small=2.0", "expectValue": ["/a=My offer", "/b=[1]"]},
            {"publisher": "contoso", "offer": "d", "expectValue": "{\"/a\": \"x\"}"},
        ]))
        .unwrap();
        assert_eq!(rows[0].action, Action::GoLive);
        assert_eq!(rows[0].notify, ["all@contoso.com"]);
        assert!(!rows[0].expects());
        assert_eq!(rows[1].action, Action::Release);
        assert_eq!(rows[1].notify, ["x@y.z", "u@v.w"]);
        assert_eq!(
            rows[1].expected.expect_image,
            [("standard".to_owned(), "1.0.1".to_owned())]
        );
        assert_eq!(
            rows[1].expected.expect_value,
            [("/version".to_owned(), json!(3))]
        );
        assert_eq!(rows[2].expected.expect_image[1].1, "2.0");
        assert_eq!(
            rows[2].expected.expect_value,
            [
                ("/a".to_owned(), json!("My offer")),
                ("/b".to_owned(), json!([1]))
            ]
        );
        assert_eq!(
            rows[3].expected.expect_value,
            [("/a".to_owned(), json!("x"))]
        );
    }

    #[test]
    fn all_problems_are_told_with_their_places() {
        let error = checked(json!([
            {"publisher": "contoso", "ofer": "a"},
            {"publisher": "contoso", "offer": 7, "action": "golive"},
            {"publisher": "contoso", "offer": "a", "expectImage": {"standard": 1.10}},
            {"publisher": "con/toso", "offer": "b", "notify": "nobody"},
            {"publisher": "contoso", "offer": "x"},
            {"publisher": "Contoso", "offer": "X", "colour": "red"},
            {"publisher": "contoso", "offer": "e", "expectValue": {"version": 3}},
            {"publisher": "con/toso", "offer": "b"},
        ]))
        .unwrap_err();
        insta::assert_snapshot!(error, @r"
        offers.json cannot be used, and nothing was submitted:
          row 1: there is no field ofer; did you mean offer?
          row 1: offer: it is missing
          row 2: offer: 7 is a number: write it in quotes
          row 2: action: golive is none of go-live, publish, release; did you mean go-live?
          row 3: expectImage: standard: 1.1 is a number: write it in quotes
          row 4: notify: nobody is not a mail address
          row 6: there is no field colour; the fields are publisher, offer, action, notify, expectImage, expectValue
          row 6: the offer Contoso/X is in row 5 already
          row 7: expectValue: version is no JSON pointer: it begins with /
          row 8: publisher: no slash
        ");
    }

    #[test]
    fn so_many_problems_are_not_all_told() {
        let rows: Vec<Value> = (0..50).map(|_| json!({"offer": "a"})).collect();
        let error = checked(Value::from(rows)).unwrap_err().to_string();
        assert_eq!(error.lines().count(), 22, "{error}");
        assert!(error.ends_with("and 30 more"), "{error}");
    }
}
