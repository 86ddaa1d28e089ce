//! `golive go-live`

use super::start::start;
use crate::args::GoLive;
use crate::attempt::{Action, Asked};
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;
use std::sync::Arc;

/// Starts a go-live and, unless told otherwise, waits for its end.
pub async fn run(args: &GoLive, context: &Arc<Context>) -> Result<Exit> {
    let (submitting, expected) = (&args.submitting, &args.expected);
    let asked = Asked {
        action: Action::GoLive,
        publisher: submitting.publisher.clone(),
        offer: submitting.offer.clone(),
        on_conflict: submitting.on_conflict,
        expect_image: expected.expect_image.clone(),
        expect_value: expected.expect_value.clone(),
        notify: Vec::new(),
    };
    start(context, submitting, asked, args.no_wait).await
}
