//! The admin API, sessions, and what is kept apart.

use super::client::{Answer, ask, client, send};
use super::lifecycle::{HOUR, SEED, location};
use golive_client::endpoints::*;
use golive_emulator::{Emulator, Scenario};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub async fn steer(emulator: &Emulator, method: &str, path: &str, body: impl ToString) -> Answer {
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let url = format!("{}/_emulator/{path}", emulator.url());
    send(client().request(method, url).body(body.to_string())).await
}

pub async fn get(emulator: &Emulator, path: &str) -> Value {
    let answer = steer(emulator, "GET", path, "").await;
    assert_eq!(answer.status, 200, "{path}");
    answer.json()
}

#[tokio::test]
async fn rules_come_and_go_over_http() {
    let emulator = Emulator::builder().start().await.unwrap();
    let rule = json!({ "id": "mine", "endpoint": "list_publishers", "nth": 2,
        "action": { "kind": "reply", "status": 503, "retry-after": { "seconds": 7 } } });
    let added = steer(&emulator, "POST", "rules", &rule).await;
    assert_eq!(added.json::<Value>(), json!({ "rules": ["mine"] }));
    let toml = "[[rule]]\naction = { kind = 'delay', milliseconds = 1 }";
    let added = steer(&emulator, "POST", "rules", toml).await;
    assert_eq!(added.json::<Value>(), json!({ "rules": ["rule-2"] }));
    let yaml = "rule:\n  - id: third\n    action: { kind: delay, milliseconds: 1 }";
    let request = client().post(format!("{}/_emulator/rules", emulator.url()));
    let request = request.header("content-type", "application/yaml");
    let added: Value = send(request.body(yaml)).await.json();
    assert_eq!(added, json!({ "rules": ["third"] }));
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let answer = ask(&emulator, &LIST_PUBLISHERS, &[]).send().await;
        statuses.push((
            answer.status,
            answer.header("retry-after").map(str::to_owned),
        ));
    }
    let throttled = (503, Some("7".to_owned()));
    assert_eq!(statuses, [(200, None), throttled, (200, None)]);
    let rules = get(&emulator, "rules").await;
    assert_eq!(
        (&rules[0]["seen"], &rules[0]["applied"]),
        (&json!(3), &json!(1))
    );
    let under = get(&emulator, "requests?rule=mine").await;
    assert_eq!(under.as_array().unwrap().len(), 1);
    assert_eq!(under[0]["rules"], json!(["mine", "rule-2", "third"]));
    assert_eq!(
        steer(&emulator, "DELETE", "rules/mine", "").await.status,
        200
    );
    assert_eq!(
        steer(&emulator, "DELETE", "rules/mine", "").await.status,
        404
    );
    assert_eq!(steer(&emulator, "DELETE", "rules", "").await.status, 200);
    assert_eq!(get(&emulator, "rules").await, json!([]));
    for wrong in [
        "",
        "{",
        "{}x",
        r#"{"action": {"kind": "explode"}}"#,
        "[[rule]]",
        r#"{"endpoint": "nothing", "action": {"kind": "reset"}}"#,
        r#"{"action": {"kind": "reply", "status": 99}}"#,
        r#"{"action": {"kind": "polling-url", "to": "x"}}"#,
        r#"{"action": {"kind": "fail-step", "step": "publisher-signoff", "message": ""}}"#,
    ] {
        let answer = steer(&emulator, "POST", "rules", wrong).await;
        // An empty scenario is one.
        assert_eq!(
            answer.status,
            if wrong.is_empty() { 200 } else { 400 },
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_library_and_its_schema_are_served() {
    let emulator = Emulator::builder().start().await.unwrap();
    let listed = get(&emulator, "scenarios").await;
    assert_eq!(listed.as_array().unwrap().len(), Scenario::names().count());
    let schema = get(&emulator, "scenario.schema.json").await;
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in Scenario::names() {
        let scenario = serde_json::to_value(Scenario::named(name).unwrap()).unwrap();
        assert!(validator.is_valid(&scenario), "{name}");
        let path = format!("scenarios/{name}");
        assert_eq!(steer(&emulator, "POST", &path, "").await.status, 200);
    }
    assert!(!validator.is_valid(&json!({ "rule": [{ "action": { "kind": "x" } }] })));
    assert_eq!(
        steer(&emulator, "POST", "scenarios/none", "").await.status,
        404
    );
}

#[tokio::test]
async fn the_clock_is_steered() {
    let emulator = Emulator::builder().start().await.unwrap();
    let change = async |change: Value| steer(&emulator, "POST", "clock", change).await;
    let frozen: Value = change(json!({ "frozen": true })).await.json();
    assert_eq!(frozen["frozen"], true);
    assert_eq!(get(&emulator, "clock").await, frozen);
    let answer = change(json!({ "advanceSeconds": 3600, "speed": 60 })).await;
    let later: Value = answer.json();
    assert_eq!(later["speed"], 60.0);
    let hour = |value: &Value| {
        value["now"].as_str().unwrap()[11..13]
            .parse::<u32>()
            .unwrap()
    };
    assert_eq!(hour(&later), (hour(&frozen) + 1) % 24);
    for wrong in [
        json!({ "speed": 0 }),
        json!({ "speed": -1 }),
        json!({ "speed": 1e300 }),
        json!({ "advanceSeconds": 1e11 }),
        json!({ "advanceSeconds": 1e300 }),
        json!({ "advanceSeconds": -1 }),
        json!({ "sped": 1 }),
        json!([]),
    ] {
        assert_eq!(change(wrong.clone()).await.status, 400, "{wrong}");
    }
    assert_eq!(get(&emulator, "clock").await, later);
}

#[tokio::test]
async fn an_operation_is_held_and_goes_on() {
    let emulator = Emulator::builder().start().await.unwrap();
    let path = format!("operations/{}/{}", SEED[0], SEED[1]);
    let act = async |body: Value| steer(&emulator, "POST", &path, body).await.status;
    let live = async || {
        let state = get(&emulator, "state").await;
        state["offers"][0]["steps"][5]["status"].clone()
    };
    assert_eq!(act(json!({ "action": "resume" })).await, 400);
    assert_eq!(
        act(json!({ "action": "stall" })).await,
        400,
        "nothing is under way"
    );
    location(&emulator, &GO_LIVE_OFFER).await;
    assert_eq!(live().await, "inProgress");
    let block = json!({ "action": "block", "step": "live", "message": "why" });
    assert_eq!(act(block).await, 204);
    assert_eq!(live().await, "blocked");
    emulator.advance(1000 * HOUR);
    assert_eq!(live().await, "blocked");
    assert_eq!(
        act(json!({ "action": "reject", "message": "no" })).await,
        204
    );
    assert_eq!(live().await, "rejected");
    assert_eq!(act(json!({ "action": "resume" })).await, 204);
    emulator.advance(59 * HOUR);
    assert_eq!(live().await, "inProgress");
    assert_eq!(act(json!({ "action": "stall" })).await, 204);
    assert_eq!(
        act(json!({ "action": "fail", "message": "end" })).await,
        204
    );
    assert_eq!(live().await, "failed");
    assert_eq!(
        act(json!({ "action": "fail", "step": "alive", "message": "" })).await,
        400
    );
}

#[tokio::test]
async fn sessions_do_not_see_each_other() {
    let emulator = Emulator::builder().start().await.unwrap();
    let mine = ask(&emulator, &GO_LIVE_OFFER, &SEED).header("x-emulator-session", "mine");
    assert_eq!(mine.send().await.status, 202);
    // By the path too: the polling URL has it.
    let path = GO_LIVE_OFFER.path_with(&SEED).unwrap();
    let url = format!("{}/@yours{path}?api-version={API_VERSION}", emulator.url());
    let yours = send(client().post(&url).bearer_auth("secret").body("")).await;
    assert_eq!(yours.status, 202);
    let polling = yours.header("location").unwrap();
    assert!(polling.starts_with("/@yours/api/"), "{polling}");
    let polled = send(
        client()
            .get(format!("{}{polling}", emulator.url()))
            .bearer_auth("x"),
    )
    .await;
    assert_eq!(polled.status, 200);
    let again = send(client().post(&url).bearer_auth("secret").body("")).await;
    assert_eq!(again.status, 409);
    // Nor does anybody who asks for none.
    location(&emulator, &GO_LIVE_OFFER).await;
    assert_eq!(emulator.requests().len(), 1);
    let reset = format!("{}/@yours/_emulator/reset", emulator.url());
    assert_eq!(send(client().post(reset)).await.status, 204);
    let again = send(client().post(&url).bearer_auth("secret").body("")).await;
    assert_eq!(again.status, 202, "after a reset");
    let answer = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(answer.status, 409, "which was not theirs");
    let wrong = client().get(format!("{}/@/api", emulator.url()));
    assert_eq!(send(wrong).await.status, 400);
}

#[tokio::test]
async fn what_is_exported_can_be_imported_elsewhere() {
    let one = Emulator::builder().start().await.unwrap();
    one.advance(500 * HOUR);
    let url = location(&one, &GO_LIVE_OFFER).await;
    one.fail_step(SEED[0], SEED[1], "live", "later").unwrap();
    let rule = r#"{"endpoint": "get_offer", "action": {"kind": "reply", "status": 500}}"#;
    steer(&one, "POST", "rules", rule).await;
    steer(&one, "POST", "clock", r#"{"frozen": true}"#).await;
    let export = get(&one, "export").await;
    let other = Emulator::builder().seed(99).empty().start().await.unwrap();
    assert_eq!(steer(&other, "POST", "import", &export).await.status, 204);
    for path in ["state", "rules"] {
        assert_eq!(get(&one, path).await, get(&other, path).await, "{path}");
    }
    let polled = send(
        client()
            .get(format!("{}{url}", other.url()))
            .bearer_auth("x"),
    )
    .await;
    assert_eq!(polled.status, 200);
    assert_eq!(ask(&other, &GET_OFFER, &SEED).send().await.status, 500);
    for wrong in ["", "{}", r#"{"version": 2}"#] {
        assert_eq!(steer(&other, "POST", "import", wrong).await.status, 400);
    }
    let mut newer = export.clone();
    newer["version"] = json!(2);
    assert_eq!(steer(&other, "POST", "import", &newer).await.status, 400);
    assert_eq!(steer(&other, "POST", "reset", "").await.status, 204);
    assert_eq!(get(&other, "state").await["offerCount"], 0);
}

#[tokio::test]
async fn requests_are_found_by_what_they_are() {
    let emulator = Emulator::builder().start().await.unwrap();
    location(&emulator, &GO_LIVE_OFFER).await;
    for token in ["one", "one", "two"] {
        let path = format!(
            "{}/api/publishers?api-version={API_VERSION}",
            emulator.url()
        );
        send(client().get(path).bearer_auth(token)).await;
    }
    let count = async |query: &str| {
        let found = get(&emulator, &format!("requests?{query}")).await;
        found.as_array().unwrap().len()
    };
    assert_eq!(count("").await, 4);
    assert_eq!(
        count("endpoint=go_live_offer&status=202&method=POST").await,
        1
    );
    assert_eq!(count("path=/api/publishers").await, 3);
    assert_eq!(count("last=2").await, 2);
    let all = get(&emulator, "requests").await;
    let token = all[1]["token"].as_str().unwrap();
    assert!(token.starts_with("sha256:") && token.len() < 30);
    assert_eq!(count(&format!("token={token}")).await, 2);
    let wrong = steer(&emulator, "GET", "requests?statuses=1", "").await;
    assert_eq!(wrong.status, 400);
    assert_eq!(steer(&emulator, "DELETE", "requests", "").await.status, 204);
    assert_eq!(count("").await, 0);
}

#[tokio::test]
async fn pages_of_other_sites_do_not_steer() {
    let emulator = Emulator::builder().start().await.unwrap();
    let url = format!("{}/_emulator/reset", emulator.url());
    let foreign = client()
        .post(&url)
        .header("origin", "http://elsewhere.example");
    let own = client().post(&url).header("origin", emulator.url());
    assert_eq!(send(foreign).await.status, 403);
    assert_eq!(send(own).await.status, 204);
    let rebound = client().get(format!("{}/_emulator/state", emulator.url()));
    let rebound = rebound.header("host", "elsewhere.example");
    assert_eq!(send(rebound).await.status, 403);
}

/// The connection breaks as the network would break it: by a reset, and not by
/// a close that could be taken for the end of an answer.
#[tokio::test]
async fn a_reset_is_one_on_the_wire() {
    for (phase, accepted) in [("reset-before", 202), ("lost-acceptance", 409)] {
        let scenario = Scenario::named(phase).unwrap();
        let emulator = Emulator::builder()
            .scenario(scenario)
            .start()
            .await
            .unwrap();
        let path = GO_LIVE_OFFER.path_with(&SEED).unwrap();
        let head = format!(
            "POST {path}?api-version={API_VERSION} HTTP/1.1\r\nhost: localhost\r\n\
             authorization: Bearer x\r\ncontent-length: 0\r\n\r\n"
        );
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let error = stream.read_to_end(&mut answer).await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
        assert!(answer.is_empty());
        assert_eq!(emulator.requests()[0].status, 0);
        let again = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
        assert_eq!(again.status, accepted, "{phase}");
    }
}

#[tokio::test]
async fn the_page_the_contract_and_the_health_need_no_token() {
    let emulator = Emulator::builder().start().await.unwrap();
    for (path, kind, part) in [
        ("/", "text/html; charset=utf-8", "Sign off and go live"),
        ("/healthz", "text/plain; charset=utf-8", "ok"),
        ("/openapi.yaml", "application/yaml", "openapi: 3.0.3"),
        ("/@mine/", "text/html; charset=utf-8", "golive emulator"),
    ] {
        let answer = send(client().get(format!("{}{path}", emulator.url()))).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind));
        assert!(
            String::from_utf8_lossy(&answer.body).contains(part),
            "{path}"
        );
    }
    let page = send(client().get(emulator.url())).await;
    let page = String::from_utf8(page.body).unwrap();
    for elsewhere in ["http://", "https://", "src="] {
        assert!(!page.contains(elsewhere), "it works offline: {elsewhere}");
    }
    for (method, path, status) in [
        ("PUT", "clock", 405),
        ("GET", "reset", 405),
        ("GET", "nothing", 404),
    ] {
        let answer = steer(&emulator, method, path, "").await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(!answer.error().1.is_empty());
    }
    assert!(emulator.requests().is_empty(), "nor are they the portal's");
    let answer = send(client().post(format!("{}/healthz", emulator.url()))).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (405, "MethodNotAllowed")
    );
}

