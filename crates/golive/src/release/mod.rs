//! A whole release: publish, wait for the preview, check it, have it approved,
//! go live, wait until it is live.

mod run;
mod token;

use crate::expectation::Expectation;
use crate::{Error, Offer, OnConflict, OperationStatus, Portal, Update};
use lro::BoxFuture;
use run::Run;
use serde_json::Value;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;
pub use token::ReleaseToken;
pub(crate) use token::State;

/// Where a release is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReleasePhase {
    /// The draft is about to be published.
    Publish,
    /// The publishing runs, until the preview is ready.
    Preview,
    /// The preview is as expected and waits for approval.
    Approval,
    /// It is approved, and about to go live.
    GoLive,
    /// The go-live runs.
    Live,
}

impl fmt::Display for ReleasePhase {
    /// One word: `publish`, `preview`, `approval`, `go-live`, `live`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Publish => "publish",
            Self::Preview => "preview",
            Self::Approval => "approval",
            Self::GoLive => "go-live",
            Self::Live => "live",
        })
    }
}

/// What a release tells while it runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ReleaseUpdate {
    /// A phase begins, or is about to submit something, or the service has refused that.
    /// The token was [kept](Release::keep_token) before, if the caller keeps it.
    #[non_exhaustive]
    Phase {
        /// Which phase.
        phase: ReleasePhase,
        /// What is needed to go on.
        token: ReleaseToken,
    },
    /// The operation of the phase tells something.
    Operation(Update),
}

type Observer = Box<dyn FnMut(ReleaseUpdate) + Send>;
type KeepToken = Box<dyn FnMut(&ReleaseToken) -> bool + Send>;
type Approve = Box<dyn FnMut(OperationStatus) -> BoxFuture<'static, bool> + Send>;

/// A release that is about to begin, or to go on: await it.
#[must_use = "nothing happens until this is awaited"]
pub struct Release {
    offer: Offer,
    state: State,
    deadline: Option<Duration>,
    observer: Observer,
    keep: Option<KeepToken>,
    approve: Option<Approve>,
    submitted: Option<bool>,
}

impl Offer {
    /// A whole release, in phases that another process can go on with: publish
    /// the draft, wait until the preview is ready, check what is in it, ask for
    /// approval, go live, wait until the offer is live.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), Box<dyn std::error::Error>> {
    /// # fn keep(file: &str, token: &golive::ReleaseToken) -> std::io::Result<()> {
    /// #     std::fs::write(file, token.to_string())
    /// # }
    /// use golive::ReleaseUpdate;
    ///
    /// let live = offer
    ///     .release()
    ///     .notify("release@contoso.com")
    ///     .expect_image("standard", "1.0.1")
    ///     .keep_token(|token| keep("release.token", token).is_ok())
    ///     .observe(|update| {
    ///         if let ReleaseUpdate::Phase { phase, .. } = update {
    ///             println!("{phase:?}");
    ///         }
    ///     })
    ///     .approve(async |preview| {
    ///         println!("look at {:?} and say yes", preview.preview_links);
    ///         true
    ///     })
    ///     .await?;
    /// println!("live at {:?}", live.live_links);
    /// # Ok(())
    /// # }
    /// ```
    pub fn release(&self) -> Release {
        let state = State::new(&self.shared.base_url, self.publisher(), self.id());
        Release::new(self.clone(), state)
    }
}

impl Portal {
    /// Goes on with a release from its token, in this process or another.
    ///
    /// If the earlier run may have submitted something without knowing it, the
    /// offer's operations are looked at first, so that nothing is submitted twice;
    /// if they cannot be listed, the offer's status and slots; if those do not tell
    /// either, the release ends with [`Error::is_submission_unknown`], and
    /// [`Release::assume_submitted`] goes on either way. If it asked for approval, this run has to
    /// ask too: without [`Release::approve`] it ends before the go-live with
    /// [`Error::is_not_approved`].
    ///
    /// # Errors
    ///
    /// A token of a release at another endpoint ([`Error::is_foreign_origin`]), or with
    /// identifiers that cannot be used. Nothing is sent.
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// let token: golive::ReleaseToken = std::fs::read_to_string("release.token")?.parse()?;
    /// println!("{}/{} is at {:?}", token.publisher(), token.offer(), token.phase());
    /// let live = portal.resume_release(token)?.approve(async |_| true).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume_release(&self, token: ReleaseToken) -> Result<Release, Error> {
        let offer = self.offer(token.publisher(), token.offer())?;
        if token.endpoint() != self.shared.base_url {
            return Err(Error::foreign_portal(
                token.endpoint(),
                &self.shared.base_url,
            ));
        }
        for operation in [&token.0.publish, &token.0.go_live].into_iter().flatten() {
            let named = (operation.publisher(), operation.offer());
            if named != (token.publisher(), token.offer()) {
                return Err(Error::invalid(
                    "the release token has an operation of another offer in it",
                ));
            }
        }
        // The one that is polled; what has ended may have no URL of its own.
        if let Some(operation) = token.operation() {
            drop(self.shared.resume(operation.clone())?);
        }
        self.shared.warn_of_short_credential();
        Ok(Release::new(offer, *token.0))
    }
}

