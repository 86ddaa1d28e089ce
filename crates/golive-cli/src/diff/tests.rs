use super::*;
use proptest::prelude::*;
use serde_json::json;

/// Applies a patch, as RFC 6902 says.
fn apply(document: &mut Value, change: &Change) {
    let Some((parent, key)) = change.path.rsplit_once('/') else {
        assert_eq!(change.op, Op::Replace);
        *document = change.new.clone().unwrap();
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    let parent = document.pointer_mut(parent).expect("the parent is there");
    if let Value::Object(fields) = parent {
        let old = match change.op {
            Op::Remove => fields.remove(&key),
            Op::Add | Op::Replace => fields.insert(key, change.new.clone().unwrap()),
        };
        assert_eq!(old, change.old, "{change:?}");
        return;
    }
    let list = parent.as_array_mut().expect("the parent has members");
    let index: usize = key.parse().unwrap();
    match change.op {
        Op::Add => list.insert(index, change.new.clone().unwrap()),
        Op::Remove => assert_eq!(Some(list.remove(index)), change.old),
        Op::Replace => {
            let old = std::mem::replace(&mut list[index], change.new.clone().unwrap());
            assert_eq!(Some(old), change.old);
        }
    }
}

/// With lists of plans in the order of their ids.
fn sorted(mut document: Value) -> Value {
    match &mut document {
        Value::Array(list) => {
            list.iter_mut().for_each(|it| *it = sorted(it.take()));
            if ids(list).is_some() {
                list.sort_by_key(|it| it[ID].as_str().map(str::to_owned));
            }
        }
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(_, it)| *it = sorted(it.take())),
        _ => {}
    }
    document
}

fn documents() -> impl Strategy<Value = Value> {
    let name = || prop::sample::select(vec!["a", "b", "~", "/", "", "planId", "é"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2i64..3).prop_map(Value::from),
        name().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let plan = (
            name(),
            prop::collection::btree_map(name(), inner.clone(), 0..3),
        );
        let plan = plan.prop_map(|(id, fields)| {
            let mut plan = json!(fields);
            plan[ID] = id.into();
            plan
        });
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(plan, 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
}

proptest! {
    #[test]
    fn the_patch_leads_from_one_to_the_other(left in documents(), right in documents()) {
        let mut patched = left.clone();
        for change in diff(&left, &right) {
            apply(&mut patched, &change);
        }
        prop_assert_eq!(sorted(patched), sorted(right));
    }

    #[test]
    fn equal_documents_do_not_differ(document in documents()) {
        prop_assert_eq!(diff(&document, &document), []);
        prop_assert_eq!(diff(&document, &sorted(document.clone())), []);
    }

    #[test]
    fn different_documents_differ(left in documents(), right in documents()) {
        prop_assert_eq!(diff(&left, &right).is_empty(), sorted(left) == sorted(right));
    }
}

#[test]
fn plans_are_matched_by_their_ids() {
    let left = json!({"plans": [
        {"planId": "gone", "x": 1}, {"planId": "basic", "regions": ["DE", "US"]}, {"planId": "c"}]});
    let right = json!({"plans": [
        {"planId": "new"}, {"planId": "c"}, {"planId": "basic", "regions": ["DE", "FR", "US"]}]});
    let changes: Vec<(Op, String, Option<String>)> = diff(&left, &right)
        .into_iter()
        .map(|change| (change.op, change.path, change.plan))
        .collect();
    let plan = |id: &str| Some(id.to_owned());
    assert_eq!(
        changes,
        [
            (Op::Remove, "/plans/0".to_owned(), plan("gone")),
            (Op::Add, "/plans/0/regions/1".to_owned(), plan("basic")),
            (Op::Add, "/plans/0".to_owned(), plan("new")),
        ]
    );
}

#[test]
fn plans_without_ids_of_their_own_are_compared_by_place() {
    let left = json!([{"planId": "a", "x": 1}, {"planId": "a", "x": 2}]);
    let right = json!([{"planId": "a", "x": 1}, {"planId": "a", "x": 3}]);
    let changes = diff(&left, &right);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].path, "/1/x");
}

#[test]
fn a_change_is_an_operation_of_a_json_patch() {
    let changes = diff(&json!({"a": 1, "b/c": null}), &json!({"a": 2, "d": null}));
    assert_eq!(
        serde_json::to_value(changes).unwrap(),
        json!([
            {"op": "replace", "path": "/a", "old": 1, "value": 2},
            {"op": "remove", "path": "/b~1c", "old": null},
            {"op": "add", "path": "/d", "value": null},
        ])
    );
}
