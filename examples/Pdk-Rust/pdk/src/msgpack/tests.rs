use super::{Error, Extension, Kind, Problem, Reader, Timestamp, Writer, MAX_DEPTH};
use crate::Output;
use std::{vec, vec::Vec};

type Written<'b> = Writer<super::Slice<'b>>;

fn written(write: impl for<'w, 'b> FnOnce(&'w mut Written<'b>) -> &'w mut Written<'b>) -> Vec<u8> {
    let mut buffer = vec![0; 1 << 18];
    let mut writer = Writer::new(&mut buffer);
    write(&mut writer);
    writer.end().unwrap().into()
}

fn refused(write: impl for<'w, 'b> FnOnce(&'w mut Written<'b>) -> &'w mut Written<'b>, capacity: usize) -> Error {
    let mut buffer = vec![0; capacity];
    let mut writer = Writer::new(&mut buffer);
    write(&mut writer);
    writer.end().unwrap_err()
}

fn read<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Result<T, Error>) -> Result<T, Error> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

fn error<T>(problem: Problem, offset: usize) -> Result<T, Error> {
    Err(Error { problem, offset })
}

/// Each first byte that holds an integer, with the limits of its form.
const INTEGERS: &[(&[u8], i128)] = &[
    (b"\x00", 0),
    (b"\x7F", 127),
    (b"\xFF", -1),
    (b"\xE0", -32),
    (b"\xCC\x80", 128),
    (b"\xCC\xFF", 255),
    (b"\xCD\x01\x00", 256),
    (b"\xCD\xFF\xFF", 65_535),
    (b"\xCE\x00\x01\x00\x00", 65_536),
    (b"\xCE\xFF\xFF\xFF\xFF", 4_294_967_295),
    (b"\xCF\x00\x00\x00\x01\x00\x00\x00\x00", 4_294_967_296),
    (b"\xCF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", u64::MAX as i128),
    (b"\xD0\xDF", -33),
    (b"\xD0\x80", -128),
    (b"\xD1\xFF\x7F", -129),
    (b"\xD1\x80\x00", -32_768),
    (b"\xD2\xFF\xFF\x7F\xFF", -32_769),
    (b"\xD2\x80\x00\x00\x00", i32::MIN as i128),
    (b"\xD3\xFF\xFF\xFF\xFF\x7F\xFF\xFF\xFF", i32::MIN as i128 - 1),
    (b"\xD3\x80\x00\x00\x00\x00\x00\x00\x00", i64::MIN as i128),
];

#[test]
fn integers_are_read_and_written_in_their_shortest_form() {
    for &(bytes, value) in INTEGERS {
        if let Ok(unsigned) = u64::try_from(value) {
            assert_eq!(read(bytes, |reader| reader.u64(u64::MAX)), Ok(unsigned));
            assert_eq!(written(|writer| writer.u64(unsigned)), bytes);
        }
        if let Ok(signed) = i64::try_from(value) {
            assert_eq!(read(bytes, |reader| reader.i64(i64::MIN, i64::MAX)), Ok(signed));
            assert_eq!(written(|writer| writer.i64(signed)), bytes);
        }
    }
}

#[test]
fn integers_are_read_from_any_form_that_holds_them() {
    for form in [&b"\x05"[..], b"\xCC\x05", b"\xCD\0\x05", b"\xCE\0\0\0\x05", b"\xCF\0\0\0\0\0\0\0\x05", b"\xD0\x05"] {
        assert_eq!(read(form, |reader| reader.u64(5)), Ok(5));
        assert_eq!(read(form, |reader| reader.i64(5, 5)), Ok(5));
        assert_eq!(read(form, Reader::f64), Ok(5.0));
    }
    assert_eq!(read(b"\xD3\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE", |reader| reader.i64(-2, 0)), Ok(-2));
}

#[test]
fn integers_outside_their_range_are_refused() {
    assert_eq!(read(b"\x06", |reader| reader.u64(5)), error(Problem::OutOfRange, 0));
    assert_eq!(read(b"\xFF", |reader| reader.u64(5)), error(Problem::OutOfRange, 0));
    assert_eq!(read(b"\x06", |reader| reader.i64(-5, 5)), error(Problem::OutOfRange, 0));
    assert_eq!(read(b"\xFA", |reader| reader.i64(-5, 5)), error(Problem::OutOfRange, 0));
    assert_eq!(
        read(b"\xCF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", |reader| reader.i64(i64::MIN, i64::MAX)),
        error(Problem::OutOfRange, 0)
    );
    assert_eq!(read(b"\xCF\x00\x20\0\0\0\0\0\x01", Reader::f64), error(Problem::OutOfRange, 0));
}

