use super::{Error, Extension, Problem, Timestamp};
use crate::Output;

/// Where a [`Writer`] writes to.
pub trait Sink {
    /// What [`Writer::end`] gives.
    type Done;

    /// Appends bytes; false when there is no room for them.
    fn put(&mut self, bytes: &[u8]) -> bool;

    /// Everything was written.
    fn done(self) -> Self::Done;
}

/// A buffer of a fixed size, and how much of it is written.
pub struct Slice<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl<'b> Sink for Slice<'b> {
    type Done = &'b [u8];

    fn put(&mut self, bytes: &[u8]) -> bool {
        match self.buffer.get_mut(self.length..).and_then(|room| room.get_mut(..bytes.len())) {
            // Not copy_from_slice, whose panic for unequal lengths the compiler cannot rule out.
            Some(room) => room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
            None => return false,
        }
        self.length += bytes.len();
        true
    }

    fn done(self) -> &'b [u8] {
        let length = self.length;
        self.buffer.get(..length).unwrap_or(&[])
    }
}

impl Sink for &mut Output {
    type Done = ();

    fn put(&mut self, bytes: &[u8]) -> bool {
        self.push_bytes(bytes);
        true
    }

    fn done(self) {}
}

#[cfg(feature = "alloc")]
impl Sink for alloc::vec::Vec<u8> {
    type Done = Self;

    fn put(&mut self, bytes: &[u8]) -> bool {
        self.extend_from_slice(bytes);
        true
    }

    fn done(self) -> Self {
        self
    }
}

/// Writes one value, with all that is in it, in the shortest forms. The first error stays until [`Writer::end`] tells it.
pub struct Writer<S> {
    sink: S,
    written: usize,
    /// Values still to be written, by what the arrays and maps so far announced.
    owed: u64,
    error: Option<Error>,
}

impl<'b> Writer<Slice<'b>> {
    /// Writes into `buffer`; more than fits is [`Problem::Full`].
    pub fn new(buffer: &'b mut [u8]) -> Self {
        Writer::to(Slice { buffer, length: 0 })
    }
}

impl<S: Sink> Writer<S> {
    /// Writes to the end of `sink`: an [`Output`], or a `Vec<u8>` with the feature `alloc`.
    pub fn to(sink: S) -> Self {
        Writer { sink, written: 0, owed: 1, error: None }
    }

    /// What was written; an error when that is less or more than announced, or something could not be written.
    pub fn end(mut self) -> Result<S::Done, Error> {
        if self.owed > 0 {
            self.fail(Problem::Unbalanced);
        }
        match self.error {
            None => Ok(self.sink.done()),
            Some(error) => Err(error),
        }
    }

    /// Nothing.
    pub fn nil(&mut self) -> &mut Self {
        self.head(0xC0, 0, 0)
    }

