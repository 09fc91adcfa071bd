//! What docs/kit.md asks of a plugin, in Rust with the standard library.

use plugins_pdk::{
    clock, config, host_fn, http::Request, input, log, plugin_fn, variables, Error, ErrorText, Failure, Output,
};
use std::io::{Read, Write};

host_fn! {
    fn test_echo = "test.echo";
}

fn number() -> Result<u32, Error> {
    Ok(input::text()?.parse::<u32>().map_err(|error| error.to_string())?)
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

plugin_fn! {
    pub fn echo() -> Result<(), Error> {
        Output::new().write_all(&input::bytes()).map_err(|error| error.to_string())?;
        Ok(())
    }

    pub fn input_length() {
        match input::length() {
            Some(length) => Output::new().push_number(length as u64),
            None => Output::new().push_str("unknown"),
        }
    }

    pub fn count_characters() -> Result<String, Error> {
        Ok(input::text()?.chars().count().to_string())
    }

    pub fn fail() -> Result<(), Error> {
        Err(input::text()?.into())
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
        tell(config::text(&input::text()?)?.as_deref().map(str::as_bytes));
        Ok(())
    }

    pub fn read_variable() -> Result<(), Error> {
        tell(variables::get(&input::text()?)?.as_deref());
        Ok(())
    }

    pub fn write_variable() -> Result<(), Error> {
        Ok(variables::write("key", &input::bytes())?)
    }

    pub fn delete_variable() -> Result<(), Error> {
        Ok(variables::delete(&input::text()?)?)
    }

    pub fn increment() -> Result<String, Error> {
        let mut present: Option<String> = None;
        loop {
            let number = match &present {
                Some(text) => text.parse::<u64>().map_err(|error| error.to_string())?,
                None => 0,
            };
            let next = (number + 1).to_string();
            let expected = present.as_deref().map(str::as_bytes);
            match variables::compare_exchange("counter", expected, next.as_bytes())? {
                Ok(()) => return Ok(next),
                Err(reply) => present = Some(reply.into_string()?),
            }
        }
    }

    pub fn ask() -> Result<Vec<u8>, Error> {
        Ok(test_echo(&input::bytes())?.into_vec())
    }

    pub fn fetch() -> Result<Vec<u8>, Error> {
        let url = input::text()?;
        let response = Request::post(&url, b"order").headers(&[("Accept", "text/plain")]).send()?;
        let kind = response.header("X-Kind").map_or("-".to_string(), |kind| kind.to_string());
        let mut output = format!("{} {} ", response.status(), kind).into_bytes();
        output.extend_from_slice(response.body());
        Ok(output)
    }

    pub fn repeat() -> Result<(), Error> {
        let mut bytes = std::io::repeat(b'x').take(number()?.into());
        std::io::copy(&mut bytes, &mut Output::new()).map_err(|error| error.to_string())?;
        Ok(())
    }

    pub fn log_levels() {
        use log::Level::*;
        [Trace, Debug, Information, Warning, Error, Critical].map(|level| log::write(level, "level é"));
    }

    pub fn recurse() -> Result<String, Error> {
        Ok(descend(number()?).to_string())
    }

    pub fn now() -> Result<String, Error> {
        Ok(clock::now()?.to_string())
    }

    pub fn random() -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; 40];
        plugins_pdk::random::fill(&mut bytes)?;
        Ok(bytes)
    }
}

fn descend(depth: u32) -> u32 {
    if depth == 0 {
        return 0;
    }
    let below = descend(depth - 1);
    // SAFETY: it is a reference. A volatile read keeps the compiler from making a loop of it.
    unsafe { std::ptr::read_volatile(&below) + 1 }
}
