//! Reads one MessagePack value of any kind and writes it again in the shortest forms; the others of its name do the same.
#![no_std]

use plugins_pdk::msgpack::{Error, Kind, Reader, Sink, Writer};
use plugins_pdk::{fatal, input, plugin_fn, ErrorText, Failure, Output};

const CAPACITY: usize = 1 << 17;

static mut INPUT: [u8; CAPACITY] = [0; CAPACITY];

struct InputError(Error);

impl Failure for InputError {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str("the input: ");
        self.0.describe(text);
    }
}

/// Copies a value, or the beginning of an array or map; how many values follow in it.
fn copy<S: Sink>(reader: &mut Reader, writer: &mut Writer<S>) -> Result<usize, Error> {
    match reader.kind()? {
        Kind::Nil => {
            reader.nil()?;
            writer.nil();
        }
        Kind::Bool => {
            writer.bool(reader.bool()?);
        }
        Kind::Uint => {
            writer.u64(reader.u64(u64::MAX)?);
        }
        Kind::Int => {
            writer.i64(reader.i64(i64::MIN, i64::MAX)?);
        }
        Kind::Float => {
            writer.f64(reader.f64()?);
        }
        Kind::Str => {
            writer.str(reader.str()?);
        }
        Kind::Bin => {
            writer.bin(reader.bin()?);
        }
        Kind::Array => {
            let count = reader.array()?;
            writer.array(count);
            return Ok(count);
        }
        Kind::Map => {
            let count = reader.map()?;
            writer.map(count);
            return Ok(count * 2);
        }
        Kind::Extension => {
            writer.extension(reader.extension()?);
        }
        Kind::Timestamp => {
            writer.timestamp(reader.timestamp()?);
        }
    }
    Ok(0)
}

fn read() -> Reader<'static> {
    // One call at a time runs in an instance.
    let buffer = unsafe { &mut *core::ptr::addr_of_mut!(INPUT) };
    match input::read_all(buffer) {
        Ok(bytes) => Reader::new(bytes),
        Err(_) => fatal("the input is too long"),
    }
}

fn transcode_to(output: &mut Output) -> Result<(), Error> {
    let mut reader = read();
    let mut writer = Writer::to(output);
    let mut owed = 1;
    while owed > 0 {
        owed += copy(&mut reader, &mut writer)?;
        owed -= 1;
    }
    reader.end()?;
    writer.end()
}

plugin_fn! {
    pub fn transcode() -> Result<(), InputError> {
        transcode_to(&mut Output::new()).map_err(InputError)
    }

    /// Skips one value of any kind.
    pub fn skip() -> Result<(), InputError> {
        let mut reader = read();
        reader.skip().and_then(|()| reader.end()).map_err(InputError)
    }
}
