//! What an epoch pays (section 06, 4).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use assay_economics::emission::parents::{self, Child, Parent};
use assay_economics::emission::payout::{self, Earner, Payout, Pending};
use assay_economics::emission::take;
use assay_economics::number::{U96F32, proportion_u16};
use assay_primitives::{AlphaBalance, NetUid, ROOT, stored};

use crate::epoch::persist::EpochResult;
use crate::types::RecycleOrBurnEnum;
use crate::{
    AlphaDividendsPerSubnet, AutoStakeDestination, CKBurn, ChildKeys, Config, Event, MinerBurned,
    OwnedHotkeys, Owner, OwnerCutAutoLockEnabled, Pallet, ParentKeys, RecycleOrBurn,
    RootAlphaDividendsPerSubnet, SubnetOwner, SubnetOwnerHotkey, TotalHotkeyAlpha, TotalHotkeyAlphaLastEpoch,
};

/// A hotkey whose stakers are paid.
struct Recipient<T: Config> {
    hotkey: T::AccountId,
    owner: T::AccountId,
    /// Parts of 65,535.
    take: u16,
    payout: Payout,
}

impl<T: Config> Pallet<T> {
    /// Runs the epoch of a drained subnet and pays (section 06, 4).
    pub(super) fn distribute(netuid: NetUid, pending: Pending, now: u64) {
        let results = Self::run_epoch(netuid, pending.epoch_emission(), now);
        let incentives =
            results.iter().fold(0, |sum: AlphaBalance, result| sum.saturating_add(result.incentive));
        // All proportions are settled before anything is paid.
        let recipients = Self::recipients(netuid, &results, pending.validator_pot(incentives), pending.root);
        Self::pay_owner(netuid, pending.owner_cut);
        Self::pay_miners(netuid, &results);
        Self::pay_validators(netuid, &recipients);
        Self::pay_root(netuid, &recipients);
    }

    /// What validators and root earn, in ascending account order (section 06, 4 steps 3 to 6).
    fn recipients(
        netuid: NetUid,
        results: &[EpochResult<T::AccountId>],
        validator_pot: AlphaBalance,
        root_pot: AlphaBalance,
    ) -> Vec<Recipient<T>> {
        let tao_weight = Self::tao_weight();
        let dividends = Self::dividends(netuid, results, tao_weight);
        let earner = |(hotkey, dividend): (&T::AccountId, &U96F32)| Earner {
            dividend: *dividend,
            alpha: TotalHotkeyAlpha::<T>::get(hotkey, netuid),
            root: TotalHotkeyAlpha::<T>::get(hotkey, ROOT),
        };
        let earners: Vec<Earner> = dividends.iter().map(earner).collect();
        let payouts = payout::payouts(&earners, validator_pot, root_pot, tao_weight);
        let recipient = |(hotkey, payout): (T::AccountId, Payout)| Recipient {
            owner: Owner::<T>::get(&hotkey),
            take: Self::delegate_take(&hotkey),
            hotkey,
            payout,
        };
        dividends.into_keys().zip(payouts).map(recipient).collect()
    }

    /// Dividends after the split between parents and children: an entry for every hotkey of the epoch and every
    /// parent (section 06, 4 step 3).
    fn dividends(
        netuid: NetUid,
        results: &[EpochResult<T::AccountId>],
        tao_weight: U96F32,
    ) -> BTreeMap<T::AccountId, U96F32> {
        let burn = parents::childkey_burn(CKBurn::<T>::get());
        let mut dividends: BTreeMap<T::AccountId, U96F32> = BTreeMap::new();
        let mut add = |hotkey: T::AccountId, part: u64| {
            let dividend = dividends.entry(hotkey).or_default();
            *dividend = dividend.saturating_add(U96F32::from(part));
        };
        for result in results {
            let lenders = ParentKeys::<T>::get(&result.hotkey, netuid);
            if lenders.is_empty() {
                add(result.hotkey.clone(), result.dividend);
                continue;
            }
            let split = Self::split_dividend(netuid, result, &lenders, tao_weight, burn);
            Self::recycle_alpha_of(netuid, split.recycled);
            for ((_, parent), part) in lenders.into_iter().zip(split.parents) {
                add(parent, part);
            }
            add(result.hotkey.clone(), split.own);
        }
        dividends
    }

    fn split_dividend(
        netuid: NetUid,
        result: &EpochResult<T::AccountId>,
        lenders: &[(u64, T::AccountId)],
        tao_weight: U96F32,
        burn: U96F32,
    ) -> parents::Split {
        let hotkey = &result.hotkey;
        let owner = Owner::<T>::get(hotkey);
        let given: Vec<u64> =
            ChildKeys::<T>::get(hotkey, netuid).into_iter().map(|(proportion, _)| proportion).collect();
        let child = Child {
            alpha: TotalHotkeyAlpha::<T>::get(hotkey, netuid),
            root: TotalHotkeyAlpha::<T>::get(hotkey, ROOT),
            given: &given,
            childkey_take: proportion_u16(Self::childkey_take(hotkey, netuid)),
        };
        let parent = |(proportion, parent): &(u64, T::AccountId)| Parent {
            proportion: *proportion,
            alpha: TotalHotkeyAlpha::<T>::get(parent, netuid),
            root: TotalHotkeyAlpha::<T>::get(parent, ROOT),
            same_owner: Owner::<T>::get(parent) == owner,
        };
        let lenders: Vec<Parent> = lenders.iter().map(parent).collect();
        parents::split(result.dividend, child, &lenders, tao_weight, burn)
    }

