//! Amounts and other decimals as people write them, read exactly.

use std::fmt;
use thiserror::Error;

/// Digits after the point of an amount: one TAO is 10^9 rao.
pub(crate) const RAO_DIGITS: usize = 9;

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// TAO, the coin of the chain.
    Tao,
    /// Alpha, the coin of a subnet.
    Alpha,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Tao => "TAO",
            Self::Alpha => "alpha",
        }
    }

    fn is_named(self, text: &str) -> bool {
        let symbol = match self {
            Self::Tao => "τ",
            Self::Alpha => "α",
        };
        text == symbol || text.eq_ignore_ascii_case(self.name())
    }
}

/// A text that is not an amount. Each message says what is wrong, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// No digit at all.
    #[error("`{0}` holds no digits; write a number such as 1,234.5")]
    NoDigits(String),
    /// A sign, a letter or anything else within the number.
    #[error(
        "`{character}` at position {position} of `{text}` is not part of a number; use digits, one point and, between thousands, commas or underscores"
    )]
    BadCharacter {
        /// The text given.
        text: String,
        /// The character.
        character: char,
        /// Its position, counted from one.
        position: usize,
    },
    /// A comma where no thousands end, such as the decimal comma.
    #[error(
        "the comma at position {position} of `{text}` does not separate thousands; the decimal sign is a point, as in 1,234.5"
    )]
    BadComma {
        /// The text given.
        text: String,
        /// The comma's position, counted from one.
        position: usize,
    },
    /// More digits after the point than the unit has.
    #[error("`{text}` has more than {most} digits after the point; drop those from position {position} on")]
    TooPrecise {
        /// The text given.
        text: String,
        /// The digits allowed.
        most: usize,
        /// Position of the first digit too many, counted from one.
        position: usize,
    },
    /// More than 64 bits of the smallest unit.
    #[error("`{text}` is too large; the most is {most}")]
    TooLarge {
        /// The text given.
        text: String,
        /// The largest value, as text.
        most: String,
    },
    /// Another unit than the one asked for.
    #[error(
        "`{unit}` at position {position} of `{text}` is not a unit of {wanted}; write {wanted}, rao, or nothing"
    )]
    WrongUnit {
        /// The text given.
        text: String,
        /// The unit found.
        unit: String,
        /// Its position, counted from one.
        position: usize,
        /// The unit that belongs there.
        wanted: &'static str,
    },
}

/// An amount of TAO or alpha, in rao.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// An amount of rao.
    pub fn from_rao(rao: u64) -> Self {
        Self(rao)
    }

    /// The amount in rao.
    pub fn rao(self) -> u64 {
        self.0
    }

    /// Reads `1,234.5`, `1_234.5 TAO` or `500 rao`; `unit` is the one meant where none or its own name is given.
    ///
    /// # Errors
    /// See [`AmountError`]. Nothing is rounded: a digit too many is an error.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, AmountError> {
        let text = text.trim();
        let end = text.find(|c: char| c.is_alphabetic() || c.is_whitespace()).unwrap_or(text.len());
        let (number, name) = text.split_at(end);
        let name = name.trim_start();
        if name.eq_ignore_ascii_case("rao") {
            return parse_decimal(number, 0).map(Self);
        }
        if name.is_empty() || unit.is_named(name) {
            return parse_decimal(number, RAO_DIGITS).map(Self);
        }
        Err(AmountError::WrongUnit {
            text: text.to_owned(),
            unit: name.to_owned(),
            position: text.chars().count() - name.chars().count() + 1,
            wanted: unit.name(),
        })
    }

    /// The amount with its unit, as in `1,234.5 TAO`; [`Amount::parse`] reads it back.
    pub fn with_unit(self, unit: Unit) -> String {
        format!("{self} {}", unit.name())
    }
}

impl fmt::Display for Amount {
    /// The amount in whole TAO or alpha, as in `1,234.5`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format_decimal(self.0.into(), RAO_DIGITS))
    }
}

/// An amount of TAO, for arguments of commands.
///
/// # Errors
/// See [`Amount::parse`].
pub fn parse_tao(text: &str) -> Result<Amount, AmountError> {
    Amount::parse(text, Unit::Tao)
}

/// An amount of alpha, for arguments of commands.
///
/// # Errors
/// See [`Amount::parse`].
pub fn parse_alpha(text: &str) -> Result<Amount, AmountError> {
    Amount::parse(text, Unit::Alpha)
}

