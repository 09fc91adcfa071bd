use super::{Error, Extension, Reader, Sink, Timestamp, Writer};

/// A type that is written as MessagePack.
///
/// ```
/// use plugins_pdk::msgpack::{Encode, Sink, Writer};
///
/// struct Point {
///     x: i64,
///     y: i64,
/// }
///
/// impl Encode for Point {
///     fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
///         writer.map(2).str("x").i64(self.x).str("y").i64(self.y);
///     }
/// }
/// ```
pub trait Encode {
    /// Writes one value, with all that is in it.
    fn encode<S: Sink>(&self, writer: &mut Writer<S>);
}

/// A type that is read from MessagePack; it may borrow from what is read.
pub trait Decode<'a>: Sized {
    /// Reads one value, with all that is in it.
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error>;
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
        (**self).encode(writer)
    }
}

macro_rules! integers {
    ($($type:ty => $method:ident($($limit:expr),+);)+) => {$(
        impl Encode for $type {
            fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
                writer.$method((*self).into());
            }
        }

        impl Decode<'_> for $type {
            fn decode(reader: &mut Reader) -> Result<Self, Error> {
                Ok(reader.$method($($limit.into()),+)? as $type)
            }
        }
    )+};
}

integers! {
    u8 => u64(u8::MAX);
    u16 => u64(u16::MAX);
    u32 => u64(u32::MAX);
    u64 => u64(u64::MAX);
    i8 => i64(i8::MIN, i8::MAX);
    i16 => i64(i16::MIN, i16::MAX);
    i32 => i64(i32::MIN, i32::MAX);
    i64 => i64(i64::MIN, i64::MAX);
}

macro_rules! values {
    ($($type:ty => $method:ident, |$value:ident| $given:expr;)+) => {$(
        impl Encode for $type {
            fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
                let $value = self;
                writer.$method($given);
            }
        }

        impl<'a> Decode<'a> for $type {
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
                reader.$method()
            }
        }
    )+};
}

values! {
    bool => bool, |value| *value;
    f64 => f64, |value| *value;
    Timestamp => timestamp, |value| *value;
}

impl Encode for str {
    fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
        writer.str(self);
    }
}

impl<'a> Decode<'a> for &'a str {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        reader.str()
    }
}

impl Encode for Extension<'_> {
    fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
        writer.extension(*self);
    }
}

impl<'a> Decode<'a> for Extension<'a> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        reader.extension()
    }
}

/// `None` is nil.
impl<T: Encode> Encode for Option<T> {
    fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
        match self {
            Some(value) => value.encode(writer),
            None => {
                writer.nil();
            }
        }
    }
}

/// `None` is nil.
impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(if reader.nil()? { None } else { Some(T::decode(reader)?) })
    }
}

/// An array.
impl<T: Encode> Encode for [T] {
    fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
        writer.array(self.len());
        self.iter().for_each(|value| value.encode(writer));
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::{Decode, Encode, Error, Reader, Sink, Writer};
    use crate::{input, FromInput, IntoOutput};
    use alloc::{string::String, vec::Vec};

    impl Encode for String {
        fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
            writer.str(self);
        }
    }

    impl Decode<'_> for String {
        fn decode(reader: &mut Reader) -> Result<Self, Error> {
            reader.str().map(String::from)
        }
    }

    /// An array.
    impl<T: Encode> Encode for Vec<T> {
        fn encode<S: Sink>(&self, writer: &mut Writer<S>) {
            self.as_slice().encode(writer)
        }
    }

    /// An array. It grows as its values are read: room for the count that is announced could be far larger than these.
    impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
        fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
            let count = reader.array()?;
            let mut values = Vec::new();
            for _ in 0..count {
                values.push(T::decode(reader)?);
            }
            Ok(values)
        }
    }

    /// The parameter or the result of a plugin function, as one MessagePack value: the whole input or output.
    ///
    /// ```
    /// use plugins_pdk::{msgpack::Value, plugin_fn, testing::Host, Error};
    ///
    /// plugin_fn! {
    ///     fn sum(numbers: Value<Vec<u32>>) -> Result<Value<u64>, Error> {
    ///         Ok(Value(numbers.0.into_iter().map(u64::from).sum()))
    ///     }
    /// }
    ///
    /// assert_eq!(Host::new().call(sum, b"\x92\x7F\x01").output, b"\xCC\x80");
    /// assert_eq!(Host::new().call(sum, b"\x91\xA0").error, "not an integer at byte 1");
    /// ```
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Value<T>(
        /// The value itself.
        pub T,
    );

    impl<T: for<'a> Decode<'a>> FromInput for Value<T> {
        fn from_input() -> Result<Self, crate::Error> {
            let bytes = input::bytes();
            let mut reader = Reader::new(&bytes);
            let value = T::decode(&mut reader)?;
            reader.end()?;
            Ok(Value(value))
        }
    }

    impl<T: Encode> IntoOutput for Value<T> {
        type Error = Error;

        fn into_output(self) -> Result<(), Error> {
            let mut output = crate::Output::new();
            let mut writer = Writer::to(&mut output);
            self.0.encode(&mut writer);
            writer.end()
        }
    }
}

#[cfg(feature = "alloc")]
pub use owned::Value;
