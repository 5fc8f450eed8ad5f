use super::*;
use proptest::collection::vec as vec_of;
use proptest::option;
use proptest::prelude::*;

/// Two validators with equal stake (uids 0 and 1) and two miners.
fn subnet() -> EpochInput {
    EpochInput {
        block: 1_000,
        tempo: 360,
        n: 4,
        emission: 1_000_000,
        stake_weights: [500, 500, 0, 0].map(I64F64::from_num).to_vec(),
        permits: vec![true; 4],
        weights: vec![vec![(2, 65_535), (3, 65_535)], vec![(2, 65_535), (3, 65_535)], vec![], vec![]],
        bonds: vec![vec![]; 4],
        last_update: vec![900; 4],
        block_at_registration: vec![10; 4],
        ..EpochInput::default()
    }
}

fn emissions(input: &EpochInput) -> Vec<u64> {
    epoch(input).iter().map(|output| output.emission).collect()
}

#[test]
fn agreement_pays_half_to_miners_and_half_to_validators() {
    assert_eq!(emissions(&subnet()), [250_000; 4]);
}

#[test]
fn without_weights_stake_earns_everything() {
    assert_eq!(emissions(&EpochInput { weights: vec![], ..subnet() }), [500_000, 500_000, 0, 0]);
}

#[test]
fn weights_of_a_cabal_minority_are_clipped() {
    let honest = vec![(2, 65_535)];
    let input = EpochInput {
        stake_weights: [600, 400, 0, 0].map(I64F64::from_num).to_vec(),
        weights: vec![honest, vec![(3, 65_535)], vec![], vec![]],
        ..subnet()
    };
    let outputs = epoch(&input);
    assert_eq!((outputs[2].consensus, outputs[3].consensus), (65_535, 0));
    assert_eq!((outputs[0].validator_trust, outputs[1].validator_trust), (65_535, 0));
    assert_eq!((outputs[1].dividend, outputs[3].incentive), (0, 0));
}

#[test]
fn masks_use_the_old_permits_and_the_new_ones_are_for_storage() {
    let outputs = epoch(&EpochInput { permits: vec![false, true, false, false], ..subnet() });
    assert_eq!(outputs[0].dividend, 0);
    assert_eq!(outputs[1].dividend, 65_535);
    assert!(outputs[0].new_validator_permit && !outputs[2].new_validator_permit);
}

#[test]
fn a_uid_without_last_update_is_reported_inactive() {
    let outputs = epoch(&EpochInput { last_update: vec![], ..subnet() });
    assert!(outputs.iter().all(|output| !output.active));
    // An empty list masks nobody's stake, but all weights are outdated.
    assert_eq!(outputs.iter().map(|output| output.emission).collect::<Vec<_>>(), [500_000, 500_000, 0, 0]);
}

#[test]
fn who_has_not_updated_for_longer_than_the_cutoff_is_inactive() {
    // 900 + 5,000 blocks are over at 6,000, and 1,000 + 5,000 are not.
    let outputs =
        epoch(&EpochInput { block: 6_000, last_update: vec![1_000, 900, 1_000, 6_000], ..subnet() });
    assert_eq!(outputs.iter().map(|output| output.active).collect::<Vec<_>>(), [true, false, true, true]);
}

#[test]
fn the_threshold_is_not_for_the_owner() {
    let of = |owner_uid| {
        let hyperparameters = Hyperparameters { stake_threshold: 501, ..Hyperparameters::default() };
        let stake_weights = [600, 500, 0, 0].map(I64F64::from_num).to_vec();
        let outputs = epoch(&EpochInput { owner_uid, stake_weights, hyperparameters, ..subnet() });
        outputs.iter().map(|output| output.stake_weight).collect::<Vec<_>>()
    };
    assert_eq!(of(None), [65_535, 0, 0, 0]);
    // 600 and 500 parts of 1,100, in parts of 65,535.
    assert_eq!(of(Some(1)), [35_746, 29_788, 0, 0]);
    assert_eq!(of(Some(4)), of(None));
}

#[test]
fn an_empty_subnet_has_an_empty_epoch() {
    assert!(epoch(&EpochInput { n: 0, ..subnet() }).is_empty());
}

