//! What is refused, and how.

use super::client::{Answer, ask, ask_at, client, poll, send};
use super::lifecycle::{DAY, SEED, location};
use golive_client::endpoints::*;
use golive_client::{Place, types};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use serde_json::{Value, json};

fn outcome(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// Values for the path of an endpoint.
fn some_path(endpoint: &golive_client::Endpoint) -> Vec<&'static str> {
    let parameters = endpoint.parameters.iter();
    let in_path = parameters.filter(|it| it.place == Place::Path);
    in_path
        .map(|parameter| match parameter.schema {
            "PublisherId" => SEED_PUBLISHER,
            "OfferId" => SEED_OFFER,
            "OperationId" => "00000000-0000-0000-0000-000000000000",
            "OperationKey" => "contoso$nothing$1$preview",
            "SlotId" => "Production",
            _ => "77",
        })
        .collect()
}

#[tokio::test]
async fn every_endpoint_wants_a_token_and_a_version() {
    let emulator = Emulator::builder().start().await.unwrap();
    for endpoint in ENDPOINTS {
        let path = some_path(endpoint);
        let ask = || ask(&emulator, endpoint, &path);
        let version = || ask().query("api-version", API_VERSION);
        for token in [
            None,
            Some("Bearer "),
            Some("Bearer"),
            Some("Basic eDp5"),
            Some(""),
        ] {
            let request = match token {
                Some(token) => version().header("authorization", token),
                None => version(),
            };
            let answer = request.send_bare().await;
            assert_eq!(outcome(&answer), refused(401, "Unauthorized"), "{token:?}");
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
        for version in [
            None,
            Some(""),
            Some("2016-08-01-preview"),
            Some("2016-08-01"),
            Some("latest"),
        ] {
            let request = ask().header("authorization", "bearer secret");
            let request = match version {
                Some(version) => request.query("api-version", version),
                None => request,
            };
            let answer = request.send_bare().await;
            assert_eq!(
                outcome(&answer),
                refused(400, "InvalidAPIVersion"),
                "{version:?}"
            );
            assert!(answer.error().1.contains(API_VERSION));
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let emulator = Emulator::builder().start().await.unwrap();
    for endpoint in ENDPOINTS {
        let known = some_path(endpoint);
        let unknown: Vec<Vec<&str>> = match endpoint.id {
            "list_publishers" | "list_offer_types" => continue,
            // It creates what does not exist.
            "put_offer" => continue,
            "list_offers" => vec![vec!["nobody"]],
            "get_operation_by_key" => vec![
                known,
                vec!["contoso$contoso-virtualmachineoffer$2$preview"],
                vec!["contoso$contoso-virtualmachineoffer$1$production"],
                vec!["contoso$contoso-virtualmachineoffer$one$preview"],
                vec!["contoso$contoso-virtualmachineoffer$1"],
                vec!["contoso"],
            ],
            _ => {
                let mut other_publisher = known.clone();
                other_publisher[0] = "nobody";
                let mut other_offer = known.clone();
                other_offer[1] = "nothing";
                let mut paths = vec![other_publisher, other_offer];
                if known.len() > 2 {
                    paths.push(known);
                }
                paths
            }
        };
        for path in unknown {
            let answer = ask(&emulator, endpoint, &path)
                .json(&json!({}))
                .send()
                .await;
            assert_eq!(
                outcome(&answer),
                refused(404, "NotFound"),
                "{} {path:?}",
                endpoint.id
            );
        }
    }
}

#[tokio::test]
async fn a_running_operation_is_in_the_way() {
    let emulator = Emulator::builder().start().await.unwrap();
    location(&emulator, &GO_LIVE_OFFER).await;
    let offer: Value = ask(&emulator, &GET_OFFER, &SEED).send().await.json();
    for endpoint in [&GO_LIVE_OFFER, &PUBLISH_OFFER, &PUT_OFFER] {
        let answer = ask(&emulator, endpoint, &SEED).json(&offer).send().await;
        assert_eq!(
            outcome(&answer),
            refused(409, "Conflict"),
            "{}",
            endpoint.id
        );
    }
    emulator.advance(3 * DAY);
    let answer = ask(&emulator, &PUT_OFFER, &SEED).json(&offer).send().await;
    assert_eq!(answer.status, 200);
    let answer = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(outcome(&answer), refused(400, "PreviewNotReady"));
    assert!(answer.error().1.contains("succeeded"));
}

#[tokio::test]
async fn an_offer_is_replaced_only_if_it_is_the_one_that_was_read() {
    let emulator = Emulator::builder().start().await.unwrap();
    let read = ask(&emulator, &GET_OFFER, &SEED).send().await;
    let tag = read.header("etag").unwrap().to_owned();
    let offer: Value = read.json();
    let put = async |tag: &str| {
        let put = ask(&emulator, &PUT_OFFER, &SEED).header("if-match", tag);
        put.json(&offer).send().await
    };
    let first = put(&tag).await;
    assert_eq!(first.status, 200);
    let next = first.header("etag").unwrap().to_owned();
    assert_ne!(next, tag);
    for old in [tag.as_str(), "", "W/\"x\"", "\"", "datetime"] {
        let answer = put(old).await;
        assert_eq!(
            outcome(&answer),
            refused(412, "PreconditionFailed"),
            "{old}"
        );
    }
    assert_eq!(put(&format!("{tag}, {next}")).await.status, 200);
    assert_eq!(put("*").await.status, 200);
    let new = ask(&emulator, &PUT_OFFER, &["contoso", "new"]).header("if-match", "*");
    let new = new.json(&json!({ "offerTypeId": "x" })).send().await;
    assert_eq!(new.status, 201);
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [
        "",
        " \n",
        "{",
        "null",
        "1",
        "\"offer\"",
        "[]",
        "[{}]",
        "{}",
        "{} {}",
        "\u{0}",
        r#"{"offerTypeId": ""}"#,
        r#"{"offerTypeId": " "}"#,
        r#"{"offerTypeId": null}"#,
        r#"{"offerTypeId": 7}"#,
        r#"{"offerTypeId": "x", "version": "one"}"#,
        r#"{"offerTypeId": "x", "version": 1e400}"#,
        r#"{"offerTypeId": "x", "definition": []}"#,
        r#"{"offerTypeId": "x", "definition": {"plans": {}}}"#,
        r#"{"offerTypeId": "x", "id": "another"}"#,
        r#"{"offerTypeId": "x", "publisherId": "another"}"#,
        &deep,
    ] {
        let put = ask(&emulator, &PUT_OFFER, &SEED).body(body.to_owned());
        let answer = put.send().await;
        let shown = &body[..body.len().min(50)];
        assert_eq!(outcome(&answer), refused(400, "BadRequest"), "{shown}");
    }
    let answer = ask(&emulator, &PUT_OFFER, &SEED)
        .json(&json!({}))
        .send()
        .await;
    assert!(answer.error().1.contains("OfferTypeId"));
    // Bytes that are no text.
    let answer = ask(&emulator, &PUT_OFFER, &SEED)
        .body(vec![0xff; 10])
        .send()
        .await;
    assert_eq!(outcome(&answer), refused(400, "BadRequest"));

    for body in ["[]", "[null]", "{", "7", r#"{"metadata": 7}"#] {
        for endpoint in [&PUBLISH_OFFER, &GO_LIVE_OFFER, &CANCEL_OPERATION] {
            let answer = ask(&emulator, endpoint, &SEED).body(body).send().await;
            assert_eq!(outcome(&answer), refused(400, "BadRequest"), "{body}");
        }
    }
    // Only publish needs a body, and nothing of that has started anything.
    let answer = ask(&emulator, &PUBLISH_OFFER, &SEED).send().await;
    assert_eq!(outcome(&answer), refused(400, "BadRequest"));
    let answer = ask(&emulator, &GO_LIVE_OFFER, &SEED).json(&json!({ "metadata": {} }));
    assert_eq!(answer.send().await.status, 202);
}

#[tokio::test]
async fn an_offer_without_a_plan_does_not_pass_validation() {
    let emulator = Emulator::builder().empty().start().await.unwrap();
    for definition in [json!({}), json!({ "plans": [] }), json!({ "plans": null })] {
        let offer = json!({ "offerTypeId": "x", "definition": definition });
        ask(&emulator, &PUT_OFFER, &SEED).json(&offer).send().await;
        let answer = ask(&emulator, &PUBLISH_OFFER, &SEED)
            .json(&json!({}))
            .send()
            .await;
        assert_eq!(outcome(&answer), refused(422, "UnprocessableEntity"));
    }
    let answer = ask(&emulator, &CANCEL_OPERATION, &SEED).send().await;
    assert_eq!(answer.status, 200, "there never was an operation");
    assert!(answer.header("location").is_none());
}

#[tokio::test]
async fn a_path_that_is_no_path_of_the_contract_is_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    let offer = GET_OFFER.path_with(&SEED).unwrap();
    for (endpoint, path) in [
        (&GET_OFFER, "/api/publishers/a%2Fb/offers/x".to_owned()),
        (&GET_OFFER, "/api/publishers/a%00/offers/x".to_owned()),
        (&GET_OFFER, "/api/publishers/%ff/offers/x".to_owned()),
        (
            &GET_OFFER,
            format!("/api/publishers/{}/offers/x", "a".repeat(200)),
        ),
        (&GET_OFFER_VERSION, format!("{offer}/versions/one")),
        (
            &GET_OFFER_VERSION,
            format!("{offer}/versions/99999999999999999999"),
        ),
        (&GET_OFFER_SLOT, format!("{offer}/slot/Shelf")),
        (&GET_OPERATION, format!("{offer}/operations/a$b")),
    ] {
        let answer = ask_at(&emulator, endpoint, &path).send().await;
        assert_eq!(outcome(&answer), refused(400, "BadRequest"), "{path}");
    }
    let url = emulator.url();
    for path in [
        "/api",
        "/api/",
        "/api/publisher",
        "/favicon.ico",
        "//api/publishers",
    ] {
        let answer = send(client().get(format!("{url}{path}"))).await;
        assert_eq!(outcome(&answer), refused(404, "NotFound"), "{path}");
        assert!(answer.header("x-ms-correlation-request-id").is_some());
    }
    let delete = client().delete(format!("{url}{offer}"));
    let answer = send(delete).await;
    assert_eq!(outcome(&answer), refused(405, "MethodNotAllowed"));
    assert_eq!(answer.header("allow"), Some("GET,HEAD,PUT"));
}

#[tokio::test]
async fn filters_that_are_not_understood_are_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    let list = async |filter: &str| {
        let ask = ask(&emulator, &LIST_OFFERS, &[SEED_PUBLISHER]);
        ask.query("$filter", filter).send().await
    };
    let count = |answer: Answer| answer.json::<Vec<types::Offer>>().len();
    let virtual_machines = "offerTypeId eq 'microsoft-azure-virtualmachines'";
    assert_eq!(count(list(virtual_machines).await), 1);
    assert_eq!(count(list("offerTypeId eq 'x'").await), 0);
    assert_eq!(count(list("nothing eq 'x'").await), 0);
    for filter in ["", "x", "id eq", "id eq x", "id ne 'x'", "id eq '"] {
        let answer = list(filter).await;
        assert_eq!(outcome(&answer), refused(400, "BadRequest"), "{filter}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_of_the_submissions_may_be_left_out() {
    let emulator = Emulator::builder().start().await.unwrap();
    let path = LIST_OPERATIONS.path_with(&SEED).unwrap();
    let path = format!("{}?api-version={API_VERSION}", path.trim_end_matches('/'));
    let answer = poll(&emulator, &LIST_OPERATIONS, &path).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_newer_version_is_answered_with_a_warning_unless_it_is_strict() {
    for (strict, status) in [(false, 200), (true, 400)] {
        let builder = Emulator::builder();
        let builder = if strict { builder.strict() } else { builder };
        let emulator = builder.start().await.unwrap();
        let ask = ask(&emulator, &LIST_PUBLISHERS, &[]).header("authorization", "Bearer secret");
        let answer = ask.query("api-version", "2018-01-01").send_bare().await;
        assert_eq!(answer.status, status);
        let warning = answer.header("warning");
        assert_eq!(warning.is_some_and(|it| it.contains(API_VERSION)), !strict);
    }
}

#[tokio::test]
async fn parameters_are_those_of_the_contract() {
    let emulator = Emulator::builder().start().await.unwrap();
    for endpoint in ENDPOINTS {
        let unknown = ask(&emulator, endpoint, &some_path(endpoint)).query("apiversion", "x");
        let answer = unknown.json(&json!({})).send().await;
        assert_eq!(
            outcome(&answer),
            refused(400, "BadRequest"),
            "{}",
            endpoint.id
        );
        assert!(answer.error().1.contains("'apiversion'"));
    }
    for (value, status) in [
        ("true", 200),
        ("false", 200),
        ("", 400),
        ("1", 400),
        ("True", 400),
    ] {
        let ask = ask(&emulator, &GET_OFFER, &SEED).query("includeAllPricing", value);
        assert_eq!(ask.send().await.status, status, "{value}");
    }
    let twice = ask(&emulator, &GET_OFFER, &SEED).query("api-version", API_VERSION);
    let answer = twice.send().await;
    assert_eq!(outcome(&answer), refused(400, "BadRequest"));
    let path = [SEED_PUBLISHER, SEED_OFFER, "-1"];
    let answer = ask(&emulator, &GET_OFFER_VERSION, &path).send().await;
    assert_eq!(outcome(&answer), refused(400, "BadRequest"));
}

/// Every field of the contract's request bodies is null where it may be, and
/// nowhere else.
#[tokio::test]
async fn null_is_what_the_contract_says() {
    let emulator = Emulator::builder().start().await.unwrap();
    let offer = json!({ "offerTypeId": "x", "definition": { "plans": [{}] } });
    let submission = json!({ "metadata": { "notification-emails": "" } });
    for (endpoint, schema, whole) in [
        (&PUT_OFFER, "Offer", offer),
        (&CANCEL_OPERATION, "SubmissionRequest", submission),
    ] {
        for pointer in super::schemas::fields(schema) {
            let mut body = whole.clone();
            super::schemas::set(&mut body, &pointer, Value::Null);
            let allowed = super::schemas::problems(schema, &body).is_empty();
            let answer = ask(&emulator, endpoint, &SEED).json(&body).send().await;
            // The service wants this one whatever the contract allows.
            let allowed = allowed && pointer != "/offerTypeId";
            assert_eq!(answer.status != 400, allowed, "{schema} {pointer}");
        }
    }
}
