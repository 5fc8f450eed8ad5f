//! Delegates and what they bring (section 11, 1).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use assay_economics::stake::delegate_return::{daily_return, return_per_1000};
use assay_primitives::{AlphaBalance, NetUid, ROOT};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use crate::staking::shares::{share, share_pool};
use crate::{
    Alpha, AlphaV2, Config, Delegates, Emission, IsNetworkMember, Owner, Pallet, Tempo, TotalHotkeyAlpha,
    Uids, ValidatorPermit,
};

/// A subnet and a stake there, rao of alpha.
pub type StakeOn = (Compact<NetUid>, Compact<u64>);

/// A delegate. Parts are of 65,535.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("delegate", "delegate_info"))]
pub struct DelegateInfo<AccountId> {
    /// Hotkey.
    pub delegate_ss58: AccountId,
    /// Its take.
    pub take: Compact<u16>,
    /// Coldkeys that stake on it, with their stakes by subnet, rao of alpha.
    pub nominators: Vec<(AccountId, Vec<StakeOn>)>,
    /// Its owner.
    pub owner_ss58: AccountId,
    /// Subnets where it is registered.
    pub registrations: Vec<Compact<NetUid>>,
    /// Subnets where it may validate.
    pub validator_permits: Vec<Compact<NetUid>>,
    /// What 1,000 TAO on root bring in a day, rao.
    pub return_per_1000: Compact<u64>,
    /// What it earns in a day, rao of alpha of all subnets taken together.
    pub total_daily_return: Compact<u64>,
}

impl<T: Config> Pallet<T> {
    /// All delegates, in the order of their entries (section 11, 1).
    pub fn delegates() -> Vec<DelegateInfo<T::AccountId>> {
        let delegates = Delegates::<T>::iter_keys();
        delegates.map(|hotkey| Self::delegate_info(hotkey.clone(), Self::nominators(&hotkey))).collect()
    }

    /// A delegate, none if the hotkey is not one (section 11, 1).
    pub fn delegate(hotkey: T::AccountId) -> Option<DelegateInfo<T::AccountId>> {
        Delegates::<T>::contains_key(&hotkey).then(|| {
            let nominators = Self::nominators(&hotkey);
            Self::delegate_info(hotkey, nominators)
        })
    }

    /// The delegates that a coldkey stakes on, once for every stake; without their nominators (section 11, 1).
    pub fn delegated(coldkey: &T::AccountId) -> Vec<(DelegateInfo<T::AccountId>, StakeOn)> {
        let mut delegated = Vec::new();
        for hotkey in Delegates::<T>::iter_keys() {
            let info = Self::delegate_info(hotkey.clone(), Vec::new());
            for netuid in Self::staked_networks(&hotkey, coldkey) {
                let stake = Self::stake_of(&hotkey, coldkey, netuid);
                delegated.push((info.clone(), (Compact(netuid), Compact(stake))));
            }
        }
        delegated
    }

    fn delegate_info(
        hotkey: T::AccountId,
        nominators: Vec<(T::AccountId, Vec<StakeOn>)>,
    ) -> DelegateInfo<T::AccountId> {
        let registrations: Vec<NetUid> = IsNetworkMember::<T>::iter_prefix(&hotkey)
            .filter_map(|(netuid, member)| member.then_some(netuid))
            .collect();
        let permits = registrations.iter().filter(|netuid| Self::has_permit(&hotkey, **netuid));
        let emissions = registrations.iter().filter_map(|netuid| Self::emission_of(&hotkey, *netuid));
        let daily = daily_return(emissions);
        let take = Self::delegate_take(&hotkey);
        let root_stake = TotalHotkeyAlpha::<T>::get(&hotkey, ROOT);
        DelegateInfo {
            take: Compact(take),
            nominators,
            owner_ss58: Owner::<T>::get(&hotkey),
            validator_permits: permits.copied().map(Compact).collect(),
            registrations: registrations.iter().copied().map(Compact).collect(),
            return_per_1000: Compact(return_per_1000(daily, take, root_stake)),
            total_daily_return: Compact(assay_economics::number::int(daily)),
            delegate_ss58: hotkey,
        }
    }

    fn has_permit(hotkey: &T::AccountId, netuid: NetUid) -> bool {
        let permits = ValidatorPermit::<T>::get(netuid);
        Uids::<T>::get(netuid, hotkey).and_then(|uid| permits.get(usize::from(uid)).copied()).unwrap_or(false)
    }

    /// Emission of the hotkey at the last epoch, rao of alpha, and the tempo of the subnet.
    fn emission_of(hotkey: &T::AccountId, netuid: NetUid) -> Option<(AlphaBalance, u16)> {
        let uid = Uids::<T>::get(netuid, hotkey)?;
        let emission = Emission::<T>::get(netuid).get(usize::from(uid)).copied()?;
        Some((emission, Tempo::<T>::get(netuid)))
    }

    /// The coldkeys that stake on a hotkey, ascending, with their stakes by subnet.
    ///
    /// A stake is valued in the pool of the network that stands at the place `netuid` of the list of networks, as on
    /// the reference chain: right as long as no number below is free (section 11, 1).
    fn nominators(hotkey: &T::AccountId) -> Vec<(T::AccountId, Vec<StakeOn>)> {
        let pools = Self::of_all_networks(|netuid| share_pool::<T>(hotkey, netuid));
        let mut nominators: BTreeMap<T::AccountId, BTreeMap<NetUid, u64>> = BTreeMap::new();
        let legacy = Alpha::<T>::iter_key_prefix((hotkey,));
        for (coldkey, netuid) in legacy.chain(AlphaV2::<T>::iter_key_prefix((hotkey,))) {
            if let Some(pool) = pools.get(usize::from(netuid)) {
                let stake = pool.value_of(share::<T>(hotkey, &coldkey, netuid));
                nominators.entry(coldkey).or_default().insert(netuid, stake);
            }
        }
        let listed = |stakes: BTreeMap<NetUid, u64>| {
            stakes.into_iter().map(|(netuid, stake)| (Compact(netuid), Compact(stake))).collect()
        };
        nominators.into_iter().map(|(coldkey, stakes)| (coldkey, listed(stakes))).collect()
    }

    /// The networks on which a coldkey has shares of a hotkey.
    fn staked_networks(hotkey: &T::AccountId, coldkey: &T::AccountId) -> Vec<NetUid> {
        let legacy = Alpha::<T>::iter_key_prefix((hotkey, coldkey));
        let mut networks: Vec<NetUid> =
            legacy.chain(AlphaV2::<T>::iter_key_prefix((hotkey, coldkey))).collect();
        networks.sort_unstable();
        networks.dedup();
        networks
    }
}
