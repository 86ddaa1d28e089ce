//! A live view, for terminals.

use super::line::Line;
use super::pace::Pace;
use super::screen::{self, Screen, Size};
use super::view::View;
use golive::OperationStatus;
use std::fmt::Debug;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the times are drawn anew.
const TICK: Duration = Duration::from_secs(1);
/// How often it is looked whether the terminal has another size.
const LOOKS: u32 = 5;

/// What a live view shows.
pub trait Shown: Debug + Send + 'static {
    /// The lines, in a terminal of a size: one less than it has, because the
    /// cursor is below them.
    fn lines(&self, size: Size) -> Vec<Line>;
}

/// A live view. It draws itself anew once a second, and when the terminal has
/// another size, until it is ended.
#[derive(Debug)]
pub struct Live<V: Shown> {
    drawn: Arc<Mutex<Drawn<V>>>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Debug)]
struct Drawn<V> {
    view: V,
    screen: Screen,
    size: Size,
    /// Whether somebody is being asked something, so that the view is away.
    is_held: bool,
}

impl<V: Shown> Drawn<V> {
    fn draw(&mut self) {
        if self.is_held {
            return;
        }
        self.size = Size::of_terminal();
        let lines = self.view.lines(self.size);
        screen::write(&self.screen.draw(lines, self.size.columns));
    }
}

impl<V: Shown> Live<V> {
    /// Begins with a view.
    pub fn of(view: V, screen: Screen) -> Self {
        let drawn = Arc::new(Mutex::new(Drawn {
            view,
            screen,
            size: Size::of_terminal(),
            is_held: false,
        }));
        lock(&drawn).draw();
        let (end, ended) = channel();
        let ticking = drawn.clone();
        let tick = move || {
            let mut look = 0;
            while ended.recv_timeout(TICK / LOOKS) == Err(RecvTimeoutError::Timeout) {
                look = (look + 1) % LOOKS;
                let mut drawn = lock(&ticking);
                if look == 0 || drawn.size != Size::of_terminal() {
                    drawn.draw();
                }
            }
        };
        Self {
            drawn,
            ticker: Some((end, std::thread::spawn(tick))),
        }
    }

    /// Changes the view. It is drawn within a second.
    pub fn change(&self, change: impl FnOnce(&mut V)) {
        change(&mut lock(&self.drawn).view);
    }

    /// Prints a line above the view.
    pub fn print(&self, line: &Line) {
        let mut drawn = lock(&self.drawn);
        let columns = Size::of_terminal().columns;
        screen::write(&drawn.screen.print(line, columns));
        drawn.draw();
    }

    /// Takes the view away while somebody types, until it is told that it is over.
    pub fn hold(&self, is_held: bool) {
        let mut drawn = lock(&self.drawn);
        if is_held {
            let columns = Size::of_terminal().columns;
            screen::write(&drawn.screen.clear(columns));
        }
        drawn.is_held = is_held;
        drawn.draw();
    }

    /// Takes the view away while something else writes to the terminal.
    pub fn aside(&self, write: impl FnOnce()) {
        let mut drawn = lock(&self.drawn);
        let columns = Size::of_terminal().columns;
        screen::write(&drawn.screen.clear(columns));
        write();
        drawn.draw();
    }
}

impl Shown for View {
    fn lines(&self, size: Size) -> Vec<Line> {
        View::lines(self, size)
    }
}

impl Live<View> {
    /// Begins with the title of an operation.
    pub fn begin(title: &str, screen: Screen) -> Self {
        Self::of(View::new(title), screen)
    }

    /// Shows how old the operation is, and when it is polled next.
    pub fn pace(&self, pace: Pace) {
        let mut drawn = lock(&self.drawn);
        drawn.view.pace(pace);
        drawn.draw();
    }

    /// Shows a status.
    pub fn status(&self, status: &OperationStatus, pace: Pace) {
        let mut drawn = lock(&self.drawn);
        drawn.view.status(status);
        drawn.view.pace(pace);
        drawn.draw();
    }
}

impl<V: Shown> Drop for Live<V> {
    /// Leaves the last state on the screen.
    fn drop(&mut self) {
        if let Some((end, ticker)) = self.ticker.take() {
            drop(end);
            // It cannot panic, and there would be nothing to do about it.
            let _ = ticker.join();
        }
        let mut drawn = lock(&self.drawn);
        drawn.is_held = false;
        drawn.draw();
    }
}

fn lock<V>(drawn: &Mutex<Drawn<V>>) -> MutexGuard<'_, Drawn<V>> {
    drawn.lock().unwrap_or_else(PoisonError::into_inner)
}
