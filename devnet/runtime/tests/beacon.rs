//! Pulses of the beacon: who brings them, what is checked, what is kept.

use assay_beacon::Secret;
use assay_runtime::{
    Drand, Executive, Hash, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System, UncheckedExtrinsic,
};
use codec::Encode;
use pallet_drand::types::{
    BeaconConfiguration, BeaconConfigurationPayload, OpaquePublicKey, Pulse, PulsesPayload,
};
use pallet_drand::{BeaconConfig, Error, Event, LastStoredRound, NextUnsignedAt, OldestStoredRound, Pulses};
use polkadot_sdk::frame_support::assert_noop;
use polkadot_sdk::sp_core::{Pair, sr25519};
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};
use polkadot_sdk::sp_runtime::{BoundedVec, DispatchError, DispatchResult, MultiSignature, MultiSigner};
use proptest::prelude::*;

type Payload = PulsesPayload<MultiSigner, u32>;

fn secret() -> Secret {
    Secret::of_name("a beacon for tests")
}

fn sender() -> sr25519::Pair {
    sr25519::Pair::from_string("//Bob", None).expect("a derivation of the development phrase")
}

/// Runs in block 10 of a chain that knows the beacon.
fn with_beacon(test: impl FnOnce()) {
    TestExternalities::default().execute_with(|| {
        System::set_block_number(10);
        BeaconConfig::<Runtime>::put(configuration());
        test();
    });
}

fn configuration() -> BeaconConfiguration {
    let public_key = OpaquePublicKey::truncate_from(secret().public_key().to_vec());
    BeaconConfiguration { public_key, ..BeaconConfiguration::default() }
}

fn pulse(round: u64) -> Pulse {
    signed_as(round, round)
}

/// A pulse with the signature of another round.
fn signed_as(round: u64, signed: u64) -> Pulse {
    let signature = BoundedVec::truncate_from(secret().sign(signed).to_vec());
    Pulse { round, signature, ..Pulse::default() }
}

fn payload(block_number: u32, pulses: Vec<Pulse>) -> Payload {
    PulsesPayload { block_number, pulses, public: MultiSigner::Sr25519(sender().public()) }
}

fn write(pulses: Vec<Pulse>) -> DispatchResult {
    Drand::write_pulse(RuntimeOrigin::none(), payload(9, pulses), None)
}

fn stored() -> Vec<u64> {
    let mut rounds: Vec<u64> = Pulses::<Runtime>::iter_keys().collect();
    rounds.sort_unstable();
    rounds
}

#[test]
fn pulses_of_the_beacon_are_stored() {
    with_beacon(|| {
        assert_eq!(write(vec![pulse(5), pulse(6), pulse(9)]), Ok(()));
        assert_eq!(stored(), [5, 6, 9]);
        assert_eq!((OldestStoredRound::<Runtime>::get(), LastStoredRound::<Runtime>::get()), (5, 9));
        assert_eq!(Pulses::<Runtime>::get(6), Some(pulse(6)));
        assert_eq!(NextUnsignedAt::<Runtime>::get(), 10);
        let told = RuntimeEvent::Drand(Event::NewPulse { rounds: vec![5, 6, 9] });
        assert!(System::events().iter().any(|record| record.event == told));
        assert_eq!(write(vec![pulse(12)]), Ok(()));
        assert_eq!((OldestStoredRound::<Runtime>::get(), LastStoredRound::<Runtime>::get()), (5, 12));
    });
}

#[test]
fn a_round_that_the_beacon_did_not_sign_is_no_pulse() {
    with_beacon(|| {
        assert_noop!(write(vec![signed_as(5, 6)]), Error::<Runtime>::UnverifiedPulse);
        let strangers = BoundedVec::truncate_from(Secret::of_name("another").sign(5).to_vec());
        let strangers = Pulse { signature: strangers, ..pulse(5) };
        assert_noop!(write(vec![strangers]), Error::<Runtime>::UnverifiedPulse);
        let unreadable = Pulse { signature: BoundedVec::truncate_from(vec![1; 48]), ..pulse(5) };
        assert_noop!(write(vec![unreadable]), Error::<Runtime>::PulseVerificationError);
    });
}

#[test]
fn rounds_only_increase() {
    with_beacon(|| {
        assert_eq!(write(vec![pulse(5)]), Ok(()));
        for rounds in [vec![5], vec![4], vec![6, 6], vec![7, 6]] {
            let pulses = rounds.iter().copied().map(pulse).collect();
            assert_noop!(write(pulses), Error::<Runtime>::InvalidRoundNumber);
        }
        // The signature is looked at before the number.
        assert_noop!(write(vec![signed_as(4, 5)]), Error::<Runtime>::UnverifiedPulse);
    });
}

#[test]
fn without_a_key_nothing_verifies() {
    with_beacon(|| {
        BeaconConfig::<Runtime>::mutate(|config| config.public_key = OpaquePublicKey::default());
        assert_noop!(write(vec![pulse(5)]), Error::<Runtime>::PulseVerificationError);
    });
}