impl Release {
    fn new(offer: Offer, state: State) -> Self {
        Self {
            offer,
            state,
            deadline: None,
            observer: Box::new(|_| {}),
            keep: None,
            approve: None,
            submitted: None,
        }
    }

    /// Adds a mail address to notify.
    pub fn notify(mut self, email: impl Into<String>) -> Self {
        self.state.emails.push(email.into());
        self
    }

    /// Refuses to go live unless the preview has this version of an image in this
    /// plan.
    pub fn expect_image(mut self, plan: impl Into<String>, version: impl Into<String>) -> Self {
        let (plan, version) = (plan.into(), version.into());
        self.state
            .expected
            .push(Expectation::Image { plan, version });
        self
    }

    /// Refuses to go live unless the preview has this value at this JSON pointer
    /// (RFC 6901).
    pub fn expect_value(mut self, pointer: impl Into<String>, value: impl Into<Value>) -> Self {
        let (pointer, value) = (pointer.into(), value.into());
        self.state
            .expected
            .push(Expectation::Value { pointer, value });
        self
    }

    /// What to do when another operation of the offer is running; by default
    /// fail. The token keeps it.
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.state.on_conflict = on_conflict;
        self
    }

    /// Ends the waits for operations, its own and others, and for approval `limit` after
    /// this is awaited, and the looks at the offer before something is submitted, which
    /// are given five seconds at least. What runs at the service goes on, and the error
    /// ([`Error::is_timeout`]) carries the token.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = Some(limit);
        self
    }

    /// Calls `keep` with what another process needs to go on from here, and not to
    /// submit the same thing again: when a phase begins, right before something is
    /// submitted ([`ReleaseToken::is_submitting`]) and after it, and while an operation
    /// runs, when its part of the token says more than before. Give true when the token
    /// is kept, in a file for example that was written whole, under another name, and
    /// renamed. If it gives false right before something is submitted, nothing is sent
    /// and the release ends with [`Error::is_stopped`]. At other times the token that
    /// was kept before still resumes, and the release goes on.
    pub fn keep_token(mut self, keep: impl FnMut(&ReleaseToken) -> bool + Send + 'static) -> Self {
        self.keep = Some(Box::new(keep));
        self
    }

    /// Calls `observer` with everything that happens. It should return soon: the
    /// release waits for it.
    pub fn observe(mut self, observer: impl FnMut(ReleaseUpdate) + Send + 'static) -> Self {
        self.observer = Box::new(observer);
        self
    }

    /// Asks `approve` between the preview and the go-live, with the status that
    /// shows the preview. Without it, every preview that is as expected goes
    /// live. It is asked again when a release goes on from this phase.
    ///
    /// The approval is of the preview that was shown. If something else was published
    /// to preview by the time it would go live, or by the time another process goes on
    /// from this phase, nothing is submitted: the release ends with
    /// [`Error::is_preview_replaced`], and asks anew when it is gone on with. Then an
    /// answer from before, in a file for example, is not one to what is asked now: throw
    /// it away when the release has ended so. What is in Preview is told by its version,
    /// and by when it was changed; where the service says neither, only what is expected
    /// is checked.
    pub fn approve<A, R>(mut self, mut approve: A) -> Self
    where
        A: FnMut(OperationStatus) -> R + Send + 'static,
        R: Future<Output = bool> + Send + 'static,
    {
        self.state.approval = true;
        self.approve = Some(Box::new(move |preview| Box::pin(approve(preview))));
        self
    }

    /// Says what became of a submission of an earlier run whose answer was lost, after
    /// the release has ended with [`Error::is_submission_unknown`] and a person has
    /// looked. True: the service has accepted it, and the release waits until the
    /// status of the offer says that it is done. False: it has not, and it is submitted
    /// again. Of no use where the [token](ReleaseToken::is_submitting) has no such
    /// submission.
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal, token: golive::ReleaseToken) -> Result<(), golive::Error> {
    /// let offer = portal.offer(token.publisher(), token.offer())?;
    /// println!("{} at {:?}", offer.status().await?.status, token.phase());
    /// // A person has looked: nothing runs, and nothing has changed.
    /// portal.resume_release(token)?.assume_submitted(false).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn assume_submitted(mut self, submitted: bool) -> Self {
        self.submitted = Some(submitted);
        self
    }

    async fn run(self) -> Result<OperationStatus, Error> {
        Run::new(self).run().await
    }
}

impl IntoFuture for Release {
    type Output = Result<OperationStatus, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Release")
            .field("offer", &self.offer)
            .field("phase", &self.state.phase())
            .finish_non_exhaustive()
    }
}