    /// True or false.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.head(0xC2 + value as u8, 0, 0)
    }

    /// An integer that is not negative.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        match value {
            0..=0x7F => self.head(value as u8, 0, 0),
            0x80..=0xFF => self.head(0xCC, value, 1),
            0x100..=0xFFFF => self.head(0xCD, value, 2),
            0x1_0000..=0xFFFF_FFFF => self.head(0xCE, value, 4),
            _ => self.head(0xCF, value, 8),
        }
    }

    /// An integer.
    pub fn i64(&mut self, value: i64) -> &mut Self {
        match value {
            0..=i64::MAX => self.u64(value as u64),
            -0x20..=-1 => self.head(value as u8, 0, 0),
            -0x80..=-0x21 => self.head(0xD0, value as u64, 1),
            -0x8000..=-0x81 => self.head(0xD1, value as u64, 2),
            -0x8000_0000..=-0x8001 => self.head(0xD2, value as u64, 4),
            _ => self.head(0xD3, value as u64, 8),
        }
    }

    /// As a float 32 if that is the same number, else as a float 64. All NaNs are written alike.
    pub fn f64(&mut self, value: f64) -> &mut Self {
        let narrow = value as f32;
        if value.is_nan() {
            self.head(0xCA, 0x7FC0_0000, 4)
        } else if narrow as f64 == value {
            self.head(0xCA, narrow.to_bits() as u64, 4)
        } else {
            self.head(0xCB, value.to_bits(), 8)
        }
    }

    /// Text.
    pub fn str(&mut self, value: &str) -> &mut Self {
        self.length(value.len(), (0xA0, 0x20), [0xD9, 0xDA, 0xDB]).put(value.as_bytes())
    }

    /// Bytes.
    pub fn bin(&mut self, value: &[u8]) -> &mut Self {
        self.length(value.len(), (0, 0), [0xC4, 0xC5, 0xC6]).put(value)
    }

    /// Then write `count` values.
    pub fn array(&mut self, count: usize) -> &mut Self {
        self.length(count, (0x90, 0x10), [0, 0xDC, 0xDD]);
        self.owe(count as u64)
    }

    /// Then write `count` pairs: a key and a value each.
    pub fn map(&mut self, count: usize) -> &mut Self {
        self.length(count, (0x80, 0x10), [0, 0xDE, 0xDF]);
        self.owe(count as u64 * 2)
    }

    /// An extension.
    pub fn extension(&mut self, value: Extension) -> &mut Self {
        match value.bytes.len() {
            1 => self.head(0xD4, 0, 0),
            2 => self.head(0xD5, 0, 0),
            4 => self.head(0xD6, 0, 0),
            8 => self.head(0xD7, 0, 0),
            16 => self.head(0xD8, 0, 0),
            length => self.length(length, (0, 0), [0xC7, 0xC8, 0xC9]),
        };
        self.put(&[value.kind as u8]).put(value.bytes)
    }

    /// A moment; a second of nanoseconds or more is [`Problem::OutOfRange`].
    pub fn timestamp(&mut self, value: Timestamp) -> &mut Self {
        if value.nanoseconds > 999_999_999 {
            self.fail(Problem::OutOfRange);
        }
        let (seconds, nanoseconds) = (value.seconds as u64, value.nanoseconds as u64);
        if nanoseconds == 0 && seconds <= 0xFFFF_FFFF {
            self.extension(Extension { kind: -1, bytes: &(seconds as u32).to_be_bytes() })
        } else if seconds <= 0x3_FFFF_FFFF {
            self.extension(Extension { kind: -1, bytes: &(nanoseconds << 34 | seconds).to_be_bytes() })
        } else {
            let both = (nanoseconds as u128) << 64 | seconds as u128;
            self.extension(Extension { kind: -1, bytes: both.to_be_bytes().get(4..).unwrap_or(&[]) })
        }
    }

    #[cold]
    fn fail(&mut self, problem: Problem) {
        self.error = self.error.or(Some(Error { problem, offset: self.written }));
    }

    fn owe(&mut self, values: u64) -> &mut Self {
        self.owed += values;
        self
    }

    /// The shortest form of a count or length: within the first byte, or in 8, 16 or 32 bits after it.
    fn length(&mut self, length: usize, (within, room): (u8, usize), firsts: [u8; 3]) -> &mut Self {
        let [bits_8, bits_16, bits_32] = firsts;
        match length {
            _ if length < room => self.head(within | length as u8, 0, 0),
            0..=0xFF if bits_8 != 0 => self.head(bits_8, length as u64, 1),
            0..=0xFFFF => self.head(bits_16, length as u64, 2),
            _ => {
                if length as u64 > 0xFFFF_FFFF {
                    self.fail(Problem::OutOfRange);
                }
                self.head(bits_32, length as u64, 4)
            }
        }
    }

    /// A first byte and a number of so many bytes, big-endian ("Notation in diagrams").
    #[inline(never)]
    fn head(&mut self, first: u8, number: u64, digits: usize) -> &mut Self {
        match self.owed.checked_sub(1) {
            Some(owed) => self.owed = owed,
            None => self.fail(Problem::Unbalanced),
        }
        let number = number.to_be_bytes();
        self.put(&[first]).put(number.get(8 - digits..).unwrap_or(&[]))
    }

    fn put(&mut self, bytes: &[u8]) -> &mut Self {
        if self.error.is_none() {
            match self.sink.put(bytes) {
                true => self.written += bytes.len(),
                false => self.fail(Problem::Full),
            }
        }
        self
    }
}
