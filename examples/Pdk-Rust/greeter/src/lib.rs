//! Greets by name, with a greeting that the application gives: "Ada" becomes "Hello, Ada!".
//!
//! The greeting comes from the host function `greeting.prefix`, which is sent a language tag: the configured
//! `language`, or "en". A name may have 1,024 bytes, a language tag 64, a greeting 256. The code of a failure is 2 when
//! the greeting is at fault, else 1.
#![no_std]

use plugins_pdk::{config, host_fn, input, log, plugin_fn, CallError, ErrorText, Failure, NotText, Output, Reason};

host_fn! {
    /// The greeting of a language.
    fn greeting_prefix = "greeting.prefix";
}

enum GreetError<'a> {
    LongName,
    Name(NotText),
    Language,
    Greeting(CallError, &'a [u8]),
}

impl Failure for GreetError<'_> {
    fn code(&self) -> i32 {
        match self {
            GreetError::Greeting(..) => 2,
            _ => 1,
        }
    }

    fn describe(&self, text: &mut ErrorText) {
        match self {
            GreetError::LongName => text.push_str("the name is longer than 1024 bytes"),
            GreetError::Name(error) => error.describe(text),
            GreetError::Language => text.push_str("the language cannot be read"),
            GreetError::Greeting(error, language) => describe_greeting(error, language, text),
        }
    }
}

fn describe_greeting(error: &CallError, language: &[u8], text: &mut ErrorText) {
    match error.reason() {
        Reason::Denied => text.push_str("asking for a greeting is not permitted"),
        Reason::Failed => {
            text.push_str("the greeting failed: ");
            error.describe_message(text);
        }
        Reason::TooLarge => text.push_str("the greeting is too large"),
        Reason::NotFound => {
            text.push_str("there is no greeting for the language \"");
            text.push_bytes(language);
            text.push_str("\"");
        }
        Reason::Other(_) => text.push_str("the greeting failed"),
    }
}

fn give<'a>(name: &mut [u8], language: &'a mut [u8]) -> Result<(), GreetError<'a>> {
    let name = input::read_all(name).map_err(|_| GreetError::LongName)?;
    let name = core::str::from_utf8(name).map_err(|error| GreetError::Name(error.into()))?;
    let language = config::read("language", language).map_err(|_| GreetError::Language)?.unwrap_or(b"en");

    let mut prefix = [0; 256];
    let prefix = greeting_prefix(language).and_then(|reply| reply.read_all(&mut prefix));
    let prefix = prefix.map_err(|error| GreetError::Greeting(error, language))?;
    log::information("greeting given");
    let mut output = Output::new();
    output.push_bytes(prefix);
    output.push_str(", ");
    output.push_str(name);
    output.push_str("!");
    Ok(())
}

plugin_fn! {
    pub fn greet() -> i32 {
        use plugins_pdk::Outcome;
        give(&mut [0; 1024], &mut [0; 64]).report()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use plugins_pdk::log::Level;
    use plugins_pdk::testing::{Host, Refusal};

    fn host() -> Host {
        Host::new().with_config(&[]).with("greeting.prefix", |language| match language {
            b"en" => Ok(b"Hello".to_vec()),
            _ => Err(Refusal::NotFound),
        })
    }

    #[test]
    fn the_greeting_comes_from_the_application() {
        let end = host().call(greet, b"Ada");
        assert_eq!(end.output, b"Hello, Ada!");
        assert!(end.logged(Level::Information, "greeting given"));
    }

    #[test]
    fn an_unknown_language_is_named() {
        let end = host().with_config(&[("language", "xx")]).call(greet, b"Ada");
        assert_eq!((end.code, end.error.as_str()), (2, "there is no greeting for the language \"xx\""));
    }

    #[test]
    fn a_host_without_greetings_refuses() {
        let end = Host::new().with_config(&[]).call(greet, b"Ada");
        assert_eq!((end.code, end.error.as_str()), (2, "asking for a greeting is not permitted"));
    }
}
