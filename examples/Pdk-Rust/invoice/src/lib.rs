//! Makes an invoice of an order, both in MessagePack: `{"customer": "Ada", "currency": "EUR", "lines": [{"sku": "a-1",
//! "quantity": 2, "unit_price": 1250}], "tax_rate": 1900}` becomes `{"customer": "Ada", "currency": "EUR", "lines": 1,
//! "net": 2500, "tax": 475, "total": 2975}`.
//!
//! Amounts are cents, the tax rate hundredths of a percent; the tax is rounded half up. An order may have a moment
//! `issued`, which the invoice repeats; it and the tax rate may be nil. Unknown keys are skipped. An order may have
//! 16,384 bytes. A failure names the field.
#![no_std]

use plugins_pdk::msgpack::{self, Reader, Timestamp, Writer};
use plugins_pdk::{input, plugin_fn, ErrorText, Failure, Output};

const CUSTOMER_LIMIT: usize = 256;
const QUANTITY_LIMIT: u64 = 10_000;
const PRICE_LIMIT: u64 = 100_000_000;
const TAX_RATE_LIMIT: u64 = 10_000;

#[derive(Default)]
struct Lines {
    count: usize,
    net: u64,
}

enum Problem {
    Text(&'static str),
    MessagePack(msgpack::Error),
}

impl From<&'static str> for Problem {
    fn from(text: &'static str) -> Self {
        Problem::Text(text)
    }
}

impl From<msgpack::Error> for Problem {
    fn from(error: msgpack::Error) -> Self {
        Problem::MessagePack(error)
    }
}

/// Where the reading of an order is, for the text of a failure.
#[derive(Clone, Copy, Default)]
struct Place {
    line: Option<usize>,
    field: Option<&'static str>,
}

enum OrderError {
    TooLong(plugins_pdk::Error),
    Invalid(Place, Problem),
}

impl Failure for OrderError {
    fn describe(&self, text: &mut ErrorText) {
        let (place, problem) = match self {
            OrderError::TooLong(error) => return error.describe(text),
            OrderError::Invalid(place, problem) => (place, problem),
        };
        if let Some(line) = place.line {
            text.push_str("lines[");
            text.push_number(line as u64);
            text.push_str(if place.field.is_some() { "]." } else { "]" });
        }
        text.push_str(place.field.unwrap_or(if place.line.is_some() { "" } else { "order" }));
        text.push_str(": ");
        match problem {
            Problem::Text(fixed) => text.push_str(fixed),
            Problem::MessagePack(error) => error.describe(text),
        }
    }
}

/// Puts the value of a field where it was not yet.
fn once<T>(slot: &mut Option<T>, read: impl FnOnce() -> Result<T, Problem>) -> Result<(), Problem> {
    if slot.is_some() {
        return Err("given twice".into());
    }
    *slot = Some(read()?);
    Ok(())
}

fn required<T>(slot: Option<T>, field: &'static str, place: &mut Place) -> Result<T, Problem> {
    place.field = Some(field);
    slot.ok_or_else(|| "missing".into())
}

fn customer<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Problem> {
    let customer = reader.str()?;
    if customer.len() > CUSTOMER_LIMIT {
        return Err("longer than 256 bytes".into());
    }
    Ok(customer)
}

fn currency<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Problem> {
    let currency = reader.str()?;
    match currency.as_bytes() {
        [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z'] => Ok(currency),
        _ => Err("not three capital letters".into()),
    }
}

/// Reads a key. Those that are not among the fields are unknown.
fn key(reader: &mut Reader, fields: &[&'static str], place: &mut Place) -> Result<Option<&'static str>, Problem> {
    place.field = None;
    let key = reader.str()?;
    place.field = fields.iter().copied().find(|field| *field == key);
    Ok(place.field)
}

/// What a line comes to. It has 28 bytes at least: 585 of them come to less than 10^15, and that times a rate fits `u64`.
fn line(reader: &mut Reader, place: &mut Place) -> Result<u64, Problem> {
    let (mut sku, mut quantity, mut price) = (None, None, None);
    for _ in 0..reader.map()? {
        match key(reader, &["sku", "quantity", "unit_price"], place)? {
            Some("sku") => once(&mut sku, || Ok(reader.str()?))?,
            Some("quantity") => once(&mut quantity, || Ok(reader.u64(QUANTITY_LIMIT)?))?,
            Some(_) => once(&mut price, || Ok(reader.u64(PRICE_LIMIT)?))?,
            None => reader.skip()?,
        }
    }
    required(sku, "sku", place)?;
    Ok(required(quantity, "quantity", place)? * required(price, "unit_price", place)?)
}

fn lines(reader: &mut Reader, place: &mut Place) -> Result<Lines, Problem> {
    let mut lines = Lines { count: reader.array()?, net: 0 };
    for index in 0..lines.count {
        *place = Place { line: Some(index), field: None };
        lines.net += line(reader, place)?;
    }
    place.line = None;
    Ok(lines)
}

fn optional<'a, T>(
    reader: &mut Reader<'a>,
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, msgpack::Error>,
) -> Result<Option<T>, Problem> {
    Ok(if reader.nil()? { None } else { Some(read(reader)?) })
}

#[derive(Default)]
struct Order<'a> {
    customer: &'a str,
    currency: &'a str,
    lines: Lines,
    tax_rate: u64,
    issued: Option<Timestamp>,
}

fn order<'a>(reader: &mut Reader<'a>, place: &mut Place) -> Result<Order<'a>, Problem> {
    let (mut name, mut money, mut all, mut rate, mut issued) = (None, None, None, None, None);
    for _ in 0..reader.map()? {
        match key(reader, &["customer", "currency", "lines", "tax_rate", "issued"], place)? {
            Some("customer") => once(&mut name, || customer(reader))?,
            Some("currency") => once(&mut money, || currency(reader))?,
            Some("lines") => once(&mut all, || lines(reader, place))?,
            Some("tax_rate") => once(&mut rate, || optional(reader, |reader| reader.u64(TAX_RATE_LIMIT)))?,
            Some(_) => once(&mut issued, || optional(reader, Reader::timestamp))?,
            None => reader.skip()?,
        }
    }
    place.field = None;
    reader.end()?;
    Ok(Order {
        customer: required(name, "customer", place)?,
        currency: required(money, "currency", place)?,
        lines: required(all, "lines", place)?,
        tax_rate: rate.flatten().unwrap_or(0),
        issued: issued.flatten(),
    })
}