    /// Pays the owner's cut; without an owner it stays outstanding and belongs to nobody (section 06, 4.2 step 1).
    fn pay_owner(netuid: NetUid, cut: AlphaBalance) {
        let (Ok(coldkey), Ok(hotkey)) =
            (SubnetOwner::<T>::try_get(netuid), SubnetOwnerHotkey::<T>::try_get(netuid))
        else {
            return;
        };
        Self::increase_stake(&hotkey, &coldkey, netuid, cut);
        if OwnerCutAutoLockEnabled::<T>::get(netuid) {
            let backed = Self::lock_of(&coldkey, netuid).map_or(hotkey, |lock| lock.hotkey);
            // A cut that cannot be locked is paid all the same.
            let _ = Self::lock(&coldkey, netuid, &backed, cut);
        }
    }

    /// Stakes the miners' incentives; those of the owner's hotkeys are withheld (section 06, 4.2 steps 2 and 3).
    fn pay_miners(netuid: NetUid, results: &[EpochResult<T::AccountId>]) {
        let mut owners: BTreeSet<T::AccountId> =
            OwnedHotkeys::<T>::get(SubnetOwner::<T>::get(netuid)).into_iter().collect();
        owners.extend(SubnetOwnerHotkey::<T>::try_get(netuid));
        let (mut total, mut withheld): (AlphaBalance, AlphaBalance) = (0, 0);
        for result in results {
            total = total.saturating_add(result.incentive);
            if owners.contains(&result.hotkey) {
                withheld = withheld.saturating_add(result.incentive);
                Self::withhold(netuid, result.incentive);
            } else {
                Self::pay_miner(netuid, result);
            }
        }
        MinerBurned::<T>::insert(netuid, stored::U96F32::from(payout::miner_burned(withheld, total)));
    }

    fn withhold(netuid: NetUid, incentive: AlphaBalance) {
        match RecycleOrBurn::<T>::get(netuid) {
            RecycleOrBurnEnum::Recycle => Self::recycle_alpha_of(netuid, incentive),
            RecycleOrBurnEnum::Burn => Self::burn_alpha_of(netuid, incentive),
        }
    }

    fn pay_miner(netuid: NetUid, result: &EpochResult<T::AccountId>) {
        let (hotkey, incentive) = (result.hotkey.clone(), result.incentive);
        let owner = Owner::<T>::get(&hotkey);
        let Some(destination) = AutoStakeDestination::<T>::get(&owner, netuid) else {
            Self::increase_stake(&hotkey, &owner, netuid, incentive);
            return;
        };
        Self::deposit_event(Event::AutoStakeAdded {
            netuid,
            destination: destination.clone(),
            hotkey,
            owner: owner.clone(),
            incentive,
        });
        Self::increase_stake(&destination, &owner, netuid, incentive);
    }

    /// Pays the validators' takes and their stakers (section 06, 4.2 step 4).
    fn pay_validators(netuid: NetUid, recipients: &[Recipient<T>]) {
        let _ = AlphaDividendsPerSubnet::<T>::clear_prefix(netuid, u32::MAX, None);
        for Recipient { hotkey, owner, take, payout } in recipients {
            let shared = take::share(payout.alpha, *take);
            Self::increase_stake(hotkey, owner, netuid, shared.take);
            Self::increase_all_stakes(hotkey, netuid, shared.stakers);
            AlphaDividendsPerSubnet::<T>::insert(netuid, hotkey, shared.stakers);
            let alpha = TotalHotkeyAlpha::<T>::get(hotkey, netuid);
            TotalHotkeyAlphaLastEpoch::<T>::insert(hotkey, netuid, alpha);
        }
    }

    /// Pays the takes of root dividends, in the subnet's alpha, and lets root stakers claim the rest (section 06, 4.2
    /// step 5).
    fn pay_root(netuid: NetUid, recipients: &[Recipient<T>]) {
        let _ = RootAlphaDividendsPerSubnet::<T>::clear_prefix(netuid, u32::MAX, None);
        for Recipient { hotkey, owner, take, payout } in recipients {
            let shared = take::share(payout.root, *take);
            Self::increase_stake(hotkey, owner, netuid, shared.take);
            Self::increase_root_claimable(hotkey, netuid, shared.stakers);
            RootAlphaDividendsPerSubnet::<T>::insert(netuid, hotkey, shared.stakers);
        }
    }
}
