//! When to poll: a policy that is data.

use std::time::Duration;

use crate::{Estimate, estimated};

/// What the delay after a status depends on.
pub(crate) struct Pace<'a> {
    /// Statuses that have arrived before this one.
    pub(crate) statuses: u32,
    /// The age of the operation.
    pub(crate) elapsed: Duration,
    /// The running step's estimate, and for how long it has been running.
    pub(crate) step: Option<(&'a Estimate, Duration)>,
}

/// How long to wait between two polls.
///
/// A delay that the server asks for (`Retry-After` and its relatives) is used
/// when there is one, clamped to [[`min`](Self::min), [`max`](Self::max)].
/// Otherwise the delay grows from `first` by `factor` up to `cap`, less a
/// random part of it (the jitter), so that pollers that began together drift
/// apart. Nothing a server sends makes a delay shorter than `min` or longer
/// than `max`.
///
/// ```
/// use std::time::Duration;
/// // Every 30 s when the server does not say, and never faster than 5 s.
/// let schedule = lro::Schedule::fixed(Duration::from_secs(30)).min(Duration::from_secs(5));
/// # let _ = schedule;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    first: Duration,
    cap: Duration,
    factor: f64,
    min: Duration,
    max: Duration,
    jitter: f64,
    ignore_hints: bool,
    obey_hints: bool,
    estimated: bool,
    stall_factor: f64,
    stall_limit: Option<Duration>,
}

impl Default for Schedule {
    /// 1 s growing by half each time to 30 s, a fifth of jitter, the server's
    /// own delays between 1 s and 1 h.
    fn default() -> Self {
        Self::exponential(Duration::from_secs(1), Duration::from_secs(30))
    }
}

impl Schedule {
    /// Starts at `first` and grows by half each time up to `cap`.
    pub fn exponential(first: Duration, cap: Duration) -> Self {
        Self {
            first,
            cap: cap.max(first),
            factor: 1.5,
            min: Duration::from_secs(1),
            max: Duration::from_secs(60 * 60),
            jitter: 0.2,
            ignore_hints: false,
            obey_hints: false,
            estimated: false,
            stall_factor: 3.0,
            stall_limit: None,
        }
    }

    /// Steered by what the status says about the running step
    /// ([`StatusMonitor::estimate`](crate::StatusMonitor::estimate)): every
    /// `closest` while a short step runs or an end is near (and up to three
    /// times as often in the operation's first minutes), and down to every
    /// `rarest` inside a step that takes days, so that the delay with which
    /// the end is noticed stays small beside the age of the operation.
    /// Without an estimate the age alone steers. A delay that the server asks
    /// for is then the least delay.
    ///
    /// The operation's age and the running step's are in the resume token, so
    /// that a process that resumes goes on at the same pace.
    pub fn estimated(closest: Duration, rarest: Duration) -> Self {
        Self {
            estimated: true,
            ..Self::exponential(closest, rarest)
        }
    }

    /// The same `interval` each time, without jitter.
    pub fn fixed(interval: Duration) -> Self {
        Self::exponential(interval, interval).jitter(0.0)
    }

