//! What docs/kit.md asks of a plugin, in Rust without an allocator.
#![no_std]

use core::str::{from_utf8, FromStr};
use plugins_pdk::{
    clock, config, host_fn, http::Request, input, log, plugin_fn, variables, Error, ErrorText, Failure, Output,
};

host_fn! {
    fn test_echo = "test.echo";
}

fn text(buffer: &mut [u8]) -> Result<&str, Error> {
    from_utf8(input::read_all(buffer)?).map_err(|_| "the input is not UTF-8".into())
}

fn number() -> Result<u32, Error> {
    let mut buffer = [0; 10];
    u32::from_str(text(&mut buffer)?).map_err(|_| "the input is no number".into())
}

fn tell(value: Option<&[u8]>) {
    let mut output = Output::new();
    output.push_str(if value.is_some() { "present:" } else { "absent" });
    output.push_bytes(value.unwrap_or_default());
}

/// A plugin's own failure, with a code of its own.
struct Answer;

impl Failure for Answer {
    fn code(&self) -> i32 {
        42
    }

    fn describe(&self, text: &mut ErrorText) {
        text.push_str("the answer")
    }
}

/// A failure whose text is the input.
struct Message([u8; 1024]);

impl Failure for Message {
    fn describe(&self, text: &mut ErrorText) {
        self.0.iter().take_while(|byte| **byte != 0).for_each(|byte| text.push_bytes(&[*byte]))
    }
}

plugin_fn! {
    pub fn echo() {
        let mut output = Output::new();
        let mut buffer = [0; 4096];
        loop {
            match input::read(&mut buffer) {
                0 => return,
                count => output.push_bytes(buffer.get(..count).unwrap_or_default()),
            }
        }
    }

    pub fn input_length() {
        match input::length() {
            Some(length) => Output::new().push_number(length as u64),
            None => Output::new().push_str("unknown"),
        }
    }

    pub fn count_characters() -> Result<(), Error> {
        let mut count = 0;
        for character in input::chars() {
            character?;
            count += 1;
        }
        Output::new().push_number(count);
        Ok(())
    }

    pub fn fail() -> Result<(), Message> {
        let mut message = Message([0; 1024]);
        input::read(&mut message.0);
        Err(message)
    }

    pub fn fail_with_code() -> Result<(), Answer> {
        Err(Answer)
    }

    pub fn fail_after_output() -> Result<(), Error> {
        Output::new().push_str("half");
        Err("the other half is missing".into())
    }

    pub fn fatal() {
        plugins_pdk::fatal("this cannot be")
    }

    pub fn read_config() -> Result<(), Error> {
        let (mut key, mut value) = ([0; 64], [0; 64]);
        tell(config::read(text(&mut key)?, &mut value)?);
        Ok(())
    }

    pub fn read_variable() -> Result<(), Error> {
        let (mut key, mut value) = ([0; 64], [0; 64]);
        tell(variables::read(text(&mut key)?, &mut value)?);
        Ok(())
    }

    pub fn write_variable() -> Result<(), Error> {
        let mut buffer = [0; 1024];
        Ok(variables::write("key", input::read_all(&mut buffer)?)?)
    }

    pub fn delete_variable() -> Result<(), Error> {
        let mut buffer = [0; 64];
        Ok(variables::delete(text(&mut buffer)?)?)
    }

    pub fn increment() -> Result<(), Error> {
        let mut present = [0; 20];
        let mut length = None;
        loop {
            let expected = length.and_then(|length| present.get(..length));
            let number = expected.map_or(0, parse) + 1;
            let (digits, start) = decimal(number);
            let next = digits.get(start..).unwrap_or_default();
            match variables::compare_exchange("counter", expected, next)? {
                Ok(()) => {
                    Output::new().push_number(number);
                    return Ok(());
                }
                Err(mut reply) => length = Some(reply.read(&mut present)),
            }
        }
    }

    pub fn ask() -> Result<(), Error> {
        let mut buffer = [0; 1024];
        test_echo(input::read_all(&mut buffer)?)?.write_to(&mut Output::new());
        Ok(())
    }

    pub fn fetch() -> Result<(), Error> {
        let (mut url, mut buffer) = ([0; 256], [0; 1024]);
        let headers = [("Accept", "text/plain")];
        let response = Request::post(text(&mut url)?, b"order").headers(&headers).send_in(&mut buffer)?;
        let mut output = Output::new();
        output.push_number(response.status().into());
        output.push(' ');
        match response.header("X-Kind") {
            Some(kind) => kind.chars().for_each(|character| output.push(character)),
            None => output.push('-'),
        }
        output.push(' ');
        output.push_bytes(response.body());
        Ok(())
    }

    pub fn repeat() -> Result<(), Error> {
        let mut output = Output::new();
        (0..number()?).for_each(|_| output.push_bytes(b"x"));
        Ok(())
    }

    pub fn log_levels() {
        use log::Level::*;
        [Trace, Debug, Information, Warning, Error, Critical].map(|level| log::write(level, "level é"));
    }

    pub fn recurse() -> Result<(), Error> {
        Output::new().push_number(descend(number()?).into());
        Ok(())
    }

    pub fn now() -> Result<(), Error> {
        Output::new().push_number(clock::now()? as u64);
        Ok(())
    }

    pub fn random() -> Result<(), Error> {
        let mut bytes = [0; 40];
        plugins_pdk::random::fill(&mut bytes)?;
        Output::new().push_bytes(&bytes);
        Ok(())
    }
}

fn parse(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// The digits, and where they begin.
fn decimal(mut number: u64) -> ([u8; 20], usize) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        start -= 1;
        if number == 0 {
            break;
        }
    }
    (digits, start)
}

fn descend(depth: u32) -> u32 {
    if depth == 0 {
        return 0;
    }
    let below = descend(depth - 1);
    // SAFETY: it is a reference. A volatile read keeps the compiler from making a loop of it.
    unsafe { core::ptr::read_volatile(&below) + 1 }
}
