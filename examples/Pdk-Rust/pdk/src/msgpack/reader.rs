use super::{head::Head, Error, Extension, Kind, Problem, Timestamp, MAX_DEPTH};

/// Reads values in order. After an error it stands before the value at fault.
pub struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    depth: usize,
    /// How many values each of the arrays and maps that are open still has.
    left: [usize; MAX_DEPTH],
}

impl<'a> Reader<'a> {
    /// Begins with the first value of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, position: 0, depth: 0, left: [0; MAX_DEPTH] }
    }

    /// The offset of the next value.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What the next value is.
    pub fn kind(&self) -> Result<Kind, Error> {
        Ok(self.peek()?.kind)
    }

    /// Takes a nil, if the next value is one.
    pub fn nil(&mut self) -> Result<bool, Error> {
        let head = self.peek()?;
        if head.kind == Kind::Nil {
            self.take(head.size);
        }
        Ok(head.kind == Kind::Nil)
    }

    /// True or false.
    pub fn bool(&mut self) -> Result<bool, Error> {
        let head = self.expect(Kind::Bool, Problem::NotBool)?;
        self.take(head.size);
        Ok(head.number == 1)
    }

    /// An integer of 0 to `maximum`, in whatever form.
    pub fn u64(&mut self, maximum: u64) -> Result<u64, Error> {
        let head = self.peek()?;
        self.integer(head, head.kind == Kind::Uint && head.number <= maximum)
    }

    /// An integer of `minimum` to `maximum`, in whatever form.
    pub fn i64(&mut self, minimum: i64, maximum: i64) -> Result<i64, Error> {
        let head = self.peek()?;
        let value = head.number as i64;
        let same_sign = (value < 0) == (head.kind == Kind::Int);
        self.integer(head, same_sign && value >= minimum && value <= maximum)?;
        Ok(value)
    }

    /// A float, or an integer that a double surely holds: some encoders write 1.0 as 1.
    pub fn f64(&mut self) -> Result<f64, Error> {
        let head = self.peek()?;
        match head.kind {
            Kind::Uint | Kind::Int => Ok(self.i64(-(1 << 53), 1 << 53)? as f64),
            Kind::Float => {
                self.take(head.size);
                Ok(f64::from_bits(head.number))
            }
            _ => self.fail(Problem::NotNumber),
        }
    }

    /// Text.
    pub fn str(&mut self) -> Result<&'a str, Error> {
        let head = self.expect(Kind::Str, Problem::NotStr)?;
        let body = self.body(head)?;
        let text = core::str::from_utf8(body).or_else(|_| self.fail(Problem::NotText))?;
        self.take(head.size + body.len());
        Ok(text)
    }

    /// Bytes.
    pub fn bin(&mut self) -> Result<&'a [u8], Error> {
        let head = self.expect(Kind::Bin, Problem::NotBin)?;
        self.take_body(head)
    }

    /// How many values follow. Read or skip that many.
    pub fn array(&mut self) -> Result<usize, Error> {
        let head = self.expect(Kind::Array, Problem::NotArray)?;
        self.open(head)
    }

    /// How many pairs of key and value follow. Read or skip that many.
    pub fn map(&mut self) -> Result<usize, Error> {
        let head = self.expect(Kind::Map, Problem::NotMap)?;
        self.open(head)
    }

    /// An extension of any type, as it is.
    pub fn extension(&mut self) -> Result<Extension<'a>, Error> {
        let head = self.peek()?;
        if !matches!(head.kind, Kind::Extension | Kind::Timestamp) {
            return self.fail(Problem::NotExtension);
        }
        Ok(Extension { kind: head.extension, bytes: self.take_body(head)? })
    }

    /// A moment ("Timestamp extension type").
    pub fn timestamp(&mut self) -> Result<Timestamp, Error> {
        let head = self.expect(Kind::Timestamp, Problem::NotTimestamp)?;
        let body = self.body(head)?;
        let number = |bytes: &[u8]| bytes.iter().fold(0, |number: u64, byte| number << 8 | *byte as u64);
        let (seconds, nanoseconds) = match (body, body.get(..4), body.get(4..)) {
            (_, Some(seconds), Some([])) => (number(seconds), 0),
            ([_, _, _, _, _, _, _, _], ..) => (number(body) & 0x3_FFFF_FFFF, number(body) >> 34),
            (_, Some(nanoseconds), Some(seconds @ [_, _, _, _, _, _, _, _])) => (number(seconds), number(nanoseconds)),
            _ => return self.fail(Problem::NotTimestamp),
        };
        if nanoseconds > 999_999_999 {
            return self.fail(Problem::NotTimestamp);
        }
        self.take(head.size + body.len());
        Ok(Timestamp { seconds: seconds as i64, nanoseconds: nanoseconds as u32 })
    }

    /// Takes the next value, whatever it is, with all that is in it. It checks what it skips, and does not recurse.
    pub fn skip(&mut self) -> Result<(), Error> {
        let around = self.close();
        loop {
            let head = self.peek()?;
            match head.kind {
                Kind::Array | Kind::Map => self.open(head).map(|_| ())?,
                Kind::Str => self.str().map(|_| ())?,
                Kind::Bin | Kind::Extension | Kind::Timestamp => self.take_body(head).map(|_| ())?,
                _ => self.take(head.size),
            }
            if self.close() <= around {
                return Ok(());
            }
        }
    }

    /// Checks that everything was read.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.close() > 0 {
            return self.fail(Problem::Unbalanced);
        }
        match self.bytes.len() == self.position {
            true => Ok(()),
            false => self.fail(Problem::Trailing),
        }
    }

    #[cold]
    fn fail<T>(&self, problem: Problem) -> Result<T, Error> {
        Err(Error { problem, offset: self.position })
    }

    #[inline(never)]
    fn peek(&self) -> Result<Head, Error> {
        let rest = self.bytes.get(self.position..).unwrap_or(&[]);
        Head::decode(rest).or_else(|problem| self.fail(problem))
    }

    fn expect(&self, kind: Kind, otherwise: Problem) -> Result<Head, Error> {
        let head = self.peek()?;
        match head.kind == kind {
            true => Ok(head),
            false => self.fail(otherwise),
        }
    }

    /// Closes the arrays and maps whose values were all read; how many stay open.
    fn close(&mut self) -> usize {
        while self.depth > 0 && self.left.get(self.depth - 1) == Some(&0) {
            self.depth -= 1;
        }
        self.depth
    }

    /// Takes a value, or the beginning of an array or map: one value less in the array or map around it.
    fn take(&mut self, size: usize) {
        if let Some(left) = self.close().checked_sub(1).and_then(|around| self.left.get_mut(around)) {
            *left -= 1;
        }
        self.position += size;
    }

    fn integer(&mut self, head: Head, fits: bool) -> Result<u64, Error> {
        match head.kind {
            Kind::Uint | Kind::Int if fits => {
                self.take(head.size);
                Ok(head.number)
            }
            Kind::Uint | Kind::Int => self.fail(Problem::OutOfRange),
            _ => self.fail(Problem::NotInteger),
        }
    }

    /// The bytes of a str, bin or extension, not yet taken.
    fn body(&self, head: Head) -> Result<&'a [u8], Error> {
        let rest = self.bytes.get(self.position + head.size..).unwrap_or(&[]);
        let body = usize::try_from(head.number).ok().and_then(|length| rest.get(..length));
        body.map_or_else(|| self.fail(Problem::Truncated), Ok)
    }

    fn take_body(&mut self, head: Head) -> Result<&'a [u8], Error> {
        let body = self.body(head)?;
        self.take(head.size + body.len());
        Ok(body)
    }

    /// Each value of an array or map has a byte at least, so a count above the bytes left is a lie.
    #[inline(never)]
    fn open(&mut self, head: Head) -> Result<usize, Error> {
        let values = if head.kind == Kind::Map { head.number * 2 } else { head.number };
        if values > (self.bytes.len() - self.position - head.size) as u64 {
            return self.fail(Problem::Truncated);
        }
        if self.close() == MAX_DEPTH {
            return self.fail(Problem::TooDeep);
        }
        self.take(head.size);
        if let Some(left) = self.left.get_mut(self.depth) {
            *left = values as usize;
        }
        self.depth += 1;
        Ok(head.number as usize)
    }
}
