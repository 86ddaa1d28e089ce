//! `golive publish`

use super::start::start;
use crate::args::Publish;
use crate::attempt::{Action, Asked};
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;
use std::sync::Arc;

/// Starts a publishing and, unless told otherwise, waits until the preview is
/// ready.
pub async fn run(args: &Publish, context: &Arc<Context>) -> Result<Exit> {
    let submitting = &args.submitting;
    let notify = context.settings.notify.iter().flat_map(|it| &it.value.0);
    let asked = Asked {
        action: Action::Publish,
        publisher: submitting.publisher.clone(),
        offer: submitting.offer.clone(),
        on_conflict: submitting.on_conflict,
        expect_image: Vec::new(),
        expect_value: Vec::new(),
        notify: notify.cloned().collect(),
    };
    start(context, submitting, asked, args.no_wait).await
}