/// 256 uids, 64 of them validators that weigh everybody.
fn full_subnet(parameters: Hyperparameters) -> EpochInput {
    let row = |uid: u16| (0..256).map(|column| (column, 1 + (column * 31 + uid * 17) % 1_009)).collect();
    EpochInput {
        n: 256,
        stake_weights: (0..256)
            .map(|uid| I64F64::from_num(if uid < 64 { 1_000_000 + uid } else { 0 }))
            .collect(),
        permits: (0..256).map(|uid| uid < 64).collect(),
        weights: (0..64).map(row).collect(),
        bonds: (0..64).map(row).collect(),
        last_update: vec![900; 256],
        hyperparameters: parameters,
        ..subnet()
    }
}

#[test]
fn a_full_subnet_shares_out_its_emission_but_for_rounding() {
    let liquid_alpha = Some(LiquidAlpha::default());
    let default = Hyperparameters::default();
    let variants = [
        default,
        Hyperparameters { yuma3: false, ..default },
        Hyperparameters { liquid_alpha, ..default },
        Hyperparameters { bonds_penalty: 30_000, ..default },
    ];
    for parameters in variants {
        let given: u64 = emissions(&full_subnet(parameters)).iter().sum();
        assert!((999_700..=1_000_000).contains(&given), "{given} with {parameters:?}");
    }
}

prop_compose! {
    /// Anything at all: vectors of any length, columns beyond the subnet, repeated columns.
    fn arbitrary_input()(
        n in 0_u16..9,
        numbers in any::<[u64; 5]>(),
        tempo: u16,
        owner_uid in option::of(0_u16..12),
        stake in vec_of(any::<i128>(), 0..10),
        permits in vec_of(any::<bool>(), 0..10),
        weights in vec_of(vec_of((0_u16..12, any::<u16>()), 0..10), 0..10),
        bonds in vec_of(vec_of((0_u16..12, any::<u16>()), 0..10), 0..10),
        last_update in vec_of(prop_oneof![0_u64..10, any::<u64>()], 0..10),
        block_at_registration in vec_of(prop_oneof![0_u64..10, any::<u64>()], 0..10),
        earliest_commit in vec_of(option::of(0_u64..10), 0..10),
        parameters in arbitrary_parameters(),
    ) -> EpochInput {
        let [block, emission, last_mechanism_step_block, bonds_moving_average, activity_cutoff] = numbers;
        let stake_weights = stake.into_iter().map(I64F64::from_bits).collect();
        let hyperparameters = Hyperparameters { bonds_moving_average, activity_cutoff, ..parameters };
        EpochInput {
            block, tempo, n, emission, owner_uid, stake_weights, permits, weights, bonds, last_update,
            block_at_registration, earliest_commit, last_mechanism_step_block, hyperparameters,
        }
    }
}

prop_compose! {
    fn arbitrary_parameters()(
        kappa: u16,
        bonds_penalty in prop_oneof![Just(0), Just(u16::MAX), any::<u16>()],
        bonds_moving_average in prop_oneof![Just(900_000), 0_u64..=1_000_000],
        yuma3: bool,
        liquid in option::of(any::<(u16, u16, i16)>()),
        max_allowed_validators in 0_u16..10,
        stake_threshold in prop_oneof![Just(0), 0_u64..1_000],
    ) -> Hyperparameters {
        let liquid_alpha = liquid.map(|(alpha_low, alpha_high, sigmoid_steepness)| {
            LiquidAlpha { alpha_low, alpha_high, sigmoid_steepness }
        });
        Hyperparameters {
            kappa, bonds_penalty, bonds_moving_average, yuma3, liquid_alpha, max_allowed_validators,
            activity_cutoff: 50, stake_threshold,
        }
    }
}

