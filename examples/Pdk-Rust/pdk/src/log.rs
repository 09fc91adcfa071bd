//! Entries for the operator's log. Beyond the call's limit they are counted and dropped.

use crate::abi;

/// How much an entry matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every step, for tracking down a fault.
    Trace,
    /// For the plugin's developer.
    Debug,
    /// What the plugin does.
    Information,
    /// Something unexpected that the plugin copes with.
    Warning,
    /// Something failed.
    Error,
    /// The plugin cannot go on.
    Critical,
}

/// Writes an entry.
pub fn write(level: Level, text: &str) {
    abi::log(level as i32, text.as_bytes())
}

/// Writes an entry of [`Level::Debug`].
pub fn debug(text: &str) {
    write(Level::Debug, text)
}

/// Writes an entry of [`Level::Information`].
pub fn information(text: &str) {
    write(Level::Information, text)
}

/// Writes an entry of [`Level::Warning`].
pub fn warning(text: &str) {
    write(Level::Warning, text)
}

/// Writes an entry of [`Level::Error`].
pub fn error(text: &str) {
    write(Level::Error, text)
}
