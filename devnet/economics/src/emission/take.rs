//! The delegate's take of a payout (section 06, 4.2, steps 4 and 5).

use crate::number::{U96F32, int, proportion_u16};

/// A payout divided between a delegate and its stakers, in whole rao.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// For the delegate's own coldkey.
    pub take: u64,
    /// For everyone who stakes to the hotkey.
    pub stakers: u64,
}

/// Takes `take` parts of 65,535 from `payout` rao (section 06, 4.2). The product floors; so do both parts, and up to
/// one rao is paid to nobody.
pub fn share(payout: U96F32, take: u16) -> Shared {
    let taken = proportion_u16::<U96F32>(take).saturating_mul(payout);
    Shared { take: int(taken), stakers: int(payout.saturating_sub(taken)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fifth() {
        assert_eq!(share(U96F32::from_num(1004), u16::MAX / 5), Shared { take: 200, stakers: 803 });
        assert_eq!(share(U96F32::from_num(1004), 0), Shared { take: 0, stakers: 1004 });
        assert_eq!(share(U96F32::from_num(1004), u16::MAX), Shared { take: 1004, stakers: 0 });
    }

    proptest! {
        #[test]
        fn at_most_one_rao_is_lost(payout in 0..=u128::MAX >> 32, take in any::<u16>()) {
            let payout = U96F32::from_bits(payout);
            let shared = share(payout, take);
            let paid = shared.take + shared.stakers;
            prop_assert!(paid <= int(payout) && int(payout) - paid <= 1);
        }
    }
}
