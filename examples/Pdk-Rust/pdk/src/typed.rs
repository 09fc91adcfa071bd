use crate::{Error, Failure, Output};
use core::convert::Infallible;

/// What a plugin function may take as its parameter: the whole input of the call, as a value.
///
/// With the feature `alloc` these are `Vec<u8>`, `String` and [`msgpack::Value`](crate::msgpack::Value).
pub trait FromInput: Sized {
    /// Reads what is left of the input.
    fn from_input() -> Result<Self, Error>;
}

/// What a plugin function may give in its `Ok`: the output of the call, as a value.
pub trait IntoOutput {
    /// Why it cannot be written.
    type Error: Failure;

    /// Appends it to the output.
    fn into_output(self) -> Result<(), Self::Error>;
}

/// Nothing more than what the function wrote itself.
impl IntoOutput for () {
    type Error = Infallible;

    fn into_output(self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl IntoOutput for &[u8] {
    type Error = Infallible;

    fn into_output(self) -> Result<(), Infallible> {
        Output::new().push_bytes(self);
        Ok(())
    }
}

impl IntoOutput for &str {
    type Error = Infallible;

    fn into_output(self) -> Result<(), Infallible> {
        self.as_bytes().into_output()
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::{FromInput, IntoOutput};
    use crate::{input, Error};
    use alloc::{string::String, vec::Vec};
    use core::convert::Infallible;

    impl FromInput for Vec<u8> {
        fn from_input() -> Result<Self, Error> {
            Ok(input::bytes())
        }
    }

    impl FromInput for String {
        fn from_input() -> Result<Self, Error> {
            Ok(input::text()?)
        }
    }

    impl IntoOutput for Vec<u8> {
        type Error = Infallible;

        fn into_output(self) -> Result<(), Infallible> {
            self.as_slice().into_output()
        }
    }

    impl IntoOutput for String {
        type Error = Infallible;

        fn into_output(self) -> Result<(), Infallible> {
            self.as_bytes().into_output()
        }
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use crate::{testing::Host, Error};
    use std::{string::String, vec::Vec};

    crate::plugin_fn! {
        fn reversed(text: String) -> Result<String, Error> {
            match text.is_empty() {
                true => Err("there is nothing to reverse".into()),
                false => Ok(text.chars().rev().collect()),
            }
        }

        fn sorted(mut bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
            bytes.sort_unstable();
            Ok(bytes)
        }

        fn constant() -> Result<&'static str, Error> {
            Ok("always")
        }
    }

    #[test]
    fn a_parameter_is_the_input_and_an_ok_the_output() {
        assert_eq!(Host::new().call(reversed, "añb".as_bytes()).output, "bña".as_bytes());
        assert_eq!(Host::new().call(sorted, &[3, 1, 2]).output, [1, 2, 3]);
        assert_eq!(Host::new().call(constant, b"").output, b"always");
    }

    #[test]
    fn a_failure_is_that_of_the_function_or_of_its_input() {
        assert_eq!(Host::new().call(reversed, b"").error, "there is nothing to reverse");
        assert_eq!(Host::new().call(reversed, b"a\xFF").error, "the text is not UTF-8 at byte 1");
    }
}
