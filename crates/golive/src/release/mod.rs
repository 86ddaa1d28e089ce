//! A whole release: publish, wait for the preview, check it, have it approved,
//! go live, wait until it is live.

mod token;

use crate::expectation::Expectation;
use crate::{
    Error, Offer, OnConflict, Operation, OperationStatus, Portal, Publish, ResumeToken, Status,
    Update,
};
use futures_util::StreamExt;
use lro::BoxFuture;
use serde_json::Value;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;
pub use token::ReleaseToken;
pub(crate) use token::State;

/// Where a release is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// What a release tells while it runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ReleaseUpdate {
    /// A phase begins. Keep the token: it is what another process needs to go on
    /// from here.
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
    /// Whether an earlier run may have submitted what this state is about to.
    resumed: bool,
    on_conflict: OnConflict,
    deadline: Option<Duration>,
    observer: Observer,
    approve: Approve,
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
        Release::new(self.clone(), State::new(self.publisher(), self.id()), false)
    }
}

impl Portal {
    /// Goes on with a release from its token, in this process or another.
    ///
    /// If the earlier run may have submitted something without knowing it, the
    /// offer's operations are looked at first, so that nothing is submitted twice.
    ///
    /// # Errors
    ///
    /// A token with identifiers that cannot be used.
    pub fn resume_release(&self, token: ReleaseToken) -> Result<Release, Error> {
        let State {
            publisher, offer, ..
        } = &*token.0;
        let offer = self.offer(publisher, offer)?;
        Ok(Release::new(offer, *token.0, true))
    }
}

impl Release {
    fn new(offer: Offer, state: State, resumed: bool) -> Self {
        Self {
            offer,
            state,
            resumed,
            on_conflict: OnConflict::default(),
            deadline: None,
            observer: Box::new(|_| {}),
            approve: Box::new(|_| Box::pin(std::future::ready(true))),
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

    /// Ends the whole wait `limit` after this is awaited. What runs at the
    /// service goes on, and the error ([`Error::is_timeout`]) carries the token.
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
        self.approve = Box::new(move |preview| Box::pin(approve(preview)));
        self
    }

    async fn run(mut self) -> Result<OperationStatus, Error> {
        let deadline = self.deadline.map(|limit| self.now().saturating_add(limit));
        let result = self.phases(deadline).await;
        result.map_err(|error| error.with_release_token(ReleaseToken(Box::new(self.state))))
    }

    async fn phases(&mut self, deadline: Option<Duration>) -> Result<OperationStatus, Error> {
        let mut preview = None;
        loop {
            let phase = self.state.phase();
            (self.observer)(ReleaseUpdate::Phase {
                phase,
                token: ReleaseToken(Box::new(self.state.clone())),
            });
            match phase {
                ReleasePhase::Publish => {
                    let operation = self.publish().await?;
                    self.state.publish = Some(operation.token());
                }
                ReleasePhase::Preview => {
                    let token = self.state.publish.clone();
                    preview = Some(self.follow(token, deadline).await?);
                    self.state.previewed = true;
                }
                ReleasePhase::Approval => {
                    self.offer.check_preview(&self.state.expected).await?;
                    let shown = match preview.take() {
                        Some(preview) => preview,
                        None => self.offer.status().await?,
                    };
                    if !(self.approve)(shown).await {
                        return Err(Error::not_approved());
                    }
                    self.state.approved = true;
                }
                ReleasePhase::GoLive => {
                    if self.resumed {
                        // The earlier run may have submitted it, and it may have
                        // ended since.
                        let status = self.offer.status().await?;
                        if status.status == Status::Succeeded {
                            return Ok(status);
                        }
                    }
                    let go_live = self.offer.go_live().on_conflict(self.conflict());
                    let operation = go_live.expect(self.state.expected.clone()).await?;
                    self.state.go_live = Some(operation.token());
                }
                ReleasePhase::Live => {
                    let token = self.state.go_live.clone();
                    return self.follow(token, deadline).await;
                }
            }
        }
    }

    fn publish(&self) -> Publish {
        let mut publish = self.offer.publish().on_conflict(self.conflict());
        for email in &self.state.emails {
            publish = publish.notify(email);
        }
        publish
    }

    /// A running operation is ours if an earlier run may have submitted it.
    fn conflict(&self) -> OnConflict {
        if self.resumed {
            OnConflict::Attach
        } else {
            self.on_conflict
        }
    }

    /// Follows an operation to its end and passes on what it tells.
    async fn follow(
        &mut self,
        token: Option<ResumeToken>,
        deadline: Option<Duration>,
    ) -> Result<OperationStatus, Error> {
        let token = token.ok_or_else(|| Error::invalid("the release token has no operation"))?;
        let mut operation =
            Operation::from_follow(crate::follow::resume(&self.offer.shared, token)?);
        if let Some(deadline) = deadline {
            operation = operation.deadline(deadline.saturating_sub(self.now()));
        }
        while let Some(update) = operation.next().await {
            (self.observer)(ReleaseUpdate::Operation(update.clone()));
            if let Update::Done(outcome) = update {
                // What comes after this is about another operation.
                self.resumed = false;
                return outcome;
            }
        }
        operation.wait().await
    }

    fn now(&self) -> Duration {
        self.offer.shared.clock.elapsed()
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
