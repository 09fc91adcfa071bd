//! Values that the host keeps for this plugin between calls, with the permissions `variables.read` and
//! `variables.write`.

#[cfg(not(feature = "alloc"))]
use crate::Reason;
use crate::{config::found, CallError, Reply};

crate::host_fn! {
    /// Takes the key.
    fn variables_read = "variables.read";
    /// Takes the length of the key, the key and the value.
    fn variables_write = "variables.write";
    /// Takes the key.
    fn variables_delete = "variables.delete";
    /// Takes the length of the key, the key, the length of the expected value, that value and the new one.
    fn variables_compare_exchange = "variables.compare_exchange";
}

/// The longest request (key, values and their lengths) that can be built without the feature `alloc`.
pub const REQUEST_CAPACITY: usize = 4096;

const ABSENT: u32 = u32::MAX;

/// The value of `key`, or `None`; [`Reason::TooLarge`](crate::Reason::TooLarge) when it does not fit `buffer`.
pub fn read<'b>(key: &str, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, CallError> {
    found(variables_read(key.as_bytes()))?.map(|reply| reply.read_all(buffer)).transpose()
}

/// The value of `key`, or `None`.
#[cfg(feature = "alloc")]
pub fn get(key: &str) -> Result<Option<alloc::vec::Vec<u8>>, CallError> {
    Ok(found(variables_read(key.as_bytes()))?.map(Reply::into_vec))
}

/// Sets the value of `key`.
pub fn write(key: &str, value: &[u8]) -> Result<(), CallError> {
    let length = (key.len() as u32).to_le_bytes();
    request("variables.write", &[&length, key.as_bytes(), value], variables_write)?;
    Ok(())
}

/// Removes `key`; removing what is not there succeeds.
pub fn delete(key: &str) -> Result<(), CallError> {
    variables_delete(key.as_bytes())?;
    Ok(())
}

/// Sets the value of `key` if it is `expected` (`None`: absent). `Err(reply)` of the inner result holds the present
/// value.
pub fn compare_exchange(key: &str, expected: Option<&[u8]>, value: &[u8]) -> Result<Result<(), Reply>, CallError> {
    let key_length = (key.len() as u32).to_le_bytes();
    let expected_length = expected.map_or(ABSENT, |expected| expected.len() as u32).to_le_bytes();
    let parts = [&key_length, key.as_bytes(), &expected_length, expected.unwrap_or(&[]), value];
    let mut reply = request("variables.compare_exchange", &parts, variables_compare_exchange)?;
    let mut written = [0];
    reply.read(&mut written);
    Ok(if written == [1] { Ok(()) } else { Err(reply) })
}

type Call = fn(&[u8]) -> Result<Reply, CallError>;

#[cfg(feature = "alloc")]
fn request(_: &'static str, parts: &[&[u8]], call: Call) -> Result<Reply, CallError> {
    call(&parts.concat())
}

#[cfg(not(feature = "alloc"))]
fn request(capability: &'static str, parts: &[&[u8]], call: Call) -> Result<Reply, CallError> {
    let mut buffer = [0; REQUEST_CAPACITY];
    let mut length = 0;
    for part in parts {
        match buffer.get_mut(length..length + part.len()) {
            Some(room) => room.copy_from_slice(part),
            None => return Err(CallError::here(capability, Reason::TooLarge)),
        }
        length += part.len();
    }
    call(&buffer[..length])
}
