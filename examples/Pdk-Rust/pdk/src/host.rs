use crate::{abi, ErrorText, Failure, Output};

/// What a capability answered. It lives until the next capability is called; reading it later is a bug, and traps.
#[derive(Debug)]
pub struct Reply {
    capability: &'static str,
    call: u32,
}

/// Why a capability did not succeed.
#[derive(Debug)]
pub struct CallError {
    reply: Reply,
    reason: Reason,
}

/// The kinds of [`CallError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The permission was not granted, or does not cover this request.
    Denied,
    /// It failed with a message, which is part of the error text that [`CallError`] describes.
    Failed,
    /// The request or the result is over a limit, or the result over the buffer given for it.
    TooLarge,
    /// No such key or item.
    NotFound,
    /// A status that this version does not know.
    Other(i32),
}

impl Reply {
    #[doc(hidden)]
    pub fn new(capability: &'static str, status: i32) -> Result<Reply, CallError> {
        let reply = Reply { capability, call: abi::count_call() };
        let reason = match status {
            0 => return Ok(reply),
            -1 => Reason::Denied,
            -2 => Reason::Failed,
            -3 => Reason::TooLarge,
            -4 => Reason::NotFound,
            other => Reason::Other(other),
        };
        Err(CallError { reply, reason })
    }

    fn check(&self) {
        if self.call != abi::calls() {
            crate::fatal("a reply was read after the next capability call");
        }
    }

    /// How many bytes the answer has.
    pub fn len(&self) -> usize {
        self.check();
        abi::result_length()
    }

    /// Whether the answer has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the next bytes; how many, 0 at the end.
    pub fn read(&mut self, buffer: &mut [u8]) -> usize {
        self.check();
        abi::result_read(buffer)
    }

    /// Reads the whole answer into `buffer`; [`Reason::TooLarge`] when it does not fit.
    pub fn read_all(mut self, buffer: &mut [u8]) -> Result<&[u8], CallError> {
        if self.len() > buffer.len() {
            return Err(CallError { reply: self, reason: Reason::TooLarge });
        }
        let count = self.read(buffer);
        Ok(buffer.get(..count).unwrap_or(&[]))
    }

    /// Appends the whole answer to the output.
    pub fn write_to(mut self, output: &mut Output) {
        self.for_each_part(|part| output.push_bytes(part));
    }

    /// The whole answer.
    #[cfg(feature = "alloc")]
    pub fn into_vec(mut self) -> alloc::vec::Vec<u8> {
        let mut bytes = alloc::vec![0; self.len()];
        let count = self.read(&mut bytes);
        bytes.truncate(count);
        bytes
    }

    /// The whole answer as text.
    #[cfg(feature = "alloc")]
    pub fn into_string(self) -> Result<alloc::string::String, crate::NotText> {
        Ok(alloc::string::String::from_utf8(self.into_vec()).map_err(|error| error.utf8_error())?)
    }

    fn for_each_part(&mut self, mut part: impl FnMut(&[u8])) {
        let mut buffer = [0; 128];
        loop {
            let count = self.read(&mut buffer);
            match buffer.get(..count) {
                Some([]) | None => return,
                Some(bytes) => part(bytes),
            }
        }
    }
}

impl CallError {
    /// An error found on this side, without asking the host.
    pub(crate) fn here(capability: &'static str, reason: Reason) -> CallError {
        CallError { reply: Reply { capability, call: abi::calls() }, reason }
    }

    /// The name of the capability.
    pub fn capability(&self) -> &'static str {
        self.reply.capability
    }

    /// What kind of failure it is.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Appends the message of [`Reason::Failed`]; like a [`Reply`] it lives until the next capability call.
    pub fn describe_message(&self, text: &mut ErrorText) {
        if self.reason == Reason::Failed {
            let mut reply = Reply { capability: self.reply.capability, call: self.reply.call };
            reply.for_each_part(|part| text.push_bytes(part));
        }
    }
}

impl Failure for CallError {
    fn describe(&self, text: &mut ErrorText) {
        text.push_str(self.capability());
        text.push_str(match self.reason {
            Reason::Denied => " is not permitted",
            Reason::Failed => " failed: ",
            Reason::TooLarge => ": too large",
            Reason::NotFound => ": not found",
            Reason::Other(_) => " failed",
        });
        self.describe_message(text);
    }
}
