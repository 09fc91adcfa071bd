//! Prices a cart: JSON in, JSON out, read and written in one pass without an allocator.
//!
//! `{"customer": "Ada", "items": [{"sku": "tea", "quantity": 12, "unitPriceCents": 450}]}` becomes
//! `{"customer":"Ada","lines":[{"sku":"tea","quantity":12,"cents":5400}],"subtotalCents":5400,"discountPercent":5,
//! "totalCents":5130}`. Strings are passed on as they are written, escapes included; unknown members are refused.
#![no_std]

use plugins_pdk::{input, plugin_fn, Error, Output};

const INPUT_LIMIT: usize = 16_384;
const NUMBER_LIMIT: u64 = 1_000_000_000;

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

type Read<T> = Result<T, Error>;

impl<'a> Reader<'a> {
    fn peek(&mut self) -> u8 {
        while matches!(self.text.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn accepts(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += found as usize;
        found
    }

    fn expect(&mut self, byte: u8, problem: &'static str) -> Read<()> {
        if self.accepts(byte) { Ok(()) } else { Err(problem.into()) }
    }

    /// A string between its quotes.
    fn string(&mut self) -> Read<&'a [u8]> {
        self.expect(b'"', "a string is expected")?;
        let start = self.at;
        loop {
            match self.text.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(0x20..) => self.at += 1,
                _ => return Err("a string does not end".into()),
            }
        }
        self.at += 1;
        Ok(&self.text[start..self.at - 1])
    }

    fn number(&mut self) -> Read<u64> {
        self.peek();
        let (start, mut value) = (self.at, 0u64);
        while let Some(digit @ b'0'..=b'9') = self.text.get(self.at) {
            value = value * 10 + (digit - b'0') as u64;
            if value > NUMBER_LIMIT {
                return Err("a number is too large".into());
            }
            self.at += 1;
        }
        if self.at == start { Err("a number is expected".into()) } else { Ok(value) }
    }

    /// The members of an object, or with brackets the items of an array.
    fn list(&mut self, open: u8, close: u8, mut each: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.expect(open, "an object or array is expected")?;
        if self.accepts(close) {
            return Ok(());
        }
        loop {
            each(self)?;
            if self.accepts(close) {
                return Ok(());
            }
            self.expect(b',', "a comma is expected")?;
        }
    }

    fn key(&mut self) -> Read<&'a [u8]> {
        let key = self.string()?;
        self.expect(b':', "a colon is expected")?;
        Ok(key)
    }
}

fn item(reader: &mut Reader, output: &mut Output, totals: &mut (u64, u64)) -> Read<()> {
    let (mut sku, mut quantity, mut price) = (&b""[..], 0, 0);
    reader.list(b'{', b'}', |reader| {
        match reader.key()? {
            b"sku" => sku = reader.string()?,
            b"quantity" => quantity = reader.number()?,
            b"unitPriceCents" => price = reader.number()?,
            _ => return Err("an item has an unknown member".into()),
        }
        Ok(())
    })?;
    if totals.0 > 0 {
        output.push_byte(b',');
    }
    *totals = (totals.0 + quantity, totals.1 + quantity * price);
    output.push_str("{\"sku\":\"");
    output.push_bytes(sku);
    output.push_str("\",\"quantity\":");
    output.push_number(quantity);
    output.push_str(",\"cents\":");
    output.push_number(quantity * price);
    output.push_byte(b'}');
    Ok(())
}

fn quote(text: &[u8], output: &mut Output) -> Read<()> {
    let mut reader = Reader { text, at: 0 };
    let mut totals = (0, 0);
    reader.list(b'{', b'}', |reader| {
        match reader.key()? {
            b"customer" => {
                output.push_str("{\"customer\":\"");
                output.push_bytes(reader.string()?);
                output.push_str("\",\"lines\":[");
            }
            b"items" => reader.list(b'[', b']', |reader| item(reader, output, &mut totals))?,
            _ => return Err("the cart has an unknown member".into()),
        }
        Ok(())
    })?;
    if reader.peek() != 0 || reader.at != text.len() {
        return Err("something follows the cart".into());
    }
    let (quantity, subtotal) = totals;
    let percent = if quantity >= 100 { 10 } else if quantity >= 10 { 5 } else { 0 };
    output.push_str("],\"subtotalCents\":");
    output.push_number(subtotal);
    output.push_str(",\"discountPercent\":");
    output.push_number(percent);
    output.push_str(",\"totalCents\":");
    output.push_number(subtotal - subtotal * percent / 100);
    output.push_byte(b'}');
    Ok(())
}

plugin_fn! {
    pub fn quote_cart() -> Result<(), Error> {
        static mut TEXT: [u8; INPUT_LIMIT] = [0; INPUT_LIMIT];
        // The only reference: a call at a time, and none is within another.
        let text = input::read_all(unsafe { &mut *core::ptr::addr_of_mut!(TEXT) })?;
        let mut output = Output::new();
        quote(text, &mut output)
    }
}
