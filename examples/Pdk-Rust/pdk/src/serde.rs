//! Typed input and output by [serde](https://serde.rs): any type with its derives is the parameter or the result of a
//! plugin function.
//!
//! The features `serde-json` and `serde-msgpack` need crates that `Cargo.toml` names in comments, so that this crate
//! builds where there is no registry. The module is checked against stand-ins of those crates, not against themselves.

#[cfg(feature = "serde-json")]
mod json {
    use crate::{input, Error, FromInput, IntoOutput, Output};
    use alloc::format;
    use serde::{de::DeserializeOwned, Serialize};

    /// One JSON value: the whole input or output.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Json<T>(
        /// The value itself.
        pub T,
    );

    impl<T: DeserializeOwned> FromInput for Json<T> {
        fn from_input() -> Result<Self, Error> {
            let value = serde_json::from_slice(&input::bytes());
            value.map(Json).map_err(|error| format!("the input: {}", error).into())
        }
    }

    impl<T: Serialize> IntoOutput for Json<T> {
        type Error = Error;

        fn into_output(self) -> Result<(), Error> {
            let bytes = serde_json::to_vec(&self.0).map_err(|error| Error::from(format!("the output: {}", error)))?;
            Output::new().push_bytes(&bytes);
            Ok(())
        }
    }
}

#[cfg(feature = "serde-msgpack")]
mod message_pack {
    use crate::{input, msgpack::Reader, Error, FromInput, IntoOutput, Output};
    use alloc::format;
    use serde::{de::DeserializeOwned, Serialize};

    /// One MessagePack value, with names as keys: the whole input or output.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct MessagePack<T>(
        /// The value itself.
        pub T,
    );

    impl<T: DeserializeOwned> FromInput for MessagePack<T> {
        fn from_input() -> Result<Self, Error> {
            let bytes = input::bytes();
            // rmp-serde takes bytes after the end, and nests as deep as the stack lets it.
            let mut reader = Reader::new(&bytes);
            reader.skip()?;
            reader.end()?;
            let value = rmp_serde::from_slice(&bytes);
            value.map(MessagePack).map_err(|error| format!("the input: {}", error).into())
        }
    }

    impl<T: Serialize> IntoOutput for MessagePack<T> {
        type Error = Error;

        fn into_output(self) -> Result<(), Error> {
            let bytes = rmp_serde::to_vec_named(&self.0);
            let bytes = bytes.map_err(|error| Error::from(format!("the output: {}", error)))?;
            Output::new().push_bytes(&bytes);
            Ok(())
        }
    }
}

#[cfg(feature = "serde-json")]
pub use json::Json;
#[cfg(feature = "serde-msgpack")]
pub use message_pack::MessagePack;
