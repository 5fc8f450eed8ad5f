//! Credits: whatever is bought and spent in whatever order, TAO, alpha and credits add up, and what is refused changes
//! nothing.

use assay_runtime::{AccountId, Balances, Runtime, RuntimeCall, RuntimeOrigin, SubtensorModule, System};
use codec::{Decode, Encode};
use pallet_alpha_assets::AlphaBurned;
use pallet_credits::types::{ALPHA, SignedVoucher, Terms, Voucher};
use pallet_credits::{Balances as Left, Call, Error, Sold, Spent, TermsOf};
use pallet_subtensor::{
    NetworkRegisteredAt, NetworksAdded, SubnetAlphaIn, SubnetAlphaOut, SubnetMechanism, SubnetTAO,
    SubtokenEnabled, TotalIssuance,
};
use polkadot_sdk::frame_support::StorageNoopGuard;
use polkadot_sdk::frame_support::traits::fungible::Mutate;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_core::{H256, Pair, sr25519};
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};
use proptest::prelude::*;

const NETUID: u16 = 2;
const SINCE: u64 = 40;
const TAO: u64 = 1_000_000_000;
const CUSTOMERS: [&str; 2] = ["Charlie", "Dave"];
const GATEWAYS: [&str; 2] = ["gateway1", "gateway2"];

fn pair(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).expect("a derivation of the development phrase")
}

fn account(name: &str) -> AccountId {
    pair(name).public().into()
}

/// A chain whose subnet 2 has a pool of 1,000 TAO and 2,000 alpha and two gateways of Bob, and sells a credit for each
/// 1,000 rao of alpha. Charlie and Dave have 100 TAO each.
fn chain() -> TestExternalities {
    let genesis = assay_runtime::genesis::genesis(Vec::new(), None, Vec::new());
    let storage = assay_runtime::genesis::storage(&genesis).expect("a genesis that builds");
    let mut chain = TestExternalities::from(storage);
    chain.execute_with(|| {
        System::set_block_number(1_000);
        frame_system::BlockHash::<Runtime>::insert(0, H256::repeat_byte(7));
        NetworksAdded::<Runtime>::insert(NETUID, true);
        NetworkRegisteredAt::<Runtime>::insert(NETUID, SINCE);
        SubnetMechanism::<Runtime>::insert(NETUID, 1);
        SubtokenEnabled::<Runtime>::insert(NETUID, true);
        SubnetTAO::<Runtime>::insert(NETUID, 1_000 * TAO);
        SubnetAlphaIn::<Runtime>::insert(NETUID, 2_000 * ALPHA);
        let pool = SubtensorModule::subnet_account(NETUID).expect("a subnet");
        <Balances as Mutate<_>>::mint_into(&pool, 1_001 * TAO).expect("TAO");
        for customer in CUSTOMERS {
            <Balances as Mutate<_>>::mint_into(&account(customer), 100 * TAO).expect("TAO");
        }
        for gateway in GATEWAYS {
            SubtensorModule::create_account_if_unknown(&account("Bob"), &account(gateway)).expect("a hotkey");
            SubtensorModule::append_neuron(NETUID, &account(gateway), 1);
        }
        TotalIssuance::<Runtime>::put(Balances::total_issuance());
        TermsOf::<Runtime>::insert(NETUID, Terms { enabled: true, rate: ALPHA / 1_000 });
    });
    chain
}

fn call(signer: &str, call: Call<Runtime>) -> DispatchResult {
    let guard = StorageNoopGuard::new();
    let result = RuntimeCall::Credits(call).dispatch(RuntimeOrigin::signed(account(signer)));
    if result.is_ok() {
        std::mem::forget(guard);
    }
    result.map(drop).map_err(|refused| refused.error)
}

fn buy(customer: &str, tao: u64) -> DispatchResult {
    call(customer, Call::buy { netuid: NETUID, tao, min_credits: 0 })
}

