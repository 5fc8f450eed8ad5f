//! What waits for a pulse of the beacon (sections 08, 8 and 10, 6).

use std::collections::VecDeque;

use assay_runtime::{AccountId, Commitments, Runtime, RuntimeOrigin, SubtensorModule, System};
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
        let fields = vec![raw.clone(), Data::TimelockEncrypted { encrypted, reveal_round: ROUND }];
        let info = Box::new(CommitmentInfo { fields: BoundedVec::truncate_from(fields) });
        assert_eq!(Commitments::set_commitment(RuntimeOrigin::signed(WHO), NETUID, info), Ok(()));
        let fields = || {
            let commitment = pallet_commitments::CommitmentOf::<Runtime>::get(NETUID, WHO);
            commitment.map(|commitment| commitment.info.fields.into_inner())
        };
        let waits = || pallet_commitments::TimelockedIndex::<Runtime>::get().contains(&(NETUID, WHO));

        Commitments::on_initialize(2);
        assert_eq!((fields().map(|fields| fields.len()), waits()), (Some(2), true));
        publish_pulse();
        Commitments::on_initialize(3);
        assert_eq!((fields(), waits()), (Some(vec![raw]), false));
    });
}
