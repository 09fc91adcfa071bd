//! Uses everything in the guest SDK for Rust, without an allocator. The other pdk_* guests do the same.
#![no_std]

use core::fmt::Write;
use plugins_pdk::{clock, config, host_fn, input, log, plugin_fn, random, variables, Error, Output};

host_fn! {
    fn test_echo = "test.echo";
}

fn use_variables(output: &mut Output) -> Result<(), Error> {
    let mut buffer = [0; 16];
    if variables::compare_exchange("count", None, b"1")?.is_err() {
        return Err("count is there already".into());
    }
    output.push_str("count=");
    output.push_bytes(variables::read("count", &mut buffer)?.ok_or("the count is gone")?);
    if variables::compare_exchange("count", Some(b"1"), b"2")?.is_ok() {
        output.push_str("\nswapped");
    }
    if let Err(present) = variables::compare_exchange("count", Some(b"1"), b"3")? {
        output.push_str("\npresent=");
        present.write_to(output);
    }
    variables::write("count", b"")?;
    if variables::read("count", &mut buffer)? == Some(b"") {
        output.push_str("\nempty");
    }
    variables::delete("count")?;
    if variables::read("count", &mut buffer)?.is_none() {
        output.push_str("\nabsent\n");
    }
    Ok(())
}

plugin_fn! {
    pub fn exercise() -> Result<(), Error> {
        let mut output = Output::new();
        let mut buffer = [0; 32];
        output.push_str("name=");
        output.push_bytes(config::read("name", &mut buffer)?.ok_or("no name is configured")?);
        output.push('\n');
        use_variables(&mut output)?;
        write!(output, "clock={}\nrandom=", clock::now()?).map_err(|_| "the output failed")?;
        let mut bytes = [0; 4];
        random::fill(&mut bytes)?;
        bytes.map(|byte| output.push_number(byte.into()));
        log::write(log::Level::Trace, "level");
        log::debug("level");
        log::information("level");
        log::warning("level");
        log::error("level");
        log::write(log::Level::Critical, "level");
        Ok(())
    }

    /// Fails as the host function does.
    pub fn ask() -> Result<(), Error> {
        let mut buffer = [0; 64];
        test_echo(input::read_all(&mut buffer)?)?.write_to(&mut Output::new());
        Ok(())
    }

    /// A variable that is larger than `variables::REQUEST_CAPACITY`.
    pub fn write_large() -> Result<(), Error> {
        Ok(variables::write("large", &[0; 5000])?)
    }

    pub fn panic() {
        panic!("this cannot {}", "be")
    }
}
