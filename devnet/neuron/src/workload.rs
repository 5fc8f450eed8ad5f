//! What a subnet asks its miners for, and how good an answer is, in integers.
//!
//! `tools/models/measure.py` measures the same way, and the figures in the headers of `fixtures/models` are its.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The work of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Workload {
    /// Which digit an 8x8 picture shows. The answer has a value for each digit; the largest counts.
    Vision,
    /// The next value of a series. The answer is one value, in 16ths of the unit of the input.
    Series,
    /// The next character of a text. The answer has a value for each character; 16 more doubles its odds.
    Text,
}

impl Workload {
    /// All workloads that ship.
    pub const ALL: [Self; 3] = [Self::Vision, Self::Series, Self::Text];

    /// The name that files and options use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vision => "vision",
            Self::Series => "series",
            Self::Text => "text",
        }
    }

    /// What an answer counts for: points for `vision`, faults for the others. See [`Workload::unit`].
    pub fn measure(self, answer: &[i32], label: i32) -> u64 {
        match self {
            Self::Vision => {
                u64::from(usize::try_from(label).is_ok_and(|label| largest(answer) == Some(label)))
            }
            Self::Series => answer.first().map_or(u64::MAX >> 16, |value| value.abs_diff(label).into()),
            Self::Text => surprise(answer, label),
        }
    }

    /// Whether a larger measure is a better answer.
    pub fn more_is_better(self) -> bool {
        self == Self::Vision
    }

    /// What a measure counts.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Vision => "correct answers",
            Self::Series => "16ths of 1.5 sunspots off",
            Self::Text => "65,536ths of a bit",
        }
    }

    /// An answer's quality from 0 to 65,535, so that workloads can be averaged and weighed alike: all or nothing for
    /// `vision`; for the others a fall from the best, to a half where the measure is that of a fair guess.
    pub fn quality(self, answer: &[i32], label: i32) -> u16 {
        let measure = self.measure(answer, label);
        match self {
            Self::Vision => u16::MAX * u16::from(measure > 0),
            // A year's sunspots move by about 25, which is 267 16ths of 1.5.
            Self::Series => falling(measure, 267),
            // Four bits are what the commonest letters cost without any context.
            Self::Text => falling(measure, 4 << 16),
        }
    }

    /// What somebody answers who does not look at the input: the digit 0, 50 sunspots (their mean over three centuries), and
    /// every character as likely as the next.
    pub fn guess(self, outputs: usize) -> Vec<i32> {
        let mut guess = vec![0; outputs];
        if let Some(first) = guess.first_mut() {
            *first = match self {
                Self::Vision => 1,
                // 50 sunspots in 16ths of 1.5.
                Self::Series => 533,
                Self::Text => 0,
            };
        }
        guess
    }

    /// A sum of measures as people say it: accuracy, mean error or bits per character.
    pub fn show(self, total: u64, of: u64) -> String {
        let of = u128::from(of.max(1));
        let total = u128::from(total);
        match self {
            Self::Vision => {
                let parts = total * 10_000 / of;
                format!("accuracy {}.{:02} %", parts / 100, parts % 100)
            }
            Self::Series => {
                // A 16th of 1.5 sunspots is 3/32.
                let hundredths = total * 300 / (32 * of);
                format!("{}.{:02} sunspots off", hundredths / 100, hundredths % 100)
            }
            Self::Text => {
                let thousandths = total * 1_000 / (of << 16);
                format!("{}.{:03} bits per character", thousandths / 1_000, thousandths % 1_000)
            }
        }
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl std::str::FromStr for Workload {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|workload| workload.name() == name)
            .ok_or_else(|| format!("`{name}` is no workload; there are vision, series and text"))
    }
}

/// The place of the largest value, the first of equals.
pub fn largest(answer: &[i32]) -> Option<usize> {
    let top = answer.iter().max()?;
    answer.iter().position(|value| value == top)
}

/// 65,535 at 0, a half at `half`, towards 0 beyond.
fn falling(measure: u64, half: u64) -> u16 {
    let quality = u64::from(u16::MAX) * half / half.saturating_add(measure.min(u64::MAX >> 32));
    u16::try_from(quality).unwrap_or(u16::MAX)
}

