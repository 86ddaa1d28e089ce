//! One operation's state, apart from how it waits: what a reply means, and
//! when to poll next.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header;
use url::Url;

use crate::error::Kind;
use crate::exchange::Call;
use crate::schedule::Pace;
use crate::service::Shared;
use crate::step::Step;
use crate::token::{LONGEST_STEP, Record, TroubleRecord, fits};
use crate::{Error, Reply, ResumeToken, Stall, State, StatusMonitor, Via, retry_after};

pub(crate) struct Operation<M: StatusMonitor> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) token: Box<ResumeToken>,
    pub(crate) last: Option<Arc<M>>,
    /// When the poller was made, by the clock.
    begun: Duration,
    /// How old the operation was then: not zero after a resume.
    before: Duration,
    step: Option<Box<Step>>,
    /// When the next poll is due, by the clock.
    due: Duration,
    /// When the last request was sent, by the clock.
    pub(crate) sent_at: Duration,
    pub(crate) polls: u64,
    /// Statuses seen, for the growth of the delay.
    statuses: u32,
    pub(crate) trouble: Option<Box<Trouble>>,
    /// Where the result is to be fetched from, once the operation succeeded.
    pub(crate) fetch: Option<Box<Url>>,
    /// The server's own outcome has been handed out.
    pub(crate) finished: bool,
    random: fastrand::Rng,
}

/// Failures in a row.
pub(crate) struct Trouble {
    /// How long they have been borne, from the first to `at`.
    borne: Duration,
    /// When the last was seen, by the clock.
    at: Duration,
    attempts: u32,
    not_found: u32,
    last: Option<Error>,
}

impl Trouble {
    /// Takes in the time since the last failure: the wait until a poll was `due`, and
    /// the poll itself. While one is due and nobody polls, nothing is borne.
    fn goes_on(&mut self, due: Duration, sent_at: Duration, now: Duration) {
        let waited = due.min(sent_at).saturating_sub(self.at);
        let polled = now.saturating_sub(sent_at.max(self.at));
        self.borne = self.borne.saturating_add(waited).saturating_add(polled);
        self.at = now;
    }
}

/// What a reply, or the lack of one, means for the operation.
pub(crate) enum Turn<M: StatusMonitor> {
    /// Under way; poll again when due.
    Status(Arc<M>),
    /// Succeeded, and the result is to be fetched, which is due at once.
    Fetch,
    /// Tolerated; poll again when due.
    Transient(Error),
    /// Polling has failed; what the operation does is unknown.
    Fatal(Error),
    /// The server's own outcome.
    Done(Result<M::Output, Error>),
}

impl<M: StatusMonitor> Operation<M> {
    pub(crate) fn new(shared: Arc<Shared>, mut token: ResumeToken, delay: Duration) -> Self {
        token.url.set_fragment(None);
        let begun = shared.clock.elapsed();
        let now = unix(shared.clock.wall());
        let before = now.saturating_sub(*token.since.get_or_insert(now));
        let record = token.record.take();
        let trouble = record.as_ref().and_then(|it| it.trouble).map(|it| {
            let waited = now.saturating_sub(it.at).min(it.wait);
            let borne = Duration::from_millis(it.borne);
            Box::new(Trouble {
                borne: borne.saturating_add(Duration::from_secs(waited)),
                at: begun,
                attempts: it.attempts,
                not_found: it.not_found,
                last: None,
            })
        });
        let random = fastrand::Rng::with_seed(shared.next_seed());
        Self {
            shared,
            token: Box::new(token),
            last: None,
            begun,
            before: Duration::from_secs(before),
            step: None,
            due: begun.saturating_add(delay),
            sent_at: Duration::ZERO,
            polls: 0,
            statuses: record.map_or(0, |it| it.statuses),
            trouble,
            fetch: None,
            finished: false,
            random,
        }
    }

    pub(crate) fn now(&self) -> Duration {
        self.shared.clock.elapsed()
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.elapsed_at(self.now())
    }

    pub(crate) fn elapsed_at(&self, now: Duration) -> Duration {
        now.saturating_sub(self.begun).saturating_add(self.before)
    }

