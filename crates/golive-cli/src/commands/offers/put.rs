//! `golive offers put`

use super::failed;
use crate::args::OffersPut;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use anyhow::{Context as _, Result, bail};
use golive::OfferDocument;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Far above any real document, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Creates an offer, or replaces its draft.
pub async fn run(args: &OffersPut, context: &Context) -> Result<Exit> {
    let name = &args.name;
    let from_stdin = args.file == Path::new("-");
    if from_stdin && args.service.access_token_stdin {
        bail!("standard input has the bearer token: give the document as a file");
    }
    // All that can be wrong here is found before anything is sent.
    let document = if from_stdin {
        parse(std::io::stdin()).context("standard input has no document of an offer in it")?
    } else {
        let shown = args.file.display();
        let file = File::open(&args.file).with_context(|| format!("{shown} cannot be read"))?;
        parse(file).with_context(|| format!("{shown} is not the document of an offer"))?
    };
    for (what, written, named) in [
        ("publisher", document.publisher(), &name.publisher),
        ("offer", document.id(), &name.offer),
    ] {
        if let Some(written) = written.filter(|written| written != named) {
            context.ui.warn(&format!(
                "the document is of the {what} {written}, and is written to the {what} {named}"
            ));
        }
    }
    let connection = Connection::to_service(context, &args.service)?;
    let offer = connection.portal.offer(&name.publisher, &name.offer)?;
    Ok(match offer.put_if_match(&document, &args.if_match).await {
        Ok(kept) => {
            if let Some(etag) = kept.etag() {
                context.ui.note(&format!("etag: {etag}"));
            }
            let version = kept.version();
            let version = version.map_or(String::new(), |it| format!(" (version {it})"));
            let text = format!("{offer}: draft written{version}");
            context.ui.result(&text, kept.value());
            Exit::Succeeded
        }
        Err(error) => {
            let exit = failed(context, &connection, &offer, &error).await;
            if error.is_precondition_failed() {
                context.ui.advise(&format!(
                    "the draft has changed since it had the ETag {}, so nothing was \
                     written; read it again with golive offers show, which prints its ETag, and \
                     make your change there",
                    args.if_match
                ));
            }
            exit
        }
    })
}

fn parse(input: impl Read) -> Result<OfferDocument> {
    let mut text = String::new();
    input.take(LARGEST + 1).read_to_string(&mut text)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > LARGEST {
        bail!("it is larger than {} MiB", LARGEST / 1024 / 1024);
    }
    // Editors of Windows begin a file with a mark.
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        bail!("it is empty");
    }
    let value = serde_json::from_str(text).context("it is not JSON")?;
    Ok(OfferDocument::new(value)?)
}
