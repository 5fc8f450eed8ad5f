//! What is remembered of a miner: moving averages in whole numbers, and what they are worth.

use serde::Serialize;

/// A moving average: of the first answers their mean, from as many answers as are remembered on a fading one.
///
/// The value is kept in parts of 2^16. With the n-th sample it moves by `(sample - value) / min(n, memory)`, rounded
/// towards where it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Average {
    samples: u32,
    value: i64,
}

impl Average {
    /// Takes a sample in.
    pub fn take(&mut self, sample: u32, memory: u32) {
        self.samples = self.samples.saturating_add(1);
        let difference = (i64::from(sample) << 16) - self.value;
        self.value += difference / i64::from(self.samples.min(memory).max(1));
    }

    /// The average, rounded down.
    pub fn value(&self) -> u32 {
        u32::try_from(self.value >> 16).unwrap_or_default()
    }

    /// Samples taken in.
    pub fn samples(&self) -> u32 {
        self.samples
    }
}

/// What is remembered of one miner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Quality of its answers, 0 to 65,535; where it failed to answer, 0.
    pub quality: Average,
    /// Milliseconds that its answers took.
    pub latency: Average,
    /// Answers that it failed to give, in all.
    pub failures: u32,
    /// Failures since its last answer.
    pub failures_in_a_row: u32,
    /// Whether an offence of it was proved.
    pub caught: bool,
}

/// How records are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Scale {
    /// The quality of a blind guess, 0 to 65,535: worth nothing.
    pub blind: u16,
    /// Milliseconds of latency that halve a miner's merit.
    pub half_ms: u32,
    /// Answers after which the moving averages fade.
    pub memory: u32,
}

impl Record {
    /// An answer of this quality that took so long.
    pub fn answered(&mut self, quality: u16, latency_ms: u32, scale: &Scale) {
        self.quality.take(quality.into(), scale.memory);
        self.served(latency_ms, scale);
    }

    /// An answer whose quality nobody knows.
    pub fn served(&mut self, latency_ms: u32, scale: &Scale) {
        self.latency.take(latency_ms, scale.memory);
        self.failures_in_a_row = 0;
    }

    /// No answer, or none that holds.
    pub fn failed(&mut self, scale: &Scale) {
        self.quality.take(0, scale.memory);
        self.missed();
    }

    /// A customer's request that was not answered.
    pub fn missed(&mut self) {
        self.failures = self.failures.saturating_add(1);
        self.failures_in_a_row = self.failures_in_a_row.saturating_add(1);
    }

    /// What the miner is worth: the third power of how far its quality is above a blind guess, on the way from there
    /// (0) to the best there is (65,535), times `half / (half + latency)`. Nothing if an offence was proved.
    ///
    /// A miner twice as far above a guess earns eight times as much, so that it does not pay to run many bad miners.
    pub fn merit(&self, scale: &Scale) -> u64 {
        if self.caught {
            return 0;
        }
        let [blind, best] = [scale.blind, u16::MAX].map(u128::from);
        let above = u128::from(self.quality.value()).saturating_sub(blind);
        let part = above * best / best.saturating_sub(blind).max(1);
        let half = u128::from(scale.half_ms.max(1));
        let merit = part * part * part * half / (half + u128::from(self.latency.value()));
        u64::try_from(merit).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { blind: 15_535, half_ms: 1_000, memory: 4 };

    #[test]
    fn an_average_is_a_mean_at_first_and_fades_then() {
        let mut average = Average::default();
        let mut after = |sample| {
            average.take(sample, 4);
            average.value()
        };
        assert_eq!([after(100), after(0), after(20)], [100, 50, 40]);
        // A fourth of the way from the fourth sample on.
        assert_eq!([after(80), after(90), after(0)], [50, 60, 45]);
    }

    #[test]
    fn merit_is_the_cube_of_what_is_above_a_guess_and_halved_by_latency() {
        let merit = |quality, latency| {
            let mut record = Record::default();
            record.answered(quality, latency, &SCALE);
            record.merit(&SCALE)
        };
        assert_eq!((merit(0, 0), merit(15_535, 0)), (0, 0));
        // Half of the 50,000 above the guess: 32,767 of 65,535.
        assert_eq!(merit(40_535, 0), 32_767_u64.pow(3));
        assert_eq!(merit(65_535, 0), 65_535_u64.pow(3));
        assert_eq!(merit(65_535, 1_000), 65_535_u64.pow(3) / 2);
        let mut caught = Record { caught: true, ..Record::default() };
        caught.answered(65_535, 0, &SCALE);
        assert_eq!(caught.merit(&SCALE), 0);
    }

    #[test]
    fn a_failure_counts_as_an_answer_of_no_quality() {
        let mut record = Record::default();
        record.answered(60_000, 10, &SCALE);
        record.failed(&SCALE);
        assert_eq!((record.quality.value(), record.latency.value()), (30_000, 10));
        assert_eq!((record.failures, record.failures_in_a_row), (1, 1));
        record.served(10, &SCALE);
        assert_eq!((record.failures, record.failures_in_a_row), (1, 0));
    }
}
