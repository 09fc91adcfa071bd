//! HTTP requests by the host, with the permission `http.send` and within its scope.
//!
//! ```
//! use plugins_pdk::{http::Request, plugin_fn, CallError, Output};
//!
//! plugin_fn! {
//!     pub fn fetch() -> Result<(), CallError> {
//!         let mut buffer = [0; 4096];
//!         let headers = [("Accept", "text/plain")];
//!         let response = Request::get("https://api.example.com/words").headers(&headers).send_in(&mut buffer)?;
//!         Output::new().push_bytes(response.body());
//!         Ok(())
//!     }
//! }
//! ```
//!
//! The host sends the request, follows redirects within the scope, and decompresses the content. An error status of the
//! server is a [`Response`]; a [`CallError`] says that there was none.

use crate::{host::Reply, CallError, Reason};
use core::fmt;

crate::host_fn! {
    /// Takes the length of the head, the head in JSON and the content; answers in the same form.
    fn http_send = "http.send";
}

const UNREADABLE: &str = "http.send gave an answer that cannot be read";

/// A request for the host to send.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    method: &'a str,
    url: &'a str,
    headers: &'a [(&'a str, &'a str)],
    body: &'a [u8],
}

impl<'a> Request<'a> {
    /// A request with a method, in capitals, for an absolute address.
    pub fn new(method: &'a str, url: &'a str) -> Self {
        Request { method, url, headers: &[], body: &[] }
    }

    /// A `GET` request.
    pub fn get(url: &'a str) -> Self {
        Request::new("GET", url)
    }

    /// A `POST` request.
    pub fn post(url: &'a str, body: &'a [u8]) -> Self {
        Request::new("POST", url).body(body)
    }

    /// Sets the headers: names and values of visible ASCII.
    pub fn headers(self, headers: &'a [(&'a str, &'a str)]) -> Self {
        Request { headers, ..self }
    }

    /// Sets the content.
    pub fn body(self, body: &'a [u8]) -> Self {
        Request { body, ..self }
    }

    /// Sends it and waits for the whole response.
    #[cfg(feature = "alloc")]
    pub fn send(&self) -> Result<Response<alloc::vec::Vec<u8>>, CallError> {
        let mut message = alloc::vec![0; self.write(&mut [])];
        self.write(&mut message);
        Ok(Response::new(http_send(&message)?.into_vec()))
    }

    /// Sends it and waits for the whole response. The buffer holds the one, then the other;
    /// [`Reason::TooLarge`](crate::Reason::TooLarge) when one of them does not fit.
    pub fn send_in<'b>(&self, buffer: &'b mut [u8]) -> Result<Response<&'b [u8]>, CallError> {
        let length = self.write(buffer);
        match buffer.get(..length) {
            Some(message) => {
                let reply: Reply = http_send(message)?;
                Ok(Response::new(reply.read_all(buffer)?))
            }
            None => Err(CallError::here("http.send", Reason::TooLarge)),
        }
    }

    /// Writes as much of the message as fits; how long all of it is.
    fn write(&self, buffer: &mut [u8]) -> usize {
        let mut writer = Writer { buffer, length: 4 };
        writer.push(b"{\"method\":");
        writer.string(self.method);
        writer.push(b",\"url\":");
        writer.string(self.url);
        writer.push(b",\"headers\":[");
        for (index, (name, value)) in self.headers.iter().enumerate() {
            writer.push(if index == 0 { b"[" } else { b",[" });
            writer.string(name);
            writer.push(b",");
            writer.string(value);
            writer.push(b"]");
        }
        writer.push(b"]}");
        let head = (writer.length - 4) as u32;
        writer.push(self.body);
        let length = writer.length;
        writer.length = 0;
        writer.push(&head.to_le_bytes());
        length
    }
}

/// Counts what does not fit.
struct Writer<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl Writer<'_> {
    fn push(&mut self, bytes: &[u8]) {
        if let Some(room) = self.buffer.get_mut(self.length..) {
            room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        }
        self.length += bytes.len();
    }

    fn string(&mut self, text: &str) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.push(b"\"");
        for &byte in text.as_bytes() {
            match byte {
                b'"' | b'\\' => self.push(&[b'\\', byte]),
                0..=0x1f => {
                    let digits = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
                    self.push(b"\\u00");
                    self.push(&digits);
                }
                _ => self.push(&[byte]),
            }
        }
        self.push(b"\"");
    }
}

/// A server's response, whatever its status.
#[derive(Clone, Debug)]
pub struct Response<B> {
    message: B,
    status: u16,
    body: usize,
}