/// `2^(-k/16)` in parts of `2^30`, for k from 0 to 15.
const ROOTS: [u64; 16] = [
    1_073_741_824,
    1_028_218_693,
    984_625_594,
    942_880_699,
    902_905_651,
    864_625_413,
    827_968_132,
    792_865_000,
    759_250_125,
    727_060_411,
    696_235_434,
    666_717_336,
    638_450_708,
    611_382_493,
    585_461_881,
    560_640_218,
];

/// What the character that came costs, in 65,536ths of a bit. A label or an answer that makes no sense costs the most
/// there is: 64 bits.
fn surprise(answer: &[i32], label: i32) -> u64 {
    const MOST: u64 = 64 << 16;
    let value = usize::try_from(label).ok().and_then(|label| answer.get(label));
    let (Some(value), Some(top)) = (value, answer.iter().max()) else { return MOST };
    let odds = |value: &i32| {
        let below = top.abs_diff(*value);
        let root = ROOTS.get(below as usize % 16).copied().unwrap_or_default();
        root.checked_shr(below / 16).unwrap_or_default()
    };
    let total: u64 = answer.iter().map(odds).sum();
    let cost = log2(total).saturating_sub(30 << 16) + u64::from(top.abs_diff(*value)) * 4_096;
    cost.min(MOST)
}

/// `log2` in 65,536ths, rounded down: the whole part, then a bit of the fraction for each squaring. Zero for zero.
fn log2(value: u64) -> u64 {
    let Some(whole) = value.checked_ilog2() else { return 0 };
    // The mantissa is 1 to 2 in parts of 2^31.
    let mut mantissa = if whole <= 31 { value << (31 - whole) } else { value >> (whole - 31) };
    let mut result = u64::from(whole);
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 31;
        let bit = mantissa >> 32;
        result = result << 1 | bit;
        mantissa >>= bit;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_of_powers_of_two_are_exact() {
        for power in 0..63_u32 {
            assert_eq!(log2(1 << power), u64::from(power) << 16);
        }
        // log2(3) = 1.5849625007: 103,872.1 parts.
        assert_eq!(log2(3), 103_872);
        assert_eq!(log2(0), 0);
    }

    #[test]
    fn a_sure_and_right_answer_costs_little_and_a_wrong_one_much() {
        let equal = [5; 16];
        assert_eq!(Workload::Text.measure(&equal, 3), 4 << 16);
        let sure = [127, -128, -128, -128];
        assert!(Workload::Text.measure(&sure, 0) < 10);
        assert!(Workload::Text.measure(&sure, 1) > 15 << 16);
        assert_eq!(Workload::Text.measure(&sure, 4), 64 << 16);
        assert_eq!(Workload::Text.measure(&[], 0), 64 << 16);
        assert_eq!(Workload::Text.measure(&[i32::MAX, i32::MIN], 1), 64 << 16);
    }

    #[test]
    fn the_first_of_equal_values_is_the_largest() {
        assert_eq!(largest(&[1, 7, 7]), Some(1));
        assert_eq!(largest(&[]), None);
        assert_eq!(Workload::Vision.measure(&[0, 9, 3], 1), 1);
        assert_eq!(Workload::Vision.measure(&[0, 9, 3], -1), 0);
    }

    #[test]
    fn quality_falls_with_the_fault() {
        assert_eq!(Workload::Series.quality(&[100], 100), u16::MAX);
        assert_eq!(Workload::Series.quality(&[367], 100), u16::MAX / 2);
        assert!(Workload::Series.quality(&[], 100) < 2);
        assert_eq!(Workload::Vision.quality(&[0, 1], 1), u16::MAX);
        assert_eq!(Workload::Vision.quality(&[0, 1], 0), 0);
    }

    #[test]
    fn sums_are_shown_as_people_say_them() {
        assert_eq!(Workload::Vision.show(348, 360), "accuracy 96.66 %");
        assert_eq!(Workload::Series.show(16 * 64, 64), "1.50 sunspots off");
        assert_eq!(Workload::Text.show(3 << 15, 1), "1.500 bits per character");
    }
}
