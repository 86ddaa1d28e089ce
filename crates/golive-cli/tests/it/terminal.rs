//! A terminal with the program in it: a real pseudo-terminal, and a screen that
//! shows what a person would see.

use pty_process::Size;
use pty_process::blocking::{Pty, open};
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Far longer than anything takes, also on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with the program in it. The program is killed when it is dropped.
pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    shown: Arc<Shown>,
}

struct Shown {
    screen: Mutex<Screen>,
    changed: Condvar,
}

struct Screen {
    terminal: avt::Terminal,
    /// Everything that was written, byte by byte.
    written: Vec<u8>,
    ended: bool,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Screen {
    /// The rows that are shown, without the space at their ends and below.
    fn rows(&self) -> Vec<String> {
        let lines = self.terminal.screen().visible_lines();
        let mut rows: Vec<String> = lines
            .map(|line| line.text().trim_end().to_owned())
            .collect();
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        rows
    }
}

impl Terminal {
    /// Starts the program in a terminal of a size, which has been in use: there is
    /// something above.
    ///
    /// # Panics
    ///
    /// There is no terminal, or the program does not start.
    pub fn start(mut command: Command, columns: u16, rows: u16) -> Self {
        command.env("TERM", "xterm-256color");
        for name in [
            "TMUX",
            "XTERM_VERSION",
            "COLORTERM",
            "CLICOLOR",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(name);
        }
        let (pty, pts) = open().expect("there is a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("it has a size");
        let command = pty_process::blocking::Command::from(command);
        let child = command.spawn(pts).expect("the program starts");
        let mut terminal =
            avt::Terminal::with_scrollback(columns.into(), rows.into(), None).expect("a size");
        terminal.feed("$\r\n".repeat(rows.into()).as_str());
        let shown = Arc::new(Shown {
            screen: Mutex::new(Screen {
                terminal,
                written: Vec::new(),
                ended: false,
            }),
            changed: Condvar::new(),
        });
        let pty = Arc::new(pty);
        let (reading, showing) = (pty.clone(), shown.clone());
        std::thread::spawn(move || read(&reading, &showing));
        Self { pty, child, shown }
    }

    /// Waits until the rows of the screen are as wanted, and gives them.
    ///
    /// # Panics
    ///
    /// They do not become so.
    pub fn until(&self, what: &str, wanted: impl Fn(&[String]) -> bool) -> Vec<String> {
        let (screen, timeout) = self
            .shown
            .changed
            .wait_timeout_while(self.shown.lock(), PATIENCE, |screen| {
                !wanted(&screen.rows()) && !screen.ended
            })
            .unwrap_or_else(PoisonError::into_inner);
        let rows = screen.rows();
        assert!(
            wanted(&rows),
            "waited for {what} (too long: {}):\n{}",
            timeout.timed_out(),
            rows.join("\n")
        );
        rows
    }

    /// Waits until a row has a text in it.
    pub fn until_shown(&self, text: &str) -> Vec<String> {
        self.until(text, |rows| rows.iter().any(|row| row.contains(text)))
    }

    /// Types something.
    ///
    /// # Panics
    ///
    /// The terminal is gone.
    pub fn type_in(&self, text: &str) {
        (&*self.pty)
            .write_all(text.as_bytes())
            .expect("it is there");
    }

    /// Gives the terminal another size.
    ///
    /// # Panics
    ///
    /// The terminal is gone.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut screen = self.shown.lock();
        screen.terminal.resize(columns.into(), rows.into());
        drop(screen);
        self.pty
            .resize(Size::new(rows, columns))
            .expect("it is there");
    }

    /// Waits for the end of the program. Gives its exit code and all that is on the
    /// screen and above: the lines as they were written, whatever the width.
    ///
    /// # Panics
    ///
    /// It does not end, or a signal ended it.
    pub fn end(mut self) -> (i32, Vec<String>) {
        drop(
            self.shown
                .changed
                .wait_timeout_while(self.shown.lock(), PATIENCE, |screen| !screen.ended),
        );
        let screen = self.shown.lock();
        let lines = screen.terminal.primary_screen().text().into_iter();
        let lines = lines.skip_while(|line| line == "$");
        let mut lines: Vec<String> = lines.collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        assert!(screen.ended, "it does not end:\n{}", lines.join("\n"));
        drop(screen);
        let status = self.child.wait().expect("it is a child");
        (status.code().expect("no signal ended it"), lines)
    }

    /// Whether anything on the screen has a color.
    pub fn has_colors(&self) -> bool {
        let screen = self.shown.lock();
        let mut lines = screen.terminal.screen().all_lines();
        lines.any(|line| {
            let mut pens = line.cells().iter().map(avt::Cell::pen);
            pens.any(|pen| !pen.is_default())
        })
    }

    /// Everything that was written to the terminal, escapes included.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().written).into_owned()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Shows what the program writes, to its end.
fn read(pty: &Pty, shown: &Shown) {
    let mut buffer = [0; 4096];
    // A character may be in two pieces.
    let mut pending = Vec::new();
    loop {
        // Linux says with an error that nobody has the terminal open any more.
        let length = { pty }.read(&mut buffer).unwrap_or(0);
        let mut screen = shown.lock();
        let Some(read) = buffer.get(..length).filter(|read| !read.is_empty()) else {
            screen.ended = true;
            shown.changed.notify_all();
            return;
        };
        screen.written.extend_from_slice(read);
        pending.extend_from_slice(read);
        let whole = match std::str::from_utf8(&pending) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = pending.split_off(whole);
        let text = String::from_utf8_lossy(&pending).into_owned();
        pending = rest;
        screen.terminal.feed(text.as_str());
        shown.changed.notify_all();
    }
}