prop_compose! {
    /// What a chain can hold: vectors of length n, each row without repeated columns and in their order.
    fn sound_input()(n in 1_usize..9)(
        stake in vec_of(0_u64..1_000_000, n),
        permits in vec_of(any::<bool>(), n),
        weights in vec_of(vec_of(option::of(any::<u16>()), n), n),
        bonds in vec_of(vec_of(option::of(any::<u16>()), n), n),
        last_update in vec_of(0_u64..200, n),
        block_at_registration in vec_of(0_u64..200, n),
        earliest_commit in vec_of(option::of(0_u64..200), n),
        owner_uid in option::of(0..n),
        emission in any::<u64>(),
        hyperparameters in arbitrary_parameters()
    ) -> EpochInput {
        let narrow = |uid: usize| u16::try_from(uid).unwrap();
        let sparse = |rows: Vec<Vec<Option<u16>>>| {
            let entries = |row: Vec<Option<u16>>| (0..).zip(row).filter_map(|(uid, value)| Some((uid, value?))).collect();
            rows.into_iter().map(entries).collect()
        };
        EpochInput {
            block: 200,
            tempo: 100,
            n: narrow(stake.len()),
            emission,
            owner_uid: owner_uid.map(narrow),
            stake_weights: stake.into_iter().map(I64F64::from_num).collect(),
            permits,
            weights: sparse(weights),
            bonds: sparse(bonds),
            last_update,
            block_at_registration,
            earliest_commit,
            last_mechanism_step_block: 0,
            hyperparameters,
        }
    }
}

/// The same subnet with its uids in the opposite order.
fn reversed(input: &EpochInput) -> EpochInput {
    let last = input.n - 1;
    let rows = |rows: &[Vec<(u16, u16)>]| {
        let row =
            |row: &Vec<(u16, u16)>| row.iter().rev().map(|&(column, value)| (last - column, value)).collect();
        rows.iter().rev().map(row).collect()
    };
    let mut input = EpochInput {
        owner_uid: input.owner_uid.map(|uid| last - uid),
        weights: rows(&input.weights),
        bonds: rows(&input.bonds),
        ..input.clone()
    };
    input.stake_weights.reverse();
    input.permits.reverse();
    input.last_update.reverse();
    input.block_at_registration.reverse();
    input.earliest_commit.reverse();
    input
}

proptest! {
    #[test]
    fn no_input_panics_and_there_is_one_output_for_each_uid(input in arbitrary_input()) {
        prop_assert_eq!(epoch(&input).len(), usize::from(input.n));
    }

    #[test]
    fn nothing_is_made_from_nothing(input in sound_input()) {
        let outputs = epoch(&input);
        let total = |amount: fn(&EpochOutput) -> u64| outputs.iter().map(|output| u128::from(amount(output))).sum::<u128>();
        let emission = u128::from(input.emission);
        prop_assert!(total(|output| output.emission) <= emission);
        prop_assert!(total(|output| output.server_emission) + total(|output| output.validator_emission) <= emission);
        let shares = |share: fn(&EpochOutput) -> u16| outputs.iter().map(|output| u32::from(share(output))).sum::<u32>();
        prop_assert!(shares(|output| output.incentive) <= 65_535);
        prop_assert!(shares(|output| output.dividend) <= 65_535);
        prop_assert!(shares(|output| output.stake_weight) <= 65_535);
    }

    #[test]
    fn bonds_are_stored_with_a_permit_only(input in sound_input()) {
        for output in epoch(&input) {
            prop_assert!(output.new_validator_permit || output.bonds.is_empty());
            prop_assert!(output.bonds.iter().all(|(column, _)| *column < input.n));
        }
    }

    #[test]
    fn a_weight_on_a_neuron_registered_later_changes_nothing(input in sound_input(), column in 0_u16..8) {
        prop_assume!(column < input.n);
        let mut newcomer = input;
        newcomer.block_at_registration[usize::from(column)] = newcomer.block;
        let mut without = newcomer.clone();
        without.weights.iter_mut().for_each(|row| row.retain(|(weighed, _)| *weighed != column));
        prop_assert_eq!(epoch(&newcomer), epoch(&without));
    }

    /// A uid is a name only, except that it decides between equal stakes for the last permits.
    #[test]
    fn the_order_of_uids_does_not_matter(mut input in sound_input()) {
        input.hyperparameters.max_allowed_validators = 64;
        let mut outputs = epoch(&reversed(&input));
        outputs.reverse();
        for output in &mut outputs {
            output.bonds.reverse();
            output.bonds.iter_mut().for_each(|(column, _)| *column = input.n - 1 - *column);
        }
        prop_assert_eq!(outputs, epoch(&input));
    }
}
