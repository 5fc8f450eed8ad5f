//! What a dissolved subnet leaves behind: nothing, but for the items that section 02, 5 names in step 4.
//!
//! Those that stay are `SubnetEmissionEnabled`, `OwnerCutEnabled`, `RegisteredSubnetCounter`,
//! `MinChildkeyTakePerSubnet`, `MinNonImmuneUids`, `MinAllowedUids`, `RecycleOrBurn`, `RootClaimableThreshold`,
//! `RootProp`, `AutoStakeDestination` and `AutoStakeDestinationColdkeys`, `VotingPower` and its settings,
//! `RootAlphaDividendsPerSubnet`, `MaxWeightsLimit`, `AdjustmentInterval`, `AdjustmentAlpha` and
//! `LastRateLimitedBlock`. The next subnet of the number inherits them.

use alloc::vec::Vec;

use assay_primitives::{NetUid, NetUidStorageIndex, ROOT, storage_index};
use codec::FullCodec;
use polkadot_sdk::frame_support::storage::IterableStorageDoubleMap;

use crate::{
    AccumulatedLeaseDividends, Active, ActivityCutoff, ActivityCutoffFactorMilli, Alpha,
    AlphaDividendsPerSubnet, AlphaSigmoidSteepness, AlphaV2, AlphaValues, AssociatedEvmAddress, Axons,
    BlockAtRegistration, BlocksSinceLastStep, Bonds, BondsMovingAverage, BondsPenalty, BondsResetOn, Burn,
    BurnHalfLife, BurnIncreaseMult, BurnRegistrationsThisInterval, CRV3WeightCommits, CRV3WeightCommitsV2,
    ChildKeys, ChildkeyTake, CommitRevealWeightsEnabled, Config, Consensus, Difficulty, Dividends,
    EMAPriceHalvingBlocks, Emission, Event, FirstEmissionBlockNumber, ImmuneOwnerUidsLimit, ImmunityPeriod,
    Incentive, IsNetworkMember, Kappa, Keys, LargestLocked, LastAdjustmentBlock, LastEpochBlock,
    LastHotkeyEmissionOnNetuid, LastHotkeySwapOnNetuid, LastMechansimStepBlock, LastUpdate, LiquidAlphaOn,
    LoadedEmission, MaxAllowedUids, MaxAllowedValidators, MaxBurn, MaxDifficulty, MaxRegistrationsPerBlock,
    MechanismCountCurrent, MechanismEmissionSplit, MinAllowedWeights, MinBurn, MinDifficulty, MinerBurned,
    NetworkPowRegistrationAllowed, NetworkRegisteredAt, NetworkRegistrationAllowed, NetworksAdded,
    NeuronCertificates, OwnerCutAutoLockEnabled, POWRegistrationsThisInterval, Pallet, ParentKeys,
    PendingChildKeys, PendingEpochAt, PendingOwnerCut, PendingRootAlphaDivs, PendingServerEmission,
    PendingValidatorEmission, Prometheus, RAORecycledForRegistration, RegistrationsThisBlock,
    RegistrationsThisInterval, RevealPeriodEpochs, Rho, ScalingLawPower, ServingRateLimit, StakeWeight,
    SubnetAlphaIn, SubnetAlphaInEmission, SubnetAlphaOut, SubnetAlphaOutEmission, SubnetEmaProtocolFlow,
    SubnetEmaTaoFlow, SubnetEpochIndex, SubnetExcessTao, SubnetIdentitiesV3, SubnetLeaseShares, SubnetLeases,
    SubnetLocked, SubnetMechanism, SubnetMovingPrice, SubnetOwner, SubnetOwnerHotkey, SubnetProtocolAlpha,
    SubnetProtocolFlow, SubnetRootSellTao, SubnetTAO, SubnetTaoFlow, SubnetTaoInEmission, SubnetUidToLeaseId,
    SubnetVolume, SubnetworkN, SubtokenEnabled, TargetRegistrationsPerInterval, Tempo,
    TimelockedWeightCommits, TokenSymbol, TotalHotkeyAlpha, TotalHotkeyAlphaLastEpoch, TotalHotkeyShares,
    TotalHotkeySharesV2, TotalNetworks, TransactionKeyLastBlock, TransferToggle, Uids, ValidatorPermit,
    ValidatorPruneLen, ValidatorTrust, WeightCommits, Weights, WeightsSetRateLimit, WeightsVersionKey,
    Yuma3On,
};

impl<T: Config> Pallet<T> {
    /// Removes the stakes on a subnet and the alpha in its pool (step 2 of section 02, 5).
    pub(super) fn forget_stakes(netuid: NetUid) {
        let entries = AlphaV2::<T>::iter_keys().filter(|(_, _, subnet)| *subnet == netuid);
        for key in entries.collect::<Vec<_>>() {
            AlphaV2::<T>::remove(key);
        }
        let entries = Alpha::<T>::iter_keys().filter(|(_, _, subnet)| *subnet == netuid);
        for key in entries.collect::<Vec<_>>() {
            Alpha::<T>::remove(key);
        }
        forget_by_account::<TotalHotkeyAlpha<T>, T::AccountId, _>(netuid);
        forget_by_account::<TotalHotkeyShares<T>, T::AccountId, _>(netuid);
        forget_by_account::<TotalHotkeySharesV2<T>, T::AccountId, _>(netuid);
        SubnetAlphaIn::<T>::remove(netuid);
        SubnetAlphaOut::<T>::remove(netuid);
        SubnetProtocolAlpha::<T>::remove(netuid);
    }

