//! The clock that everything follows.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// A rehearsal does not go on for longer than this, whatever its speed, so that
/// every time in it can be written down.
const LONGEST: Duration = Duration::from_secs(1000 * 365 * 24 * 60 * 60);

/// A clock that begins with the time of day, runs at a speed of its own, and
/// can be moved ahead by hand.
///
/// Real time comes from tokio, so that a test that pauses tokio's time pauses
/// this clock too.
#[derive(Debug)]
pub(crate) struct Clock {
    begun: SystemTime,
    started: Instant,
    speed: f64,
    ahead: Mutex<Duration>,
}

impl Clock {
    /// A clock that begins now. The speed is finite and above zero.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock: the time of day is read once, where a rehearsal begins"
    )]
    pub(crate) fn start(speed: f64) -> Self {
        Self {
            begun: SystemTime::now(),
            started: Instant::now(),
            speed,
            ahead: Mutex::new(Duration::ZERO),
        }
    }

    pub(crate) fn now(&self) -> SystemTime {
        let real = self.started.elapsed().as_secs_f64();
        let run = Duration::try_from_secs_f64(real * self.speed).unwrap_or(LONGEST);
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        self.begun + run.saturating_add(ahead).min(LONGEST)
    }

    pub(crate) fn advance(&self, time: Duration) {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead = ahead.saturating_add(time).min(LONGEST);
    }

    /// How many whole seconds of real time pass during a time of this clock; at
    /// least one.
    pub(crate) fn real_seconds(&self, time: Duration) -> u32 {
        let seconds = (time.as_secs_f64() / self.speed).ceil();
        // `as` saturates, which is what is wanted.
        let seconds = seconds as u32;
        seconds.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[tokio::test(start_paused = true)]
    async fn runs_at_its_speed_and_is_moved_by_hand() {
        let clock = Clock::start(60.0);
        let begun = clock.now();
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(clock.now(), begun + HOUR);
        clock.advance(2 * HOUR);
        assert_eq!(clock.now(), begun + 3 * HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn never_leaves_the_years_that_can_be_written() {
        let clock = Clock::start(f64::MAX);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        tokio::time::advance(HOUR).await;
        let time = clock.now();
        let year = httpdate::fmt_http_date(time);
        assert!(year.contains(" 30") || year.contains(" 31"), "{year}");
        let clock = Clock::start(f64::MIN_POSITIVE);
        tokio::time::advance(HOUR).await;
        let _ = clock.now();
    }

    #[tokio::test(start_paused = true)]
    async fn real_seconds_follow_the_speed() {
        for (speed, expected) in [
            (1.0, 3600),
            (2.0, 1800),
            (7.0, 515),
            (3600.0, 1),
            (1e300, 1),
            (0.5, 7200),
            (1e-300, u32::MAX),
        ] {
            assert_eq!(Clock::start(speed).real_seconds(HOUR), expected, "{speed}");
        }
    }
}
