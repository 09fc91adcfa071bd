//! A host for tests: runs a plugin function natively, with `cargo test`.
//!
//! ```
//! use plugins_pdk::{plugin_fn, testing::Host, Error};
//!
//! plugin_fn! {
//!     fn fails() -> Result<(), Error> {
//!         Err("not today".into())
//!     }
//! }
//!
//! let end = Host::new().call(fails, b"");
//! assert_eq!((end.code, end.error.as_str()), (1, "not today"));
//! ```

use crate::log::Level;
use std::{boxed::Box, cell::RefCell, collections::BTreeMap, string::String, vec::Vec};

/// What a capability of the test host answers.
pub type Answer = Result<Vec<u8>, Refusal>;

type Capability = Box<dyn FnMut(&[u8]) -> Answer>;

/// Why a capability of the test host does not succeed.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// Status -1.
    Denied,
    /// Status -2, with a message.
    Failed(String),
    /// Status -3.
    TooLarge,
    /// Status -4.
    NotFound,
}

/// How a call ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// What the function returned: 0 for success.
    pub code: i32,
    /// What it wrote.
    pub output: Vec<u8>,
    /// Its error text, empty after a success.
    pub error: String,
    /// Its log entries.
    pub logs: Vec<(i32, String)>,
}

impl Ended {
    /// Whether an entry of this level and text was logged.
    pub fn logged(&self, level: Level, text: &str) -> bool {
        self.logs.iter().any(|entry| entry.0 == level as i32 && entry.1 == text)
    }
}

/// Capabilities by name. Those that it was not given are denied.
#[derive(Default)]
pub struct Host {
    capabilities: BTreeMap<String, Capability>,
}

impl Host {
    /// A host without any capability.
    pub fn new() -> Self {
        Host::default()
    }

    /// Adds a capability, built in (`config.read`, `clock.now`…) or the application's.
    pub fn with(mut self, capability: &str, answer: impl FnMut(&[u8]) -> Answer + 'static) -> Self {
        self.capabilities.insert(capability.into(), Box::new(answer));
        self
    }

    /// Adds `config.read` with these keys and values.
    pub fn with_config(self, entries: &'static [(&'static str, &'static str)]) -> Self {
        self.with("config.read", move |key| {
            let entry = entries.iter().find(|entry| entry.0.as_bytes() == key);
            entry.map(|entry| entry.1.into()).ok_or(Refusal::NotFound)
        })
    }

    /// Calls a plugin function. A panic in it is a panic here.
    pub fn call(&mut self, function: extern "C" fn() -> i32, input: &[u8]) -> Ended {
        let capabilities = core::mem::take(&mut self.capabilities);
        CURRENT.with(|current| {
            *current.borrow_mut() = Call { input: input.into(), capabilities, ..Call::default() };
        });
        let code = function();
        let call = CURRENT.with(|current| current.take());
        self.capabilities = call.capabilities;
        let failed = code != 0;
        Ended {
            code,
            output: if failed { Vec::new() } else { call.output },
            error: if failed { String::from_utf8_lossy(&call.error).into() } else { String::new() },
            logs: call.logs,
        }
    }
}

#[derive(Default)]
struct Call {
    capabilities: BTreeMap<String, Capability>,
    input: Vec<u8>,
    input_position: usize,
    output: Vec<u8>,
    error: Vec<u8>,
    result: Vec<u8>,
    result_position: usize,
    calls: u32,
    logs: Vec<(i32, String)>,
}

std::thread_local! {
    static CURRENT: RefCell<Call> = RefCell::default();
}

#[doc(hidden)]
pub fn call(capability: &str, request: &[u8]) -> i32 {
    let answer = CURRENT.with(|current| {
        // Taken out while it runs, so that it may use this module itself.
        let taken = current.borrow_mut().capabilities.remove(capability);
        let mut function = taken.ok_or(Refusal::Denied)?;
        let answer = function(request);
        current.borrow_mut().capabilities.insert(capability.into(), function);
        answer
    });
    let (status, result) = match answer {
        Ok(result) => (0, result),
        Err(Refusal::Denied) => (-1, Vec::new()),
        Err(Refusal::Failed(message)) => (-2, message.into_bytes()),
        Err(Refusal::TooLarge) => (-3, Vec::new()),
        Err(Refusal::NotFound) => (-4, Vec::new()),
    };
    abi::set_result(result);
    status
}

pub(crate) mod abi {
    use super::{Call, CURRENT};
    use std::{string::String, vec::Vec};

    fn with<T>(action: impl FnOnce(&mut Call) -> T) -> T {
        CURRENT.with(|current| action(&mut current.borrow_mut()))
    }

    fn take(bytes: &[u8], position: &mut usize, buffer: &mut [u8]) -> usize {
        let count = buffer.len().min(bytes.len() - *position);
        buffer[..count].copy_from_slice(&bytes[*position..*position + count]);
        *position += count;
        count
    }

    pub fn set_result(result: Vec<u8>) {
        with(|call| (call.result, call.result_position) = (result, 0))
    }

    pub fn input_length() -> i32 {
        with(|call| call.input.len() as i32)
    }

    pub fn input_read(buffer: &mut [u8]) -> usize {
        with(|call| take(&call.input, &mut call.input_position, buffer))
    }

    pub fn output_write(data: &[u8]) {
        with(|call| call.output.extend_from_slice(data))
    }

    pub fn error_write(data: &[u8]) {
        with(|call| call.error.extend_from_slice(data))
    }

    pub fn result_length() -> usize {
        with(|call| call.result.len())
    }

    pub fn result_read(buffer: &mut [u8]) -> usize {
        with(|call| take(&call.result, &mut call.result_position, buffer))
    }

    pub fn log(level: i32, text: &[u8]) {
        with(|call| call.logs.push((level, String::from_utf8_lossy(text).into())))
    }

    pub fn calls() -> u32 {
        with(|call| call.calls)
    }

    pub fn count_call() -> u32 {
        with(|call| {
            call.calls += 1;
            call.calls
        })
    }

    pub fn trap() -> ! {
        panic!("{}", with(|call| String::from_utf8_lossy(&call.error).into_owned()))
    }
}
