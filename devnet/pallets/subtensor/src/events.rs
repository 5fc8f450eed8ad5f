//! Events (section 12, 5). Their order is their number on the wire.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The event type; it becomes part of the pallet.
#[pallet_section]
mod event_section {
    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// A subnet was registered: netuid, mechanism.
        NetworkAdded(NetUid, u16),
        /// A subnet was dissolved: netuid.
        NetworkRemoved(NetUid),
        /// TAO was staked: coldkey, hotkey, TAO, alpha, netuid, fee.
        StakeAdded(T::AccountId, T::AccountId, TaoBalance, AlphaBalance, NetUid, u64),
        /// Alpha was unstaked: coldkey, hotkey, TAO, alpha, netuid, fee.
        StakeRemoved(T::AccountId, T::AccountId, TaoBalance, AlphaBalance, NetUid, u64),
        /// Stake moved: coldkey, origin hotkey and netuid, destination hotkey and netuid, TAO.
        StakeMoved(T::AccountId, T::AccountId, NetUid, T::AccountId, NetUid, TaoBalance),
        /// Weights were set: storage index, uid.
        WeightsSet(NetUidStorageIndex, u16),
        /// A neuron was registered: netuid, uid, hotkey.
        NeuronRegistered(NetUid, u16, T::AccountId),
        /// Not emitted.
        BulkNeuronsRegistered(u16, u16),
        /// Not emitted.
        BulkBalancesSet(u16, u16),
        /// Upper bound of uids: netuid, value.
        MaxAllowedUidsSet(NetUid, u16),
        /// Not emitted.
        MaxWeightLimitSet(NetUid, u16),
        /// Difficulty: netuid, value.
        DifficultySet(NetUid, u64),
        /// Adjustment interval: netuid, value.
        AdjustmentIntervalSet(NetUid, u16),
        /// Target of registrations: netuid, value.
        RegistrationPerIntervalSet(NetUid, u16),
        /// Registrations per block: netuid, value.
        MaxRegistrationsPerBlockSet(NetUid, u16),
        /// Activity cutoff: netuid, value.
        ActivityCutoffSet(NetUid, u16),
        /// Rho: netuid, value.
        RhoSet(NetUid, u16),
        /// Steepness of liquid alpha: netuid, value.
        AlphaSigmoidSteepnessSet(NetUid, i16),
        /// Kappa: netuid, value.
        KappaSet(NetUid, u16),
        /// Lowest number of weights: netuid, value.
        MinAllowedWeightSet(NetUid, u16),
        /// Not emitted.
        ValidatorPruneLenSet(NetUid, u64),
        /// Not emitted.
        ScalingLawPowerSet(NetUid, u16),
        /// Rate limit of weights: netuid, blocks.
        WeightsSetRateLimitSet(NetUid, u64),
        /// Immunity period: netuid, blocks.
        ImmunityPeriodSet(NetUid, u16),
        /// Smoothing of bonds: netuid, value.
        BondsMovingAverageSet(NetUid, u64),
        /// Penalty of bonds: netuid, value.
        BondsPenaltySet(NetUid, u16),
        /// Reset of bonds: netuid, value.
        BondsResetOnSet(NetUid, bool),
        /// Highest number of validators: netuid, value.
        MaxAllowedValidatorsSet(NetUid, u16),
        /// An endpoint was announced: netuid, hotkey.
        AxonServed(NetUid, T::AccountId),
        /// A metrics endpoint was announced: netuid, hotkey.
        PrometheusServed(NetUid, T::AccountId),
        /// Not emitted.
        DelegateAdded(T::AccountId, T::AccountId, u16),
        /// Default take: value.
        DefaultTakeSet(u16),
        /// Version key of weights: netuid, value.
        WeightsVersionKeySet(NetUid, u64),
        /// Lowest difficulty: netuid, value.
        MinDifficultySet(NetUid, u64),
        /// Highest difficulty: netuid, value.
        MaxDifficultySet(NetUid, u64),
        /// Rate limit of serving: netuid, blocks.
        ServingRateLimitSet(NetUid, u64),
        /// Price of a registration: netuid, rao.
        BurnSet(NetUid, TaoBalance),
        /// Highest price of a registration: netuid, rao.
        MaxBurnSet(NetUid, TaoBalance),
        /// Lowest price of a registration: netuid, rao.
        MinBurnSet(NetUid, TaoBalance),
        /// Epochs per block: value.
        MaxEpochsPerBlockSet(u8),
        /// Rate limit of hotkey swaps: blocks.
        TxRateLimitSet(u64),
        /// Rate limit of delegates' takes: blocks.
        TxDelegateTakeRateLimitSet(u64),
        /// Rate limit of child keys' takes: blocks.
        TxChildKeyTakeRateLimitSet(u64),
        /// Freeze window: blocks.
        AdminFreezeWindowSet(u16),
        /// Rate limit of the owners' hyperparameters: tempos.
        OwnerHyperparamRateLimitSet(u16),
        /// Lowest take of child keys: value.
        MinChildKeyTakeSet(u16),
        /// Lowest take of child keys of a subnet: netuid, value.
        MinChildKeyTakePerSubnetSet(NetUid, u16),
        /// Highest take of child keys: value.
        MaxChildKeyTakeSet(u16),
        /// Take of a child key: hotkey, value.
        ChildKeyTakeSet(T::AccountId, u16),
        /// Not emitted.
        Sudid(DispatchResult),
        /// Registration on a subnet: netuid, allowed.
        RegistrationAllowed(NetUid, bool),
        /// Proof-of-work registration on a subnet: netuid, allowed.
        PowRegistrationAllowed(NetUid, bool),
        /// Tempo: netuid, blocks.
        TempoSet(NetUid, u16),
        /// TAO paid for registrations: netuid, rao.
        RAORecycledForRegistrationSet(NetUid, TaoBalance),
        /// Stake threshold: value.
        StakeThresholdSet(u64),
        /// Adjustment alpha: netuid, value.
        AdjustmentAlphaSet(NetUid, u64),
        /// The faucet gave TAO: account, rao.
        Faucet(T::AccountId, u64),
        /// The owners' cut: value.
        SubnetOwnerCutSet(u16),
        /// Rate limit of subnet registrations: blocks.
        NetworkRateLimitSet(u64),
        /// Immunity period of subnets: blocks.
        NetworkImmunityPeriodSet(u64),
        /// Delay of the start: blocks.
        StartCallDelaySet(u64),
        /// Lowest lock cost: rao.
        NetworkMinLockCostSet(TaoBalance),
        /// Highest number of subnets: value.
        SubnetLimitSet(u16),
        /// Interval of the lock cost: blocks.
        NetworkLockCostReductionIntervalSet(u64),
        /// A take fell: coldkey, hotkey, take.
        TakeDecreased(T::AccountId, T::AccountId, u16),
        /// A take rose: coldkey, hotkey, take.
        TakeIncreased(T::AccountId, T::AccountId, u16),
        /// A hotkey was swapped on all subnets.
        HotkeySwapped {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Hotkey before.
            old_hotkey: T::AccountId,
            /// Hotkey after.
            new_hotkey: T::AccountId,
        },
        /// Highest take of delegates: value.
        MaxDelegateTakeSet(u16),
        /// Lowest take of delegates: value.
        MinDelegateTakeSet(u16),
        /// A coldkey swap was announced.
        ColdkeySwapAnnounced {
            /// Account.
            who: T::AccountId,
            /// Hash of the new coldkey.
            new_coldkey_hash: T::Hash,
        },
        /// Announcement and dispute of a coldkey swap were removed.
        ColdkeySwapReset {
            /// Account.
            who: T::AccountId,
        },
        /// A coldkey was swapped.
        ColdkeySwapped {
            /// Coldkey before.
            old_coldkey: T::AccountId,
            /// Coldkey after.
            new_coldkey: T::AccountId,
        },
        /// A coldkey swap was disputed.
        ColdkeySwapDisputed {
            /// Coldkey.
            coldkey: T::AccountId,
        },
        /// Not emitted.
        AllBalanceUnstakedAndTransferredToNewColdkey {
            /// Coldkey before.
            current_coldkey: T::AccountId,
            /// Coldkey after.
            new_coldkey: T::AccountId,
            /// Balance in rao.
            total_balance: TaoBalance,
        },
        /// Not emitted.
        ArbitrationPeriodExtended {
            /// Coldkey.
            coldkey: T::AccountId,
        },
        /// Children will be set: hotkey, netuid, block of the cooldown, children.
        SetChildrenScheduled(T::AccountId, NetUid, u64, Vec<(u64, T::AccountId)>),
        /// Children were set: hotkey, netuid, children.
        SetChildren(T::AccountId, NetUid, Vec<(u64, T::AccountId)>),
        /// An identity was set: coldkey.
        ChainIdentitySet(T::AccountId),
        /// A subnet's identity was set: netuid.
        SubnetIdentitySet(NetUid),
        /// A subnet's identity was removed: netuid.
        SubnetIdentityRemoved(NetUid),
        /// Not emitted.
        DissolveNetworkScheduled {
            /// Account.
            account: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Block of the dissolution.
            execution_block: BlockNumberFor<T>,
        },
        /// Delay of coldkey swaps: blocks.
        ColdkeySwapAnnouncementDelaySet(BlockNumberFor<T>),
        /// Delay of another announcement: blocks.
        ColdkeySwapReannouncementDelaySet(BlockNumberFor<T>),
        /// Delay of dissolutions: blocks.
        DissolveNetworkScheduleDurationSet(BlockNumberFor<T>),
        /// Not emitted.
        CRV3WeightsCommitted(T::AccountId, NetUidStorageIndex, H256),
        /// Weights were committed: hotkey, storage index, hash.
        WeightsCommitted(T::AccountId, NetUidStorageIndex, H256),
        /// Weights were revealed: hotkey, storage index, hash.
        WeightsRevealed(T::AccountId, NetUidStorageIndex, H256),
        /// Several commits were revealed: hotkey, netuid, hashes.
        WeightsBatchRevealed(T::AccountId, NetUid, Vec<H256>),
        /// A batch of weights was done: netuids, hotkey.
        BatchWeightsCompleted(Vec<Compact<NetUid>>, T::AccountId),
        /// A batch of weights had errors.
        BatchCompletedWithErrors(),
        /// An item of a batch failed: netuid, error.
        BatchWeightItemFailed(NetUid, DispatchError),
        /// Stake went to another coldkey: origin and destination coldkey, hotkey, both netuids, TAO.
        StakeTransferred(T::AccountId, T::AccountId, T::AccountId, NetUid, NetUid, TaoBalance),
        /// Stake was swapped between subnets: coldkey, hotkey, both netuids, TAO.
        StakeSwapped(T::AccountId, T::AccountId, NetUid, NetUid, TaoBalance),
        /// Transfer of stake: netuid, allowed.
        TransferToggle(NetUid, bool),
        /// Owner's hotkey: netuid, hotkey.
        SubnetOwnerHotkeySet(NetUid, T::AccountId),
        /// A subnet started: netuid, first block with emission.
        FirstEmissionBlockNumberSet(NetUid, u64),
        /// Alpha was recycled: coldkey, hotkey, alpha, netuid.
        AlphaRecycled(T::AccountId, T::AccountId, AlphaBalance, NetUid),
        /// Alpha was burned: coldkey, hotkey, alpha, netuid.
        AlphaBurned(T::AccountId, T::AccountId, AlphaBalance, NetUid),
        /// An EVM address was associated.
        EvmKeyAssociated {
            /// Subnet.
            netuid: NetUid,
            /// Hotkey.
            hotkey: T::AccountId,
            /// EVM address.
            evm_key: H160,
            /// Block of the association.
            block_associated: u64,
        },
        /// Not emitted.
        CRV3WeightsRevealed(NetUid, T::AccountId),
        /// Reveal period: netuid, epochs.
        CommitRevealPeriodsSet(NetUid, u64),
        /// Commit and reveal: netuid, enabled.
        CommitRevealEnabled(NetUid, bool),
        /// A hotkey was swapped on one subnet.
        HotkeySwappedOnSubnet {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Hotkey before.
            old_hotkey: T::AccountId,
            /// Hotkey after.
            new_hotkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
        },
        /// A lease began.
        SubnetLeaseCreated {
            /// Beneficiary.
            beneficiary: T::AccountId,
            /// Lease.
            lease_id: LeaseId,
            /// Subnet.
            netuid: NetUid,
            /// Last block of the lease.
            end_block: Option<BlockNumberFor<T>>,
        },
        /// A lease ended.
        SubnetLeaseTerminated {
            /// Beneficiary.
            beneficiary: T::AccountId,
            /// Subnet.
            netuid: NetUid,
        },
        /// A subnet's symbol changed.
        SymbolUpdated {
            /// Subnet.
            netuid: NetUid,
            /// Symbol, UTF-8.
            symbol: Vec<u8>,
        },
        /// Version of timelocked commits: value.
        CommitRevealVersionSet(u16),
        /// Timelocked weights were committed: hotkey, storage index, hash, round.
        TimelockedWeightsCommitted(T::AccountId, NetUidStorageIndex, H256, u64),
        /// Timelocked weights were revealed: storage index, hotkey.
        TimelockedWeightsRevealed(NetUidStorageIndex, T::AccountId),
        /// Incentive was staked to another hotkey.
        AutoStakeAdded {
            /// Subnet.
            netuid: NetUid,
            /// Hotkey that is staked to.
            destination: T::AccountId,
            /// Hotkey.
            hotkey: T::AccountId,
            /// Owner of the mining hotkey.
            owner: T::AccountId,
            /// Alpha in rao.
            incentive: AlphaBalance,
        },
        /// Incentives of an epoch by uid, alpha.
        IncentiveAlphaEmittedToMiners {
            /// Storage index.
            netuid: NetUidStorageIndex,
            /// Alpha in rao, by uid.
            emissions: Vec<AlphaBalance>,
        },
        /// Lower bound of uids: netuid, value.
        MinAllowedUidsSet(NetUid, u16),
        /// The hotkey for a coldkey's incentive was set.
        AutoStakeDestinationSet {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Hotkey.
            hotkey: T::AccountId,
        },
        /// Non-immune neurons that stay: netuid, value.
        MinNonImmuneUidsSet(NetUid, u16),
        /// Root dividends were claimed.
        RootClaimed {
            /// Coldkey.
            coldkey: T::AccountId,
        },
        /// The type of root claims was set.
        RootClaimTypeSet {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Type of the claims.
            root_claim_type: RootClaimTypeEnum,
        },
        /// Voting power is tracked.
        VotingPowerTrackingEnabled {
            /// Subnet.
            netuid: NetUid,
        },
        /// The tracking of voting power will end.
        VotingPowerTrackingDisableScheduled {
            /// Subnet.
            netuid: NetUid,
            /// Block of the end.
            disable_at_block: u64,
        },
        /// The tracking of voting power ended.
        VotingPowerTrackingDisabled {
            /// Subnet.
            netuid: NetUid,
        },
        /// Smoothing of voting power.
        VotingPowerEmaAlphaSet {
            /// Subnet.
            netuid: NetUid,
            /// Parts of 10^18.
            alpha: u64,
        },
        /// Dividends of a lease were distributed.
        SubnetLeaseDividendsDistributed {
            /// Lease.
            lease_id: LeaseId,
            /// Contributor.
            contributor: T::AccountId,
            /// Alpha in rao.
            alpha: AlphaBalance,
        },
        /// TAO was staked and its alpha burned.
        AddStakeBurn {
            /// Subnet.
            netuid: NetUid,
            /// Hotkey.
            hotkey: T::AccountId,
            /// Amount in rao.
            amount: TaoBalance,
            /// Alpha in rao.
            alpha: AlphaBalance,
        },
        /// An announcement was cleared.
        ColdkeySwapCleared {
            /// Account.
            who: T::AccountId,
        },
        /// A fee was paid with alpha.
        TransactionFeePaidWithAlpha {
            /// Account.
            who: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Alpha in rao.
            alpha_fee: AlphaBalance,
            /// TAO that the alpha fetched, rao.
            tao_amount: TaoBalance,
        },
        /// Half-life of the price of a registration.
        BurnHalfLifeSet {
            /// Subnet.
            netuid: NetUid,
            /// Blocks.
            burn_half_life: u16,
        },
        /// Factor of the price of a registration.
        BurnIncreaseMultSet {
            /// Subnet.
            netuid: NetUid,
            /// Factor.
            burn_increase_mult: U64F64,
        },
        /// Automatic delegation to new subnets.
        AutoParentDelegationEnabledSet {
            /// Hotkey.
            hotkey: T::AccountId,
            /// Whether it is on.
            enabled: bool,
        },
        /// Stake was locked.
        StakeLocked {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Hotkey.
            hotkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Amount in rao.
            amount: AlphaBalance,
        },
        /// Not emitted.
        StakeUnlocked {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Hotkey.
            hotkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Amount in rao.
            amount: AlphaBalance,
        },
        /// A lock backs another hotkey.
        LockMoved {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Hotkey before.
            origin_hotkey: T::AccountId,
            /// Hotkey after.
            destination_hotkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
        },
        /// Activity cutoff in thousandths of a tempo.
        ActivityCutoffFactorMilliSet {
            /// Subnet.
            netuid: NetUid,
            /// Thousandths of a tempo.
            factor_milli: u32,
        },
        /// An epoch was triggered.
        EpochTriggered {
            /// Subnet.
            netuid: NetUid,
            /// Who did it.
            by: T::AccountId,
            /// Block of the epoch.
            fires_at: u64,
        },
        /// An epoch was put off to the next block.
        EpochDeferred {
            /// Subnet.
            netuid: NetUid,
            /// Block in which it was due.
            from_block: u64,
            /// Block to which it was put off.
            to_block: u64,
        },
        /// An epoch was skipped.
        EpochSkipped {
            /// Subnet.
            netuid: NetUid,
            /// Block.
            block: u64,
        },
        /// A subnet has another owner.
        SubnetOwnerChanged {
            /// Subnet.
            netuid: NetUid,
            /// Coldkey before.
            old_coldkey: T::AccountId,
            /// Coldkey after.
            new_coldkey: T::AccountId,
        },
        /// A coldkey's locks became perpetual or decaying.
        PerpetualLockUpdated {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Subnet.
            netuid: NetUid,
            /// Whether it is on.
            enabled: bool,
        },
        /// A coldkey accepts or rejects locked alpha.
        RejectLockedAlphaUpdated {
            /// Coldkey.
            coldkey: T::AccountId,
            /// Whether it is on.
            enabled: bool,
        },
    }
}