impl<B: AsRef<[u8]>> Response<B> {
    fn new(message: B) -> Self {
        match Self::read(message.as_ref()) {
            Some((status, body)) => Response { message, status, body },
            None => crate::fatal(UNREADABLE),
        }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The content.
    pub fn body(&self) -> &[u8] {
        self.message.as_ref().get(self.body..).unwrap_or(&[])
    }

    /// The value of the first header with a name, ignoring case.
    pub fn header(&self, name: &str) -> Option<Text<'_>> {
        self.headers().find(|header| header.0.eq_ignore_ascii_case(name)).map(|header| header.1)
    }

    /// Names and values; values of one name are in the order in which they came.
    pub fn headers(&self) -> Headers<'_> {
        let mut json = Json(self.message.as_ref().get(4..self.body).unwrap_or(&[]));
        let found = json.field("headers") && json.take(b'[');
        Headers(if found { Some(json) } else { None })
    }

    fn read(message: &[u8]) -> Option<(u16, usize)> {
        let prefix = <[u8; 4]>::try_from(message.get(..4)?).ok()?;
        let body = (u32::from_le_bytes(prefix) as usize).checked_add(4)?;
        let mut json = Json(message.get(4..body)?);
        if !json.field("status") {
            return None;
        }
        let digits = json.number()?;
        let status = digits.iter().try_fold(0u16, |number, digit| {
            number.checked_mul(10)?.checked_add(u16::from(digit.wrapping_sub(b'0')))
        })?;
        Some((status, body))
    }
}

/// The headers of a [`Response`].
#[derive(Clone, Debug)]
pub struct Headers<'a>(Option<Json<'a>>);

impl<'a> Iterator for Headers<'a> {
    type Item = (Text<'a>, Text<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let json = self.0.as_mut()?;
        if json.take(b']') {
            self.0 = None;
            return None;
        }
        json.take(b',');
        let header = json.header();
        if header.is_none() {
            crate::fatal(UNREADABLE)
        }
        header
    }
}

/// A name or value of a header: text that is decoded as it is read.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// Its characters; U+FFFD for what is none.
    pub fn chars(self) -> impl Iterator<Item = char> + 'a {
        char::decode_utf16(Units { rest: self.0, low: None }).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Whether it is this text, with letters of ASCII in either case.
    pub fn eq_ignore_ascii_case(self, text: &str) -> bool {
        let lower = |c: char| c.to_ascii_lowercase();
        self.chars().map(lower).eq(text.chars().map(lower))
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.chars().eq(other.chars())
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        self.chars().try_for_each(|character| formatter.write_char(character))
    }
}

/// UTF-16, as escapes have it.
struct Units<'a> {
    rest: &'a [u8],
    low: Option<u16>,
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if self.low.is_some() {
            return self.low.take();
        }
        let (&first, rest) = self.rest.split_first()?;
        if first == b'\\' {
            let (&escaped, rest) = rest.split_first()?;
            self.rest = rest;
            return Some(match escaped {
                b'u' => {
                    let digits = core::str::from_utf8(self.rest.get(..4)?).ok()?;
                    self.rest = self.rest.get(4..)?;
                    u16::from_str_radix(digits, 16).unwrap_or(0xfffd)
                }
                b'b' => 8,
                b'f' => 12,
                b'n' => 10,
                b'r' => 13,
                b't' => 9,
                other => u16::from(other),
            });
        }
        let length = match first {
            0..=0x7f => 1,
            0..=0xdf => 2,
            0..=0xef => 3,
            _ => 4,
        };
        let character = self.rest.get(..length).and_then(|bytes| core::str::from_utf8(bytes).ok());
        self.rest = if character.is_some() { self.rest.get(length..)? } else { rest };
        let character = character.and_then(|text| text.chars().next()).unwrap_or(char::REPLACEMENT_CHARACTER);
        let mut units = [0; 2];
        let count = character.encode_utf16(&mut units).len();
        self.low = if count == 2 { Some(units[1]) } else { None };
        Some(units[0])
    }
}

/// What is left of JSON that a host wrote.
#[derive(Clone, Debug)]
struct Json<'a>(&'a [u8]);