#[tokio::test]
async fn what_is_kept_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let builder = Emulator::builder().data_dir(folder.path());
        builder
            .tokens(golive_emulator::Tokens::Issued)
            .start()
            .await
            .unwrap()
    };
    let form = "grant_type=client_credentials&client_id=me&client_secret=hush\
                &resource=https://cloudpartner.azure.com";
    let one = start().await;
    let url = format!("{}/t/oauth2/token", one.url());
    let token: Value = send(client().post(url).body(form)).await.json();
    let token = token["access_token"].as_str().unwrap().to_owned();
    steer(
        &one,
        "POST",
        "clock",
        r#"{"frozen": true, "advanceSeconds": 60}"#,
    )
    .await;
    steer(&one, "POST", "scenarios/throttled", "").await;
    let mine = client().post(format!("{}/@mine/_emulator/clock", one.url()));
    send(mine.body(r#"{"frozen": true, "speed": 9}"#)).await;
    let before = [get(&one, "state").await, get(&one, "rules").await];
    one.shutdown().await;

    let two = start().await;
    assert_eq!([get(&two, "state").await, get(&two, "rules").await], before);
    let mine: Value = send(client().get(format!("{}/@mine/_emulator/clock", two.url())))
        .await
        .json();
    assert_eq!(mine["speed"], 9.0);
    let path = format!("{}/api/publishers?api-version={API_VERSION}", two.url());
    let answer = send(client().get(path).bearer_auth(token)).await;
    assert_eq!(answer.status, 200, "a token still holds");
    // A reset is kept as well.
    assert_eq!(steer(&two, "POST", "reset", "").await.status, 204);
    two.shutdown().await;
    let three = start().await;
    assert_eq!(get(&three, "rules").await, json!([]));
    assert_eq!(get(&three, "clock").await["frozen"], false);
}

#[tokio::test]
async fn who_goes_away_before_the_answer_is_written_down() {
    let rule = "[[rule]]\nendpoint = 'publish_offer'\nphase = 'after'\n\
                action = { kind = 'delay', milliseconds = 3_600_000 }";
    let scenario = Scenario::from_toml(rule).unwrap();
    let builder = Emulator::builder().scenario(scenario);
    let emulator = builder.start().await.unwrap();
    let operations = async || -> Vec<Value> {
        let list = ask(&emulator, &LIST_OPERATIONS, &SEED).send().await;
        list.json()
    };
    let before = operations().await.len();
    let publish = ask(&emulator, &PUBLISH_OFFER, &SEED).json(&json!({}));
    let waiting = tokio::spawn(publish.send());
    while operations().await.len() == before {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    let gone = loop {
        let requests = get(&emulator, "requests?endpoint=publish_offer").await;
        match requests.as_array().unwrap().first() {
            Some(request) => break request.clone(),
            None => tokio::task::yield_now().await,
        }
    };
    assert_eq!(
        (&gone["status"], &gone["method"]),
        (&json!(0), &json!("POST"))
    );
    assert_eq!(operations().await.len(), before + 1);
}
