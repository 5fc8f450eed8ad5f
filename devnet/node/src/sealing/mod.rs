//! When a block is made: by the clock ([`live`]), or when somebody says so ([`manual`], [`paced`]).

pub mod live;
pub mod manual;
pub mod paced;
pub mod unsealed;

use std::str::FromStr;
use std::time::Duration;

/// Ways to make blocks without waiting for slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
    /// When the RPC `engine_createBlock` asks for one.
    Manual,
    /// For every transaction that arrives.
    Instant,
    /// One each so long.
    Every(Duration),
    /// When the RPC `assay_createBlock` asks for one with given extrinsics; GRANDPA finalises.
    Paced,
}

impl FromStr for Sealing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "manual" => Ok(Self::Manual),
            "instant" => Ok(Self::Instant),
            "paced" => Ok(Self::Paced),
            _ => match text.parse::<u64>() {
                Ok(milliseconds) if milliseconds > 0 => Ok(Self::Every(Duration::from_millis(milliseconds))),
                _ => Err("say `manual`, `instant`, `paced` or a number of milliseconds above zero".into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_a_word_or_a_number() {
        assert_eq!("manual".parse(), Ok(Sealing::Manual));
        assert_eq!("paced".parse(), Ok(Sealing::Paced));
        assert_eq!("250".parse(), Ok(Sealing::Every(Duration::from_millis(250))));
        for wrong in ["", "0", "-1", "Manual", "1.5"] {
            assert!(wrong.parse::<Sealing>().is_err(), "{wrong}");
        }
    }
}