#[test]
fn nobody_signs_for_pulses_and_root_configures_the_beacon() {
    with_beacon(|| {
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::signed([1; 32].into())] {
            let call = Drand::write_pulse(origin, payload(9, vec![pulse(5)]), None);
            assert_eq!(call, Err(DispatchError::BadOrigin));
        }
        let config = || BeaconConfigurationPayload {
            block_number: 9,
            config: BeaconConfiguration { period: 30, ..configuration() },
            public: MultiSigner::Sr25519(sender().public()),
        };
        for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed([1; 32].into())] {
            assert_noop!(Drand::set_beacon_config(origin, config(), None), DispatchError::BadOrigin);
        }
        assert_eq!(Drand::set_beacon_config(RuntimeOrigin::root(), config(), None), Ok(()));
        assert_eq!(BeaconConfig::<Runtime>::get().period, 30);
        assert_noop!(Drand::set_oldest_stored_round(RuntimeOrigin::none(), 3), DispatchError::BadOrigin);
        assert_eq!(Drand::set_oldest_stored_round(RuntimeOrigin::root(), 3), Ok(()));
        assert_eq!(OldestStoredRound::<Runtime>::get(), 3);
    });
}

#[test]
fn old_rounds_are_forgotten_a_hundred_at_a_time() {
    const KEPT: u64 = 216_000;
    with_beacon(|| {
        for round in 1..=300 {
            Pulses::<Runtime>::insert(round, pulse(1));
        }
        OldestStoredRound::<Runtime>::put(1);
        LastStoredRound::<Runtime>::put(KEPT - 1);
        assert_eq!(write(vec![pulse(KEPT)]), Ok(()));
        assert_eq!(OldestStoredRound::<Runtime>::get(), 1, "as many as are kept");
        assert_eq!(write(vec![pulse(KEPT + 2)]), Ok(()));
        assert_eq!((OldestStoredRound::<Runtime>::get(), stored()[0]), (3, 3));
        assert_eq!(write(vec![pulse(KEPT + 1_000)]), Ok(()));
        assert_eq!((OldestStoredRound::<Runtime>::get(), stored()[0]), (103, 103));
    });
}

fn validity(payload: Payload, signature: Option<MultiSignature>) -> TransactionValidity {
    let call = pallet_drand::Call::write_pulse { pulses_payload: payload, signature };
    let extrinsic = UncheckedExtrinsic::new_bare(RuntimeCall::Drand(call));
    Executive::validate_transaction(TransactionSource::External, extrinsic, Hash::zero())
}

fn signed(payload: &Payload) -> MultiSignature {
    MultiSignature::Sr25519(sender().sign(&payload.encode()))
}

#[test]
fn the_pool_takes_pulses_that_their_sender_signed() {
    with_beacon(|| {
        let sent = payload(10, vec![pulse(5)]);
        let valid = validity(sent.clone(), Some(signed(&sent))).expect("a good pulse");
        assert_eq!((valid.priority, valid.longevity, valid.propagate), (1_048_576 + 10_000, 5, true));
        assert_eq!(valid.provides.len(), 1);
        let other = payload(10, vec![pulse(6)]);
        assert_eq!(validity(sent.clone(), Some(signed(&other))), Err(InvalidTransaction::BadProof.into()));
        assert_eq!(validity(sent, None), Err(InvalidTransaction::BadProof.into()));
    });
}

#[test]
fn the_pool_takes_pulses_of_this_time() {
    with_beacon(|| {
        for (block_number, expected) in [
            (8, Err(InvalidTransaction::Stale)),
            (9, Ok(())),
            (11, Ok(())),
            (12, Err(InvalidTransaction::Future)),
        ] {
            // Validation begins the next block, and leaves it begun.
            System::set_block_number(10);
            NextUnsignedAt::<Runtime>::put(9);
            let sent = payload(block_number, vec![pulse(5)]);
            let found = validity(sent.clone(), Some(signed(&sent))).map(drop);
            assert_eq!(found, expected.map_err(Into::into), "block {block_number}");
        }
    });
}

#[test]
fn the_pool_takes_nothing_else_without_a_signature() {
    with_beacon(|| {
        let call = pallet_drand::Call::set_oldest_stored_round { oldest_round: 1 };
        let extrinsic = UncheckedExtrinsic::new_bare(RuntimeCall::Drand(call));
        let found = Executive::validate_transaction(TransactionSource::External, extrinsic, Hash::zero());
        assert_eq!(found, Err(InvalidTransaction::Call.into()));
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_the_chain_panic(
        key in prop::collection::vec(any::<u8>(), 0..96),
        signature in prop::collection::vec(any::<u8>(), 0..144),
        round: u64,
    ) {
        with_beacon(|| {
            let broken = Pulse { round, signature: BoundedVec::truncate_from(signature), ..Pulse::default() };
            assert_noop!(write(vec![broken]), Error::<Runtime>::PulseVerificationError);
            BeaconConfig::<Runtime>::mutate(|config| config.public_key = BoundedVec::truncate_from(key));
            assert_noop!(write(vec![pulse(1)]), Error::<Runtime>::PulseVerificationError);
        });
    }
}
