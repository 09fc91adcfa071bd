use crate::{abi, decimal::Decimal};
use core::fmt;

/// The output of the call. Small pieces are collected, and given to the host when it is dropped at the latest.
pub struct Output {
    buffer: [u8; 512],
    length: usize,
}

impl Output {
    /// Appends to what was written before, if anything.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Output { buffer: [0; 512], length: 0 }
    }

    /// Appends bytes.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        if self.length + bytes.len() > self.buffer.len() {
            self.flush();
        }
        match self.buffer.get_mut(self.length..self.length + bytes.len()) {
            // Not copy_from_slice, whose panic for unequal lengths the compiler cannot rule out.
            Some(room) => {
                room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                self.length += bytes.len();
            }
            None => abi::output_write(bytes),
        }
    }

    /// Appends a text.
    pub fn push_str(&mut self, text: &str) {
        self.push_bytes(text.as_bytes())
    }

    /// Appends a byte.
    #[inline]
    pub fn push_byte(&mut self, byte: u8) {
        match self.buffer.get_mut(self.length) {
            Some(room) => {
                *room = byte;
                self.length += 1;
            }
            None => self.push_bytes(&[byte]),
        }
    }

    /// Appends a character.
    pub fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]))
    }

    /// Appends a number, without the code that `write!` brings.
    pub fn push_number(&mut self, value: u64) {
        self.push_bytes(Decimal::new(value).as_bytes())
    }

    /// Gives the host what was collected.
    pub fn flush(&mut self) {
        if let Some(collected) = self.buffer.get(..self.length).filter(|collected| !collected.is_empty()) {
            abi::output_write(collected);
        }
        self.length = 0;
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.flush()
    }
}

impl fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

#[cfg(feature = "std")]
impl std::io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.push_bytes(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Output::flush(self);
        Ok(())
    }
}
