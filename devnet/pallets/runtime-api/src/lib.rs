//! What clients can ask of the economy: the runtime APIs of section 11.
//!
//! Names of traits, methods, arguments and fields are those of the reference chain, because clients find everything by
//! name in the metadata. Most records are with the code that fills them, in `pallet_subtensor::info`.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::used_underscore_binding,
    reason = "the shapes are those of the reference chain, and the macro writes code of its own"
)]

extern crate alloc;

pub mod proxy;
pub mod swap;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use assay_primitives::stored::U64F64;
use assay_primitives::{AlphaBalance, MechId, NetUid, TaoBalance};
use codec::Compact;
use pallet_subtensor::info::delegate::DelegateInfo;
use pallet_subtensor::info::dynamic::DynamicInfo;
use pallet_subtensor::info::hyperparameters::{SubnetHyperparams, SubnetHyperparamsV2};
use pallet_subtensor::info::metagraph::{Metagraph, SelectiveMetagraph};
use pallet_subtensor::info::named_hyperparameters::HyperparamEntry;
use pallet_subtensor::info::neuron::{NeuronInfo, NeuronInfoLite};
use pallet_subtensor::info::stake::{StakeAvailability, StakeInfo};
use pallet_subtensor::info::state::SubnetState;
use pallet_subtensor::info::subnet::{SubnetInfo, SubnetInfov2};
use pallet_subtensor::locks::roll::LockState;
use polkadot_sdk::sp_api::decl_runtime_apis;
use polkadot_sdk::sp_runtime::AccountId32;

use proxy::{ProxyFilterInfo, ProxyTypeInfo};
use swap::{SimSwapResult, SubnetPrice};