    /// Removes everything else (step 4 of section 02, 5).
    pub(super) fn forget_network(netuid: NetUid) {
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            Self::forget_mechanism(storage_index(netuid, mecid));
        }
        Self::forget_existence(netuid);
        Self::forget_neurons(netuid);
        Self::forget_relations(netuid);
        Self::forget_pool(netuid);
        Self::forget_hyperparameters(netuid);
        Self::forget_lease(netuid);
        Self::forget_root_weights(netuid);
        if SubnetIdentitiesV3::<T>::take(netuid).is_some() {
            Self::deposit_event(Event::SubnetIdentityRemoved(netuid));
        }
        TotalNetworks::<T>::mutate(|count| *count = count.saturating_sub(1));
    }

    fn forget_existence(netuid: NetUid) {
        NetworksAdded::<T>::remove(netuid);
        NetworkRegisteredAt::<T>::remove(netuid);
        SubnetMechanism::<T>::remove(netuid);
        SubnetOwner::<T>::remove(netuid);
        SubnetOwnerHotkey::<T>::remove(netuid);
        SubnetLocked::<T>::remove(netuid);
        LargestLocked::<T>::remove(netuid);
        TokenSymbol::<T>::remove(netuid);
        FirstEmissionBlockNumber::<T>::remove(netuid);
        SubtokenEnabled::<T>::remove(netuid);
        LastEpochBlock::<T>::remove(netuid);
        PendingEpochAt::<T>::remove(netuid);
        SubnetEpochIndex::<T>::remove(netuid);
        BlocksSinceLastStep::<T>::remove(netuid);
        LastMechansimStepBlock::<T>::remove(netuid);
        RegistrationsThisBlock::<T>::remove(netuid);
        RegistrationsThisInterval::<T>::remove(netuid);
        POWRegistrationsThisInterval::<T>::remove(netuid);
        BurnRegistrationsThisInterval::<T>::remove(netuid);
        LastAdjustmentBlock::<T>::remove(netuid);
        RAORecycledForRegistration::<T>::remove(netuid);
    }

    fn forget_neurons(netuid: NetUid) {
        SubnetworkN::<T>::remove(netuid);
        let _ = Uids::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Keys::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = BlockAtRegistration::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Axons::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = NeuronCertificates::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Prometheus::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = AssociatedEvmAddress::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = AlphaDividendsPerSubnet::<T>::clear_prefix(netuid, u32::MAX, None);
        forget_by_account::<IsNetworkMember<T>, T::AccountId, _>(netuid);
        forget_by_account::<LastHotkeyEmissionOnNetuid<T>, T::AccountId, _>(netuid);
        forget_by_account::<TotalHotkeyAlphaLastEpoch<T>, T::AccountId, _>(netuid);
        Active::<T>::remove(netuid);
        Emission::<T>::remove(netuid);
        Consensus::<T>::remove(netuid);
        Dividends::<T>::remove(netuid);
        StakeWeight::<T>::remove(netuid);
        ValidatorTrust::<T>::remove(netuid);
        ValidatorPermit::<T>::remove(netuid);
        LoadedEmission::<T>::remove(netuid);
    }

    fn forget_mechanism(index: NetUidStorageIndex) {
        Incentive::<T>::remove(index);
        LastUpdate::<T>::remove(index);
        let _ = Weights::<T>::clear_prefix(index, u32::MAX, None);
        let _ = Bonds::<T>::clear_prefix(index, u32::MAX, None);
        let _ = WeightCommits::<T>::clear_prefix(index, u32::MAX, None);
        let _ = TimelockedWeightCommits::<T>::clear_prefix(index, u32::MAX, None);
        let _ = CRV3WeightCommits::<T>::clear_prefix(index, u32::MAX, None);
        let _ = CRV3WeightCommitsV2::<T>::clear_prefix(index, u32::MAX, None);
    }

    /// Children, parents and what accounts did on the subnet.
    fn forget_relations(netuid: NetUid) {
        let _ = PendingChildKeys::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = LastHotkeySwapOnNetuid::<T>::clear_prefix(netuid, u32::MAX, None);
        forget_by_account::<ChildKeys<T>, T::AccountId, _>(netuid);
        forget_by_account::<ParentKeys<T>, T::AccountId, _>(netuid);
        forget_by_account::<ChildkeyTake<T>, T::AccountId, _>(netuid);
        let actions = TransactionKeyLastBlock::<T>::iter_keys().filter(|(_, subnet, _)| *subnet == netuid);
        for key in actions.collect::<Vec<_>>() {
            TransactionKeyLastBlock::<T>::remove(key);
        }
    }

    fn forget_pool(netuid: NetUid) {
        SubnetTAO::<T>::remove(netuid);
        SubnetVolume::<T>::remove(netuid);
        SubnetMovingPrice::<T>::remove(netuid);
        SubnetAlphaInEmission::<T>::remove(netuid);
        SubnetAlphaOutEmission::<T>::remove(netuid);
        SubnetTaoInEmission::<T>::remove(netuid);
        SubnetExcessTao::<T>::remove(netuid);
        SubnetRootSellTao::<T>::remove(netuid);
        SubnetTaoFlow::<T>::remove(netuid);
        SubnetEmaTaoFlow::<T>::remove(netuid);
        SubnetProtocolFlow::<T>::remove(netuid);
        SubnetEmaProtocolFlow::<T>::remove(netuid);
        PendingServerEmission::<T>::remove(netuid);
        PendingValidatorEmission::<T>::remove(netuid);
        PendingRootAlphaDivs::<T>::remove(netuid);
        PendingOwnerCut::<T>::remove(netuid);
        MinerBurned::<T>::remove(netuid);
    }

    fn forget_hyperparameters(netuid: NetUid) {
        ActivityCutoff::<T>::remove(netuid);
        ActivityCutoffFactorMilli::<T>::remove(netuid);
        AlphaSigmoidSteepness::<T>::remove(netuid);
        AlphaValues::<T>::remove(netuid);
        BondsMovingAverage::<T>::remove(netuid);
        BondsPenalty::<T>::remove(netuid);
        BondsResetOn::<T>::remove(netuid);
        Burn::<T>::remove(netuid);
        BurnHalfLife::<T>::remove(netuid);
        BurnIncreaseMult::<T>::remove(netuid);
        CommitRevealWeightsEnabled::<T>::remove(netuid);
        Difficulty::<T>::remove(netuid);
        EMAPriceHalvingBlocks::<T>::remove(netuid);
        ImmuneOwnerUidsLimit::<T>::remove(netuid);
        ImmunityPeriod::<T>::remove(netuid);
        Kappa::<T>::remove(netuid);
        LiquidAlphaOn::<T>::remove(netuid);
        MaxAllowedUids::<T>::remove(netuid);
        MaxAllowedValidators::<T>::remove(netuid);
        MaxBurn::<T>::remove(netuid);
        MaxDifficulty::<T>::remove(netuid);
        MaxRegistrationsPerBlock::<T>::remove(netuid);
        MechanismCountCurrent::<T>::remove(netuid);
        MechanismEmissionSplit::<T>::remove(netuid);
        MinAllowedWeights::<T>::remove(netuid);
        MinBurn::<T>::remove(netuid);
        MinDifficulty::<T>::remove(netuid);
        NetworkPowRegistrationAllowed::<T>::remove(netuid);
        NetworkRegistrationAllowed::<T>::remove(netuid);
        OwnerCutAutoLockEnabled::<T>::remove(netuid);
        RevealPeriodEpochs::<T>::remove(netuid);
        Rho::<T>::remove(netuid);
        ScalingLawPower::<T>::remove(netuid);
        ServingRateLimit::<T>::remove(netuid);
        TargetRegistrationsPerInterval::<T>::remove(netuid);
        Tempo::<T>::remove(netuid);
        TransferToggle::<T>::remove(netuid);
        ValidatorPruneLen::<T>::remove(netuid);
        WeightsSetRateLimit::<T>::remove(netuid);
        WeightsVersionKey::<T>::remove(netuid);
        Yuma3On::<T>::remove(netuid);
    }

    fn forget_lease(netuid: NetUid) {
        let Some(lease) = SubnetUidToLeaseId::<T>::take(netuid) else {
            return;
        };
        SubnetLeases::<T>::remove(lease);
        let _ = SubnetLeaseShares::<T>::clear_prefix(lease, u32::MAX, None);
        AccumulatedLeaseDividends::<T>::remove(lease);
    }

    /// Root weights towards the subnet become zero.
    fn forget_root_weights(netuid: NetUid) {
        let root = storage_index(ROOT, 0);
        let rows: Vec<(u16, Vec<(u16, u16)>)> = Weights::<T>::iter_prefix(root).collect();
        for (uid, mut row) in rows {
            row.iter_mut().filter(|(target, _)| *target == netuid).for_each(|(_, weight)| *weight = 0);
            Weights::<T>::insert(root, uid, row);
        }
    }
}

/// Removes the entries of a subnet from a map by account and subnet.
fn forget_by_account<Map, AccountId, Value>(netuid: NetUid)
where
    Map: IterableStorageDoubleMap<AccountId, NetUid, Value>,
    AccountId: FullCodec,
    Value: FullCodec,
{
    let accounts: Vec<AccountId> =
        Map::iter_keys().filter_map(|(account, subnet)| (subnet == netuid).then_some(account)).collect();
    for account in accounts {
        Map::remove(account, netuid);
    }
}
