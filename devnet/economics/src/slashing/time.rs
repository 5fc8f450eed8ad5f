//! How long evidence counts (document SLASHING, "Refusals").

/// The age of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// It may be judged.
    Fresh,
    /// Its block is more than a window ago.
    TooOld,
    /// Its block is still to come.
    Future,
}

/// The age at block `now` of evidence from block `block`. Evidence of exactly `window` blocks ago counts, and so does
/// evidence of this block.
pub fn age(now: u32, block: u32, window: u32) -> Age {
    match now.checked_sub(block) {
        None => Age::Future,
        Some(blocks) if blocks > window => Age::TooOld,
        Some(_) => Age::Fresh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_counts_for_a_window() {
        let ages = [139, 140, 500, 501].map(|block| age(500, block, 360));
        assert_eq!(ages, [Age::TooOld, Age::Fresh, Age::Fresh, Age::Future]);
    }
}