fn voucher(customer: &str, gateway: &str, total: u64) -> SignedVoucher<AccountId> {
    let voucher = Voucher {
        genesis: H256::repeat_byte(7),
        netuid: NETUID,
        since: SINCE,
        customer: account(customer),
        gateway: account(gateway),
        total,
    };
    let signature = pair(customer).sign(&voucher.message());
    SignedVoucher { voucher, signature }
}

fn spend(signer: &str, vouchers: Vec<SignedVoucher<AccountId>>) -> DispatchResult {
    call(signer, Call::spend { vouchers: vouchers.try_into().expect("few vouchers") })
}

fn refused(error: Error<Runtime>) -> DispatchResult {
    Err(DispatchError::from(error))
}

/// What must hold together: all TAO there is, and TAO and alpha of the subnet.
#[derive(Debug, PartialEq, Eq)]
struct Books {
    issuance: (u64, u64),
    /// TAO of all customers, the pool and the account that gets the fees.
    tao: u64,
    /// TAO of the subnet's account that its pool does not count.
    beside_the_pool: u64,
    /// Alpha in the pool and outstanding.
    alpha: u64,
    /// Alpha outstanding that was not burned.
    owned: u64,
}

fn books() -> Books {
    let customers: u64 = CUSTOMERS.iter().map(|name| Balances::free_balance(account(name))).sum();
    let account = SubtensorModule::subnet_account(NETUID).expect("a subnet");
    let subnet = Balances::free_balance(account);
    let fees = Balances::free_balance(SubtensorModule::burn_account());
    let out = SubnetAlphaOut::<Runtime>::get(NETUID);
    Books {
        issuance: (Balances::total_issuance(), TotalIssuance::<Runtime>::get()),
        tao: customers + subnet + fees,
        beside_the_pool: subnet - SubnetTAO::<Runtime>::get(NETUID),
        alpha: SubnetAlphaIn::<Runtime>::get(NETUID) + out,
        owned: out - AlphaBurned::<Runtime>::get(NETUID),
    }
}

fn credits_add_up() -> bool {
    let left: u64 = Left::<Runtime>::iter_prefix_values(NETUID).sum();
    let spent: u64 = Spent::<Runtime>::iter_prefix_values((NETUID,)).sum();
    let sold = Sold::<Runtime>::get(NETUID);
    sold.credits == left + spent && sold.burned == AlphaBurned::<Runtime>::get(NETUID)
}

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Buy { customer: usize, tao: u64 },
    Spend { customer: usize, gateway: usize, total: u64, by_coldkey: bool },
    Rate(u64),
    Switch(bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    let credits = prop_oneof![1..5_000_000_u64, Just(u64::MAX)];
    prop_oneof![
        (0..2_usize, prop_oneof![0..40 * TAO, Just(u64::MAX)])
            .prop_map(|(customer, tao)| Deed::Buy { customer, tao }),
        (0..2_usize, 0..2_usize, credits, any::<bool>()).prop_map(
            |(customer, gateway, total, by_coldkey)| { Deed::Spend { customer, gateway, total, by_coldkey } }
        ),
        (1..10 * ALPHA).prop_map(Deed::Rate),
        any::<bool>().prop_map(Deed::Switch),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn everything_adds_up(deeds in proptest::collection::vec(deed(), 1..40)) {
        chain().execute_with(|| {
            let before = books();
            for deed in deeds {
                let _ = match deed.clone() {
                    Deed::Buy { customer, tao } => buy(CUSTOMERS[customer], tao),
                    Deed::Spend { customer, gateway, total, by_coldkey } => {
                        let signer = if by_coldkey { "Bob" } else { GATEWAYS[gateway] };
                        spend(signer, vec![voucher(CUSTOMERS[customer], GATEWAYS[gateway], total)])
                    }
                    Deed::Rate(rate) => {
                        let call = RuntimeCall::Credits(Call::set_rate { netuid: NETUID, rate });
                        call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|refused| refused.error)
                    }
                    Deed::Switch(enabled) => {
                        let call = RuntimeCall::Credits(Call::set_enabled { netuid: NETUID, enabled });
                        call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|refused| refused.error)
                    }
                };
                prop_assert_eq!(&books(), &before, "{:?}", deed);
                prop_assert!(credits_add_up(), "{:?}", deed);
            }
            Ok(())
        })?;
    }

    /// No customer pays for what it did not sign: a voucher with any bit turned over is refused.
    #[test]
    fn every_bit_of_a_voucher_counts(byte in any::<prop::sample::Index>(), bit in 0..8_u8) {
        chain().execute_with(|| {
            buy("Charlie", 10 * TAO).expect("credits");
            let mut bytes = voucher("Charlie", "gateway1", 500).encode();
            *byte.get_mut(&mut bytes[..]) ^= 1 << bit;
            let altered = SignedVoucher::decode(&mut bytes.as_slice()).expect("as many bytes");
            prop_assert!(spend("Bob", vec![altered]).is_err());
            Ok(())
        })?;
    }
}

