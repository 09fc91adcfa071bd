//! Reserves seats: `{"name": "Ada", "seats": 2}` in MessagePack becomes "2 seats in the Globe for Ada, 98 are left".
//!
//! The house is called as the setting `house` says; its variable `taken` counts the seats. The code of a failure is 2
//! when fewer are left, else 1.
use plugins_pdk::msgpack::{self, Decode, Reader, Value};
use plugins_pdk::{config, log, plugin_fn, variables, Error};

const SEATS: u8 = 100;

#[derive(Default)]
struct Request {
    name: String,
    seats: u8,
}

impl Decode<'_> for Request {
    fn decode(reader: &mut Reader) -> Result<Self, msgpack::Error> {
        let mut request = Request::default();
        for _ in 0..reader.map()? {
            match reader.str()? {
                "name" => request.name = String::decode(reader)?,
                "seats" => request.seats = u8::decode(reader)?,
                _ => reader.skip()?,
            }
        }
        Ok(request)
    }
}

/// Takes seats; how many are left. Another call may take some at the same time: then it tries again.
fn take(seats: u8) -> Result<u8, Error> {
    loop {
        let before = variables::get("taken")?;
        let taken = before.as_ref().and_then(|bytes| bytes.first()).map_or(0, |taken| *taken);
        let left = SEATS.saturating_sub(taken);
        if seats > left {
            return Err(Error::coded(2, format!("only {} seats are left", left)));
        }
        if variables::compare_exchange("taken", before.as_deref(), &[taken + seats])?.is_ok() {
            return Ok(left - seats);
        }
    }
}

plugin_fn! {
    pub fn reserve(request: Value<Request>) -> Result<String, Error> {
        let Request { name, seats } = request.0;
        if name.is_empty() || seats == 0 {
            return Err("a name and a number of seats are needed".into());
        }
        let house = config::text("house")?.unwrap_or_else(|| "the house".into());
        let left = take(seats)?;
        log::information("seats are reserved");
        Ok(format!("{} seats in {} for {}, {} are left", seats, house, name, left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plugins_pdk::testing::{Host, Refusal};

    const TWO_FOR_ADA: &[u8] = b"\x82\xA4name\xA3Ada\xA5seats\x02";

    fn host(taken: u8) -> Host {
        Host::new()
            .with_config(&[("house", "the Globe")])
            .with("variables.read", move |_| Ok(vec![taken]))
            .with("variables.compare_exchange", |_| Ok(vec![1]))
    }

    #[test]
    fn seats_are_taken_for_a_name() {
        let end = host(0).call(reserve, TWO_FOR_ADA);
        assert_eq!(String::from_utf8_lossy(&end.output), "2 seats in the Globe for Ada, 98 are left");
        assert!(end.logged(log::Level::Information, "seats are reserved"));
    }

    #[test]
    fn seats_that_are_not_left_are_refused_with_code_2() {
        let end = host(99).call(reserve, TWO_FOR_ADA);
        assert_eq!((end.code, end.error.as_str()), (2, "only 1 seats are left"));
    }

    #[test]
    fn what_the_host_refuses_fails_the_call() {
        let end = host(0).with("variables.read", |_| Err(Refusal::Denied)).call(reserve, TWO_FOR_ADA);
        assert_eq!((end.code, end.error.as_str()), (1, "variables.read is not permitted"));
    }
}