    /// What another process needs to go on.
    pub(crate) fn token(&self) -> ResumeToken {
        let mut token = (*self.token).clone();
        let now = self.now();
        let since = |ago: Duration| unix(self.shared.clock.wall()).saturating_sub(ago.as_secs());
        if let Some(step) = &self.step
            && step.name().len() <= LONGEST_STEP
        {
            let since = since(step.running(now));
            token.step = Some(Box::new((step.name().to_owned(), since)));
        }
        let trouble = self.trouble.as_ref().map(|it| TroubleRecord {
            borne: u64::try_from(it.borne.as_millis()).unwrap_or(u64::MAX),
            at: since(now.saturating_sub(it.at)),
            wait: self.due.saturating_sub(it.at).as_secs(),
            attempts: it.attempts,
            not_found: it.not_found,
        });
        if self.statuses > 0 || trouble.is_some() {
            token.record = Some(Box::new(Record {
                statuses: self.statuses,
                trouble,
            }));
        }
        token
    }

    /// Whether the running step has far outlived its estimate.
    pub(crate) fn stall(&self, now: Duration) -> Option<Stall> {
        let schedule = &self.shared.schedule;
        self.step.as_ref()?.stall(schedule, now)
    }

    /// Time to the next poll.
    pub(crate) fn wait(&self) -> Duration {
        self.wait_at(self.now())
    }

    pub(crate) fn wait_at(&self, now: Duration) -> Duration {
        self.due.saturating_sub(now)
    }

    /// Makes the next poll due at once.
    pub(crate) fn poll_soon(&mut self) {
        self.due = self.now();
    }

    /// The next request.
    pub(crate) fn call(&self) -> Call {
        Call::get(match &self.fetch {
            Some(url) => (**url).clone(),
            None => self.token.url.clone(),
        })
    }

    /// The last failure, if no status has come since.
    pub(crate) fn last_trouble(&self) -> Option<Error> {
        self.trouble.as_ref()?.last.clone()
    }

    /// Puts on an error what is needed to go on.
    pub(crate) fn dress(&self, error: Error) -> Error {
        let error = error.with_last_status(self.last.clone());
        if self.token.via == Via::Reply {
            return error;
        }
        error.with_token(self.token())
    }

    /// Takes in the outcome of a request.
    pub(crate) fn absorb(&mut self, outcome: Result<Reply, Error>) -> Turn<M> {
        self.polls += 1;
        let reply = match outcome {
            Ok(reply) => reply,
            Err(error) if error.is_transient() => return self.stumble(error, None),
            Err(error) => return Turn::Fatal(self.dress(error)),
        };
        let status = reply.status();
        if status.is_success() {
            return match self.fetch.is_some() {
                true => self.fetched(&reply),
                false => self.status(&reply),
            };
        }
        let hint = self.hint(&reply);
        let answered = || Error::new(Kind::Status(status));
        match status.as_u16() {
            408 | 429 | 500..=599 => self.stumble(answered().with_reply(reply).transient(), hint),
            404 if self.fetch.is_none() => self.missing(reply, hint),
            410 if self.fetch.is_none() => {
                Turn::Fatal(self.dress(Error::new(Kind::Expired).with_reply(reply)))
            }
            401 | 403 | 404 | 410 => Turn::Fatal(self.dress(answered().with_reply(reply))),
            _ if self.fetch.is_none() && M::is_failure(&reply, self.token.via) => {
                self.finish(Err(Error::new(Kind::Failed).with_reply(reply)))
            }
            _ => Turn::Fatal(self.dress(answered().with_reply(reply))),
        }
    }

    /// Takes in the reply that accepted the operation, when it says already
    /// how the operation ended.
    pub(crate) fn absorb_first(&mut self, reply: &Reply) -> Turn<M> {
        self.status(reply)
    }

    pub(crate) fn status(&mut self, reply: &Reply) -> Turn<M> {
        let status = match M::parse_kind(&self.token.kind, reply, self.token.via) {
            Ok(status) => Arc::new(status),
            Err(source) => {
                let hint = self.hint(reply);
                let error = Error::new(Kind::Unreadable)
                    .with_reply(reply.clone())
                    .with_source(source);
                return self.stumble(error.transient(), hint);
            }
        };
        self.last = Some(Arc::clone(&status));
        self.trouble = None;
        let ended = match status.state() {
            State::Succeeded => return self.succeed(&status, reply),
            State::Failed => Kind::Failed,
            State::Canceled => Kind::Canceled,
            State::NotStarted | State::InProgress(_) => {
                if let Err(error) = self.follow(reply) {
                    return Turn::Fatal(self.dress(error));
                }
                let now = self.now();
                self.follow_step(&status, now);
                let delay = self.shared.schedule.after_status(
                    &Pace {
                        statuses: self.statuses,
                        elapsed: self.elapsed_at(now),
                        step: self
                            .step
                            .as_ref()
                            .map(|step| (step.estimate(), step.running(now))),
                    },
                    self.hint(reply),
                    self.random.f64(),
                );
                self.statuses = self.statuses.saturating_add(1);
                self.due = now.saturating_add(delay);
                tracing::info!(
                    kind = &*self.token.kind,
                    state = status.state().as_str(),
                    polls = self.polls,
                    next_poll_seconds = delay.as_secs_f64(),
                    "operation in progress"
                );
                return Turn::Status(status);
            }
        };
        self.finish(Err(Error::new(ended)
            .with_reply(reply.clone())
            .with_failure(status.failure())))
    }

