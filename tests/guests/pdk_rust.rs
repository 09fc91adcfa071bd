//! Uses everything in the guest SDK for Rust, with the standard library. The other pdk_* guests do the same.

use plugins_pdk::{clock, config, host_fn, input, log, plugin_fn, random, variables, Error, Output};
use std::io::Write;

host_fn! {
    fn test_echo = "test.echo";
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

fn use_variables(lines: &mut Vec<String>) -> Result<(), Error> {
    if variables::compare_exchange("count", None, b"1")?.is_err() {
        return Err(format!("{} is there already", "count").into());
    }
    let count = variables::get("count")?.ok_or("the count is gone")?;
    lines.push(format!("count={}", text(count)));
    if variables::compare_exchange("count", Some(b"1"), b"2")?.is_ok() {
        lines.push("swapped".into());
    }
    if let Err(present) = variables::compare_exchange("count", Some(b"1"), b"3")? {
        lines.push(format!("present={}", present.into_string()?));
    }
    variables::write("count", b"")?;
    if variables::read("count", &mut [])? == Some(b"") {
        lines.push("empty".into());
    }
    variables::delete("count")?;
    if variables::get("count")?.is_none() {
        lines.push("absent".into());
    }
    Ok(())
}

plugin_fn! {
    pub fn exercise() -> Result<(), Error> {
        let mut lines = Vec::new();
        lines.push(format!("name={}", config::text("name")?.ok_or("no name is configured")?));
        use_variables(&mut lines)?;
        lines.push(format!("clock={}", clock::now()?));
        let mut bytes = [0; 4];
        random::fill(&mut bytes)?;
        lines.push(format!("random={}", bytes.map(|byte| byte.to_string()).concat()));
        Output::new().write_all(lines.join("\n").as_bytes()).map_err(|error| error.to_string())?;
        use log::Level::*;
        [Trace, Debug, Information, Warning, Error, Critical].map(|level| log::write(level, "level"));
        Ok(())
    }

    /// Fails as the host function does.
    pub fn ask() -> Result<(), Error> {
        test_echo(input::text()?.as_bytes())?.write_to(&mut Output::new());
        Ok(())
    }

    pub fn write_large() -> Result<(), Error> {
        Ok(variables::write("large", &[0; 5000])?)
    }

    pub fn panic() -> Result<(), Error> {
        panic!("this cannot {}", "be")
    }

    /// A reply outlives the next call only to tell so.
    pub fn read_stale() -> Result<(), Error> {
        let first = test_echo(b"first")?;
        test_echo(b"second")?;
        first.write_to(&mut Output::new());
        Ok(())
    }

    /// Something of the standard library: the words, sorted.
    pub fn sort_words() -> Result<(), Error> {
        let text = input::text()?;
        let words: std::collections::BTreeSet<_> = text.split_whitespace().collect();
        Output::new().push_str(&words.into_iter().collect::<Vec<_>>().join(" "));
        Ok(())
    }
}
