//! Stakes and what may leave of them (section 11, 4).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use assay_primitives::interface::SwapEngine;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use crate::locks::roll::LockState;
use crate::{AlphaDividendsPerSubnet, Config, Pallet, StakingHotkeys};

/// A hotkey and a subnet: one end of a movement of stake.
type Place<AccountId> = (AccountId, NetUid);

/// A coldkey and its stakes.
type StakesOf<AccountId> = (AccountId, Vec<StakeInfo<AccountId>>);

/// Stake of one coldkey on one hotkey of one subnet. Amounts in rao.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("stake", "stake_info"))]
pub struct StakeInfo<AccountId> {
    /// Whom the stake backs.
    pub hotkey: AccountId,
    /// Whose stake it is.
    pub coldkey: AccountId,
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Alpha.
    pub stake: Compact<AlphaBalance>,
    /// Unused, 0.
    pub locked: Compact<u64>,
    /// Dividends of the hotkey at the last epoch.
    pub emission: Compact<AlphaBalance>,
    /// Unused, 0.
    pub tao_emission: Compact<TaoBalance>,
    /// Unused, 0.
    pub drain: Compact<u64>,
    /// Whether the hotkey is registered on the subnet.
    pub is_registered: bool,
}

/// What of a coldkey's stake on a subnet may leave, over all hotkeys, rao of alpha (section 05, 8.4).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("stake", "stake_info"))]
pub struct StakeAvailability {
    /// All stake.
    pub total: Compact<AlphaBalance>,
    /// What is locked.
    pub locked: Compact<AlphaBalance>,
    /// What may leave.
    pub available: Compact<AlphaBalance>,
}

impl<T: Config> Pallet<T> {
    /// All stakes of a coldkey, by network and then in the order of its hotkeys (section 11, 4).
    pub fn stakes_of(coldkey: &T::AccountId) -> Vec<StakeInfo<T::AccountId>> {
        let hotkeys = StakingHotkeys::<T>::get(coldkey);
        let networks = Self::networks();
        let places = networks.iter().flat_map(|netuid| hotkeys.iter().map(move |hotkey| (hotkey, *netuid)));
        places
            .map(|(hotkey, netuid)| Self::stake_info(hotkey, coldkey, netuid))
            .filter(|info| info.stake.0 != 0)
            .collect()
    }

    /// The stakes of several coldkeys, in the order asked for (section 11, 4).
    pub fn stakes_of_all(coldkeys: Vec<T::AccountId>) -> Vec<StakesOf<T::AccountId>> {
        let with_stakes = |coldkey| {
            let stakes = Self::stakes_of(&coldkey);
            (coldkey, stakes)
        };
        coldkeys.into_iter().map(with_stakes).collect()
    }

    /// One stake, zero or not (section 11, 4).
    pub fn stake_info(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
    ) -> StakeInfo<T::AccountId> {
        StakeInfo {
            hotkey: hotkey.clone(),
            coldkey: coldkey.clone(),
            netuid: Compact(netuid),
            stake: Compact(Self::stake_of(hotkey, coldkey, netuid)),
            locked: Compact(0),
            emission: Compact(AlphaDividendsPerSubnet::<T>::get(netuid, hotkey)),
            tao_emission: Compact(0),
            drain: Compact(0),
            is_registered: Self::is_registered(netuid, hotkey),
        }
    }

    /// What several coldkeys may take out, on the networks asked for or on all; networks without stake and lock are
    /// left out. A list that is empty, or longer than there are networks, gets empty answers (section 11, 4).
    pub fn stake_availability(
        coldkeys: Vec<T::AccountId>,
        netuids: Option<Vec<NetUid>>,
    ) -> BTreeMap<T::AccountId, BTreeMap<NetUid, StakeAvailability>> {
        let networks = Self::networks();
        let asked: Vec<NetUid> = match netuids.map(BTreeSet::from_iter) {
            None => networks,
            Some(asked) if asked.len() > networks.len() => Vec::new(),
            Some(asked) => asked.into_iter().filter(|netuid| networks.contains(netuid)).collect(),
        };
        let of_coldkey = |coldkey: T::AccountId| {
            let available = asked.iter().filter_map(|netuid| {
                Self::availability_on(&coldkey, *netuid).map(|availability| (*netuid, availability))
            });
            let available = available.collect();
            (coldkey, available)
        };
        coldkeys.into_iter().map(of_coldkey).collect()
    }

    fn availability_on(coldkey: &T::AccountId, netuid: NetUid) -> Option<StakeAvailability> {
        let (total, locked) = (Self::stake_on(coldkey, netuid), Self::locked_of(coldkey, netuid));
        (total != 0 || locked != 0).then(|| StakeAvailability {
            total: Compact(total),
            locked: Compact(locked),
            available: Compact(Self::available_of(coldkey, netuid)),
        })
    }

    /// Fee of moving `amount`, in rao of what the fee is taken from (section 11, 4).
    pub fn stake_fee(
        origin: Option<Place<T::AccountId>>,
        destination: Option<Place<T::AccountId>>,
        amount: u64,
    ) -> u64 {
        if origin == destination {
            return 0;
        }
        destination.or(origin).map_or(0, |(_, netuid)| T::Swap::fee(netuid, amount))
    }

    /// The lock of a coldkey on a subnet, rolled to this block (section 11, 4).
    pub fn coldkey_lock(coldkey: &T::AccountId, netuid: NetUid) -> Option<LockState> {
        Self::lock_of(coldkey, netuid).map(|lock| Self::roll_now(lock.state, lock.flags).into())
    }
}