    fn follow_step(&mut self, status: &M, now: Duration) {
        let Some(estimate) = status.estimate() else {
            self.step = None;
            return;
        };
        let wall = unix(self.shared.clock.wall());
        // Only the first status after a resume can be about the token's step.
        let resumed = self.token.step.take();
        self.step = Some(Step::follow(self.step.take(), estimate, now, |name| {
            let since = resumed.filter(|it| it.0 == name).map_or(wall, |it| it.1);
            Duration::from_secs(wall.saturating_sub(since))
        }));
    }

    /// A polling URL may move, and a URL for the result may appear.
    fn follow(&mut self, reply: &Reply) -> Result<(), Error> {
        let Some(header) = self.token.via.header() else {
            return Ok(());
        };
        if let Some(target) = reply.header(header) {
            // What is no URL is ignored: the present one works.
            if let Ok(mut url) = self.token.url.join(target)
                && fits(&url)
            {
                url.set_fragment(None);
                if url != self.token.url {
                    self.shared.check(&url)?;
                    self.token.url = url;
                }
            }
        }
        if self.token.via != Via::Location
            && let Some(target) = reply.header(&header::LOCATION)
            && let Ok(url) = self.token.url.join(target)
            && fits(&url)
            && self.shared.check(&url).is_ok()
        {
            self.token.location = Some(Box::new(url));
        }
        Ok(())
    }

    pub(crate) fn finish(&mut self, outcome: Result<M::Output, Error>) -> Turn<M> {
        self.finished = true;
        tracing::info!(
            kind = &*self.token.kind,
            state = self.last.as_ref().map(|it| it.state().to_string()),
            polls = self.polls,
            "operation ended"
        );
        Turn::Done(outcome.map_err(|error| self.dress(error)))
    }

    /// 404: the monitor has not appeared yet, or is gone.
    fn missing(&mut self, reply: Reply, hint: Option<Duration>) -> Turn<M> {
        let seen = self.trouble.as_ref().map_or(0, |it| it.not_found);
        if seen >= self.shared.tolerance.not_found {
            self.trouble = None;
            return Turn::Fatal(self.dress(Error::new(Kind::Expired).with_reply(reply)));
        }
        let error = Error::new(Kind::Status(reply.status())).with_reply(reply);
        self.fail(error.transient(), hint, true)
    }

    /// A failure that may pass.
    pub(crate) fn stumble(&mut self, error: Error, hint: Option<Duration>) -> Turn<M> {
        self.fail(error, hint, false)
    }

    fn fail(&mut self, error: Error, hint: Option<Duration>, not_found: bool) -> Turn<M> {
        let now = self.now();
        let trouble = self.trouble.get_or_insert_with(|| {
            Box::new(Trouble {
                borne: Duration::ZERO,
                at: now,
                attempts: 0,
                not_found: 0,
                last: None,
            })
        });
        trouble.goes_on(self.due, self.sent_at, now);
        let before = trouble.attempts;
        trouble.attempts = before.saturating_add(1);
        trouble.not_found += u32::from(not_found);
        let (attempts, borne) = (trouble.attempts, trouble.borne);
        let random = self.random.f64();
        let delay = self.shared.schedule.after_failure(before, hint, random);
        self.due = now.saturating_add(delay);
        let tolerance = &self.shared.tolerance;
        if before >= tolerance.attempts || borne > tolerance.time {
            // Whoever goes on after this has decided to: with a new budget.
            self.trouble = None;
            return Turn::Fatal(self.dress(error).giving_up(attempts, borne));
        }
        let error = self.dress(error);
        if let Some(trouble) = &mut self.trouble {
            trouble.last = Some(error.clone());
        }
        tracing::warn!(
            kind = &*self.token.kind,
            %error,
            polls = self.polls,
            next_poll_seconds = delay.as_secs_f64(),
            "poll failed; it will be repeated"
        );
        Turn::Transient(error)
    }

    pub(crate) fn hint(&self, reply: &Reply) -> Option<Duration> {
        retry_after::hint(reply.headers(), || self.shared.clock.wall())
    }
}

/// Seconds of Unix time.
fn unix(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |it| it.as_secs())
}
