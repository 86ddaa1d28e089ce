//! Clients that remember what they were told.

use super::Answers;
use golive_client::endpoints::*;
use golive_client::types::{Offer, Operation};
use golive_client::{Endpoint, OperationStateKind};
use reqwest::{Method, Response};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const PUBLISHER: &str = "contoso";

/// What a client was told, and may count on.
pub struct Told {
    offer: String,
    /// The number in the text of the draft that was last accepted, and the
    /// largest that may have been.
    draft: Option<u64>,
    sent: u64,
    /// How far each operation was, by its polling URL.
    pub operations: BTreeMap<String, (Standing, i64)>,
    client: reqwest::Client,
}

/// How an operation stands. It never goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Running,
    Ended(u8),
}

impl Told {
    pub fn new(number: usize) -> Self {
        Self {
            offer: format!("offer-{number}"),
            draft: None,
            sent: 0,
            operations: BTreeMap::new(),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    async fn ask(&self, base: &str, endpoint: &Endpoint, body: String) -> Option<Response> {
        let path = endpoint.path_with(&[PUBLISHER, &self.offer]).unwrap();
        let method = Method::from_bytes(endpoint.method.as_bytes()).unwrap();
        let request = self.client.request(method, format!("{base}{path}"));
        let request = request.query(&[("api-version", API_VERSION)]);
        request.bearer_auth("x").body(body).send().await.ok()
    }

    /// How an operation stands, and how far its last step is.
    async fn poll(&self, base: &str, url: &str) -> Option<(Standing, i64)> {
        let answer = self.client.get(format!("{base}{url}")).bearer_auth("x");
        let answer = answer.send().await.ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        assert_eq!(status, 200, "{url}: {text}");
        let operation: Operation = serde_json::from_str(&text).unwrap();
        let standing = match operation.status.unwrap().kind() {
            OperationStateKind::Running => Standing::Running,
            OperationStateKind::Succeeded => Standing::Ended(0),
            OperationStateKind::Canceled => Standing::Ended(1),
            other => panic!("{other:?}"),
        };
        let steps = operation.steps.unwrap().into_iter();
        let progress = steps.map(|step| step.progress_percentage.unwrap()).sum();
        Some((standing, progress))
    }

    fn learn(&mut self, url: &str, now: (Standing, i64)) {
        let before = self.operations.insert(url.to_owned(), now);
        let Some(before) = before else {
            return;
        };
        assert!(
            before.0 <= now.0 && before.1 <= now.1,
            "{before:?}, now {now:?}"
        );
        let ended = matches!(before.0, Standing::Ended(_));
        assert!(!ended || before == now, "{before:?}, now {now:?}");
    }

    /// Everything that the client was told is still so.
    pub async fn verify(&mut self, base: &str, round: usize) {
        let urls: Vec<String> = self.operations.keys().cloned().collect();
        for url in urls {
            let now = self.poll(base, &url).await.expect("it answers");
            self.learn(&url, now);
        }
        let answer = self.ask(base, &GET_OFFER, String::new()).await;
        let answer = answer.expect("it answers");
        if answer.status() == 404 {
            assert_eq!(self.draft, None, "round {round}: the draft is lost");
            return;
        }
        let draft: Offer = answer.json().await.unwrap();
        let text = draft.definition.unwrap().display_text.unwrap();
        let number: u64 = text.parse().unwrap();
        let least = self.draft.unwrap_or(0);
        assert!(
            (least..=self.sent).contains(&number),
            "round {round}: {number}"
        );
        self.draft = Some(number);
    }
}

/// Does one thing after the other until nobody answers.
pub async fn load(mut told: Told, base: String, seed: u64, answers: Arc<Answers>) -> Told {
    let mut rng = fastrand::Rng::with_seed(seed);
    while act(&mut told, &base, &mut rng).await.is_some() {
        answers.another();
    }
    told
}

async fn act(told: &mut Told, base: &str, rng: &mut fastrand::Rng) -> Option<()> {
    let url = rng.choice(told.operations.keys().cloned().collect::<Vec<_>>());
    let endpoint = match (rng.u8(..10), url) {
        (0..3, Some(url)) => {
            let now = told.poll(base, &url).await?;
            told.learn(&url, now);
            return Some(());
        }
        (0..6, _) => {
            told.sent += 1;
            let number = told.sent;
            let offer = json!({
                "offerTypeId": "x",
                "definition": { "displayText": number.to_string(), "plans": [{}] },
            });
            let answer = told.ask(base, &PUT_OFFER, offer.to_string()).await?;
            if answer.status().is_success() {
                told.draft = Some(number);
            }
            return Some(());
        }
        (6..8, _) => &PUBLISH_OFFER,
        (8, _) => &GO_LIVE_OFFER,
        _ => &CANCEL_OPERATION,
    };
    let answer = told.ask(base, endpoint, "{}".to_owned()).await?;
    if answer.status() == 202 {
        let url = answer.headers()["location"].to_str().unwrap();
        if !told.operations.contains_key(url) {
            told.operations
                .insert(url.to_owned(), (Standing::Running, 0));
        }
    }
    Some(())
}