fn write_invoice(order: &Order, output: &mut Output) -> Result<(), msgpack::Error> {
    let net = order.lines.net;
    let tax = (net * order.tax_rate + 5_000) / 10_000;
    let mut writer = Writer::to(output);
    writer.map(6 + order.issued.is_some() as usize);
    writer.str("customer").str(order.customer);
    writer.str("currency").str(order.currency);
    writer.str("lines").u64(order.lines.count as u64);
    writer.str("net").u64(net);
    writer.str("tax").u64(tax);
    writer.str("total").u64(net + tax);
    if let Some(issued) = order.issued {
        writer.str("issued").timestamp(issued);
    }
    writer.end()
}

plugin_fn! {
    pub fn invoice() -> Result<(), OrderError> {
        let mut buffer = [0; 16_384];
        let input = input::read_all(&mut buffer).map_err(OrderError::TooLong)?;
        let mut place = Place::default();
        let order = order(&mut Reader::new(input), &mut place).map_err(|problem| OrderError::Invalid(place, problem))?;
        let written = write_invoice(&order, &mut Output::new());
        written.map_err(|error| OrderError::Invalid(Place::default(), error.into()))
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use plugins_pdk::testing::Host;
    use std::{string::String, vec::Vec};

    fn order(quantity: i64, rate: Option<u64>) -> Vec<u8> {
        let mut buffer = [0; 256];
        let mut writer = Writer::new(&mut buffer);
        writer.map(4).str("customer").str("Ada").str("currency").str("EUR").str("lines").array(1);
        writer.map(3).str("sku").str("a-1").str("quantity").i64(quantity).str("unit_price").u64(1250).str("tax_rate");
        match rate {
            Some(rate) => writer.u64(rate),
            None => writer.nil(),
        };
        writer.end().unwrap().into()
    }

    fn amounts(input: &[u8]) -> (u64, u64, u64) {
        let end = Host::new().call(invoice, input);
        assert_eq!(end.error, "");
        let mut reader = Reader::new(&end.output);
        let mut amounts = [0; 3];
        for pair in 0..reader.map().unwrap() {
            reader.skip().unwrap();
            match amounts.get_mut(pair.wrapping_sub(3)) {
                Some(amount) => *amount = reader.u64(u64::MAX).unwrap(),
                None => reader.skip().unwrap(),
            }
        }
        reader.end().unwrap();
        (amounts[0], amounts[1], amounts[2])
    }

    fn error(input: &[u8]) -> String {
        Host::new().call(invoice, input).error
    }

    #[test]
    fn tax_is_rounded_half_up() {
        assert_eq!(amounts(&order(2, Some(1900))), (2500, 475, 2975));
        assert_eq!(amounts(&order(1, Some(1))), (1250, 0, 1250));
        assert_eq!(amounts(&order(2, Some(2))), (2500, 1, 2501));
        assert_eq!(amounts(&order(2, None)), (2500, 0, 2500));
    }

    #[test]
    fn a_failure_names_the_field() {
        assert_eq!(error(&order(-1, None)), "lines[0].quantity: a number out of range at byte 52");
        assert_eq!(error(&order(1, Some(10_001))), "tax_rate: a number out of range at byte 76");
        assert_eq!(error(b"\x80"), "customer: missing");
        assert_eq!(error(b"\x90"), "order: not a map at byte 0");
    }
}