#[test]
fn floats_are_written_in_32_bits_only_if_nothing_is_lost() {
    for (value, bytes) in [
        (0.5, &b"\xCA\x3F\0\0\0"[..]),
        (-0.0, b"\xCA\x80\0\0\0"),
        (f64::INFINITY, b"\xCA\x7F\x80\0\0"),
        (f32::MAX as f64, b"\xCA\x7F\x7F\xFF\xFF"),
        (0.1, b"\xCB\x3F\xB9\x99\x99\x99\x99\x99\x9A"),
        (f64::MAX, b"\xCB\x7F\xEF\xFF\xFF\xFF\xFF\xFF\xFF"),
    ] {
        assert_eq!(written(|writer| writer.f64(value)), bytes);
        assert_eq!(read(bytes, Reader::f64).map(f64::to_bits), Ok(value.to_bits()));
    }
    assert_eq!(written(|writer| writer.f64(-f64::NAN)), b"\xCA\x7F\xC0\0\0");
    assert!(read(b"\xCB\xFF\xF8\0\0\0\0\0\x01", Reader::f64).unwrap().is_nan());
}

#[test]
fn lengths_take_the_shortest_form() {
    for (length, text, bin) in [
        (0, &b"\xA0"[..], &b"\xC4\0"[..]),
        (31, b"\xBF", b"\xC4\x1F"),
        (32, b"\xD9\x20", b"\xC4\x20"),
        (255, b"\xD9\xFF", b"\xC4\xFF"),
        (256, b"\xDA\x01\0", b"\xC5\x01\0"),
        (65_535, b"\xDA\xFF\xFF", b"\xC5\xFF\xFF"),
        (65_536, b"\xDB\0\x01\0\0", b"\xC6\0\x01\0\0"),
    ] {
        let letters = vec![b'a'; length];
        let letters = core::str::from_utf8(&letters).unwrap();
        let bytes = written(|writer| writer.str(letters));
        assert_eq!((&bytes[..text.len()], read(&bytes, Reader::str)), (text, Ok(letters)));
        let bytes = written(|writer| writer.bin(letters.as_bytes()));
        assert_eq!((&bytes[..bin.len()], read(&bytes, Reader::bin)), (bin, Ok(letters.as_bytes())));
    }
}

#[test]
fn counts_take_the_shortest_form() {
    for (count, array, map) in [
        (15, &b"\x9F"[..], &b"\x8F"[..]),
        (16, b"\xDC\0\x10", b"\xDE\0\x10"),
        (65_535, b"\xDC\xFF\xFF", b"\xDE\xFF\xFF"),
        (65_536, b"\xDD\0\x01\0\0", b"\xDF\0\x01\0\0"),
    ] {
        let bytes = written(|writer| (0..count).fold(writer.array(count), |writer, _| writer.nil()));
        assert!(bytes.starts_with(array) && read(&bytes, Reader::skip).is_ok());
        let bytes = written(|writer| (0..count).fold(writer.map(count), |writer, _| writer.nil().nil()));
        assert!(bytes.starts_with(map) && read(&bytes, Reader::skip).is_ok());
    }
}

#[test]
fn extensions_of_every_length_come_back() {
    for length in (0..=17).chain([255, 256, 65_535, 65_536]) {
        let body = vec![7; length];
        let extension = Extension { kind: -128, bytes: &body };
        let bytes = written(|writer| writer.extension(extension));
        assert_eq!(read(&bytes, Reader::extension), Ok(extension));
        assert_eq!(bytes[0] >= 0xD4, [1, 2, 4, 8, 16].contains(&length), "{}", length);
    }
}