decl_runtime_apis! {
    /// Delegates (section 11, 1).
    pub trait DelegateInfoRuntimeApi {
        /// All delegates.
        fn get_delegates() -> Vec<DelegateInfo<AccountId32>>;
        /// A delegate.
        fn get_delegate(delegate_account: AccountId32) -> Option<DelegateInfo<AccountId32>>;
        /// The delegates that a coldkey stakes on, with subnet and stake.
        fn get_delegated(
            delegatee_account: AccountId32,
        ) -> Vec<(DelegateInfo<AccountId32>, (Compact<NetUid>, Compact<u64>))>;
    }

    /// Neurons (section 11, 2).
    pub trait NeuronInfoRuntimeApi {
        /// All neurons of a subnet.
        fn get_neurons(netuid: NetUid) -> Vec<NeuronInfo<AccountId32>>;
        /// A neuron.
        fn get_neuron(netuid: NetUid, uid: u16) -> Option<NeuronInfo<AccountId32>>;
        /// All neurons of a subnet, without weights and bonds.
        fn get_neurons_lite(netuid: NetUid) -> Vec<NeuronInfoLite<AccountId32>>;
        /// A neuron without weights and bonds.
        fn get_neuron_lite(netuid: NetUid, uid: u16) -> Option<NeuronInfoLite<AccountId32>>;
    }

    /// Subnets (section 11, 3).
    #[api_version(2)]
    pub trait SubnetInfoRuntimeApi {
        /// A subnet.
        fn get_subnet_info(netuid: NetUid) -> Option<SubnetInfo<AccountId32>>;
        /// All subnets.
        fn get_subnets_info() -> Vec<Option<SubnetInfo<AccountId32>>>;
        /// A subnet with its identity.
        fn get_subnet_info_v2(netuid: NetUid) -> Option<SubnetInfov2<AccountId32>>;
        /// All subnets with their identities.
        fn get_subnets_info_v2() -> Vec<Option<SubnetInfov2<AccountId32>>>;
        /// Hyperparameters of a subnet.
        fn get_subnet_hyperparams(netuid: NetUid) -> Option<SubnetHyperparams>;
        /// Hyperparameters of a subnet, with those that came later.
        fn get_subnet_hyperparams_v2(netuid: NetUid) -> Option<SubnetHyperparamsV2>;
        /// All subnets with their pools.
        fn get_all_dynamic_info() -> Vec<Option<DynamicInfo<AccountId32>>>;
        /// All subnets with their neurons.
        fn get_all_metagraphs() -> Vec<Option<Metagraph<AccountId32>>>;
        /// A subnet with its neurons.
        fn get_metagraph(netuid: NetUid) -> Option<Metagraph<AccountId32>>;
        /// All mechanisms with their neurons.
        fn get_all_mechagraphs() -> Vec<Option<Metagraph<AccountId32>>>;
        /// A mechanism with its neurons.
        fn get_mechagraph(netuid: NetUid, mecid: MechId) -> Option<Metagraph<AccountId32>>;
        /// A subnet with its pool.
        fn get_dynamic_info(netuid: NetUid) -> Option<DynamicInfo<AccountId32>>;
        /// The neurons of a subnet as columns.
        fn get_subnet_state(netuid: NetUid) -> Option<SubnetState<AccountId32>>;
        /// Some fields of a metagraph.
        fn get_selective_metagraph(
            netuid: NetUid,
            metagraph_indexes: Vec<u16>,
        ) -> Option<SelectiveMetagraph<AccountId32>>;
        /// The hotkey to which a coldkey's mining incentive is staked.
        fn get_coldkey_auto_stake_hotkey(coldkey: AccountId32, netuid: NetUid) -> Option<AccountId32>;
        /// Some fields of a mechanism's metagraph.
        fn get_selective_mechagraph(
            netuid: NetUid,
            subid: MechId,
            metagraph_indexes: Vec<u16>,
        ) -> Option<SelectiveMetagraph<AccountId32>>;
        /// The subnet that the next registration replaces if there is no room.
        fn get_subnet_to_prune() -> Option<NetUid>;
        /// The account that holds the TAO of a subnet.
        fn get_subnet_account_id(netuid: NetUid) -> Option<AccountId32>;
        /// Block of the next epoch.
        fn get_next_epoch_start_block(netuid: NetUid) -> Option<u64>;
        /// Hyperparameters of a subnet by name.
        fn get_subnet_hyperparams_v3(netuid: NetUid) -> Option<Vec<HyperparamEntry>>;
    }

    /// Stakes and locks (section 11, 4).
    pub trait StakeInfoRuntimeApi {
        /// All stakes of a coldkey.
        fn get_stake_info_for_coldkey(coldkey_account: AccountId32) -> Vec<StakeInfo<AccountId32>>;
        /// All stakes of several coldkeys.
        fn get_stake_info_for_coldkeys(
            coldkey_accounts: Vec<AccountId32>,
        ) -> Vec<(AccountId32, Vec<StakeInfo<AccountId32>>)>;
        /// One stake, also where there is none.
        fn get_stake_info_for_hotkey_coldkey_netuid(
            hotkey_account: AccountId32,
            coldkey_account: AccountId32,
            netuid: NetUid,
        ) -> Option<StakeInfo<AccountId32>>;
        /// What of their stakes several coldkeys may take out, on all subnets or on some.
        fn get_stake_availability_for_coldkeys(
            coldkey_accounts: Vec<AccountId32>,
            netuids: Option<Vec<NetUid>>,
        ) -> BTreeMap<AccountId32, BTreeMap<NetUid, StakeAvailability>>;
        /// Fee of moving stake, or of staking or unstaking where one end is none.
        fn get_stake_fee(
            origin: Option<(AccountId32, NetUid)>,
            origin_coldkey_account: AccountId32,
            destination: Option<(AccountId32, NetUid)>,
            destination_coldkey_account: AccountId32,
            amount: u64,
        ) -> u64;
        /// The lock of a coldkey now.
        fn get_coldkey_lock(coldkey: AccountId32, netuid: NetUid) -> Option<LockState>;
        /// Conviction behind a hotkey now, rao of alpha.
        fn get_hotkey_conviction(hotkey: AccountId32, netuid: NetUid) -> U64F64;
        /// The hotkey with the most conviction behind it.
        fn get_most_convicted_hotkey_on_subnet(netuid: NetUid) -> Option<AccountId32>;
    }

    /// Registration of subnets (section 11, 5).
    pub trait SubnetRegistrationRuntimeApi {
        /// Cost of the next registration, rao.
        fn get_network_registration_cost() -> TaoBalance;
    }

    /// What proxies may do (section 11, 5).
    pub trait ProxyFilterRuntimeApi {
        /// The kinds of proxies.
        fn get_proxy_types() -> Vec<ProxyTypeInfo>;
        /// What one kind of proxy may do, or every kind.
        fn get_proxy_filter(proxy_type: Option<u8>) -> Vec<ProxyFilterInfo>;
    }

    /// Prices and simulated swaps (section 11, 5).
    pub trait SwapRuntimeApi {
        /// Price of a subnet's alpha, rao of TAO per 10^9 rao of alpha.
        fn current_alpha_price(netuid: NetUid) -> u64;
        /// The prices of all networks, root included.
        fn current_alpha_price_all() -> Vec<SubnetPrice>;
        /// What a buy with `tao` rao would do.
        fn sim_swap_tao_for_alpha(netuid: NetUid, tao: TaoBalance) -> SimSwapResult;
        /// What a sell of `alpha` rao would do.
        fn sim_swap_alpha_for_tao(netuid: NetUid, alpha: AlphaBalance) -> SimSwapResult;
    }
}
