//! Repeats a text of at most 1,024 bytes in ASCII capitals: "hello" becomes "HELLO!".
#![no_std]

use plugins_pdk::{input, plugin_fn, Error, Output};

plugin_fn! {
    pub fn shout() -> Result<(), Error> {
        let mut buffer = [0; 1024];
        let text = input::read_all(&mut buffer)?;
        if text.is_empty() {
            return Err("there is nothing to shout".into());
        }
        text.make_ascii_uppercase();
        let mut output = Output::new();
        output.push_bytes(text);
        output.push_str("!");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use plugins_pdk::testing::Host;

    #[test]
    fn letters_become_capitals() {
        assert_eq!(Host::new().call(super::shout, b"hello, 1").output, b"HELLO, 1!");
    }
}
