//! The neurons of a subnet as columns (section 11, 3).

use alloc::vec::Vec;

use assay_economics::number::int;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use super::compact_all;
use crate::{
    Active, BlockAtRegistration, Config, Consensus, Dividends, Emission, Incentive, Keys,
    LastHotkeyEmissionOnNetuid, LastUpdate, Owner, Pallet, SubnetworkN, ValidatorPermit,
};

/// The neurons of a subnet, one entry of every list per uid. Parts are of 65,535, amounts in rao.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("state", "show_subnet"))]
pub struct SubnetState<AccountId> {
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Hotkeys.
    pub hotkeys: Vec<AccountId>,
    /// Their owners.
    pub coldkeys: Vec<AccountId>,
    /// Whether they were active at the last epoch.
    pub active: Vec<bool>,
    /// Whether they may validate.
    pub validator_permit: Vec<bool>,
    /// Unused, empty.
    pub pruning_score: Vec<Compact<u16>>,
    /// Blocks of their last weights.
    pub last_update: Vec<Compact<u64>>,
    /// Alpha of the last epoch.
    pub emission: Vec<Compact<AlphaBalance>>,
    /// Dividends.
    pub dividends: Vec<Compact<u16>>,
    /// Incentives.
    pub incentives: Vec<Compact<u16>>,
    /// Consensus.
    pub consensus: Vec<Compact<u16>>,
    /// Unused, empty.
    pub trust: Vec<Compact<u16>>,
    /// Unused, empty.
    pub rank: Vec<Compact<u16>>,
    /// Blocks of their registrations.
    pub block_at_registration: Vec<Compact<u64>>,
    /// Alpha behind them, with what parents and children change.
    pub alpha_stake: Vec<Compact<AlphaBalance>>,
    /// TAO behind them on root, with what parents and children change; not weighted.
    pub tao_stake: Vec<Compact<TaoBalance>>,
    /// Stake weights.
    pub total_stake: Vec<Compact<TaoBalance>>,
    /// Never written: a list of zeros for every network.
    pub emission_history: Vec<Vec<Compact<AlphaBalance>>>,
}

/// The stakes behind hotkeys, one entry per hotkey, rao (section 06, 6).
pub(super) struct StakeColumns {
    /// Alpha, inherited.
    pub(super) alpha: Vec<Compact<AlphaBalance>>,
    /// Root TAO, inherited, not weighted.
    pub(super) tao: Vec<Compact<TaoBalance>>,
    /// Stake weights, rounded down.
    pub(super) total: Vec<Compact<TaoBalance>>,
}

impl<T: Config> Pallet<T> {
    /// The neurons of a subnet as columns, none if it does not exist (section 11, 3).
    pub fn subnet_state(netuid: NetUid) -> Option<SubnetState<T::AccountId>> {
        if !Self::subnet_exists(netuid) {
            return None;
        }
        let hotkeys = Self::hotkeys_by_uid(netuid);
        let stakes = Self::stake_columns(&hotkeys, netuid);
        let history = |on| hotkeys.iter().map(move |hotkey| LastHotkeyEmissionOnNetuid::<T>::get(hotkey, on));
        let emission_history = Self::of_all_networks(|on| history(on).map(Compact).collect());
        Some(SubnetState {
            netuid: Compact(netuid),
            coldkeys: hotkeys.iter().map(Owner::<T>::get).collect(),
            active: Active::<T>::get(netuid),
            validator_permit: ValidatorPermit::<T>::get(netuid),
            pruning_score: Vec::new(),
            last_update: compact_all(LastUpdate::<T>::get(netuid)),
            emission: compact_all(Emission::<T>::get(netuid)),
            dividends: compact_all(Dividends::<T>::get(netuid)),
            incentives: compact_all(Incentive::<T>::get(netuid)),
            consensus: compact_all(Consensus::<T>::get(netuid)),
            trust: Vec::new(),
            rank: Vec::new(),
            block_at_registration: Self::registration_blocks(netuid),
            alpha_stake: stakes.alpha,
            tao_stake: stakes.tao,
            total_stake: stakes.total,
            emission_history,
            hotkeys,
        })
    }

    /// The hotkeys of a subnet by uid; the zero account where a uid has none.
    pub(super) fn hotkeys_by_uid(netuid: NetUid) -> Vec<T::AccountId> {
        (0..SubnetworkN::<T>::get(netuid)).map(|uid| Keys::<T>::get(netuid, uid)).collect()
    }

    /// The blocks in which the uids of a subnet were registered.
    pub(super) fn registration_blocks(netuid: NetUid) -> Vec<Compact<u64>> {
        let uids = 0..SubnetworkN::<T>::get(netuid);
        uids.map(|uid| Compact(BlockAtRegistration::<T>::get(netuid, uid))).collect()
    }

    /// The stakes behind hotkeys of a subnet.
    pub(super) fn stake_columns(hotkeys: &[T::AccountId], netuid: NetUid) -> StakeColumns {
        let total = |hotkey| Compact(int(Self::stake_weight(hotkey, netuid)));
        StakeColumns {
            alpha: hotkeys.iter().map(|hotkey| Compact(Self::inherited_alpha(hotkey, netuid))).collect(),
            tao: hotkeys.iter().map(|hotkey| Compact(Self::inherited_tao(hotkey, netuid))).collect(),
            total: hotkeys.iter().map(total).collect(),
        }
    }
}
