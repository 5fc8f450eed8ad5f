//! Parameters and counters of the whole chain (section 02, 9.2).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod globals_storage {
    /// Lower bound of the legacy activity cutoff, in blocks (section 02, 9.1).
    #[pallet::storage]
    pub type MinActivityCutoff<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<360>>;

    /// Blocks before an automatic epoch in which hyperparameters are frozen (section 02, 9).
    #[pallet::storage]
    pub type AdminFreezeWindow<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<10>>;

    /// Tempos between two changes of one hyperparameter by the owner (section 02, 9).
    #[pallet::storage]
    pub type OwnerHyperparamRateLimit<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<2>>;

    /// Unused delay of a scheduled dissolution, in blocks (section 02, 9.2).
    #[pallet::storage]
    pub type DissolveNetworkScheduleDuration<T: Config> =
        StorageValue<_, BlockNumberFor<T>, ValueQuery, Blocks<T, 36_000>>;

    /// Weight of root stake as parts of 2^64 - 1 (section 06, 2).
    #[pallet::storage]
    pub type TaoWeight<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<971_718_665_099_567_868>>;

    /// Part of child-key dividends that is burned, as parts of 2^64 - 1 (section 06, 4.1).
    #[pallet::storage]
    pub type CKBurn<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Highest take of a delegate, parts of 65,535 (section 05, 5).
    #[pallet::storage]
    pub type MaxDelegateTake<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11_796>>;

    /// Lowest take of a delegate, parts of 65,535 (section 05, 5).
    #[pallet::storage]
    pub type MinDelegateTake<T: Config> = StorageValue<_, u16, ValueQuery>;

    /// Highest take of a child key, parts of 65,535 (section 09, 3.4).
    #[pallet::storage]
    pub type MaxChildkeyTake<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11_796>>;

    /// Lowest take of a child key, parts of 65,535 (section 09, 3.4).
    #[pallet::storage]
    pub type MinChildkeyTake<T: Config> = StorageValue<_, u16, ValueQuery>;

    /// Number of subnets, root not counted, from which a registration prunes (section 02, 2).
    #[pallet::storage]
    pub type SubnetLimit<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<128>>;

    /// The issuance that decides the emission, rao (section 01, 4).
    #[pallet::storage]
    pub type TotalIssuance<T: Config> = StorageValue<_, TaoBalance, ValueQuery>;

    /// TAO staked, rao; drifts from the sum of the pools (section 05, 4).
    #[pallet::storage]
    pub type TotalStake<T: Config> = StorageValue<_, TaoBalance, ValueQuery>;

    /// The last value of the emission curve that was computed, rao (section 06, 1).
    #[pallet::storage]
    pub type BlockEmission<T: Config> = StorageValue<_, TaoBalance, ValueQuery, ConstU64<1_000_000_000>>;

    /// Base factor of the moving price (section 06, 5).
    #[pallet::storage]
    pub type SubnetMovingAlpha<T: Config> = StorageValue<_, I96F32, ValueQuery, MovingAlpha>;

    /// Unused.
    #[pallet::storage]
    pub type NextStakeJobId<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Number of networks, root included (section 02, 2.1).
    #[pallet::storage]
    pub type TotalNetworks<T: Config> = StorageValue<_, u16, ValueQuery>;

    /// Blocks during which a new subnet cannot be pruned (section 02, 4).
    #[pallet::storage]
    pub type NetworkImmunityPeriod<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1_296_000>>;

    /// Blocks between a registration and `start_call` (section 02, 6).
    #[pallet::storage]
    pub type StartCallDelay<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Lowest lock cost of a registration, rao (section 02, 1).
    #[pallet::storage]
    pub type NetworkMinLockCost<T: Config> =
        StorageValue<_, TaoBalance, ValueQuery, ConstU64<1_000_000_000_000>>;

    /// Lock cost of the last registration, rao (section 02, 1).
    #[pallet::storage]
    pub type NetworkLastLockCost<T: Config> =
        StorageValue<_, TaoBalance, ValueQuery, ConstU64<1_000_000_000_000>>;

    /// Blocks over which the lock cost falls (section 02, 1).
    #[pallet::storage]
    pub type NetworkLockReductionInterval<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<100_800>>;

    /// The owners' part of alpha emission, parts of 65,535 (section 06, 3.5).
    #[pallet::storage]
    pub type SubnetOwnerCut<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11_796>>;

    /// Blocks between two registrations of subnets (section 02, 2).
    #[pallet::storage]
    pub type NetworkRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<7_200>>;

    /// Factor of the smallest nomination, per million of the minimum stake (section 05, 2).
    #[pallet::storage]
    pub type NominatorMinRequiredStake<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Tempos between two changes of a weights version key by the owner (section 02, 9.1).
    #[pallet::storage]
    pub type WeightsVersionKeyRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<5>>;

    /// First block in which a subnet can be registered (section 02, 2).
    #[pallet::storage]
    pub type NetworkRegistrationStartBlock<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Subnets registered after this block have protocol alpha in their pools (section 02, 5).
    #[pallet::storage]
    pub type TaoInRefundDeploymentBlock<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Epochs that one block runs at most (section 06, 3.6).
    #[pallet::storage]
    pub type MaxEpochsPerBlock<T: Config> = StorageValue<_, u8, ValueQuery, ConstU8<2>>;

    /// Blocks between two hotkey swaps of a coldkey (section 09, 5).
    #[pallet::storage]
    pub type TxRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1_000>>;

    /// Blocks between two changes of a delegate's take (section 05, 5).
    #[pallet::storage]
    pub type TxDelegateTakeRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<216_000>>;

    /// Blocks between two raises of a child key's take (section 09, 3.4).
    #[pallet::storage]
    pub type TxChildkeyTakeRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<216_000>>;

    /// Stake weight that validators need (sections 07, 2.1 and 08, 3).
    #[pallet::storage]
    pub type StakeThreshold<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Version of the timelocked commits (section 08, 8).
    #[pallet::storage]
    pub type CommitRevealWeightsVersion<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<4>>;

    /// Mechanisms that a subnet can have (section 02, 9.1).
    #[pallet::storage]
    pub type MaxMechanismCount<T: Config> = StorageValue<_, u8, ValueQuery, ConstU8<2>>;

    /// Blocks before new children count (section 09, 3.2).
    #[pallet::storage]
    pub type PendingChildKeyCooldown<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<7_200>>;

    /// Block of the last action of a kind (section 12, 1).
    #[pallet::storage]
    pub type LastRateLimitedBlock<T: Config> =
        StorageMap<_, Identity, RateLimitKey<T::AccountId>, u64, ValueQuery>;

    /// Migrations of the reference chain that have run.
    #[pallet::storage]
    pub type HasMigrationRun<T: Config> = StorageMap<_, Identity, Vec<u8>, bool, ValueQuery>;

    /// Seals of the former proof-of-work registration.
    #[pallet::storage]
    pub type UsedWork<T: Config> = StorageMap<_, Identity, Vec<u8>, u64, ValueQuery>;
}
