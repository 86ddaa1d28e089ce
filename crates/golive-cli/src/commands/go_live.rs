//! `golive go-live`

use super::start::start;
use crate::args::GoLive;
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;
use std::future::IntoFuture;
use std::sync::Arc;

/// Starts a go-live and, unless told otherwise, waits for its end.
pub async fn run(args: &GoLive, context: &Arc<Context>) -> Result<Exit> {
    let submitting = &args.submitting;
    start(
        context,
        submitting,
        args.no_wait,
        Box::new(|offer, stop, deadline| {
            let mut go_live = offer
                .go_live()
                .on_conflict(submitting.on_conflict.into())
                .stop_when(stop);
            if let Some(deadline) = deadline {
                go_live = go_live.deadline(deadline);
            }
            for (plan, version) in &args.expected.expect_image {
                go_live = go_live.expect_image(plan, version);
            }
            for (pointer, value) in &args.expected.expect_value {
                go_live = go_live.expect_value(pointer, value.clone());
            }
            go_live.into_future()
        }),
    )
    .await
}
