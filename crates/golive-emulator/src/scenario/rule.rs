//! A rule: which requests an action is bound to.

use super::action::Action;
use super::endpoint::EndpointId;
use golive_client::Endpoint;
use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Binds an action to requests. A condition that is left out holds for every
/// request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Rule {
    /// What it is called when it is listed or cleared; chosen if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Requests of this endpoint, or of one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint: Option<Endpoints>,
    /// Requests that name this publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    /// Requests that name this offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offer: Option<String>,
    /// Of those, the ones with this number; the first is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nth: Option<Nth>,
    /// Of those, this share: between 0 and 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) probability: Option<f64>,
    /// Whether it goes wrong before the request takes effect, or after.
    #[serde(default)]
    pub(crate) phase: Phase,
    /// What goes wrong.
    pub(crate) action: Action,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
enum Endpoints {
    One(EndpointId),
    Many(Vec<EndpointId>),
}

/// Numbers of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
enum Nth {
    /// One.
    One(u64),
    /// Each of these.
    Many(Vec<u64>),
    /// All from one to another, or to the end.
    Range(Range),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Range {
    from: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<u64>,
}

// Read by hand, because serde says of what fits none of several forms only that
// it fits none.

impl<'de> Deserialize<'de> for Endpoints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Endpoints;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of an endpoint, or a list of them")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Endpoints, E> {
                EndpointId::deserialize(id.into_deserializer()).map(Endpoints::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, ids: A) -> Result<Endpoints, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(ids)).map(Endpoints::Many)
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

impl<'de> Deserialize<'de> for Nth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Nth;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number from 1, a list of numbers, or { from = 1, to = 2 }")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Nth, E> {
                Ok(Nth::One(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Nth, E> {
                let wrong = |_| E::invalid_value(Unexpected::Signed(number), &self);
                u64::try_from(number).map(Nth::One).map_err(wrong)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, numbers: A) -> Result<Nth, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(numbers)).map(Nth::Many)
            }

            fn visit_map<A: MapAccess<'de>>(self, range: A) -> Result<Nth, A::Error> {
                Range::deserialize(MapAccessDeserializer::new(range)).map(Nth::Range)
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

/// When something goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Phase {
    /// Before the request takes effect: there is none.
    #[default]
    Before,
    /// After it took effect: the effect stays, and the answer is changed or
    /// lost.
    After,
}

impl Rule {
    /// Whether the rule is about a request, whatever its number.
    pub(crate) fn is_about(&self, endpoint: &Endpoint, path: &[Cow<'_, str>]) -> bool {
        self.is_of(endpoint)
            && self.publisher.as_ref().is_none_or(|it| names(path, 0, it))
            && self.offer.as_ref().is_none_or(|it| names(path, 1, it))
    }

    fn is_of(&self, endpoint: &Endpoint) -> bool {
        match &self.endpoint {
            None => true,
            Some(Endpoints::One(one)) => one.0.id == endpoint.id,
            Some(Endpoints::Many(many)) => many.iter().any(|it| it.0.id == endpoint.id),
        }
    }

    /// Whether the request with a number, among those that the rule is about,
    /// is one of the wanted.
    pub(crate) fn wants(&self, number: u64) -> bool {
        match &self.nth {
            None => true,
            Some(Nth::One(one)) => *one == number,
            Some(Nth::Many(many)) => many.contains(&number),
            Some(Nth::Range(range)) => {
                range.from <= number && range.to.is_none_or(|to| number <= to)
            }
        }
    }

    /// What is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Some(share) = self.probability
            && !(0.0..=1.0).contains(&share)
        {
            return Err(format!("the probability {share} is not between 0 and 1"));
        }
        let (zero, none) = match &self.nth {
            None => (false, false),
            Some(Nth::One(one)) => (*one == 0, false),
            Some(Nth::Many(many)) => (many.contains(&0), many.is_empty()),
            Some(Nth::Range(range)) => {
                (range.from == 0, range.to.is_some_and(|to| to < range.from))
            }
        };
        if zero {
            return Err("nth counts from 1".to_owned());
        }
        if none {
            return Err("no request has a number that nth allows".to_owned());
        }
        if self.id.as_ref().is_some_and(String::is_empty) {
            return Err("its id is empty".to_owned());
        }
        self.check_endpoints()?;
        self.action.check(self.phase)
    }

    /// A rule that could never be applied is a mistake.
    fn check_endpoints(&self) -> Result<(), String> {
        if matches!(&self.endpoint, Some(Endpoints::Many(many)) if many.is_empty()) {
            return Err("endpoint is an empty list: leave it out for all".to_owned());
        }
        match self.action.starts() {
            Some(start) if !self.is_of(start) => Err(format!(
                "only requests of {} start an operation that this changes",
                start.id
            )),
            _ => Ok(()),
        }
    }
}

/// Whether a path names a publisher (index 0) or an offer (index 1): in a
/// segment of its own, or in the key of an operation, whose parts are joined
/// by dollar signs.
fn names(path: &[Cow<'_, str>], index: usize, wanted: &str) -> bool {
    match path {
        [key] if key.contains('$') => key.split('$').nth(index) == Some(wanted),
        _ => path.get(index).is_some_and(|it| it == wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use golive_client::endpoints::*;

    fn rule(text: &str) -> Rule {
        toml::from_str(&format!("{text}\naction = {{ kind = \"reset\" }}")).unwrap()
    }

    #[test]
    fn a_rule_is_about_what_it_names() {
        let path = |parts: &[&str]| {
            parts
                .iter()
                .map(|it| Cow::Owned((*it).to_owned()))
                .collect::<Vec<_>>()
        };
        let any = rule("");
        assert!(any.is_about(&LIST_PUBLISHERS, &[]));
        let offer = rule("publisher = 'contoso'\noffer = 'box'");
        assert!(offer.is_about(&GET_OFFER, &path(&["contoso", "box"])));
        assert!(!offer.is_about(&GET_OFFER, &path(&["contoso", "bag"])));
        assert!(!offer.is_about(&LIST_PUBLISHERS, &[]));
        let key = path(&["contoso$box$2$preview"]);
        assert!(offer.is_about(&GET_OPERATION_BY_KEY, &key));
        let many = rule("endpoint = ['get_offer', 'put_offer']");
        assert!(many.is_about(&PUT_OFFER, &[]) && !many.is_about(&GO_LIVE_OFFER, &[]));
    }

    #[test]
    fn numbers_are_counted_from_one() {
        for (nth, wanted) in [
            ("2", vec![2]),
            ("[1, 3]", vec![1, 3]),
            ("{ from = 2, to = 3 }", vec![2, 3]),
            ("{ from = 4 }", vec![4, 5]),
        ] {
            let rule = rule(&format!("nth = {nth}"));
            assert_eq!(rule.check(), Ok(()));
            let found: Vec<u64> = (1..=5).filter(|number| rule.wants(*number)).collect();
            assert_eq!(found, wanted, "{nth}");
        }
        for wrong in [
            "nth = 0",
            "nth = [1, 0]",
            "nth = { from = 0 }",
            "nth = { from = 3, to = 2 }",
            "nth = []",
            "endpoint = []",
            "id = ''",
            "probability = 1.5",
        ] {
            assert!(rule(wrong).check().is_err(), "{wrong}");
        }
    }
}
