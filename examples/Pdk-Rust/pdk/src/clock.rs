//! The clock of the host, with the permission `clock.now`.

use crate::CallError;

crate::host_fn! {
    /// Eight bytes: nanoseconds, little-endian.
    fn clock_now = "clock.now";
}

/// Nanoseconds since 1970-01-01 UTC.
pub fn now() -> Result<i64, CallError> {
    let mut bytes = [0; 8];
    clock_now(&[])?.read_all(&mut bytes)?;
    Ok(i64::from_le_bytes(bytes))
}
