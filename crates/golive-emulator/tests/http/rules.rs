//! Rules that come over HTTP, and what they change.

use super::client::ask;
use super::steering::{get, steer};
use golive_client::endpoints::*;
use golive_emulator::Emulator;
use serde_json::json;

#[tokio::test]
async fn a_typo_in_json_is_told_with_its_line() {
    let emulator = Emulator::builder().start().await.unwrap();
    let rule = "{\n \"ofer\": \"a\",\n \"action\": {\"kind\": \"reset\"}\n}";
    let scenario = format!("{{\n \"rule\": [\n{rule}]}}");
    for (path, body, place, meant) in [
        ("rules", rule, "line 2 column 7", "offer"),
        ("rules", &scenario, "line 4 column 7", "offer"),
        ("clock", "{\n\"sped\": 1}", "line 2 column 6", "speed"),
    ] {
        let answer = steer(&emulator, "POST", path, body).await;
        assert_eq!(answer.status, 400);
        let (_, message) = answer.error();
        assert!(message.contains(place), "{message}");
        assert!(message.contains(&format!("did you mean `{meant}`?")));
    }
    assert_eq!(get(&emulator, "rules").await, json!([]));
}

#[tokio::test]
async fn an_answer_has_the_headers_of_a_rule() {
    let emulator = Emulator::builder().start().await.unwrap();
    let headers = [
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("server", "Microsoft-IIS/10.0"),
        ("x-ms-correlation-request-id", "mine"),
        ("cache-control", "no-store"),
        ("connection", "close"),
    ];
    for phase in ["before", "after"] {
        let headers: serde_json::Map<_, _> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        let rule = json!({ "id": "it", "phase": phase, "endpoint": "list_publishers",
            "action": { "kind": "reply", "status": 503, "headers": headers } });
        assert_eq!(steer(&emulator, "POST", "rules", rule).await.status, 200);
        let answer = ask(&emulator, &LIST_PUBLISHERS, &[]).send().await;
        assert_eq!(answer.status, 503);
        for (name, value) in &headers {
            assert_eq!(answer.header(name), value.as_str(), "{phase}");
        }
    }
}
