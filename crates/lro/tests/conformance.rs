//! The scenarios of long-running operations of the public conformance suite
//! for Azure clients, from its server on this machine.
//!
//! `SPECTOR_URL` says where the server is. Without it the scenarios are skipped
//! and say so.

#![cfg(feature = "reqwest")]

use std::time::Duration;

use http::{HeaderMap, Method};
use lro::{
    Accepted, AzureStatus, ReqwestTransport, Schedule, Service, State, StatusMonitor, Update,
};
use serde_json::{Value, json};
use url::Url;

const CORE: &str = "2022-12-01-preview";
const MANAGEMENT: &str = "2023-12-01-preview";
const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const ORDER: &str =
    "/resourceGroups/test-rg/providers/Azure.ResourceManager.OperationTemplates/orders/order1";

/// The states that were seen, and the result. `None` without a server.
async fn run(
    version: &str,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Option<(Vec<State>, Value)> {
    let Ok(server) = std::env::var("SPECTOR_URL") else {
        eprintln!("skipped: SPECTOR_URL does not say where the server is");
        return None;
    };
    let server = Url::parse(&server).unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let service = Service::builder(&server)
        .transport(ReqwestTransport::new(client.clone()))
        .query("api-version", version)
        .schedule(Schedule::fixed(Duration::from_millis(20)).min(Duration::from_millis(20)))
        .build()
        .unwrap();

    let mut url = server.join(path).unwrap();
    url.query_pairs_mut().append_pair("api-version", version);
    let mut request = client.request(method.clone(), url.clone());
    if let Some(body) = body {
        request = request.json(&body);
    }
    let reply = request.send().await.unwrap();
    let (status, headers): (_, HeaderMap) = (reply.status(), reply.headers().clone());
    let body = reply.bytes().await.unwrap();
    assert!(status.is_success(), "{status} {body:?}");
    let accepted = Accepted::new(method, url, status, headers, body);

    let mut poller = service.accepted::<AzureStatus<Value>>(accepted).unwrap();
    let mut states = Vec::new();
    loop {
        match poller.poll_once().await.unwrap() {
            Update::Status { status, .. } => states.push(status.state()),
            Update::Done(outcome) => return Some((states, outcome.unwrap())),
            other => panic!("{other:?}"),
        }
    }
}

fn in_progress_once(states: &[State]) {
    assert_eq!(states, [State::in_progress()]);
}

#[tokio::test]
async fn azure_core_lro_standard_create_or_replace() {
    let path = "/azure/core/lro/standard/users/madge";
    let body = json!({"role": "contributor"});
    if let Some((states, result)) = run(CORE, Method::PUT, path, Some(body)).await {
        in_progress_once(&states);
        assert_eq!(result, json!({"name": "madge", "role": "contributor"}));
    }
}

#[tokio::test]
async fn azure_core_lro_standard_delete() {
    let path = "/azure/core/lro/standard/users/madge";
    if let Some((states, result)) = run(CORE, Method::DELETE, path, None).await {
        in_progress_once(&states);
        assert_eq!(result, Value::Null);
    }
}

#[tokio::test]
async fn azure_core_lro_standard_export() {
    let path = "/azure/core/lro/standard/users/madge:export?format=json";
    if let Some((states, result)) = run(CORE, Method::POST, path, None).await {
        in_progress_once(&states);
        assert_eq!(
            result,
            json!({"name": "madge", "resourceUri": "/users/madge"})
        );
    }
}

#[tokio::test]
async fn azure_core_lro_rpc_long_running_rpc() {
    let path = "/azure/core/lro/rpc/generations:submit";
    let body = json!({"prompt": "text"});
    if let Some((states, result)) = run(CORE, Method::POST, path, Some(body)).await {
        in_progress_once(&states);
        assert_eq!(result, json!({"data": "text data"}));
    }
}

#[tokio::test]
async fn azure_resource_manager_operation_templates_lro_create_or_replace() {
    let path = format!("{SUBSCRIPTION}{ORDER}");
    let body = json!({"location": "eastus", "properties": {"productId": "product1", "amount": 1}});
    if let Some((states, result)) = run(MANAGEMENT, Method::PUT, &path, Some(body)).await {
        in_progress_once(&states);
        assert_eq!(result["name"], "order1");
        assert_eq!(result["properties"]["provisioningState"], "Succeeded");
        assert_eq!(result["properties"]["amount"], 1);
    }
}

/// `Azure-AsyncOperation` says when, `Location` what.
#[tokio::test]
async fn azure_resource_manager_operation_templates_lro_export() {
    let path = format!("{SUBSCRIPTION}{ORDER}/export");
    let body = json!({"format": "csv"});
    if let Some((states, result)) = run(MANAGEMENT, Method::POST, &path, Some(body)).await {
        in_progress_once(&states);
        assert_eq!(result, json!({"content": "order1,product1,1"}));
    }
}

#[tokio::test]
async fn azure_resource_manager_operation_templates_lro_export_array() {
    let path =
        format!("{SUBSCRIPTION}/providers/Azure.ResourceManager.OperationTemplates/exportArray");
    let body = json!({"format": "csv"});
    if let Some((states, result)) = run(MANAGEMENT, Method::POST, &path, Some(body)).await {
        in_progress_once(&states);
        assert_eq!(result[1]["content"], "order2,product2,2");
    }
}

/// `Location` alone: 202, then 204.
#[tokio::test]
async fn azure_resource_manager_operation_templates_lro_delete() {
    let path = format!("{SUBSCRIPTION}{ORDER}");
    if let Some((states, result)) = run(MANAGEMENT, Method::DELETE, &path, None).await {
        in_progress_once(&states);
        assert_eq!(result, Value::Null);
    }
}
