//! Every endpoint of the contract has its counterpart in the SDK, and every
//! documented answer of every endpoint is told apart, whatever its body.

mod support;

use golive::lro::BoxFuture;
use golive::{Error, Portal, Slot};
use golive_client::endpoints::{self, ENDPOINTS};
use golive_client::{Endpoint, Place};
use httpmock::MockServer;
use std::collections::BTreeMap;
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, portal};

type Call = fn(Portal) -> BoxFuture<'static, Result<(), Error>>;
type Wait = fn(&golive::Offer) -> golive::Operation;

fn key() -> String {
    format!("{PUBLISHER}${OFFER}$2$preview")
}

fn offer(portal: &Portal) -> golive::Offer {
    portal.offer(PUBLISHER, OFFER).unwrap()
}

/// How the SDK reaches each endpoint.
fn counterparts() -> BTreeMap<&'static str, Call> {
    let calls: [(&Endpoint, Call); 14] = [
        (&endpoints::LIST_PUBLISHERS, |it| {
            Box::pin(async move { it.publishers().await.map(drop) })
        }),
        (&endpoints::LIST_OFFER_TYPES, |it| {
            Box::pin(async move { it.offer_types().await.map(drop) })
        }),
        (&endpoints::LIST_OFFERS, |it| {
            Box::pin(async move { it.offers(PUBLISHER, Some("a eq 'b'")).await.map(drop) })
        }),
        (&endpoints::GET_OFFER, |it| {
            Box::pin(async move { offer(&it).get().await.map(drop) })
        }),
        (&endpoints::PUT_OFFER, |it| {
            Box::pin(async move { offer(&it).put(&"{}".parse()?).await.map(drop) })
        }),
        (&endpoints::GET_OFFER_VERSION, |it| {
            Box::pin(async move {
                offer(&it)
                    .get_version(636_576_975_611_768_314)
                    .await
                    .map(drop)
            })
        }),
        (&endpoints::GET_OFFER_SLOT, |it| {
            Box::pin(async move { offer(&it).get_slot(Slot::Production).await.map(drop) })
        }),
        (&endpoints::PUBLISH_OFFER, |it| {
            Box::pin(async move { offer(&it).publish().notify("a@b.c").await.map(drop) })
        }),
        (&endpoints::GO_LIVE_OFFER, |it| {
            Box::pin(async move { offer(&it).go_live().await.map(drop) })
        }),
        (&endpoints::CANCEL_OPERATION, |it| {
            Box::pin(async move { offer(&it).cancel(&[]).await.map(drop) })
        }),
        (&endpoints::GET_OFFER_STATUS, |it| {
            Box::pin(async move { offer(&it).status().await.map(drop) })
        }),
        (&endpoints::LIST_OPERATIONS, |it| {
            Box::pin(async move { offer(&it).operations().await.map(drop) })
        }),
        (&endpoints::GET_OPERATION, |it| {
            Box::pin(async move { offer(&it).operation_status(OPERATION).await.map(drop) })
        }),
        (&endpoints::GET_OPERATION_BY_KEY, |it| {
            Box::pin(async move { offer(&it).operation_status(&key()).await.map(drop) })
        }),
    ];
    calls
        .into_iter()
        .map(|(endpoint, call)| (endpoint.id, call))
        .collect()
}

/// Answers everything at the path of `endpoint` alike, and other requests, such
/// as the list of operations before a submission, with an empty list.
fn answer<'a>(
    server: &'a MockServer,
    endpoint: &'static Endpoint,
    status: u16,
    kind: &str,
    body: &str,
) -> httpmock::Mock<'a> {
    let method = endpoint.method;
    let mock = server.mock(|when, then| {
        when.is_true(move |request: &httpmock::HttpMockRequest| {
            let uri = request.uri();
            request.method().as_str() == method && endpoint.matches(uri.path()).is_some()
        })
        .query_param("api-version", endpoints::API_VERSION)
        .header("authorization", "Bearer test-secret")
        .header("accept", "application/json")
        .header_missing("api-version");
        then.status(status)
            .header("content-type", kind)
            .header("x-ms-correlation-request-id", "corr")
            .header("location", format!("/api/operations/{}", key()))
            .body(body);
    });
    server.mock(|_, then| {
        then.status(200).body("[]");
    });
    mock
}

#[test]
fn every_endpoint_has_a_counterpart() {
    let covered: Vec<&str> = counterparts().into_keys().collect();
    let mut contract: Vec<&str> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    contract.sort_unstable();
    assert_eq!(covered, contract);
}

