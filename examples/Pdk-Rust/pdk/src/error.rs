use crate::{abi, decimal::Decimal, msgpack, CallError, NotText};
use core::{convert::Infallible, fmt};

/// Why a plugin function fails: a code other than 0 and a text for the caller.
///
/// Implement it for a plugin's own error type, or use [`Error`].
pub trait Failure {
    /// The code that the caller sees; 0 is reported as 1.
    fn code(&self) -> i32 {
        1
    }

    /// Writes the text that the caller sees.
    fn describe(&self, text: &mut ErrorText);
}

/// The failures that the functions of this crate have, and plain texts; for `?` in a plugin function.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A fixed text.
    Text(&'static str),
    /// A text made at run time.
    #[cfg(feature = "alloc")]
    Owned(alloc::string::String),
    /// A text with a code of its own; [`Error::coded`] makes it.
    #[cfg(feature = "alloc")]
    Coded(i32, alloc::string::String),
    /// The input, or a value, is not UTF-8.
    NotText(NotText),
    /// The input has more bytes than the plugin takes.
    TooLong {
        /// How many it takes.
        capacity: usize,
    },
    /// A capability did not succeed.
    Call(CallError),
    /// The input, or a value, is not the MessagePack that was to be read; or it could not be written.
    MessagePack(msgpack::Error),
}

impl Error {
    /// A failure with a code of its own; 0 is reported as 1.
    #[cfg(feature = "alloc")]
    pub fn coded(code: i32, text: impl Into<alloc::string::String>) -> Self {
        Error::Coded(code, text.into())
    }
}

impl Failure for Error {
    #[cfg(feature = "alloc")]
    fn code(&self) -> i32 {
        match self {
            Error::Coded(code, _) => *code,
            _ => 1,
        }
    }

    fn describe(&self, text: &mut ErrorText) {
        match self {
            Error::Text(fixed) => text.push_str(fixed),
            #[cfg(feature = "alloc")]
            Error::Owned(owned) | Error::Coded(_, owned) => text.push_str(owned),
            Error::NotText(error) => error.describe(text),
            Error::TooLong { capacity } => {
                text.push_str("the input is longer than ");
                text.push_number(*capacity as u64);
                text.push_str(" bytes");
            }
            Error::Call(error) => error.describe(text),
            Error::MessagePack(error) => error.describe(text),
        }
    }
}

/// What never fails.
impl Failure for Infallible {
    fn describe(&self, _: &mut ErrorText) {
        match *self {}
    }
}

impl Failure for &str {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str(self)
    }
}

#[cfg(feature = "alloc")]
impl Failure for alloc::string::String {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str(self)
    }
}

impl From<&'static str> for Error {
    fn from(text: &'static str) -> Self {
        Error::Text(text)
    }
}

#[cfg(feature = "alloc")]
impl From<alloc::string::String> for Error {
    fn from(text: alloc::string::String) -> Self {
        Error::Owned(text)
    }
}

impl From<NotText> for Error {
    fn from(error: NotText) -> Self {
        Error::NotText(error)
    }
}

impl From<msgpack::Error> for Error {
    fn from(error: msgpack::Error) -> Self {
        Error::MessagePack(error)
    }
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        Error::Call(error)
    }
}

/// The error text of the call. It reaches the caller only if the function fails.
pub struct ErrorText(());

impl ErrorText {
    pub(crate) fn new() -> Self {
        ErrorText(())
    }

    /// Appends a text.
    pub fn push_str(&mut self, text: &str) {
        abi::error_write(text.as_bytes())
    }

    /// Appends bytes; what in them is not UTF-8 becomes U+FFFD.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        abi::error_write(bytes)
    }

    /// Appends a number, without the code that `write!` brings.
    pub fn push_number(&mut self, value: u64) {
        abi::error_write(Decimal::new(value).as_bytes())
    }
}

impl fmt::Write for ErrorText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}