    /// By how much a delay grows when there is no hint: 1 and more. Default 1.5.
    #[must_use]
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = if factor.is_finite() {
            factor.max(1.0)
        } else {
            1.0
        };
        self
    }

    /// No delay is shorter. Default 1 s; at least 1 ms.
    #[must_use]
    pub fn min(mut self, min: Duration) -> Self {
        self.min = min.max(Duration::from_millis(1));
        self.max = self.max.max(self.min);
        self
    }

    /// No delay is longer, whatever the server asks for. Default 1 h; raised to
    /// `min` when smaller.
    #[must_use]
    pub fn max(mut self, max: Duration) -> Self {
        self.max = max.max(self.min);
        self
    }

    /// Which part of a delay is random, 0 to 1. Default 0.2: a delay of our own
    /// is shortened by up to a fifth, and a delay that the server asked for is
    /// lengthened by up to a tenth of that fifth, because it must not be
    /// shortened.
    #[must_use]
    pub fn jitter(mut self, jitter: f64) -> Self {
        self.jitter = if jitter.is_finite() {
            jitter.clamp(0.0, 1.0)
        } else {
            0.0
        };
        self
    }

    /// A step counts as stalled when it has run for `factor` times its
    /// estimate. Default 3; at least 1.
    #[must_use]
    pub fn stall_after(mut self, factor: f64) -> Self {
        self.stall_factor = if factor.is_finite() {
            factor.max(1.0)
        } else {
            f64::INFINITY
        };
        self
    }

    /// A step counts as stalled when it has run for longer than `limit`, whatever
    /// its estimate is, and also if there is none.
    #[must_use]
    pub fn stall_limit(mut self, limit: Duration) -> Self {
        self.stall_limit = Some(limit);
        self
    }

    /// Use this schedule even when the server asks for another delay. A 429 or
    /// a 503 is still obeyed.
    #[must_use]
    pub fn ignore_hints(mut self) -> Self {
        self.ignore_hints = true;
        self
    }

    /// Takes the server at its word: a delay that it asks for is the delay. An
    /// estimate-aware schedule otherwise takes it for the least one, because
    /// many servers ask for the same few seconds at every poll. Of use with a
    /// server that knows better than its own estimates, such as one whose clock
    /// runs faster.
    #[must_use]
    pub fn obey_hints(mut self) -> Self {
        self.obey_hints = true;
        self
    }

    /// How long a step may run before it counts as stalled; none if nobody can
    /// say.
    pub(crate) fn stalled_after(&self, longest: Duration) -> Option<Duration> {
        if self.stall_limit.is_some() {
            return self.stall_limit;
        }
        let limit = Duration::try_from_secs_f64(longest.as_secs_f64() * self.stall_factor);
        limit.ok().filter(|limit| !limit.is_zero())
    }

    /// The delay after the reply that accepted the operation.
    pub(crate) fn after_acceptance(&self, hint: Option<Duration>) -> Duration {
        match hint {
            Some(hint) if !self.ignore_hints => self.hinted(hint, 0.0),
            _ => self.grown(0, 0.0),
        }
    }

    /// The delay after a status.
    pub(crate) fn after_status(
        &self,
        pace: &Pace<'_>,
        hint: Option<Duration>,
        random: f64,
    ) -> Duration {
        let hint = hint
            .filter(|_| !self.ignore_hints)
            .map(|hint| self.hinted(hint, random));
        if !self.estimated || (self.obey_hints && hint.is_some()) {
            return hint.unwrap_or_else(|| self.grown(pace.statuses, random));
        }
        let delay = estimated::delay(pace, self.first, self.cap);
        let delay = delay.mul_f64(1.0 - self.jitter * random);
        delay
            .clamp(self.min, self.max)
            .max(hint.unwrap_or(Duration::ZERO))
    }

    /// The delay after the `count`th failure in a row, counted from 0.
    pub(crate) fn after_failure(
        &self,
        count: u32,
        hint: Option<Duration>,
        random: f64,
    ) -> Duration {
        match hint {
            Some(hint) => self.hinted(hint, random),
            None => self.grown(count, random),
        }
    }

    fn hinted(&self, hint: Duration, random: f64) -> Duration {
        let hint = hint.clamp(self.min, self.max);
        hint.mul_f64(1.0 + 0.1 * self.jitter * random)
            .clamp(self.min, self.max)
    }

    fn grown(&self, count: u32, random: f64) -> Duration {
        // In seconds as a float: it saturates instead of overflowing.
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        let grown = self.first.as_secs_f64() * self.factor.powi(count);
        let delay = grown.min(self.cap.as_secs_f64()) * (1.0 - self.jitter * random);
        Duration::try_from_secs_f64(delay)
            .unwrap_or(self.cap)
            .clamp(self.min, self.max)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Pace, Schedule};

    fn after(schedule: &Schedule, statuses: u32, hint: Option<Duration>, random: f64) -> Duration {
        let pace = Pace {
            statuses,
            elapsed: Duration::ZERO,
            step: None,
        };
        schedule.after_status(&pace, hint, random)
    }

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn grows_to_its_cap() {
        let schedule = Schedule::exponential(secs(2), secs(10))
            .factor(2.0)
            .jitter(0.0);
        let delays: Vec<u64> = (0..5)
            .map(|count| after(&schedule, count, None, 0.5).as_secs())
            .collect();
        assert_eq!(delays, [2, 4, 8, 10, 10]);
        assert_eq!(after(&schedule, u32::MAX, None, 0.5), secs(10));
    }

    #[test]
    fn a_hint_is_clamped_both_ways() {
        let schedule = Schedule::default().jitter(0.0).min(secs(2)).max(secs(60));
        let delay = |hint| after(&schedule, 0, Some(hint), 0.0);
        assert_eq!(delay(Duration::ZERO), secs(2));
        assert_eq!(delay(secs(7)), secs(7));
        assert_eq!(delay(Duration::MAX), secs(60));
    }

    #[test]
    fn a_hint_is_never_shortened_by_jitter() {
        let schedule = Schedule::default().jitter(1.0);
        for random in [0.0, 0.5, 0.999] {
            let delay = after(&schedule, 0, Some(secs(100)), random);
            assert!(delay >= secs(100) && delay <= secs(110), "{delay:?}");
        }
    }

    #[test]
    fn own_delays_when_hints_are_ignored_but_not_under_load() {
        let schedule = Schedule::fixed(secs(5)).ignore_hints();
        assert_eq!(after(&schedule, 0, Some(secs(99)), 0.5), secs(5));
        assert_eq!(schedule.after_failure(0, Some(secs(99)), 0.5), secs(99));
    }

    #[test]
    fn a_server_can_be_taken_at_its_word() {
        let schedule = Schedule::estimated(secs(15), secs(600)).jitter(0.0);
        assert_eq!(
            after(&schedule, 9, Some(secs(1)), 0.0),
            after(&schedule, 9, None, 0.0)
        );
        let schedule = schedule.obey_hints();
        assert_eq!(after(&schedule, 9, Some(secs(1)), 0.0), secs(1));
    }

    #[test]
    fn absurd_settings_stay_within_bounds() {
        let schedule = Schedule::exponential(Duration::MAX, Duration::ZERO)
            .factor(f64::NAN)
            .jitter(f64::INFINITY);
        assert_eq!(after(&schedule, 9, None, 0.9), secs(3600));
        let schedule = Schedule::fixed(Duration::ZERO).min(Duration::ZERO);
        assert_eq!(
            after(&schedule, 9, Some(Duration::ZERO), 0.9),
            Duration::from_millis(1)
        );
    }
}