#[test]
fn one_signature_pays_for_many_requests_and_a_replay_for_none() {
    chain().execute_with(|| {
        buy("Charlie", 10 * TAO).expect("credits");
        let bought = Left::<Runtime>::get(NETUID, account("Charlie"));
        assert_eq!(spend("gateway1", vec![voucher("Charlie", "gateway1", 300)]), Ok(()));
        assert_eq!(
            spend("gateway1", vec![voucher("Charlie", "gateway1", 300)]),
            refused(Error::AlreadySpent)
        );
        // An older one, which a later one holds already.
        assert_eq!(
            spend("gateway1", vec![voucher("Charlie", "gateway1", 299)]),
            refused(Error::AlreadySpent)
        );
        assert_eq!(spend("gateway1", vec![voucher("Charlie", "gateway1", 1_000)]), Ok(()));
        assert_eq!(Left::<Runtime>::get(NETUID, account("Charlie")), bought - 1_000);
        // The other gateway has a total of its own, and the same credits.
        assert_eq!(
            spend("gateway2", vec![voucher("Charlie", "gateway2", bought - 999)]),
            refused(Error::NotEnoughCredits)
        );
        assert_eq!(spend("gateway2", vec![voucher("Charlie", "gateway2", bought - 1_000)]), Ok(()));
        assert!(!Left::<Runtime>::contains_key(NETUID, account("Charlie")));
    });
}

#[test]
fn one_voucher_that_cannot_be_spent_refuses_them_all() {
    chain().execute_with(|| {
        buy("Charlie", 10 * TAO).expect("credits");
        let vouchers = vec![voucher("Charlie", "gateway1", 5), voucher("Dave", "gateway1", 5)];
        assert_eq!(spend("Bob", vouchers), refused(Error::NotEnoughCredits));
        assert_eq!(spend("Bob", Vec::new()), refused(Error::NoVouchers));
        assert!(!Spent::<Runtime>::contains_key((NETUID, account("Charlie"), account("gateway1"))));
    });
}

#[test]
fn the_next_subnet_of_a_number_takes_no_old_voucher() {
    chain().execute_with(|| {
        buy("Charlie", 10 * TAO).expect("credits");
        NetworkRegisteredAt::<Runtime>::insert(NETUID, SINCE + 1);
        assert_eq!(
            spend("Bob", vec![voucher("Charlie", "gateway1", 5)]),
            refused(Error::VoucherOfOtherSubnet)
        );
    });
}

#[test]
fn a_chain_without_credits_has_no_trace_of_them() {
    let genesis = assay_runtime::genesis::genesis(Vec::new(), None, Vec::new());
    let storage = assay_runtime::genesis::storage(&genesis).expect("a genesis that builds");
    let prefix = polkadot_sdk::sp_io::hashing::twox_128(b"Credits");
    assert!(!storage.top.keys().any(|key| key.starts_with(&prefix)));
}