impl<'a> Json<'a> {
    fn space(&mut self) {
        while let Some((b' ' | b'\t' | b'\n' | b'\r', rest)) = self.0.split_first() {
            self.0 = rest;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.space();
        match self.0.split_first() {
            Some((&first, rest)) if first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn string(&mut self) -> Option<Text<'a>> {
        if !self.take(b'"') {
            return None;
        }
        let mut escaped = false;
        let length = self.0.iter().position(|&byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let text = Text(self.0.get(..length)?);
        self.0 = self.0.get(length + 1..)?;
        Some(text)
    }

    fn number(&mut self) -> Option<&'a [u8]> {
        self.space();
        let length = self.0.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.0.len());
        let digits = self.0.get(..length)?;
        self.0 = self.0.get(length..)?;
        if digits.is_empty() { None } else { Some(digits) }
    }

    fn header(&mut self) -> Option<(Text<'a>, Text<'a>)> {
        if !self.take(b'[') {
            return None;
        }
        let name = self.string()?;
        if !self.take(b',') {
            return None;
        }
        let value = self.string()?;
        if self.take(b']') { Some((name, value)) } else { None }
    }

    /// Goes to the value of a field of an object.
    fn field(&mut self, name: &str) -> bool {
        if !self.take(b'{') {
            return false;
        }
        loop {
            match self.string() {
                Some(key) if self.take(b':') => {
                    if key == name {
                        return true;
                    }
                }
                _ => return false,
            }
            if !self.skip() || !self.take(b',') {
                return false;
            }
        }
    }

    /// Goes past a value.
    fn skip(&mut self) -> bool {
        let mut depth = 0usize;
        loop {
            self.space();
            match self.0.split_first() {
                None => return false,
                Some((b'"', _)) => {
                    if self.string().is_none() {
                        return false;
                    }
                }
                Some((b'[' | b'{', rest)) => {
                    self.0 = rest;
                    depth += 1;
                    continue;
                }
                Some((b']' | b'}', rest)) if depth > 0 => {
                    self.0 = rest;
                    depth -= 1;
                }
                Some((b',' | b':', rest)) if depth > 0 => {
                    self.0 = rest;
                    continue;
                }
                Some((b',' | b':' | b']' | b'}', _)) => return false,
                Some(_) => {
                    let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                    let length = self.0.iter().position(|byte| !word(byte)).unwrap_or(self.0.len());
                    match self.0.get(length..) {
                        Some(rest) if length > 0 => self.0 = rest,
                        _ => return false,
                    }
                }
            }
            if depth == 0 {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, string::ToString, vec::Vec};

    fn message(head: &str, body: &[u8]) -> Vec<u8> {
        let mut bytes = (head.len() as u32).to_le_bytes().to_vec();
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(body);
        bytes
    }

    #[test]
    fn writes_the_message_and_its_length() {
        let headers = [("X", "a\"b\\c\n")];
        let request = Request::post("https://a.test/", b"\x00\xff").headers(&headers);
        let head = r#"{"method":"POST","url":"https://a.test/","headers":[["X","a\"b\\c\u000a"]]}"#;
        let mut buffer = [7; 200];
        let length = request.write(&mut buffer);
        assert_eq!(&buffer[..length], message(head, b"\x00\xff").as_slice());
        assert_eq!(request.write(&mut []), length);
        assert_eq!(request.write(&mut buffer[..3]), length);
    }

    #[test]
    fn reads_a_response_in_any_order() {
        let head = r#" { "more" : [ { "status": 1, "a": "]}\"" }, -1.5e+3, null ] , "headers" :
            [ [ "X-A" , "\u00e9\ud83d\ude00é\ud800\t" ] , ["x-b","2"],["X-B","3"] ] , "status" : 404 } "#;
        let response = Response::new(message(head, b"gone"));
        assert_eq!((response.status(), response.body()), (404, b"gone".as_slice()));
        assert_eq!(response.header("x-a").unwrap().to_string(), "é😀é\u{fffd}\t");
        assert!(response.header("X-B").unwrap() == "2");
        assert!(response.header("X").is_none());
        assert_eq!(response.headers().map(|header| format!("{}={}", header.0, header.1)).nth(2).unwrap(), "X-B=3");
    }

    #[test]
    fn knows_what_is_no_response() {
        for bad in ["", "{}", "[]", "{\"status\":}", "{\"status\":-1}", "{\"status\":70000}", "{\"a\":,\"status\":1}",
            "{\"a\":[1,\"status\":1}", "{\"a\"1,\"status\":1}", "{\"status"] {
            assert!(Response::<&[u8]>::read(&message(bad, b"")).is_none(), "{}", bad);
        }
        assert!(Response::<&[u8]>::read(&[1, 0, 0]).is_none());
        assert!(Response::<&[u8]>::read(&[9, 0, 0, 0, b'{']).is_none());
        assert!(Response::<&[u8]>::read(&[255, 255, 255, 255]).is_none());
    }
}
