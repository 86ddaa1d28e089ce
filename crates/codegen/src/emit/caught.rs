//! Panics as errors. Progenitor panics at much that it does not support, and names
//! that are no identifiers make one in what writes code.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught, and so not to be printed.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic; what the panic said is the error.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CAUGHT.get() {
                usual(info);
            }
        }));
    });
    let before = CAUGHT.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    CAUGHT.set(before);
    done.map_err(|panic| said(panic.as_ref()))
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    // Some print a whole value, over many lines.
    let text = text.unwrap_or("it panicked").trim();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut short: String = lines.join(" ");
    if let Some((end, _)) = short.char_indices().nth(300) {
        short.truncate(end);
        short += " …";
    }
    short
}
