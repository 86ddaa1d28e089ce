//! The clock that everything follows.

use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// A rehearsal does not go on for longer than this, whatever its speed, so that
/// every time in it can be written down.
const LONGEST: Duration = Duration::from_secs(1000 * 365 * 24 * 60 * 60);

/// How fast a clock runs at most: a publishing is over in a quarter of a second,
/// and the rehearsal lasts for hours.
const FASTEST: f64 = 1e6;

/// Whether a clock can run at a speed.
pub(crate) fn is_speed(speed: f64) -> bool {
    speed > 0.0 && speed <= FASTEST
}

/// What to say of a speed that is none.
pub(crate) fn no_speed(speed: f64) -> String {
    format!("the speed is {speed}, and must be above zero and at most {FASTEST}")
}

/// A clock that begins with the time of day, runs at a speed of its own, and
/// can be moved ahead, sped up and stopped by hand.
///
/// Real time comes from tokio, so that a test that pauses tokio's time pauses
/// this clock too.
#[derive(Debug)]
pub(crate) struct Clock {
    /// The time of day when the clock was made.
    made: SystemTime,
    started: Instant,
    latest: SystemTime,
    hand: Mutex<Hand>,
}

/// Where the clock stood at a moment, and how it goes on from there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// What it showed.
    pub(crate) shows: SystemTime,
    /// The time of day then.
    pub(crate) real: SystemTime,
    pub(crate) speed: f64,
    pub(crate) frozen: bool,
}

#[derive(Clone, Copy, Debug)]
struct Hand {
    shows: SystemTime,
    since: Instant,
    speed: f64,
    frozen: bool,
}

impl Clock {
    /// A clock that begins now. The speed is finite and above zero.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock: the time of day is read once, where a rehearsal begins"
    )]
    pub(crate) fn start(speed: f64) -> Self {
        let (made, started) = (SystemTime::now(), Instant::now());
        Self {
            made,
            started,
            latest: made + LONGEST,
            hand: Mutex::new(Hand {
                shows: made,
                since: started,
                speed,
                frozen: false,
            }),
        }
    }

    /// A clock that goes on from where another stood.
    pub(crate) fn copy(reading: Reading) -> Self {
        let clock = Self::start(reading.speed);
        let mut hand = clock.hand();
        hand.shows = reading.shows.min(clock.latest);
        hand.frozen = reading.frozen;
        drop(hand);
        clock
    }

    /// A clock that goes on from a reading, as if it had never been away.
    pub(crate) fn resume(reading: Reading) -> Self {
        let clock = Self::copy(reading);
        let away = clock.made.duration_since(reading.real).unwrap_or_default();
        if !reading.frozen {
            clock.advance(scaled(away, reading.speed));
        }
        clock
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.read(&self.hand())
    }

    pub(crate) fn reading(&self) -> Reading {
        let hand = self.hand();
        Reading {
            shows: self.read(&hand),
            real: self.made + self.started.elapsed(),
            speed: hand.speed,
            frozen: hand.frozen,
        }
    }

    /// The end of the rehearsal, where the clock stops.
    pub(crate) fn latest(&self) -> SystemTime {
        self.latest
    }

    pub(crate) fn advance(&self, time: Duration) {
        let mut hand = self.set_down();
        hand.shows = self.bounded(hand.shows, time);
    }

    /// Never goes behind a moment.
    pub(crate) fn at_least(&self, moment: SystemTime) {
        let mut hand = self.set_down();
        hand.shows = hand.shows.max(moment.min(self.latest));
    }

    /// The speed is finite and above zero.
    pub(crate) fn set_speed(&self, speed: f64) {
        self.set_down().speed = speed;
    }

    pub(crate) fn freeze(&self, frozen: bool) {
        self.set_down().frozen = frozen;
    }

    /// How much real time passes during a time of this clock, if it is not
    /// frozen.
    pub(crate) fn real(&self, time: Duration) -> Duration {
        let speed = self.hand().speed;
        Duration::try_from_secs_f64(time.as_secs_f64() / speed).unwrap_or(Duration::MAX)
    }

    /// How many whole seconds of real time pass during a time of this clock; at
    /// least one.
    pub(crate) fn real_seconds(&self, time: Duration) -> u32 {
        let real = self.real(time);
        let begun = u64::from(real.subsec_nanos() > 0);
        let seconds = real.as_secs().saturating_add(begun);
        u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
    }

    fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The hand, set to what it shows now.
    fn set_down(&self) -> MutexGuard<'_, Hand> {
        let mut hand = self.hand();
        hand.shows = self.read(&hand);
        hand.since = Instant::now();
        hand
    }

    fn read(&self, hand: &Hand) -> SystemTime {
        match hand.frozen {
            true => hand.shows,
            false => self.bounded(hand.shows, scaled(hand.since.elapsed(), hand.speed)),
        }
    }

    fn bounded(&self, from: SystemTime, time: Duration) -> SystemTime {
        let latest = self.latest;
        from.checked_add(time).map_or(latest, |it| it.min(latest))
    }
}

fn scaled(time: Duration, speed: f64) -> Duration {
    Duration::try_from_secs_f64(time.as_secs_f64() * speed).unwrap_or(LONGEST)
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
        clock.set_speed(1.0);
        tokio::time::advance(HOUR).await;
        assert_eq!(clock.now(), begun + 4 * HOUR);
        clock.freeze(true);
        tokio::time::advance(HOUR).await;
        assert_eq!(clock.now(), begun + 4 * HOUR);
        clock.advance(HOUR);
        clock.freeze(false);
        tokio::time::advance(HOUR).await;
        assert_eq!(clock.now(), begun + 6 * HOUR);
        clock.at_least(begun);
        assert_eq!(clock.now(), begun + 6 * HOUR);
        clock.at_least(begun + 7 * HOUR);
        assert_eq!(clock.now(), begun + 7 * HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn goes_on_from_a_reading_as_if_it_had_never_been_away() {
        let clock = Clock::start(2.0);
        clock.advance(HOUR);
        let mut reading = clock.reading();
        reading.real -= HOUR;
        assert_eq!(Clock::resume(reading).reading().speed, 2.0);
        let away = |reading: Reading| {
            let now = Clock::resume(reading).now();
            now.duration_since(reading.shows).unwrap()
        };
        // The time of day runs on between the two, if little.
        assert!((2 * HOUR..3 * HOUR).contains(&away(reading)));
        reading.frozen = true;
        assert_eq!(away(reading), Duration::ZERO);
        // A time of day that was set back does not set this clock back.
        reading.frozen = false;
        reading.real += 100 * HOUR;
        assert_eq!(away(reading), Duration::ZERO);
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
