use crate::{ErrorText, Failure};

/// The input, or a value, is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText {
    /// The offset of the first byte that begins no character.
    pub offset: u64,
}

impl Failure for NotText {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str("the text is not UTF-8 at byte ");
        text.push_number(self.offset);
    }
}

impl From<core::str::Utf8Error> for NotText {
    fn from(error: core::str::Utf8Error) -> Self {
        NotText { offset: error.valid_up_to() as u64 }
    }
}

/// Decodes UTF-8 that comes in pieces, as strictly as [`core::str::from_utf8`]. It ends after the first error.
pub struct Chars<R> {
    read: R,
    buffer: [u8; 4096],
    position: usize,
    length: usize,
    offset: u64,
    ended: bool,
}

impl<R: FnMut(&mut [u8]) -> usize> Chars<R> {
    /// `read` fills a part of the slice that it is given and says how much; 0 at the end.
    pub fn new(read: R) -> Self {
        Chars { read, buffer: [0; 4096], position: 0, length: 0, offset: 0, ended: false }
    }

    #[inline]
    fn peek(&mut self) -> Option<u8> {
        if self.position >= self.length {
            self.length = (self.read)(&mut self.buffer);
            self.position = 0;
        }
        self.buffer.get(..self.length)?.get(self.position).copied()
    }

    /// A character beyond ASCII, from its first byte on.
    #[inline]
    fn decode(&mut self, first: u8) -> Option<char> {
        // The lengths and second bytes of the well-formed sequences, table 3-7 of the Unicode Standard.
        let (more, mut low, mut high) = match first {
            0xC2..=0xDF => (1, 0x80, 0xBF),
            0xE0 => (2, 0xA0, 0xBF),
            0xED => (2, 0x80, 0x9F),
            0xE1..=0xEF => (2, 0x80, 0xBF),
            0xF0 => (3, 0x90, 0xBF),
            0xF4 => (3, 0x80, 0x8F),
            0xF1..=0xF3 => (3, 0x80, 0xBF),
            _ => return None,
        };
        let mut value = (first & (0x3F >> more)) as u32;
        for _ in 0..more {
            let next = self.peek().filter(|next| (low..=high).contains(next))?;
            self.position += 1;
            value = value << 6 | (next & 0x3F) as u32;
            (low, high) = (0x80, 0xBF);
        }
        self.offset += 1 + more as u64;
        char::from_u32(value)
    }
}

impl<R: FnMut(&mut [u8]) -> usize> Iterator for Chars<R> {
    type Item = Result<char, NotText>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let first = self.peek();
        let offset = self.offset;
        self.position += 1;
        if let Some(ascii @ 0..=0x7F) = first {
            self.offset += 1;
            return Some(Ok(ascii as char));
        }
        let character = first.map(|first| self.decode(first).ok_or(NotText { offset }));
        self.ended = !matches!(character, Some(Ok(_)));
        character
    }
}

#[cfg(test)]
mod tests {
    use super::{Chars, NotText};
    use std::{string::String, vec::Vec};

    fn decode(bytes: &[u8], piece: usize) -> Result<String, NotText> {
        let mut rest = bytes;
        Chars::new(move |buffer: &mut [u8]| {
            let count = piece.min(rest.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            rest = &rest[count..];
            count
        })
        .collect()
    }

    fn check(bytes: &[u8]) {
        let expected = core::str::from_utf8(bytes).map(String::from).map_err(NotText::from);
        for piece in [1, 2, 3, 4096] {
            assert_eq!(decode(bytes, piece), expected, "{:x?}", bytes);
        }
    }

    #[test]
    fn agrees_with_core_on_every_pair_of_first_bytes() {
        for first in 0..=255u8 {
            for second in 0..=255u8 {
                check(&[first, second]);
                check(&[b'a', first, second, 0x80]);
                check(&[first, second, 0x80, 0x80, b'z']);
            }
        }
    }

    #[test]
    fn agrees_with_core_on_every_character() {
        let all: String = ('\0'..=char::MAX).collect();
        assert_eq!(decode(all.as_bytes(), 4096), Ok(all));
    }

    #[test]
    fn ends_after_the_first_error() {
        let mut rest: &[u8] = b"a\xFFb";
        let items: Vec<_> = Chars::new(|buffer: &mut [u8]| {
            let count = rest.len();
            buffer[..count].copy_from_slice(rest);
            rest = &[];
            count
        })
        .collect();
        assert_eq!(items, [Ok('a'), Err(NotText { offset: 1 })]);
    }
}
