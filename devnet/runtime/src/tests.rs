//! The runtime as a whole: genesis and blocks, executed natively.

use codec::Encode;
use polkadot_sdk::sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use polkadot_sdk::sp_core::{Pair, ed25519, sr25519};
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::{BuildStorage, Digest, DigestItem};
use polkadot_sdk::{frame_support, pallet_timestamp};

use crate::pallets::SLOT_DURATION;
use crate::{
    AccountId, Balances, Executive, Hash, Header, Runtime, RuntimeCall, SubtensorModule, System,
    UncheckedExtrinsic, VERSION,
};

const ENDOWMENT: u64 = 1_000_000_000_000_000;

fn account(name: &str) -> AccountId {
    sr25519_pair(name).public().into()
}

fn sr25519_pair(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).expect("a derivation of the development phrase")
}

fn new_chain() -> TestExternalities {
    let voter = ed25519::Pair::from_string("//author", None).expect("a derivation of the development phrase");
    let authority = (sr25519_pair("author").public().into(), voter.public().into());
    let endowed = [account("Alice"), account("Bob")].map(|account| (account, ENDOWMENT)).to_vec();
    let genesis = crate::genesis::genesis(vec![authority], Some(account("Alice")), endowed);
    genesis.build_storage().expect("a genesis that builds").into()
}

/// Executes a block with nothing but its timestamp and gives its header.
fn execute_block(number: u32, parent: Hash) -> Header {
    let slot = Slot::from(u64::from(number));
    let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
    let header = Header {
        parent_hash: parent,
        number,
        state_root: Hash::zero(),
        extrinsics_root: Hash::zero(),
        digest,
    };
    Executive::initialize_block(&header);
    let now = u64::from(number) * SLOT_DURATION;
    let timestamp = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
    let result = Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(timestamp));
    assert_eq!(result, Ok(Ok(())));
    Executive::finalize_block()
}

#[test]
fn the_first_blocks_execute() {
    new_chain().execute_with(|| {
        let first = execute_block(1, Hash::zero());
        assert_ne!(first.state_root, Hash::zero());
        assert_eq!(System::block_number(), 1);
        let second = execute_block(2, first.hash());
        assert_eq!(second.parent_hash, first.hash());
        assert_eq!(pallet_timestamp::Now::<Runtime>::get(), 2 * SLOT_DURATION);
    });
}

#[test]
fn the_genesis_has_root_and_the_first_subnet() {
    new_chain().execute_with(|| {
        assert_eq!(SubtensorModule::networks(), [0, 1]);
        assert_eq!(pallet_subtensor::TotalIssuance::<Runtime>::get(), 2 * ENDOWMENT);
        assert_eq!(Balances::total_issuance(), 2 * ENDOWMENT);
        let nobody = AccountId::new([0; 32]);
        assert_eq!(pallet_subtensor::Uids::<Runtime>::get(1, &nobody), Some(0));
        assert_eq!(pallet_subtensor::LastUpdate::<Runtime>::get(1), [0]);
        assert_eq!(pallet_subtensor::TokenSymbol::<Runtime>::get(1), "α".as_bytes());
    });
}

#[test]
fn the_author_of_a_block_is_the_owner_of_its_slot() {
    use assay_primitives::interface::BlockAuthor;
    new_chain().execute_with(|| {
        assert_eq!(crate::author::AuraAuthor::author(), None);
        execute_block(1, Hash::zero());
        assert_eq!(crate::author::AuraAuthor::author(), Some(account("author")));
    });
}

#[test]
fn extensions_encode_as_clients_expect() {
    use polkadot_sdk::sp_runtime::generic::Era;
    let extensions = crate::extensions::extensions(Era::Immortal, 3, 5);
    // Era, compact nonce, compact tip, mode of the metadata hash.
    assert_eq!(extensions.encode(), [0, 3 << 2, 5 << 2, 0]);
}

#[test]
fn a_batch_in_a_batch_is_filtered() {
    use frame_support::traits::Contains;
    use polkadot_sdk::pallet_utility::Call;
    let batch = |calls| RuntimeCall::Utility(Call::batch_all { calls });
    assert!(crate::filter::NoNestedBatch::contains(&batch(vec![])));
    assert!(!crate::filter::NoNestedBatch::contains(&batch(vec![batch(vec![])])));
}

#[test]
fn fees_round_to_the_nearest_rao_with_ties_down() {
    use frame_support::weights::{Weight, WeightToFee};
    let fee =
        |picoseconds| crate::fees::LinearWeightToFee::weight_to_fee(&Weight::from_parts(picoseconds, 7));
    // The base weight of an extrinsic lies on a tie (section 10, 3).
    assert_eq!(fee(108_157_000), 54_078);
    assert_eq!(fee(108_157_001), 54_079);
}

#[test]
fn the_version_is_that_of_the_reference() {
    assert_eq!((VERSION.spec_version, VERSION.transaction_version), (425, 1));
    assert_eq!(VERSION.spec_name, "node-subtensor");
}
