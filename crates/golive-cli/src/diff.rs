//! What differs between two JSON documents, as a JSON Patch (RFC 6902) that leads
//! from one to the other.
//!
//! Lists of things with a `planId` are matched by it, and their order does not
//! count. Other lists are compared place by place, after what is the same at their
//! beginnings and ends.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// The field that names a member of a list.
const ID: &str = "planId";

/// One difference. In the order in which they are given, they are operations of a
/// JSON Patch; a reader of those ignores the members that it does not know.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// What to do to the left document.
    pub op: Op,
    /// Where, as a JSON pointer.
    pub path: String,
    /// The plan that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// What is there in the left document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// What is there in the right document.
    #[serde(rename = "value", skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
}

/// What to do to the left document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    Add,
    Remove,
    Replace,
}

/// What differs between two documents; nothing if they are equal.
pub fn diff(left: &Value, right: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    changes.values(&Place::default(), left, right);
    changes.0
}

#[derive(Clone, Default)]
struct Place {
    path: String,
    plan: Option<String>,
}

impl Place {
    fn field(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self {
            path: format!("{}/{name}", self.path),
            plan: self.plan.clone(),
        }
    }

    fn index(&self, index: usize) -> Self {
        self.field(&index.to_string())
    }

    fn plan(&self, index: usize, id: &str) -> Self {
        Self {
            plan: Some(id.to_owned()),
            ..self.index(index)
        }
    }
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, op: Op, place: Place, old: Option<&Value>, new: Option<&Value>) {
        self.0.push(Change {
            op,
            path: place.path,
            plan: place.plan,
            old: old.cloned(),
            new: new.cloned(),
        });
    }

    fn values(&mut self, place: &Place, left: &Value, right: &Value) {
        match (left, right) {
            (Value::Object(left), Value::Object(right)) => {
                for (name, old) in left {
                    match right.get(name) {
                        Some(new) => self.values(&place.field(name), old, new),
                        None => self.push(Op::Remove, place.field(name), Some(old), None),
                    }
                }
                for (name, new) in right {
                    if !left.contains_key(name) {
                        self.push(Op::Add, place.field(name), None, Some(new));
                    }
                }
            }
            (Value::Array(left), Value::Array(right)) => match (ids(left), ids(right)) {
                (Some(before), Some(after)) => {
                    self.plans(place, (left, &before), (right, &after));
                }
                _ => self.lists(place, left, right),
            },
            _ if left == right => {}
            _ => self.push(Op::Replace, place.clone(), Some(left), Some(right)),
        }
    }

    /// Removes from the end, then changes what stays, then adds from the
    /// beginning: so every place is right when its turn comes.
    fn plans(
        &mut self,
        place: &Place,
        (left, before): (&[Value], &[&str]),
        (right, after): (&[Value], &[&str]),
    ) {
        for (index, (old, id)) in left.iter().zip(before).enumerate().rev() {
            if !after.contains(id) {
                self.push(Op::Remove, place.plan(index, id), Some(old), None);
            }
        }
        let both = left.iter().zip(before).filter(|(_, id)| after.contains(id));
        for (index, (old, id)) in both.enumerate() {
            let new = after.iter().position(|other| other == id);
            if let Some(new) = new.and_then(|at| right.get(at)) {
                self.values(&place.plan(index, id), old, new);
            }
        }
        for (index, (new, id)) in right.iter().zip(after).enumerate() {
            if !before.contains(id) {
                self.push(Op::Add, place.plan(index, id), None, Some(new));
            }
        }
    }

    fn lists(&mut self, place: &Place, left: &[Value], right: &[Value]) {
        let shorter = left.len().min(right.len());
        let pairs = left.iter().zip(right);
        let begin = pairs.take_while(|(old, new)| old == new).count();
        let pairs = left.iter().rev().zip(right.iter().rev());
        let same = pairs.take_while(|(old, new)| old == new).count();
        let same = same.min(shorter - begin);
        let (left_end, right_end) = (left.len() - same, right.len() - same);
        let paired = left_end.min(right_end);
        for index in begin..paired {
            self.values(&place.index(index), &left[index], &right[index]);
        }
        for index in (paired..left_end).rev() {
            self.push(Op::Remove, place.index(index), Some(&left[index]), None);
        }
        for (index, new) in right.iter().enumerate().take(right_end).skip(paired) {
            self.push(Op::Add, place.index(index), None, Some(new));
        }
    }
}

/// The ids of the members of a list, if each has one of its own.
fn ids(list: &[Value]) -> Option<Vec<&str>> {
    let ids: Option<Vec<&str>> = list.iter().map(|it| it.get(ID)?.as_str()).collect();
    let ids = ids?;
    let different: BTreeSet<&&str> = ids.iter().collect();
    (different.len() == ids.len()).then_some(ids)
}

#[cfg(test)]
mod tests;
