//! Randomness from the host, fit for keys and tokens, with the permission `random.bytes`.

use crate::CallError;

crate::host_fn! {
    /// Takes the count, four bytes, little-endian.
    fn random_bytes = "random.bytes";
}

/// Fills `buffer`.
pub fn fill(buffer: &mut [u8]) -> Result<(), CallError> {
    random_bytes(&(buffer.len() as u32).to_le_bytes())?.read_all(buffer)?;
    Ok(())
}
