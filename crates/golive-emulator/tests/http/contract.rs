//! What holds for every answer: the contract has its status code and its
//! headers, and its body is of the type that the contract names.

use super::client::Answer;
use golive_client::{Endpoint, types};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub fn check(endpoint: &'static Endpoint, answer: &Answer) {
    let id = endpoint.id;
    let documented = endpoint
        .response(answer.status)
        .unwrap_or_else(|| panic!("{id} answers {}, which is not documented", answer.status));
    // What HTTP itself has on any answer.
    let common = [
        "warning",
        "date",
        "server",
        "cache-control",
        "content-type",
        "content-length",
        "connection",
    ];
    for name in answer.headers.keys() {
        let name = name.as_str();
        let known = documented
            .headers
            .iter()
            .any(|it| it.eq_ignore_ascii_case(name));
        assert!(known || common.contains(&name), "{id}: header {name}");
    }
    assert!(answer.header("X-Ms-Correlation-Request-Id").is_some());
    match documented.body {
        None => assert!(answer.body.is_empty(), "{id} has a body"),
        Some(schema) => {
            let json = answer.header("content-type").unwrap();
            assert_eq!(json, "application/json; charset=utf-8");
            check_body(schema, answer);
        }
    }
}

fn check_body(schema: &str, answer: &Answer) {
    let problems = super::schemas::problems(schema, &answer.json());
    assert!(problems.is_empty(), "{schema}: {problems:?}");
    match schema {
        "ErrorBody" => same::<types::ErrorBody>(answer),
        "[Publisher]" => same::<Vec<types::Publisher>>(answer),
        "[OfferType]" => same::<Vec<types::OfferType>>(answer),
        "[Offer]" => same::<Vec<types::Offer>>(answer),
        "Offer" => same::<types::Offer>(answer),
        "OfferStatus" => same::<types::OfferStatus>(answer),
        "[Submission]" => same::<Vec<types::Submission>>(answer),
        "OperationDocument" => same::<types::OperationDocument>(answer),
        other => panic!("a body that no test knows: {other}"),
    }
}

/// The body is one of the type, and nothing of it is lost in it.
fn same<T: DeserializeOwned + Serialize>(answer: &Answer) {
    let typed: T = answer.json();
    let plain: Value = answer.json();
    assert_eq!(serde_json::to_value(&typed).unwrap(), plain);
}
