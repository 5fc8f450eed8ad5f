//! Properties of the engine over its whole input range.

use super::*;
use crate::number::U64F64;
use proptest::prelude::*;

/// Amounts of every magnitude, the ends included.
fn amounts() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => (any::<u64>(), 0_u32..64).prop_map(|(value, shift)| value >> shift),
        1 => Just(0),
        1 => Just(u64::MAX),
    ]
}

/// Weights as the chain keeps them, short fractions among them.
fn weights() -> impl Strategy<Value = Weights> {
    let least = Weights::MINIMUM;
    prop_oneof![
        Just(Weights::EQUAL),
        (least..=SCALE - least).prop_map(|quote| Weights { quote }),
        (1_u64..100).prop_map(move |percent| Weights { quote: percent * least }),
    ]
}

fn sides() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Buy), Just(Side::Sell)]
}

prop_compose! {
    fn pools()(
        tao in amounts(),
        alpha in amounts(),
        weights in weights(),
        initialized in any::<bool>(),
        fee_rate in prop_oneof![any::<u16>(), Just(DEFAULT_FEE_RATE), Just(u16::MAX)],
    ) -> Pool {
        Pool { reserves: Reserves { tao, alpha }, weights, initialized, fee_rate }
    }
}

/// A pool with an order whose limit is anything, or near the pool's price so that it is often met half-way.
fn pools_and_orders() -> impl Strategy<Value = (Pool, Order)> {
    let limits = prop_oneof![amounts().prop_map(|limit| (limit, 0)), (1_u64..20_000, 1_u64..10_000),];
    (pools(), sides(), amounts(), limits, any::<bool>()).prop_map(
        |(pool, side, amount, (limit, ten_thousandths), drop_fees)| {
            let near = price_in_rao(pool.price()).saturating_mul(ten_thousandths) / 10_000;
            let price_limit = near.saturating_add(limit);
            (pool, Order { side, amount, price_limit, drop_fees })
        },
    )
}

fn out_reserve(pool: &Pool, side: Side) -> u64 {
    match side {
        Side::Buy => pool.reserves.alpha,
        Side::Sell => pool.reserves.tao,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_input_panics(
        (pool, order) in pools_and_orders(), quote in any::<u64>(), limit in amounts(),
        bits in any::<u128>(),
    ) {
        // Weights that no call accepts, too.
        let wild = Pool { weights: Weights { quote }, ..pool };
        let market = Market::Dynamic(wild);
        let _ = swap(&pool, &order);
        let _ = swap(&wild, &order);
        let _ = sim_swap_tao_for_alpha(&market, order.amount);
        let _ = sim_swap_alpha_for_tao(&market, order.amount);
        let _ = max_move(&market, &Market::Dynamic(pool), limit);
        let _ = max_move(&Market::Stable, &market, limit);
        let _ = adjust_protocol_liquidity(wild.reserves, wild.weights, order.amount, limit);
        let _ = weights_for_price(wild.reserves, U64F64::from_bits(bits));
        let _ = base_needed_for_quote(wild.reserves, wild.weights, order.amount);
    }

    #[test]
    fn a_swap_never_pays_more_than_the_reserve((pool, order) in pools_and_orders()) {
        if let Ok(swapped) = swap(&pool, &order) {
            prop_assert!(swapped.paid_out <= out_reserve(&pool, order.side));
            prop_assert!(swapped.fee_to_block_author <= swapped.fee_paid);
        }
    }

    #[test]
    fn a_swap_never_takes_more_than_the_amount((pool, order) in pools_and_orders()) {
        if let Ok(swapped) = swap(&pool, &order) {
            let taken = u128::from(swapped.paid_in) + u128::from(swapped.fee_paid);
            prop_assert!(taken <= u128::from(order.amount), "{swapped:?}");
        }
    }

    #[test]
    fn a_swap_there_and_back_earns_nothing(
        tao in MINIMUM_RESERVE..=21_000_000_000_000_000, alpha in MINIMUM_RESERVE..=21_000_000_000_000_000,
        weights in weights(), part in 1_u64..1_000,
    ) {
        let pool = Pool { reserves: Reserves { tao, alpha }, weights, initialized: true, fee_rate: 0 };
        let amount = tao / part;
        let buy = Order { side: Side::Buy, amount, price_limit: u64::MAX, drop_fees: false };
        if let Ok(bought) = swap(&pool, &buy) {
            let reserves = Reserves { tao: tao + bought.paid_in, alpha: alpha - bought.paid_out };
            let after = Pool { reserves, ..pool };
            let sell = Order { side: Side::Sell, amount: bought.paid_out, price_limit: 0, drop_fees: false };
            if let Ok(sold) = swap(&after, &sell) {
                // The part that remains is cut after 18 digits, in the trader's favour: 10^-18 of the reserve's
                // value, which at these supplies and weights is some rao.
                prop_assert!(sold.paid_out <= bought.paid_in.saturating_add(5), "{bought:?} {sold:?}");
            }
        }
    }

    #[test]
    fn an_order_in_two_parts_gets_no_more_than_the_whole(
        tao in MINIMUM_RESERVE..=21_000_000_000_000_000, alpha in MINIMUM_RESERVE..=21_000_000_000_000_000,
        weights in weights(), side in sides(), part in 1_u64..1_000, cut in 1_u64..1_000,
    ) {
        let pool = Pool { reserves: Reserves { tao, alpha }, weights, initialized: true, fee_rate: 0 };
        let amount = match side {
            Side::Buy => tao / part,
            Side::Sell => alpha / part,
        };
        let first_part = amount / 1_000 * cut;
        let price_limit = match side {
            Side::Buy => u64::MAX,
            Side::Sell => 0,
        };
        let order = |amount| Order { side, amount, price_limit, drop_fees: false };
        if let (Ok(whole), Ok(first)) = (swap(&pool, &order(amount)), swap(&pool, &order(first_part))) {
            let reserves = match side {
                Side::Buy => Reserves { tao: tao + first.paid_in, alpha: alpha - first.paid_out },
                Side::Sell => Reserves { tao: tao - first.paid_out, alpha: alpha + first.paid_in },
            };
            if let Ok(second) = swap(&Pool { reserves, ..pool }, &order(amount - first_part)) {
                // Each part is cut after 18 digits of the reserve, as in a swap there and back.
                let parts = first.paid_out + second.paid_out;
                prop_assert!(parts <= whole.paid_out.saturating_add(10), "{whole:?} {first:?} {second:?}");
            }
        }
    }

    #[test]
    fn liquidity_keeps_the_price(
        tao in MINIMUM_RESERVE..=21_000_000_000_000_000, alpha in MINIMUM_RESERVE..=21_000_000_000_000_000,
        weights in weights(), tao_delta in 0..=1_000_000_000_u64, alpha_delta in 0..=1_000_000_000_u64,
    ) {
        let reserves = Reserves { tao, alpha };
        let adjusted = adjust_protocol_liquidity(reserves, weights, tao_delta, alpha_delta);
        let grown = Reserves { tao: tao + adjusted.tao, alpha: alpha + adjusted.alpha };
        let (before, after) = (price(reserves, weights), price(grown, adjusted.weights));
        // The weight is rounded to 18 digits, which moves the price by at most 1 part in 10^15 at the bounds.
        let tolerance = before.saturating_mul(U64F64::from_num(1e-15)).saturating_add(U64F64::from_bits(200));
        prop_assert!(before.abs_diff(after) <= tolerance, "{before} {after}");
    }
}
