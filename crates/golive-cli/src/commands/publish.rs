//! `golive publish`

use super::start::start;
use crate::args::Publish;
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;
use std::future::IntoFuture;
use std::sync::Arc;

/// Starts a publishing and, unless told otherwise, waits until the preview is
/// ready.
pub async fn run(args: &Publish, context: &Arc<Context>) -> Result<Exit> {
    let submitting = &args.submitting;
    start(
        context,
        submitting,
        args.no_wait,
        Box::new(|offer, stop, deadline| {
            let mut publish = offer
                .publish()
                .on_conflict(submitting.on_conflict.into())
                .stop_when(stop);
            if let Some(deadline) = deadline {
                publish = publish.deadline(deadline);
            }
            for email in context.settings.notify.iter().flat_map(|it| &it.value.0) {
                publish = publish.notify(email);
            }
            publish.into_future()
        }),
    )
    .await
}
