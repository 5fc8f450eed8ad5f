//! What waits for a pulse of the beacon (sections 08, 8 and 10, 6).

use std::collections::VecDeque;

use assay_beacon::{Secret, seal};
use assay_runtime::{AccountId, Commitments, Runtime, RuntimeEvent, RuntimeOrigin, SubtensorModule, System};
use pallet_commitments::data::Data;
use pallet_commitments::types::CommitmentInfo;
use pallet_drand::types::Pulse;
use pallet_subtensor::types::TimelockedCommit;
use pallet_subtensor::{NetworksAdded, SubnetEpochIndex, TimelockedWeightCommits, Uids};
use polkadot_sdk::frame_support::traits::Hooks;
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::BoundedVec;

const NETUID: u16 = 2;
const ROUND: u64 = 1_000;
const WHO: AccountId = AccountId::new([7; 32]);

/// Runs on a chain with a hotkey on a subnet.
fn on_subnet(test: impl FnOnce()) {
    TestExternalities::default().execute_with(|| {
        System::set_block_number(1);
        NetworksAdded::<Runtime>::insert(NETUID, true);
        Uids::<Runtime>::insert(NETUID, WHO, 0);
        test();
    });
}

fn publish_pulse() {
    pallet_drand::Pulses::<Runtime>::insert(ROUND, Pulse { round: ROUND, ..Pulse::default() });
}

fn secret() -> Secret {
    Secret::of_name("a beacon for tests")
}

/// Stores the true pulse of a round.
fn publish_round(round: u64) {
    let signature = BoundedVec::truncate_from(secret().sign(round).to_vec());
    pallet_drand::Pulses::<Runtime>::insert(round, Pulse { round, signature, ..Pulse::default() });
}

/// A timelocked field with a message.
fn sealed(message: &[u8], reveal_round: u64) -> Data {
    let bytes = seal(&secret().public_key(), reveal_round, message, [1; 32]).expect("the key is one");
    Data::TimelockEncrypted { encrypted: BoundedVec::truncate_from(bytes), reveal_round }
}

fn commit(fields: Vec<Data>) {
    let info = Box::new(CommitmentInfo { fields: BoundedVec::truncate_from(fields) });
    assert_eq!(Commitments::set_commitment(RuntimeOrigin::signed(WHO), NETUID, info), Ok(()));
}

fn fields() -> Option<Vec<Data>> {
    let commitment = pallet_commitments::CommitmentOf::<Runtime>::get(NETUID, WHO);
    commitment.map(|commitment| commitment.info.fields.into_inner())
}

fn waits() -> bool {
    pallet_commitments::TimelockedIndex::<Runtime>::get().contains(&(NETUID, WHO))
}

fn revealed() -> Vec<(Vec<u8>, u64)> {
    pallet_commitments::RevealedCommitments::<Runtime>::get(NETUID, WHO).unwrap_or_default()
}

fn epochs_with_commits() -> Vec<u64> {
    let mut epochs: Vec<u64> = TimelockedWeightCommits::<Runtime>::iter_key_prefix(NETUID).collect();
    epochs.sort_unstable();
    epochs
}

#[test]
fn weights_wait_for_their_pulse_until_they_expire() {
    on_subnet(|| {
        let commit = (WHO, 1, TimelockedCommit::truncate_from(vec![1, 2, 3]), ROUND);
        for epoch in 0..3 {
            TimelockedWeightCommits::<Runtime>::insert(NETUID, epoch, VecDeque::from([commit.clone()]));
        }
        SubtensorModule::reveal_timelocked(1);
        assert_eq!(epochs_with_commits(), [0, 1, 2], "no epoch is over yet");
        SubnetEpochIndex::<Runtime>::insert(NETUID, 2);
        SubtensorModule::reveal_timelocked(1);
        assert_eq!(epochs_with_commits(), [1, 2], "the first commit is too old, the second waits");
        publish_pulse();
        SubtensorModule::reveal_timelocked(1);
        assert_eq!(epochs_with_commits(), [2], "the second commit cannot be opened");
    });
}

#[test]
fn subnets_whose_epoch_is_deferred_reveal_nothing() {
    on_subnet(|| {
        let (due, deferred) = (1, NETUID);
        NetworksAdded::<Runtime>::insert(due, true);
        pallet_subtensor::MaxEpochsPerBlock::<Runtime>::put(1);
        let now = 10_000;
        System::set_block_number(10_000);
        let commit = (WHO, 1, TimelockedCommit::truncate_from(vec![1]), ROUND);
        for netuid in [due, deferred] {
            SubnetEpochIndex::<Runtime>::insert(netuid, 5);
            TimelockedWeightCommits::<Runtime>::insert(netuid, 0, VecDeque::from([commit.clone()]));
        }
        SubtensorModule::reveal_timelocked(now);
        assert!(!TimelockedWeightCommits::<Runtime>::contains_key(due, 0));
        assert!(TimelockedWeightCommits::<Runtime>::contains_key(deferred, 0));
    });
}

#[test]
fn a_timelocked_field_waits_for_its_pulse() {
    on_subnet(|| {
        let encrypted = BoundedVec::truncate_from(vec![1, 2, 3]);
        let raw = Data::Raw(BoundedVec::truncate_from(b"plain".to_vec()));
        commit(vec![raw.clone(), Data::TimelockEncrypted { encrypted, reveal_round: ROUND }]);
        Commitments::on_initialize(2);
        assert_eq!((fields().map(|fields| fields.len()), waits()), (Some(2), true));
        publish_pulse();
        Commitments::on_initialize(3);
        assert_eq!((fields(), waits()), (Some(vec![raw]), false));
        assert_eq!(revealed(), [], "nothing was in it");
    });
}

#[test]
fn fields_open_with_the_pulses_of_their_rounds() {
    on_subnet(|| {
        commit(vec![sealed(b"first", 7), sealed(b"second", 8), sealed(b"third", 7)]);
        publish_round(7);
        Commitments::on_initialize(2);
        assert_eq!(revealed(), [(b"first".to_vec(), 1), (b"third".to_vec(), 1)]);
        assert_eq!((fields(), waits()), (Some(vec![sealed(b"second", 8)]), true));
        let told = pallet_commitments::Event::CommitmentRevealed { netuid: NETUID, who: WHO };
        let told = RuntimeEvent::Commitments(told);
        let told = System::events().into_iter().filter(|record| record.event == told);
        assert_eq!(told.count(), 2);
        publish_round(8);
        Commitments::on_initialize(3);
        assert_eq!(revealed().len(), 3);
        assert_eq!((fields(), waits()), (None, false), "nothing is left of the commitment");
    });
}

#[test]
fn the_ten_latest_fields_stay_revealed() {
    on_subnet(|| {
        pallet_commitments::MaxSpace::<Runtime>::put(u32::MAX);
        publish_round(7);
        for number in 0..12_u8 {
            commit(vec![sealed(&[number], 7)]);
            Commitments::on_initialize(2);
        }
        let numbers: Vec<u8> = revealed().into_iter().map(|(bytes, _)| bytes[0]).collect();
        assert_eq!(numbers, (2..12).collect::<Vec<u8>>());
    });
}

#[test]
fn a_field_with_nothing_inside_reveals_nothing() {
    on_subnet(|| {
        commit(vec![sealed(b"", 7)]);
        publish_round(7);
        Commitments::on_initialize(2);
        assert_eq!((revealed(), fields(), waits()), (vec![], None, false));
    });
}