/// A decimal in units of 10^-`digits`, read exactly: `parse_decimal("1.5", 3)` is 1,500. At most 19 digits.
///
/// # Errors
/// See [`AmountError`].
pub fn parse_decimal(text: &str, digits: usize) -> Result<u64, AmountError> {
    let mut value = 0_u64;
    let mut seen = Vec::new();
    let mut fraction_digits = None;
    let too_large =
        || AmountError::TooLarge { text: text.to_owned(), most: format_decimal(u64::MAX.into(), digits) };
    for (index, character) in text.chars().enumerate() {
        let position = index + 1;
        match (character, fraction_digits) {
            ('.', None) => fraction_digits = Some(0),
            (',', None) if separates_thousands(text, index) => {}
            (',', _) => return Err(AmountError::BadComma { text: text.to_owned(), position }),
            ('_', _) if !seen.is_empty() => {}
            (digit, fraction) => {
                let Some(worth) = digit.to_digit(10) else {
                    return Err(AmountError::BadCharacter { text: text.to_owned(), character, position });
                };
                seen.push(worth);
                let fraction = fraction.map(|count| count + 1);
                if fraction > Some(digits) {
                    if worth == 0 {
                        continue;
                    }
                    return Err(AmountError::TooPrecise { text: text.to_owned(), most: digits, position });
                }
                fraction_digits = fraction;
                value = append(value, worth).ok_or_else(too_large)?;
            }
        }
    }
    if seen.is_empty() {
        return Err(AmountError::NoDigits(text.to_owned()));
    }
    for _ in fraction_digits.unwrap_or(0)..digits {
        value = append(value, 0).ok_or_else(too_large)?;
    }
    Ok(value)
}

fn append(value: u64, digit: u32) -> Option<u64> {
    value.checked_mul(10)?.checked_add(digit.into())
}

/// Whether the comma at `index` (in characters) follows a digit and is followed by exactly three digits.
fn separates_thousands(text: &str, index: usize) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit();
    let follows_digit = index > 0 && text.chars().nth(index - 1).is_some_and(|c| c.is_ascii_digit());
    follows_digit && text.chars().skip(index + 1).take_while(is_digit).count() == 3
}

/// A number in units of 10^-`digits`, exactly, with commas between thousands and no trailing zeros:
/// `format_decimal(1_234_500, 3)` is `1,234.5`.
pub fn format_decimal(value: u128, digits: usize) -> String {
    let padded = format!("{value:0>width$}", width = digits + 1);
    let (whole, fraction) = padded.split_at(padded.len() - digits);
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rao(text: &str) -> Result<u64, AmountError> {
        parse_tao(text).map(Amount::rao)
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(rao("1,234.5 TAO"), Ok(1_234_500_000_000));
        assert_eq!(rao(" 1_234.000000001 "), Ok(1_234_000_000_001));
        assert_eq!(rao("0.1"), Ok(100_000_000));
        assert_eq!(rao(".5"), Ok(500_000_000));
        assert_eq!(rao("7."), Ok(7_000_000_000));
        assert_eq!(rao("5τ"), Ok(5_000_000_000));
        assert_eq!(rao("1.0000000000"), Ok(1_000_000_000));
        assert_eq!(rao("12,345 rao"), Ok(12_345));
        assert_eq!(rao("18,446,744,073.709551615"), Ok(u64::MAX));
        assert_eq!(parse_alpha("2 Alpha").map(Amount::rao), Ok(2_000_000_000));
        assert_eq!(parse_decimal("0.25", 18), Ok(250_000_000_000_000_000));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let problem = |text: &str| rao(text).expect_err("is not an amount").to_string();
        assert!(problem("").contains("no digits"));
        assert!(problem(".").contains("no digits"));
        assert!(problem("TAO").contains("no digits"));
        assert!(problem("-5").contains("`-` at position 1"));
        assert!(problem("1.2.3").contains("`.` at position 4"));
        assert!(problem("1,5").contains("comma at position 2"));
        assert!(problem(",500").contains("comma at position 1"));
        assert!(problem("1.000,5").contains("comma at position 6"));
        assert!(problem("1,2345").contains("comma at position 2"));
        assert!(problem("_1").contains("`_` at position 1"));
        assert!(problem("1.0000000001").contains("from position 12 on"));
        assert!(problem("1.5 rao").contains("more than 0 digits"));
        assert!(problem("5 alpha").contains("`alpha` at position 3"));
        assert!(problem("1e9").contains("`e9` at position 2"));
        assert!(problem("18,446,744,073.709551616").contains("the most is 18,446,744,073.709551615"));
        assert!(problem("18446744073709551616 rao").contains("the most is 18,446,744,073,709,551,615"));
    }

    #[test]
    fn amounts_show_thousands_and_no_trailing_zeros() {
        assert_eq!(Amount::from_rao(1_234_500_000_000).with_unit(Unit::Tao), "1,234.5 TAO");
        assert_eq!(Amount::from_rao(0).to_string(), "0");
        assert_eq!(Amount::from_rao(1).to_string(), "0.000000001");
        assert_eq!(format_decimal(123_456, 0), "123,456");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(rao in any::<u64>(), shift in 0_u32..64) {
            let amount = Amount::from_rao(rao >> shift);
            prop_assert_eq!(parse_tao(&amount.to_string()), Ok(amount));
            prop_assert_eq!(parse_alpha(&amount.with_unit(Unit::Alpha)), Ok(amount));
            prop_assert_eq!(parse_tao(&format!("{} rao", amount.rao())), Ok(amount));
        }

        #[test]
        fn no_text_panics(text in "\\PC*", digits in 0_usize..=19) {
            let _ = parse_tao(&text);
            let _ = parse_decimal(&text, digits);
        }

        #[test]
        fn no_number_panics(text in "[0-9,._ -]{0,30}") {
            let _ = parse_tao(&text);
        }
    }
}
