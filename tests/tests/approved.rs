//! What goes live is the preview that somebody has looked at, and nothing that was
//! published since.

mod support;

use golive::{OnConflict, ReleasePhase, ReleaseToken, Slot, Status};
use golive_emulator::{Controls, Scenario};
use std::sync::{Arc, Mutex};
use support::{document, migrated};

fn go_lives(controls: &Controls) -> usize {
    let requests = controls.requests();
    let go_lives = requests.iter().filter(|it| it.path.ends_with("/golive"));
    go_lives.count()
}

/// Somebody publishes something else, up to its preview, while a release waits for its
/// approval.
#[tokio::test(start_paused = true)]
async fn another_preview_than_the_approved_one_does_not_go_live() {
    for running in [false, true] {
        for on_conflict in [OnConflict::Fail, OnConflict::Attach, OnConflict::Wait] {
            let (portal, controls) = migrated(running);
            let offer = portal.offer("contoso", "appliance").unwrap();
            offer.put(&document("appliance", "1.0.1")).await.unwrap();
            let kept: Arc<Mutex<Option<ReleaseToken>>> = Arc::default();
            let (keep, other) = (kept.clone(), offer.clone());
            let release = offer
                .release()
                .on_conflict(on_conflict)
                .keep_token(move |token| {
                    *keep.lock().unwrap() = Some(token.clone());
                    true
                })
                .approve(move |_| {
                    let other = other.clone();
                    async move {
                        other.put(&document("appliance", "6.6.6")).await.unwrap();
                        other.publish().await.unwrap().await.is_ok()
                    }
                });
            let error = release.await.unwrap_err();
            assert!(error.is_unexpected_preview(), "{error}");
            assert!(!error.may_have_been_sent(), "{error}");
            assert!(error.to_string().contains("approve it anew"), "{error}");
            assert_eq!(go_lives(&controls), 0);

            // Whoever goes on is asked about what is there now.
            let token = kept.lock().unwrap().take().unwrap();
            assert_eq!(Some(&token), error.release_token());
            assert_eq!(token.phase(), ReleasePhase::Approval);
            let token: ReleaseToken = token.to_string().parse().unwrap();
            let resumed = portal.resume_release(token).unwrap();
            let live = resumed.approve(async |_| true).await.unwrap();
            assert_eq!(live.status, Status::Succeeded);
            let live = offer.get_slot(Slot::Production).await.unwrap();
            assert!(live.plans()[0].images.contains_key("6.6.6"));
            assert_eq!(go_lives(&controls), 1);
        }
    }
}

/// Somebody publishes something else between two processes, of which the first has
/// asked and was killed without an answer.
#[tokio::test(start_paused = true)]
async fn what_is_asked_about_is_not_replaced_between_two_processes() {
    for replaced in [false, true] {
        let (portal, controls) = migrated(false);
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();
        let kept: Arc<Mutex<Option<ReleaseToken>>> = Arc::default();
        let (keep, asked) = (kept.clone(), Arc::new(tokio::sync::Notify::new()));
        let notify = asked.clone();
        let release = offer
            .release()
            .keep_token(move |token| {
                *keep.lock().unwrap() = Some(token.clone());
                true
            })
            .approve(move |_| {
                notify.notify_one();
                std::future::pending()
            });
        tokio::select! {
            outcome = release => panic!("{outcome:?}"),
            () = asked.notified() => {}
        }
        offer.put(&document("appliance", "6.6.6")).await.unwrap();
        if replaced {
            offer.publish().await.unwrap().await.unwrap();
        }
        let token = kept.lock().unwrap().take().unwrap();
        let resumed = portal.resume_release(token).unwrap();
        let outcome = resumed.approve(async |_| true).await;
        assert_eq!(outcome.is_ok(), !replaced, "{outcome:?}");
        assert_eq!(go_lives(&controls), usize::from(!replaced));
        let Err(error) = outcome else { continue };
        assert!(error.is_unexpected_preview(), "{error}");
        // Whoever goes on after that is asked about what is there now.
        let token = error.release_token().unwrap().clone();
        let resumed = portal.resume_release(token).unwrap();
        resumed.approve(async |_| true).await.unwrap();
        assert_eq!(go_lives(&controls), 1);
    }
}

/// The same while another process has the approved release, which goes on later.
#[tokio::test(start_paused = true)]
async fn an_approval_of_an_earlier_process_is_of_the_preview_of_then() {
    for replaced in [false, true] {
        let (portal, controls) = migrated(false);
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();
        let kept: Arc<Mutex<Option<ReleaseToken>>> = Arc::default();
        let keep = kept.clone();
        let release = offer
            .release()
            .keep_token(move |token| {
                let approved = token.phase() == ReleasePhase::GoLive;
                *keep.lock().unwrap() = Some(token.clone());
                // The process ends right before it submits.
                !(approved && token.is_submitting())
            })
            .approve(async |_| true);
        assert!(release.await.unwrap_err().is_stopped());
        // A draft that is only written changes nothing about the preview.
        offer.put(&document("appliance", "6.6.6")).await.unwrap();
        if replaced {
            offer.publish().await.unwrap().await.unwrap();
        }
        let token = kept.lock().unwrap().take().unwrap();
        assert_eq!(token.phase(), ReleasePhase::GoLive);
        let outcome = portal.resume_release(token).unwrap().await;
        assert_eq!(outcome.is_ok(), !replaced, "{outcome:?}");
        assert_eq!(go_lives(&controls), usize::from(!replaced));
    }
}

/// A go-live of something else is not what was asked for.
#[tokio::test(start_paused = true)]
async fn what_is_expected_counts_for_a_go_live_that_is_attached_to() {
    let (portal, controls) = migrated(false);
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "6.6.6")).await.unwrap();
    offer.publish().await.unwrap().await.unwrap();
    let running = offer.go_live().await.unwrap().token();
    for (version, is_there) in [("1.0.1", false), ("6.6.6", true)] {
        let go_live = offer.go_live().expect_image("standard", version);
        match go_live.on_conflict(OnConflict::Attach).await {
            Ok(attached) => {
                assert!(is_there);
                assert_eq!(attached.token().operation_id(), running.operation_id());
            }
            Err(error) => {
                assert!(!is_there && error.is_unexpected_preview(), "{error}");
                let named = error.running_operation().unwrap();
                assert_eq!(named.operation_id(), running.operation_id());
                assert!(error.resume_token().is_none());
            }
        }
    }
    assert_eq!(go_lives(&controls), 1);
}

/// There is nothing to compare with then.
#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_show_its_previews_is_gone_on_with() {
    for status in [403, 404] {
        let (portal, controls) = migrated(false);
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();
        let rules = Scenario::from_toml(&format!(
            r#"
            [[rule]]
            endpoint = "get_offer_slot"
            action = {{ kind = "reply", status = {status} }}
            "#
        ));
        controls.add_scenario(&rules.unwrap()).unwrap();
        let error = offer.release().approve(async |_| false).await.unwrap_err();
        assert!(error.is_not_approved(), "{error}");
        let token = error.release_token().unwrap().clone();
        let resumed = portal.resume_release(token).unwrap();
        let live = resumed.approve(async |_| true).await.unwrap();
        assert_eq!(live.status, Status::Succeeded);
        assert_eq!(go_lives(&controls), 1);
    }
}
