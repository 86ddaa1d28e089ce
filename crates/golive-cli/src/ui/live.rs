//! The live view of an operation, for terminals.

use super::pace::Pace;
use super::screen::{self, Screen, Size};
use super::view::View;
use golive::OperationStatus;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the times are drawn anew.
const TICK: Duration = Duration::from_secs(1);
/// How often it is looked whether the terminal has another size.
const LOOKS: u32 = 5;

/// The live view of an operation. It draws itself anew once a second, and when
/// the terminal has another size, until it is ended.
#[derive(Debug)]
pub struct Live {
    drawn: Arc<Mutex<Drawn>>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Debug)]
struct Drawn {
    view: View,
    screen: Screen,
    size: Size,
}

impl Drawn {
    fn draw(&mut self) {
        self.size = Size::of_terminal();
        let lines = self.view.lines(self.size);
        screen::write(&self.screen.draw(lines, self.size.columns));
    }
}

impl Live {
    /// Begins with the title.
    pub fn begin(title: &str, screen: Screen) -> Self {
        let drawn = Arc::new(Mutex::new(Drawn {
            view: View::new(title),
            screen,
            size: Size::of_terminal(),
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

    /// Prints a line above the view.
    pub fn print(&self, line: &str) {
        let mut drawn = lock(&self.drawn);
        let columns = Size::of_terminal().columns;
        screen::write(&drawn.screen.print(line, columns));
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

impl Drop for Live {
    /// Leaves the last state on the screen.
    fn drop(&mut self) {
        if let Some((end, ticker)) = self.ticker.take() {
            drop(end);
            // It cannot panic, and there would be nothing to do about it.
            let _ = ticker.join();
        }
        lock(&self.drawn).draw();
    }
}

fn lock(drawn: &Mutex<Drawn>) -> MutexGuard<'_, Drawn> {
    drawn.lock().unwrap_or_else(PoisonError::into_inner)
}
