//! What a run of the program works with.

use crate::config::Settings;
use crate::ui::Ui;
use std::sync::Arc;

/// What a run of the program works with.
pub struct Context {
    /// Where everything goes that the program shows.
    pub ui: Ui,
    /// The settings.
    pub settings: Settings,
}

impl Context {
    /// Shared by everything that runs.
    pub fn new(ui: Ui, settings: Settings) -> Arc<Self> {
        Arc::new(Self { ui, settings })
    }
}
