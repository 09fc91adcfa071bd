/// A number in decimal digits. `core::fmt` does the same with two kilobytes more of code.
pub(crate) struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    pub fn new(mut value: u64) -> Self {
        let mut decimal = Decimal { digits: [b'0'; 20], start: 20 };
        for (index, digit) in decimal.digits.iter_mut().enumerate().rev() {
            *digit = b'0' + (value % 10) as u8;
            decimal.start = index;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        decimal
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.digits.get(self.start..).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_have_no_leading_zeros() {
        for (value, text) in
            [(0, "0"), (7, "7"), (10, "10"), (1_048_576, "1048576"), (u64::MAX, "18446744073709551615")]
        {
            assert_eq!(Decimal::new(value).as_bytes(), text.as_bytes());
        }
    }
}