#[tokio::test]
async fn every_counterpart_reaches_its_endpoint_and_reads_its_answer() {
    let calls = counterparts();
    for endpoint in ENDPOINTS {
        for response in endpoint
            .responses
            .iter()
            .filter(|response| response.status < 300)
        {
            let server = MockServer::start_async().await;
            let body = match response.body {
                Some(body) if body.starts_with('[') => "[]",
                Some("OperationDocument" | "OfferStatus") => r#"{"status":"running"}"#,
                Some(_) => "{}",
                None => "",
            };
            let mock = answer(&server, endpoint, response.status, "application/json", body);
            let call = calls[endpoint.id];
            let result = call(portal(&server, &QuickClock::default())).await;
            assert!(
                result.is_ok(),
                "{} {}: {result:?}",
                endpoint.id,
                response.status
            );
            assert!(mock.calls_async().await >= 1, "{}", endpoint.id);
        }
    }
}

/// How the SDK sends each optional parameter, or what it has instead.
enum Typed {
    /// With this call it is in the request.
    Sent(Call),
    /// It is not used, for the reason, and this call does the same.
    Instead(&'static str, Call),
}

fn optional_parameters() -> BTreeMap<(&'static str, &'static str), Typed> {
    let filtered: Call = |it| {
        Box::pin(async move {
            let running = golive::Status::Running;
            let found = offer(&it).operations_with_status(&running).await?;
            assert_eq!(found.len(), 1, "only what runs");
            Ok(())
        })
    };
    let two_names = "the filter has two names in the wild: the whole list is filtered here";
    let rows: [(&Endpoint, &'static str, Typed); 7] = [
        (
            &endpoints::LIST_OFFERS,
            "$filter",
            Typed::Sent(|it| {
                Box::pin(async move { it.offers(PUBLISHER, Some("a eq 'b'")).await.map(drop) })
            }),
        ),
        (
            &endpoints::GET_OFFER,
            "includeAllPricing",
            Typed::Sent(|it| {
                Box::pin(async move { offer(&it).get().include_all_pricing().await.map(drop) })
            }),
        ),
        (
            &endpoints::GET_OFFER_VERSION,
            "includeAllPricing",
            Typed::Sent(|it| {
                Box::pin(async move {
                    let version = offer(&it).get_version(1);
                    version.include_all_pricing().await.map(drop)
                })
            }),
        ),
        (
            &endpoints::GET_OFFER_SLOT,
            "includeAllPricing",
            Typed::Sent(|it| {
                Box::pin(async move {
                    let slot = offer(&it).get_slot(Slot::Preview);
                    slot.include_all_pricing().await.map(drop)
                })
            }),
        ),
        (
            &endpoints::PUT_OFFER,
            "If-Match",
            Typed::Sent(|it| {
                Box::pin(async move {
                    let document = "{}".parse()?;
                    offer(&it).put_if_match(&document, "\"1\"").await.map(drop)
                })
            }),
        ),
        (
            &endpoints::LIST_OPERATIONS,
            "status",
            Typed::Instead(two_names, filtered),
        ),
        (
            &endpoints::LIST_OPERATIONS,
            "submissionState",
            Typed::Instead(two_names, filtered),
        ),
    ];
    rows.into_iter()
        .map(|(endpoint, name, typed)| ((endpoint.id, name), typed))
        .collect()
}

#[tokio::test]
async fn every_optional_parameter_has_a_typed_counterpart() {
    let mut typed = optional_parameters();
    for endpoint in ENDPOINTS {
        for parameter in endpoint.parameters.iter().filter(|it| !it.required) {
            let name = parameter.name;
            let counterpart = typed.remove(&(endpoint.id, name));
            let counterpart =
                counterpart.unwrap_or_else(|| panic!("{} has no {name} in the SDK", endpoint.id));
            let server = MockServer::start_async().await;
            let with = server.mock(|when, then| {
                let when = when.is_true(move |request: &httpmock::HttpMockRequest| {
                    request.method().as_str() == endpoint.method
                        && endpoint.matches(request.uri().path()).is_some()
                });
                match parameter.place {
                    Place::Query => when.query_param_exists(name),
                    Place::Header => when.header_exists(name),
                    Place::Path => panic!("{name} is in the path, and optional"),
                };
                then.status(200).body(if endpoint.id == "list_offers" {
                    "[]"
                } else {
                    "{}"
                });
            });
            server.mock(|_, then| {
                let list = r#"[{"id":"a","submissionState":"running"},
                    {"id":"b","submissionState":"failed"}]"#;
                then.status(200).body(list);
            });
            let portal = portal(&server, &QuickClock::default());
            match counterpart {
                Typed::Sent(call) => {
                    call(portal).await.unwrap();
                    with.assert_calls_async(1).await;
                }
                Typed::Instead(reason, call) => {
                    assert!(!reason.is_empty());
                    call(portal).await.unwrap();
                    with.assert_calls_async(0).await;
                }
            }
        }
    }
    let left: Vec<_> = typed.into_keys().collect();
    assert!(left.is_empty(), "not in the contract: {left:?}");
}

/// An error's body in every form: its kind, and itself.
const BODIES: [(&str, &str); 5] = [
    (
        "application/json",
        r#"{"error":{"code":"C","message":"the message"}}"#,
    ),
    ("application/json", r#""the message""#),
    (
        "application/problem+json",
        r#"{"title":"t","detail":"the message"}"#,
    ),
    ("text/html", "<html><body>the <b>message</b></body></html>"),
    ("application/json", ""),
];

/// What an error says of its likely cause.
fn advises(error: &Error, status: u16) -> bool {
    let advice = error.advice().unwrap_or_default();
    match status {
        401 => advice.contains("az account get-access-token"),
        403 => advice.contains("object id of the managed application"),
        404 => advice.contains("ids are not display names"),
        _ => true,
    }
}

#[tokio::test]
async fn every_error_of_every_endpoint_is_told_apart_whatever_its_body() {
    let calls = counterparts();
    for endpoint in ENDPOINTS {
        for response in endpoint
            .responses
            .iter()
            .filter(|response| response.status >= 400)
        {
            for (kind, body) in BODIES {
                let server = MockServer::start_async().await;
                let status = response.status;
                let mock = answer(&server, endpoint, status, kind, body);
                let call = calls[endpoint.id];
                let error = call(portal(&server, &QuickClock::default()))
                    .await
                    .unwrap_err();
                let case = format!("{} {status} {body}: {error}", endpoint.id);
                assert_eq!(error.status(), Some(status), "{case}");
                assert_eq!(error.body(), Some(body.as_bytes()), "{case}");
                assert_eq!(error.correlation_id(), Some("corr"), "{case}");
                let message = (!body.is_empty()).then_some("the message");
                assert_eq!(error.message(), message, "{case}");
                assert_eq!(error.is_precondition_failed(), status == 412, "{case}");
                assert!(advises(&error, status), "{case}");
                assert!(
                    !format!("{error} {error:?}").contains("test-secret"),
                    "{case}"
                );
                // What changes something is sent once, and once more after a 401.
                let calls = mock.calls_async().await;
                let expected = match (endpoint.method, status) {
                    (_, 401) => 2,
                    ("GET", 429 | 500 | 503) => 4,
                    _ => 1,
                };
                assert_eq!(calls, expected, "{case}");
            }
        }
    }
}

/// Waits poll by themselves: what a call tells of an answer, a wait does too.
#[tokio::test]
async fn every_error_of_every_polled_endpoint_is_told_apart_whatever_its_body() {
    let polled: [(&Endpoint, Wait); 3] = [
        (&endpoints::GET_OPERATION, |it| {
            it.operation(OPERATION).unwrap()
        }),
        (&endpoints::GET_OPERATION_BY_KEY, |it| {
            it.operation(&key()).unwrap()
        }),
        (&endpoints::GET_OFFER_STATUS, |it| it.live().unwrap()),
    ];
    for (endpoint, operation) in polled {
        for response in endpoint
            .responses
            .iter()
            .filter(|response| response.status >= 400)
        {
            for (kind, body) in BODIES {
                let server = MockServer::start_async().await;
                let status = response.status;
                let mock = answer(&server, endpoint, status, kind, body);
                let clock = QuickClock::default();
                let error = operation(&offer(&portal(&server, &clock)))
                    .await
                    .unwrap_err();
                let case = format!("{} {status} {body}: {error}", endpoint.id);
                assert_eq!(error.status(), Some(status), "{case}");
                assert_eq!(error.body(), Some(body.as_bytes()), "{case}");
                assert_eq!(error.correlation_id(), Some("corr"), "{case}");
                let message = (!body.is_empty()).then_some("the message");
                assert_eq!(error.message(), message, "{case}");
                let told = error.to_string();
                assert!(told.contains(message.unwrap_or_default()), "{case}");
                assert!(error.resume_token().is_some(), "{case}");
                assert!(advises(&error, status), "{case}");
                // What may pass is repeated until it is too much; 404 a few times,
                // because an operation may appear late.
                let calls = mock.calls_async().await;
                let expected = match status {
                    401 => 2..=2,
                    404 => 6..=6,
                    429 | 500.. => 8..=61,
                    _ => 1..=1,
                };
                assert!(expected.contains(&calls), "{calls} {case}");
                assert_eq!(error.gave_up(), status == 429 || status >= 500, "{case}");
                assert_eq!(error.is_expired(), status == 404, "{case}");
            }
        }
    }
}
