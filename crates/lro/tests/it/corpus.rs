//! The fuzz target's corpus, as an ordinary test.

use std::path::Path;

use crate::fuzzed;
use crate::script::{SUCCEEDED, Script, accepted, ok};

#[test]
fn every_file_of_the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/poll");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let data = std::fs::read(file.unwrap().path()).unwrap();
        fuzzed::run(&data);
        count += 1;
    }
    assert!(count >= 15);
}

#[tokio::test]
async fn real_tokens_too() {
    let script = Script::new(vec![ok(SUCCEEDED)]);
    let poller = script
        .service()
        .accepted::<lro::AzureStatus>(accepted().with_context("a", "b"))
        .unwrap();
    fuzzed::run(poller.token().to_string().as_bytes());
    fuzzed::run(&serde_json::to_vec(&poller.token()).unwrap());
}
