//! How the new alpha of a subnet is divided between owner, root, miners and validators (section 06, 3.5).

use crate::number::{U96F32, int, proportion_u16};

/// `SubnetOwnerCut` where none is stored, in parts of 65,535 (18 %).
pub const DEFAULT_OWNER_CUT: u16 = 11_796;

/// Alpha one block adds to a subnet's pending amounts, in rao, each floored on its own (section 06, 3.5). The fractions
/// lost, three rao a block at most, stay in `SubnetAlphaOut` and belong to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// For `PendingOwnerCut`.
    pub owner_cut: u64,
    /// For `PendingRootAlphaDivs` while the root sells, otherwise recycled.
    pub root: u64,
    /// For `PendingServerEmission`.
    pub server: u64,
    /// For `PendingValidatorEmission`.
    pub validators: u64,
}

/// Divides `alpha_out` rao of new alpha (section 06, 3.5).
///
/// `owner_cut` is `SubnetOwnerCut` in parts of 65,535, or `None` while the subnet's owner cut is disabled. The
/// `root_proportion` is the one after injection, chain buy and minting. The owner's cut comes off first; products floor.
pub fn divide(alpha_out: U96F32, owner_cut: Option<u16>, root_proportion: U96F32) -> Participants {
    let half = U96F32::from_num(1) >> 1_u32;
    let cut = owner_cut.map_or(U96F32::ZERO, |parts| alpha_out.saturating_mul(proportion_u16(parts)));
    let rest = alpha_out.saturating_sub(cut);
    let root = root_proportion.saturating_mul(rest).saturating_mul(half);
    let server = rest.saturating_mul(half);
    let validators = rest.saturating_sub(server).saturating_sub(root);
    Participants { owner_cut: int(cut), root: int(root), server: int(server), validators: int(validators) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_owner_comes_first_and_root_is_paid_by_the_validators() {
        // A fifth is cut just below 0.2, so the cut is just below 200.
        let parts = divide(U96F32::from_num(1000), Some(u16::MAX / 5), U96F32::from_num(0.5));
        assert_eq!(parts, Participants { owner_cut: 199, root: 200, server: 400, validators: 200 });
    }

    #[test]
    fn without_an_owner_cut_half_goes_to_the_miners() {
        let parts = divide(U96F32::from_num(1001), None, U96F32::ZERO);
        assert_eq!(parts, Participants { owner_cut: 0, root: 0, server: 500, validators: 500 });
    }

    #[test]
    fn a_full_block_splits_as_recorded_on_the_chain() {
        // coinbase-0-basic, block 1042156: root proportion 74800086 / 2^32.
        let parts =
            divide(U96F32::from_num(1_000_000_000), Some(DEFAULT_OWNER_CUT), U96F32::from_bits(74_800_086));
        assert_eq!(
            parts,
            Participants {
                owner_cut: 179_995_422,
                root: 7_140_498,
                server: 410_002_288,
                validators: 402_861_790
            }
        );
    }

    proptest! {
        #[test]
        fn parts_never_exceed_the_whole_and_lose_three_rao_at_most(
            alpha_out in 0..=1_000_000_000_u64,
            owner_cut in prop::option::of(any::<u16>()),
            root_proportion in 0..=1_u128 << 32,
        ) {
            let parts = divide(U96F32::from_num(alpha_out), owner_cut, U96F32::from_bits(root_proportion));
            let sum = parts.owner_cut + parts.root + parts.server + parts.validators;
            prop_assert!(sum <= alpha_out);
            prop_assert!(alpha_out - sum <= 3);
        }
    }
}
