//! Read and write [MessagePack](https://github.com/msgpack/msgpack/blob/master/spec.md): all of it, strictly, and
//! without allocation.
//!
//! ```
//! use plugins_pdk::msgpack::{Error, Reader, Writer};
//!
//! fn doubled<'b>(input: &[u8], buffer: &'b mut [u8]) -> Result<&'b [u8], Error> {
//!     let mut reader = Reader::new(input);
//!     let count = reader.array()?;
//!     let mut writer = Writer::new(buffer);
//!     writer.array(count);
//!     for _ in 0..count {
//!         writer.u64(reader.u64(u64::MAX / 2)? * 2);
//!     }
//!     reader.end()?;
//!     writer.end()
//! }
//!
//! let doubles = doubled(b"\x92\x03\xCC\x80", &mut [0; 16]).map(<[u8]>::to_vec);
//! assert_eq!(doubles.unwrap(), b"\x92\x06\xCD\x01\x00");
//! ```
//!
//! Any valid form is read and the shortest written. A length is checked before it is used, text is UTF-8, nothing nests
//! deeper than [`MAX_DEPTH`], and [`Reader::end`] refuses what follows the end.

mod error;
mod head;
mod reader;
#[cfg(test)]
mod tests;
mod typed;
mod writer;

pub use error::{Error, Problem};
pub use head::Kind;
pub use reader::Reader;
#[cfg(feature = "alloc")]
pub use typed::Value;
pub use typed::{Decode, Encode};
pub use writer::{Sink, Slice, Writer};

/// How deep arrays and maps may nest; as deep as the host's own reader allows.
pub const MAX_DEPTH: usize = 64;

/// A moment, as the extension type -1 holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Since 1970-01-01 UTC, rounded down.
    pub seconds: i64,
    /// After those seconds: 0 to 999,999,999.
    pub nanoseconds: u32,
}

/// An extension of the application's own, types 0 to 127, or of MessagePack's, below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension<'a> {
    /// What the bytes mean.
    pub kind: i8,
    /// Its bytes.
    pub bytes: &'a [u8],
}
