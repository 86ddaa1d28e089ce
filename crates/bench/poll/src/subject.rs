//! One thing that is measured.

/// Does the work so many times, and says how many times it was; it may be a few
/// more.
pub type Work = Box<dyn FnMut(u64) -> u64>;

/// One thing that is measured.
pub struct Subject {
    /// How it is named on the command line.
    pub name: &'static str,
    /// Prepares the work. What is prepared, and what the work leaves behind,
    /// lives until the end of the process.
    pub prepare: fn() -> Work,
}
