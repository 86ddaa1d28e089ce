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
    /// Keep the token before this
    /// returns: it is what another process needs to go on from here, and not to
    /// submit the same thing again.
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
type Approve = Box<dyn FnMut(OperationStatus) -> BoxFuture<'static, bool> + Send>;

/// A release that is about to begin, or to go on: await it.
#[must_use = "nothing happens until this is awaited"]
pub struct Release {
    offer: Offer,
    state: State,
    on_conflict: OnConflict,
    deadline: Option<Duration>,
    observer: Observer,
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
    /// use golive::ReleaseUpdate;
    ///
    /// let live = offer
    ///     .release()
    ///     .notify("release@contoso.com")
    ///     .expect_image("standard", "1.0.1")
    ///     .observe(|update| {
    ///         if let ReleaseUpdate::Phase { phase, token, .. } = update {
    ///             println!("{phase:?}");
    ///             // In earnest: write to a temporary file and rename it.
    ///             let _ = std::fs::write("release.token", token.to_string());
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
        Release::new(self.clone(), State::new(self.publisher(), self.id()))
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
    /// A token with identifiers that cannot be used.
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
        let State {
            publisher, offer, ..
        } = &*token.0;
        let offer = self.offer(publisher, offer)?;
        self.shared.warn_of_short_credential();
        Ok(Release::new(offer, *token.0))
    }
}

impl Release {
    fn new(offer: Offer, state: State) -> Self {
        Self {
            offer,
            state,
            on_conflict: OnConflict::default(),
            deadline: None,
            observer: Box::new(|_| {}),
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
    /// fail.
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.on_conflict = on_conflict;
        self
    }

    /// Ends the waits for operations, its own and others, and for approval `limit` after
    /// this is awaited. What runs at the service goes on, and the error
    /// ([`Error::is_timeout`]) carries the token.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = Some(limit);
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
