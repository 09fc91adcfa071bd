use super::Problem;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, as `null` elsewhere.
    Nil,
    /// True or false.
    Bool,
    /// An integer that is not negative, in whatever form.
    Uint,
    /// A negative integer.
    Int,
    /// A float of 32 or 64 bits.
    Float,
    /// Text.
    Str,
    /// Bytes.
    Bin,
    /// Values in order.
    Array,
    /// Pairs of key and value.
    Map,
    /// An extension other than a timestamp.
    Extension,
    /// Extension type -1.
    Timestamp,
}

/// What a value begins with: its first byte, and the number and the type of extension after it.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub kind: Kind,
    /// An integer, a length or count, the bits of a double.
    pub number: u64,
    pub extension: i8,
    /// How many bytes it has itself.
    pub size: usize,
}

impl Head {
    /// Decodes what `bytes` begin with.
    pub fn decode(bytes: &[u8]) -> Result<Head, Problem> {
        let (&first, rest) = bytes.split_first().ok_or(Problem::Truncated)?;
        let short = |kind, number| Ok(Head { kind, number, extension: 0, size: 1 });
        match first {
            0x00..=0x7F => short(Kind::Uint, first as u64),
            0x80..=0x8F => short(Kind::Map, (first & 0x0F) as u64),
            0x90..=0x9F => short(Kind::Array, (first & 0x0F) as u64),
            0xA0..=0xBF => short(Kind::Str, (first & 0x1F) as u64),
            0xE0..=0xFF => short(Kind::Int, first as i8 as u64),
            0xC0 => short(Kind::Nil, 0),
            0xC1 => Err(Problem::Reserved),
            0xC2 | 0xC3 => short(Kind::Bool, (first & 1) as u64),
            _ => Head::long(first, rest).ok_or(Problem::Truncated),
        }
    }

    /// The formats C4 to DF: a number follows the first byte, and the type after that of an extension ("Formats").
    fn long(first: u8, rest: &[u8]) -> Option<Head> {
        let (mut kind, digits) = match first {
            0xC4..=0xC6 => (Kind::Bin, 1 << (first - 0xC4)),
            0xC7..=0xC9 => (Kind::Extension, 1 << (first - 0xC7)),
            0xCA..=0xCB => (Kind::Float, 4 << (first - 0xCA)),
            0xCC..=0xCF => (Kind::Uint, 1 << (first & 3)),
            0xD0..=0xD3 => (Kind::Int, 1 << (first & 3)),
            0xD4..=0xD8 => (Kind::Extension, 0),
            0xD9..=0xDB => (Kind::Str, 1 << (first - 0xD9)),
            _ => (if first < 0xDE { Kind::Array } else { Kind::Map }, 2 << (first & 1)),
        };
        let mut number = rest.get(..digits)?.iter().fold(0, |number: u64, byte| number << 8 | *byte as u64);
        let mut extension = 0;
        match kind {
            Kind::Float if digits == 4 => number = (f32::from_bits(number as u32) as f64).to_bits(),
            Kind::Int => {
                let sign = 1 << (digits * 8 - 1);
                number = (number ^ sign).wrapping_sub(sign);
                if number >> 63 == 0 {
                    kind = Kind::Uint;
                }
            }
            Kind::Extension => {
                if digits == 0 {
                    number = 1 << (first - 0xD4);
                }
                extension = *rest.get(digits)? as i8;
                if extension == -1 {
                    kind = Kind::Timestamp;
                }
            }
            _ => {}
        }
        let size = 1 + digits + matches!(kind, Kind::Extension | Kind::Timestamp) as usize;
        Some(Head { kind, number, extension, size })
    }
}
