//! Greets whomever the input names: "Ada" becomes "Hello, Ada!".
#![no_std]

use plugins_pdk::{input, plugin_fn, Error, Output};

plugin_fn! {
    pub fn greet() -> Result<(), Error> {
        let mut buffer = [0; 256];
        let name = input::read_all(&mut buffer)?;
        if name.is_empty() {
            return Err("whom shall I greet?".into());
        }
        let mut output = Output::new();
        output.push_str("Hello, ");
        output.push_bytes(name);
        output.push_str("!");
        Ok(())
    }
}
