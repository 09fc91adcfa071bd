use crate::{ErrorText, Failure};

/// Why bytes are not the MessagePack that was to be read, or a value cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub problem: Problem,
    /// Of the value at fault in what is read; how much was written before it, when writing.
    pub offset: usize,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The input ends within a value, or has fewer than an array or map announces.
    Truncated,
    /// The byte C1, which the specification never uses.
    Reserved,
    /// Something else than a boolean.
    NotBool,
    /// Something else than an integer.
    NotInteger,
    /// Neither a float nor an integer.
    NotNumber,
    /// Something else than a str.
    NotStr,
    /// Something else than a bin.
    NotBin,
    /// Something else than an array.
    NotArray,
    /// Something else than a map.
    NotMap,
    /// Something else than an extension.
    NotExtension,
    /// Something else than a timestamp, or one of another length, or of a second of nanoseconds or more.
    NotTimestamp,
    /// A number above or below what the reader takes, or than can be written.
    OutOfRange,
    /// A str that is not UTF-8.
    NotText,
    /// Arrays and maps deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// Bytes after the value that was to be the only one.
    Trailing,
    /// An array or map was read or written with another count than it announces.
    Unbalanced,
    /// The buffer is too small for what is written.
    Full,
}

impl Problem {
    /// The words for it.
    pub fn text(self) -> &'static str {
        match self {
            Problem::Truncated => "the input ends too early",
            Problem::Reserved => "a byte without meaning",
            Problem::NotBool => "not a boolean",
            Problem::NotInteger => "not an integer",
            Problem::NotNumber => "not a number",
            Problem::NotStr => "not a string",
            Problem::NotBin => "not binary",
            Problem::NotArray => "not an array",
            Problem::NotMap => "not a map",
            Problem::NotExtension => "not an extension",
            Problem::NotTimestamp => "not a timestamp",
            Problem::OutOfRange => "a number out of range",
            Problem::NotText => "not UTF-8",
            Problem::TooDeep => "nested too deep",
            Problem::Trailing => "bytes after the end",
            Problem::Unbalanced => "more or fewer values than announced",
            Problem::Full => "the buffer is full",
        }
    }
}

impl Failure for Error {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str(self.problem.text());
        text.push_str(" at byte ");
        text.push_number(self.offset as u64);
    }
}
