//! Who gets what when a subnet is dissolved (section 02, 5, step 2).

use crate::number::{U64F64, U96F32, int, proportion_u16};
use alloc::vec::Vec;

/// Alpha of the protocol itself in a dissolved subnet, in rao (section 02, 5): what it was given, and the
/// pool's alpha for subnets registered after the pool's TAO became part of refunds
/// (`TaoInRefundDeploymentBlock`).
pub fn protocol_alpha(protocol: u64, pool: u64, registered_at: u64, refund_deployment_block: u64) -> u64 {
    if registered_at > refund_deployment_block { pool.saturating_add(protocol) } else { protocol }
}

/// The pot, divided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portions {
    /// Rao of TAO of each staker, in the order given.
    pub stakers: Vec<u64>,
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
    let mut portions = largest_remainder(pot, &values);
    let protocol = portions.get(staker_values.len()).copied().unwrap_or(0);
    portions.truncate(staker_values.len());
    Portions { stakers: portions, protocol }
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

fn largest_remainder(pot: u64, values: &[u64]) -> Vec<u64> {
    let total: u128 = values.iter().map(|&value| u128::from(value)).sum();
    if total == 0 {
        return values.iter().map(|_| 0).collect();
    }
    let product = |value: u64| u128::from(pot) * u128::from(value);
    let floor = |value: u64| u64::try_from(product(value) / total).unwrap_or(u64::MAX);
    let mut portions: Vec<u64> = values.iter().map(|&value| floor(value)).collect();
    let paid = portions.iter().fold(0_u64, |sum, &portion| sum.saturating_add(portion));

    let mut by_remainder: Vec<(u128, &mut u64)> =
        values.iter().map(|&value| product(value) % total).zip(&mut portions).collect();
    by_remainder.sort_by(|(left, _), (right, _)| right.cmp(left));
    let left_over = usize::try_from(pot.saturating_sub(paid)).unwrap_or(usize::MAX);
    for (_, portion) in by_remainder.into_iter().take(left_over) {
        *portion = portion.saturating_add(1);
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        // 10 * (3, 3, 1) / 7 = (4 2/7, 4 2/7, 1 3/7): the protocol's remainder is the largest.
        assert_eq!(divide_pot(10, &[3, 3], 1), Portions { stakers: vec![4, 4], protocol: 2 });
        // 11 * (3, 3, 1) / 7 = (4 5/7, 4 5/7, 1 4/7): two rao are left, the first two get them.
        assert_eq!(divide_pot(11, &[3, 3], 1), Portions { stakers: vec![5, 5], protocol: 1 });
        // Equal remainders: in order.
        assert_eq!(divide_pot(2, &[1, 1, 1], 0), Portions { stakers: vec![1, 1, 0], protocol: 0 });
    }

    #[test]
    fn an_empty_pot_or_nobody_to_share_it() {
        assert_eq!(divide_pot(0, &[3, 3], 1), Portions { stakers: vec![0, 0], protocol: 0 });
        assert_eq!(divide_pot(10, &[], 0), Portions::default());
        assert_eq!(divide_pot(10, &[], 5), Portions { stakers: vec![], protocol: 10 });
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
            let paid: u128 = portions.stakers.iter().map(|&portion| u128::from(portion)).sum();
            let held: u128 = values.iter().map(|&value| u128::from(value)).sum();
            let total = held + u128::from(protocol);
            prop_assume!(total > 0);
            prop_assert_eq!(paid + u128::from(portions.protocol), u128::from(pot));
            for (&value, &portion) in values.iter().zip(&portions.stakers) {
                let floor = u128::from(pot) * u128::from(value) / total;
                prop_assert!(u128::from(portion) == floor || u128::from(portion) == floor + 1);
            }
        }
    }
}
