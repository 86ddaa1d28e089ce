//! `golive many` against the emulator, as a real process over loopback.

#[cfg(unix)]
mod approval;
mod ends;
mod goes_on;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod live_view;
#[cfg(unix)]
mod replaced;
mod rows;
mod shown;
#[cfg(unix)]
mod signals;
mod size;
mod trouble;

use crate::portal::steer;
use crate::program::{Ended, program, run};
use golive::{OfferDocument, Portal, StaticToken};
use golive_emulator::{Builder, Emulator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const PUBLISHER: &str = "contoso";

/// Longer than anything that the emulator does.
const LONG: Duration = Duration::from_secs(200 * 3600);

/// Fast enough that a go-live of 60 hours takes a second.
const FAST: f64 = 216_000.0;

/// An emulator, a folder for a run, and what runs in it.
struct Stage {
    emulator: Emulator,
    folder: tempfile::TempDir,
}

impl Stage {
    /// With a clock on which nothing happens until the test says so.
    async fn still() -> Self {
        Self::of(Emulator::builder()).await
    }

    /// With a clock on which days take a second.
    async fn fast() -> Self {
        Self::of(Emulator::builder().speed(FAST)).await
    }

    /// With a clock that stands still, and polls every second.
    async fn frozen() -> Self {
        let stage = Self::of(Emulator::builder().speed(1e6)).await;
        let address = stage.emulator.address();
        let freeze = move || steer(address, "clock", &json!({ "frozen": true }));
        tokio::task::spawn_blocking(freeze).await.unwrap();
        stage
    }

    async fn of(builder: Builder) -> Self {
        Self {
            emulator: builder.empty().start().await.unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn portal(&self) -> Portal {
        Portal::builder()
            .endpoint(self.emulator.url())
            .credential(StaticToken::new("setup"))
            .build()
            .unwrap()
    }

    /// Puts offers.
    async fn drafts(&self, ids: &[&str]) {
        for id in ids {
            let offer = self.portal().offer(PUBLISHER, id).unwrap();
            offer.put(&document(id)).await.unwrap();
        }
    }

    /// Puts offers, and publishes them to preview.
    async fn previews(&self, ids: &[&str]) {
        self.drafts(ids).await;
        for id in ids {
            let offer = self.portal().offer(PUBLISHER, id).unwrap();
            let _ = offer.publish().await.unwrap();
        }
        self.emulator.advance(LONG);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file with rows.
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Writes a table with an offer in each row.
    fn table(&self, ids: &[&str]) -> PathBuf {
        let rows: Vec<String> = ids.iter().map(|id| format!("{PUBLISHER},{id}")).collect();
        self.file(
            "offers.csv",
            &format!("publisher,offer\n{}\n", rows.join("\n")),
        )
    }

    /// The program, with polls that come soon.
    fn command(&self, file: &Path, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .env("GOLIVE_ENDPOINT", self.emulator.url())
            .env("GOLIVE_TOKEN", "test-secret")
            .env("GOLIVE_INTERVAL", "100ms")
            .env("GOLIVE_MAX_INTERVAL", "100ms")
            .current_dir(self.folder.path())
            .arg("many")
            .arg(file)
            .args(arguments);
        command
    }

    fn many(&self, file: &Path, arguments: &[&str]) -> Ended {
        run(&mut self.command(file, arguments), "")
    }

    /// How many submissions of each offer the service has accepted, and how many of
    /// all it has answered.
    fn submissions(&self) -> (BTreeMap<String, usize>, usize) {
        let mut accepted = BTreeMap::new();
        let mut sent = 0;
        for request in self.emulator.requests() {
            let of_setup = request.token == self.token_of_setup();
            let path = &request.path;
            let submits = path.ends_with("/golive") || path.ends_with("/publish");
            // Without a status and a rule, whoever asked was killed before the answer.
            let unanswered = request.status == 0 && request.rules.is_empty();
            if !submits || request.method != "POST" || of_setup || unanswered {
                continue;
            }
            sent += 1;
            // A reset leaves no status, and the acceptance behind it counts.
            if matches!(request.status, 0 | 202) {
                let mut parts: Vec<&str> = path.split('/').collect();
                let what = parts.pop().unwrap();
                let id = parts.pop().unwrap();
                *accepted.entry(format!("{id} {what}")).or_insert(0) += 1;
            }
        }
        (accepted, sent)
    }

    /// The fingerprint of the token with which the test itself talks.
    fn token_of_setup(&self) -> Option<String> {
        let requests = self.emulator.requests();
        let put = requests.iter().find(|request| request.method == "PUT");
        put.and_then(|request| request.token.clone())
    }

    /// How often each of these was accepted; nothing else was.
    fn assert_accepted(&self, expected: &[&str]) {
        let (accepted, _) = self.submissions();
        let expected: BTreeMap<String, usize> =
            expected.iter().map(|it| ((*it).to_owned(), 1)).collect();
        assert_eq!(accepted, expected);
    }

    /// The lines of the journal after the first. One that is being written is left out.
    fn journal(&self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().skip(1);
        lines.map(|it| serde_json::from_str(it).unwrap()).collect()
    }
}

fn document(id: &str) -> OfferDocument {
    OfferDocument::new(json!({
        "publisherId": PUBLISHER,
        "offerTypeId": "microsoft-azure-virtualmachines",
        "id": id,
        "definition": {
            "displayText": id,
            "plans": [{
                "planId": "standard",
                "microsoft-azure-virtualmachines.vmImages": {
                    "1.0.1": {"osVhdUrl": "https://example.com/image.vhd"},
                },
            }],
        },
    }))
    .unwrap()
}

/// What the document says of each offer.
fn results(ended: &Ended) -> BTreeMap<String, String> {
    let json = ended.json();
    let offers = json["offers"].as_array().unwrap();
    let result = |offer: &Value| {
        let word = |key: &str| offer[key].as_str().unwrap().to_owned();
        (word("offer"), word("result"))
    };
    offers.iter().map(result).collect()
}

fn words<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs
        .map(|(offer, result)| (offer.to_owned(), result.to_owned()))
        .into()
}
