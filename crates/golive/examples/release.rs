//! A whole release: publish, look at the preview, approve it, go live. A second run
//! goes on where the first one stopped.
//!
//! `cargo run -p golive --example release` runs it against an emulator in this process,
//! in which days pass in seconds. Its first run ends at the deadline, as a job of a
//! pipeline does.

use golive::{OperationStatus, Portal, Release, ReleaseToken, ReleaseUpdate, StaticToken};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::path::Path;
use std::time::Duration;

/// The hooks are the process's own: each run sets them.
fn with_hooks(release: Release, file: &Path) -> Release {
    let file = file.to_owned();
    let keep = move |token: &ReleaseToken| {
        // A rename is all or nothing, even if the process is killed.
        let new = file.with_extension("new");
        std::fs::write(&new, token.to_string()).and_then(|()| std::fs::rename(&new, &file))
    };
    release
        .keep_token(move |token| match keep(token) {
            Ok(()) => true,
            Err(error) => {
                // Then nothing is submitted.
                eprintln!("the token cannot be kept: {error}");
                false
            }
        })
        .observe(|update| {
            if let ReleaseUpdate::Phase { phase, .. } = update {
                println!("{phase}");
            }
        })
        .approve(async |preview: OperationStatus| {
            println!("look at {:?}; approved", preview.preview_links);
            true
        })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().speed(100_000.0).start().await?;
    let portal = Portal::builder()
        .endpoint(emulator.url())
        .credential(StaticToken::new("anything"))
        .build()?;
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("release.token");

    let release = offer.release().notify("release@contoso.com");
    let job = with_hooks(release, &file).deadline(Duration::from_secs(1));
    match job.await {
        Ok(status) => println!("live at {:?}", status.live_links),
        Err(error) if error.is_timeout() => println!("the first job ends"),
        Err(error) => return Err(error.into()),
    }

    // The next job, maybe on another machine.
    let token: ReleaseToken = std::fs::read_to_string(&file)?.parse()?;
    println!("the next job begins at {}", token.phase());
    let live = with_hooks(portal.resume_release(token)?, &file).await?;
    println!("live at {:?}", live.live_links);
    Ok(())
}
