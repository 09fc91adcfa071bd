//! The input of the call: read in order, once.

use crate::{abi, Chars, Error};

/// Bytes of input in all; `None` when it is streamed and its length unknown.
pub fn length() -> Option<usize> {
    usize::try_from(abi::input_length()).ok()
}

/// Reads the next bytes; how many, 0 at the end. A streamed input may give fewer than asked for.
pub fn read(buffer: &mut [u8]) -> usize {
    abi::input_read(buffer)
}

/// Reads what is left of the input into `buffer`; [`Error::TooLong`] when it does not fit.
pub fn read_all(buffer: &mut [u8]) -> Result<&mut [u8], Error> {
    let capacity = buffer.len();
    let mut length = 0;
    while let Some(room @ [_, ..]) = buffer.get_mut(length..) {
        match read(room) {
            0 => break,
            count => length += count,
        }
    }
    if length == capacity && read(&mut [0]) > 0 {
        return Err(Error::TooLong { capacity });
    }
    Ok(buffer.get_mut(..length).unwrap_or_default())
}

/// The rest of the input, character by character, in constant memory.
pub fn chars() -> Chars<fn(&mut [u8]) -> usize> {
    Chars::new(read)
}

/// What is left of the input.
#[cfg(feature = "alloc")]
pub fn bytes() -> alloc::vec::Vec<u8> {
    let mut bytes = alloc::vec::Vec::new();
    let mut room = length().unwrap_or(0).max(4096);
    loop {
        let length = bytes.len();
        bytes.resize(length + room, 0);
        let count = read(&mut bytes[length..]);
        bytes.truncate(length + count);
        if count == 0 {
            return bytes;
        }
        room = 4096;
    }
}

/// What is left of the input, as text.
#[cfg(feature = "alloc")]
pub fn text() -> Result<alloc::string::String, crate::NotText> {
    Ok(alloc::string::String::from_utf8(bytes()).map_err(|error| error.utf8_error())?)
}
