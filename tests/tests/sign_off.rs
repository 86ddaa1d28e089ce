//! A preview is ready when its publishing says so, or when the step of the sign-off
//! waits for the publisher while the publishing still counts as running.

mod support;

use futures_util::StreamExt;
use golive::{OnConflict, Status, StepStatus, Update};
use golive_emulator::{SEED_OFFER, SEED_PUBLISHER};
use std::time::Duration;
use support::{document, migrated};

#[tokio::test(start_paused = true)]
async fn a_preview_is_ready_while_its_publishing_runs() {
    for running in [true, false] {
        let (portal, _) = migrated(running);
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();
        let publishing = offer.publish().await.unwrap();
        let id = publishing.token().operation_id().to_owned();
        // Before the preview: under way in every sense.
        let early = offer.status().await.unwrap();
        assert!(early.status == Status::Running && !early.is_preview_ready());
        assert!(offer.running_operation().await.unwrap().is_some());

        let preview = publishing.await.unwrap();
        let expected = match running {
            true => Status::Running,
            false => Status::Succeeded,
        };
        assert_eq!(preview.status, expected);
        assert_eq!(preview.is_preview_ready(), running);
        assert_eq!(preview.preview_links.len(), 1);
        if running {
            let step = preview.running_step().unwrap();
            assert_eq!(step.id, "publisher-signoff");
            assert_eq!(step.status, StepStatus::WaitingForPublisherReview);
        }

        // By the status of the offer, the two waits are two things.
        let status = offer.status().await.unwrap();
        let expected = match running {
            true => Status::Running,
            false => Status::WaitingForPublisherReview,
        };
        assert_eq!(status.status, expected);
        assert!(status.is_preview_ready());
        assert!(offer.preview_ready().unwrap().await.is_ok());
        let live = offer.live().unwrap().deadline(Duration::from_secs(86_400));
        assert!(live.await.unwrap_err().is_timeout());

        // The end of the operation is a third one.
        let mut end = offer.operation(&id).unwrap();
        let ended = matches!(end.next().await, Some(Update::Done(Ok(_))));
        assert_eq!(ended, !running);

        // What waits for the publisher is in nobody's way.
        let listed = offer.running_operation().await.unwrap();
        assert_eq!(listed.map(|it| it.id), running.then(|| id.clone()));
        let live = offer.go_live().expect_image("standard", "1.0.1").await;
        assert_eq!(live.unwrap().await.unwrap().live_links.len(), 1);
        if running {
            assert_eq!(end.wait().await.unwrap().status, Status::Succeeded);
        }
        let publishing = offer.operation_status(&id).await.unwrap();
        assert_eq!(publishing.status, Status::Succeeded);
    }
}

#[tokio::test(start_paused = true)]
async fn a_release_goes_through_it() {
    for running in [true, false] {
        let (portal, controls) = migrated(running);
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();
        let live = offer
            .release()
            .expect_image("standard", "1.0.1")
            .approve(async |preview: golive::OperationStatus| !preview.preview_links.is_empty())
            .await
            .unwrap();
        assert_eq!(live.status, Status::Succeeded);
        let submitted = |what: &str| {
            let requests = controls.requests();
            let submitted = requests.iter().filter(|it| it.path.ends_with(what));
            submitted.count()
        };
        assert_eq!((submitted("/publish"), submitted("/golive")), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn another_publishing_need_not_wait_for_it() {
    for on_conflict in [OnConflict::Fail, OnConflict::Wait, OnConflict::Attach] {
        let (portal, _) = migrated(true);
        let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
        let first = offer.publish().await.unwrap();
        let id = first.token().operation_id().to_owned();
        first.await.unwrap();
        let again = offer.publish().on_conflict(on_conflict).await.unwrap();
        // Whoever attaches wants just this one, which is ready.
        let attached = again.token().operation_id() == id;
        assert_eq!(attached, on_conflict == OnConflict::Attach);
        assert!(again.await.unwrap().is_preview_ready());
    }
}

#[tokio::test(start_paused = true)]
async fn it_can_be_canceled() {
    let (portal, _) = migrated(true);
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "1.0.1")).await.unwrap();
    let publishing = offer.publish().await.unwrap();
    let id = publishing.token().operation_id().to_owned();
    publishing.await.unwrap();
    let canceled = offer.cancel(&[]).await.unwrap();
    assert_eq!(canceled.operation().unwrap().token().operation_id(), id);
    assert_eq!(canceled.wait().await.unwrap(), None);
    assert_eq!(offer.status().await.unwrap().status, Status::Canceled);
    let error = offer.go_live().await.unwrap_err();
    assert!(!error.is_submission_unknown(), "{error}");
}