#[test]
fn timestamps_take_the_shortest_form() {
    let last_64 = b"\xD7\xFF\xEE\x6B\x27\xFF\xFF\xFF\xFF\xFF";
    for (seconds, nanoseconds, bytes) in [
        (0, 0, &b"\xD6\xFF\0\0\0\0"[..]),
        (0xFFFF_FFFF, 0, b"\xD6\xFF\xFF\xFF\xFF\xFF"),
        (0, 1, b"\xD7\xFF\0\0\0\x04\0\0\0\0"),
        (0x1_0000_0000, 0, b"\xD7\xFF\0\0\0\x01\0\0\0\0"),
        (0x3_FFFF_FFFF, 999_999_999, last_64),
        (0x4_0000_0000, 0, b"\xC7\x0C\xFF\0\0\0\0\0\0\0\x04\0\0\0\0"),
        (-1, 999_999_999, b"\xC7\x0C\xFF\x3B\x9A\xC9\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
    ] {
        let moment = Timestamp { seconds, nanoseconds };
        assert_eq!(written(|writer| writer.timestamp(moment)), bytes);
        assert_eq!(read(bytes, Reader::timestamp), Ok(moment));
    }
}

#[test]
fn timestamps_that_are_none_are_refused() {
    let nanoseconds = b"\xC7\x0C\xFF\x3B\x9A\xCA\0\0\0\0\0\0\0\0\0";
    for bytes in [&b"\xD5\xFF\0\0"[..], b"\xC7\0\xFF", nanoseconds, b"\xD6\x01\0\0\0\0", b"\x05"] {
        assert_eq!(read(bytes, Reader::timestamp), error(Problem::NotTimestamp, 0));
    }
    let second = Timestamp { seconds: 0, nanoseconds: 1_000_000_000 };
    assert_eq!(refused(|writer| writer.timestamp(second), 99), Error { problem: Problem::OutOfRange, offset: 0 });
}

#[test]
fn values_of_another_kind_are_refused_and_stay() {
    let mut reader = Reader::new(b"\xC0");
    assert_eq!(reader.bool(), error(Problem::NotBool, 0));
    assert_eq!(reader.u64(1), error(Problem::NotInteger, 0));
    assert_eq!(reader.i64(0, 1), error(Problem::NotInteger, 0));
    assert_eq!(reader.f64(), error(Problem::NotNumber, 0));
    assert_eq!(reader.str(), error(Problem::NotStr, 0));
    assert_eq!(reader.bin(), error(Problem::NotBin, 0));
    assert_eq!(reader.array(), error(Problem::NotArray, 0));
    assert_eq!(reader.map(), error(Problem::NotMap, 0));
    assert_eq!(reader.extension(), error(Problem::NotExtension, 0));
    assert_eq!(reader.timestamp(), error(Problem::NotTimestamp, 0));
    assert_eq!((reader.kind(), reader.nil(), reader.end()), (Ok(Kind::Nil), Ok(true), Ok(())));
}

#[test]
fn what_is_cut_off_anywhere_is_refused() {
    let whole: &[u8] = b"\x85\xA1a\xCD\x01\0\xC4\x01\x07\xCA\x3F\0\0\0\xD9\x01b\x92\xC3\xC0\xC8\0\x01\x05\x06\xD7\xFF\
        \0\0\0\0\0\0\0\0\x01\xDE\0\0";
    assert_eq!(read(whole, Reader::skip), Ok(()));
    for length in 0..whole.len() {
        let cut = read(&whole[..length], Reader::skip);
        assert_eq!(cut.map_err(|error| error.problem), Err(Problem::Truncated), "{}", length);
    }
}

#[test]
fn lengths_and_counts_above_what_is_there_are_refused() {
    for bytes in [&b"\xDB\xFF\xFF\xFF\xFFa"[..], b"\xC6\xFF\xFF\xFF\xFFa", b"\xC9\xFF\xFF\xFF\xFF\x01a"] {
        assert_eq!(read(bytes, Reader::skip), error(Problem::Truncated, 0));
    }
    assert_eq!(read(b"\xDD\xFF\xFF\xFF\xFF\xC0", Reader::array), error(Problem::Truncated, 0));
    assert_eq!(read(b"\xDF\x80\0\0\0\xC0", Reader::map), error(Problem::Truncated, 0));
    assert_eq!(read(b"\x82\xC0\xC0\xC0", Reader::map), error(Problem::Truncated, 0));
}

#[test]
fn what_is_not_text_is_refused_also_when_skipped() {
    for bytes in [&b"\xA1\xFF"[..], b"\xA2\xC0\x80", b"\xA3\xED\xA0\x80", b"\xA1\xC3"] {
        assert_eq!(read(bytes, Reader::str), error(Problem::NotText, 0));
        assert_eq!(read(bytes, Reader::skip), error(Problem::NotText, 0));
    }
}

#[test]
fn the_reserved_byte_is_refused() {
    assert_eq!(read(b"\xC1", |reader| reader.kind()), error(Problem::Reserved, 0));
    assert_eq!(read(b"\x92\xC0\xC1", Reader::skip), error(Problem::Reserved, 2));
}

#[test]
fn nesting_is_bounded_however_it_is_read() {
    let deep = |depth| [vec![0x91; depth], vec![0xC0]].concat();
    assert_eq!(read(&deep(MAX_DEPTH), Reader::skip), Ok(()));
    assert_eq!(read(&deep(MAX_DEPTH + 1), Reader::skip), error(Problem::TooDeep, MAX_DEPTH));
    let bytes = deep(MAX_DEPTH + 1);
    let mut reader = Reader::new(&bytes);
    (0..MAX_DEPTH).for_each(|_| assert_eq!(reader.array(), Ok(1)));
    assert_eq!(reader.array(), error(Problem::TooDeep, MAX_DEPTH));
    // Siblings are not deeper than each other.
    assert_eq!(read(&[vec![0x9F], vec![0x90; 15]].concat(), Reader::skip), Ok(()));
    let pairs = [vec![0xDC, 0, 200], [0x91, 0xC0].repeat(200)].concat();
    assert_eq!(read(&pairs, Reader::skip), Ok(()));
}

#[test]
fn what_is_left_at_the_end_is_refused() {
    assert_eq!(read(b"\xC0\xC0", Reader::nil), error(Problem::Trailing, 1));
    assert_eq!(read(b"\x92\xC0\xC0", Reader::array), error(Problem::Unbalanced, 1));
}

#[test]
fn counts_that_are_not_kept_are_refused_when_writing() {
    assert_eq!(refused(|writer| writer, 9).problem, Problem::Unbalanced);
    assert_eq!(refused(|writer| writer.nil().nil(), 9), Error { problem: Problem::Unbalanced, offset: 1 });
    assert_eq!(refused(|writer| writer.array(2).nil(), 9).problem, Problem::Unbalanced);
    assert_eq!(refused(|writer| writer.map(1).nil().nil().nil(), 9).problem, Problem::Unbalanced);
}

#[test]
fn a_buffer_that_is_too_small_is_refused() {
    assert_eq!(refused(|writer| writer.str("four"), 4), Error { problem: Problem::Full, offset: 1 });
    assert_eq!(refused(|writer| writer.array(2).nil().nil(), 2), Error { problem: Problem::Full, offset: 2 });
}

#[test]
fn the_output_takes_what_is_written() {
    crate::plugin_fn! {
        fn answer() -> Result<(), Error> {
            let mut output = Output::new();
            let mut writer = Writer::to(&mut output);
            writer.array(2).bool(true).str("ü");
            writer.end()
        }
    }
    assert_eq!(crate::testing::Host::new().call(answer, b"").output, b"\x92\xC3\xA2\xC3\xBC");
}

#[cfg(feature = "alloc")]
#[test]
fn typed_values_come_back() {
    use super::{Decode, Encode};
    fn round<T: Encode + for<'a> Decode<'a> + PartialEq + core::fmt::Debug>(value: T) {
        let mut writer = Writer::to(Vec::new());
        value.encode(&mut writer);
        assert_eq!(read(&writer.end().unwrap(), |reader| T::decode(reader)), Ok(value));
    }
    round(u8::MAX);
    round(vec![Some(i8::MIN), None, Some(i8::MAX)]);
    round(vec![u64::MAX, 0]);
    round(vec![i64::MIN, i64::MAX]);
    round(vec![true, false]);
    round(vec![std::string::String::from("é"), "".into()]);
    round(Some(1.5));
    round(Timestamp { seconds: -1, nanoseconds: 1 });
    assert_eq!(read(b"\xCD\x01\0", u8::decode), error(Problem::OutOfRange, 0));
    assert_eq!(read(b"\x92\x01", Vec::<u8>::decode), error(Problem::Truncated, 0));
    assert_eq!(read(b"\xA1a", <&str>::decode), Ok("a"));
}

#[cfg(feature = "alloc")]
#[test]
fn a_vector_takes_what_is_written() {
    let mut writer = Writer::to(Vec::new());
    writer.map(1).str("a").nil();
    assert_eq!(writer.end().unwrap(), b"\x81\xA1a\xC0");
}
