//! What the operator configured. The manifest lists the keys.

use crate::{CallError, Reason, Reply};

crate::host_fn! {
    /// The value of a key; [`Reason::NotFound`] when it has none.
    fn config_read = "config.read";
}

/// The value of `key`, or `None` when it has none.
pub fn read<'b>(key: &str, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, CallError> {
    found(config_read(key.as_bytes()))?.map(|reply| reply.read_all(buffer)).transpose()
}

/// The value of `key` as text, or `None` when it has none.
#[cfg(feature = "alloc")]
pub fn text(key: &str) -> Result<Option<alloc::string::String>, crate::Error> {
    Ok(found(config_read(key.as_bytes()))?.map(Reply::into_string).transpose()?)
}

pub(crate) fn found(reply: Result<Reply, CallError>) -> Result<Option<Reply>, CallError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(error) if error.reason() == Reason::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
