//! Who gets what when a subnet is dissolved (section 02, 5, step 2).

use crate::number::{U64F64, U96F32, int, proportion_u16};
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Alpha of the protocol itself in a dissolved subnet, in rao (section 02, 5): what it was given, and the
/// pool's alpha for subnets registered after the pool's TAO became part of refunds
/// (`TaoInRefundDeploymentBlock`).
pub fn protocol_alpha(protocol: u64, pool: u64, registered_at: u64, refund_deployment_block: u64) -> u64 {
    if registered_at > refund_deployment_block { pool.saturating_add(protocol) } else { protocol }
}

/// The pot, divided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portions {
    /// Place and rao of TAO of each staker, in the order in which they are paid: by falling remainder, or as given
    /// if nothing is left over.
    pub stakers: Vec<(usize, u64)>,
    /// Rao of TAO of the protocol; it is recycled with what is left in the subnet's account.
    pub protocol: u64,
}

/// Divides `pot` rao of TAO among alpha holders in proportion to their rao of alpha, by largest remainders
/// (section 02, 5): everybody gets the floor, and what is left goes one rao each to the largest remainders,
/// equal ones in the order given, the protocol last. Nothing is left over, unless nobody holds anything.
pub fn divide_pot(pot: u64, staker_values: &[u64], protocol_value: u64) -> Portions {
    let mut values = staker_values.to_vec();
    if protocol_value > 0 {
        values.push(protocol_value);
    }
    let mut stakers = largest_remainder(pot, &values);
    let protocol_place = stakers.iter().position(|&(place, _)| place == staker_values.len());
    let protocol = protocol_place.map_or(0, |place| stakers.remove(place).1);
    Portions { stakers, protocol }
}

/// Refund of the lock to the owner of a subnet older than the present registration rules, in rao of TAO,
/// before it is limited to what the subnet's account can pay (section 02, 5): the lock, less the owner's cut
/// of all alpha at `price`.
pub fn legacy_owner_refund(locked: u64, alpha_issuance: u64, owner_cut: u16, price: U64F64) -> u64 {
    let owner_alpha = int(U96F32::from_num(alpha_issuance).saturating_mul(proportion_u16(owner_cut)));
    let price = U96F32::saturating_from_num(price);
    let owner_tao = int(U96F32::from_num(owner_alpha).saturating_mul(price));
    locked.saturating_sub(owner_tao)
}

/// One part of the pot while it is divided.
struct Part {
    place: usize,
    portion: u64,
    remainder: u128,
}

fn largest_remainder(pot: u64, values: &[u64]) -> Vec<(usize, u64)> {
    let total: u128 = values.iter().map(|&value| u128::from(value)).sum();
    let divide = |(place, &value): (usize, &u64)| {
        let product = u128::from(pot) * u128::from(value);
        let portion = product.checked_div(total).unwrap_or(0);
        let remainder = product.checked_rem(total).unwrap_or(0);
        Part { place, portion: u64::try_from(portion).unwrap_or(u64::MAX), remainder }
    };
    let mut parts: Vec<Part> = values.iter().enumerate().map(divide).collect();
    let paid = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.portion));
    let left_over = pot.saturating_sub(paid);
    if total > 0 && left_over > 0 {
        parts.sort_by_key(|part| Reverse(part.remainder));
        let lucky = usize::try_from(left_over).unwrap_or(usize::MAX);
        for part in parts.iter_mut().take(lucky) {
            part.portion = part.portion.saturating_add(1);
        }
    }
    parts.into_iter().map(|part| (part.place, part.portion)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        // 10 * (3, 3, 1) / 7 = (4 2/7, 4 2/7, 1 3/7): the protocol's remainder is the largest.
        assert_eq!(divide_pot(10, &[3, 3], 1), portions(&[(0, 4), (1, 4)], 2));
        // 11 * (3, 3, 1) / 7 = (4 5/7, 4 5/7, 1 4/7): two rao are left, the first two get them.
        assert_eq!(divide_pot(11, &[3, 3], 1), portions(&[(0, 5), (1, 5)], 1));
        // Equal remainders: in order.
        assert_eq!(divide_pot(2, &[1, 1, 1], 0), portions(&[(0, 1), (1, 1), (2, 0)], 0));
    }

    #[test]
    fn large_remainders_are_paid_first_if_anything_is_left() {
        // 7 * (1, 2, 5) / 8 = (7/8, 1 6/8, 4 3/8).
        assert_eq!(divide_pot(7, &[1, 2, 5], 0), portions(&[(0, 1), (1, 2), (2, 4)], 0));
        assert_eq!(divide_pot(7, &[5, 2, 1], 0), portions(&[(2, 1), (1, 2), (0, 4)], 0));
        assert_eq!(divide_pot(16, &[5, 2, 1], 0), portions(&[(0, 10), (1, 4), (2, 2)], 0));
    }

    #[test]
    fn an_empty_pot_or_nobody_to_share_it() {
        assert_eq!(divide_pot(0, &[3, 3], 1), portions(&[(0, 0), (1, 0)], 0));
        assert_eq!(divide_pot(10, &[], 0), Portions::default());
        assert_eq!(divide_pot(10, &[0, 0], 0), portions(&[(0, 0), (1, 0)], 0));
        assert_eq!(divide_pot(10, &[], 5), portions(&[], 10));
    }

    fn portions(stakers: &[(usize, u64)], protocol: u64) -> Portions {
        Portions { stakers: stakers.to_vec(), protocol }
    }

    #[test]
    fn protocol_alpha_includes_the_pool_of_new_subnets() {
        assert_eq!(protocol_alpha(5, 100, 1, 0), 105);
        assert_eq!(protocol_alpha(5, 100, 0, 0), 5);
    }

    #[test]
    fn a_legacy_owner_has_had_its_cut_already() {
        // 18 % of 10,000 is 1,799 after the cut of 11,796 / 65,535.
        assert_eq!(legacy_owner_refund(1_000, 10_000, 11_796, U64F64::from_num(0.5)), 1_000 - 899);
        assert_eq!(legacy_owner_refund(100, 10_000, 11_796, U64F64::from_num(0.5)), 0);
    }

    proptest! {
        #[test]
        fn portions_add_up_to_the_pot_and_are_fair(
            pot: u64,
            values in proptest::collection::vec(prop_oneof![any::<u64>(), 0_u64..9], 1..40),
            protocol: u64,
        ) {
            let portions = divide_pot(pot, &values, protocol);
            let paid: u128 = portions.stakers.iter().map(|&(_, portion)| u128::from(portion)).sum();
            let held: u128 = values.iter().map(|&value| u128::from(value)).sum();
            let total = held + u128::from(protocol);
            prop_assume!(total > 0);
            prop_assert_eq!(paid + u128::from(portions.protocol), u128::from(pot));
            prop_assert_eq!(portions.stakers.len(), values.len());
            for (place, portion) in portions.stakers {
                let floor = u128::from(pot) * u128::from(values[place]) / total;
                prop_assert!(u128::from(portion) == floor || u128::from(portion) == floor + 1);
            }
        }
    }
}
