//! Hyperparameters of subnets (section 02, 9.1).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod hyperparameters_storage {
    /// Registrations on root in one block.
    #[pallet::storage]
    pub type MaxRegistrationsPerBlock<T: Config> =
        StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<1>>;

    /// Whether the owner gets a cut.
    #[pallet::storage]
    pub type OwnerCutEnabled<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// Whether stake can go to another coldkey.
    #[pallet::storage]
    pub type TransferToggle<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// Blocks between two epochs.
    #[pallet::storage]
    pub type Tempo<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<360>>;

    /// Activity cutoff in thousandths of a tempo.
    #[pallet::storage]
    pub type ActivityCutoffFactorMilli<T: Config> =
        StorageMap<_, Identity, NetUid, u32, ValueQuery, ConstU32<13_889>>;

    /// Whether neurons can register; also a condition of emission (section 06, 3).
    #[pallet::storage]
    pub type NetworkRegistrationAllowed<T: Config> =
        StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// Legacy switch of proof-of-work registration.
    #[pallet::storage]
    pub type NetworkPowRegistrationAllowed<T: Config> =
        StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// What happens to the incentive of the owner's miners (section 06, 4.2).
    #[pallet::storage]
    pub type RecycleOrBurn<T: Config> = StorageMap<_, Identity, NetUid, RecycleOrBurnEnum, ValueQuery>;

    /// Blocks between two announcements of an endpoint (section 03, 7).
    #[pallet::storage]
    pub type ServingRateLimit<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<50>>;

    /// Unused in the epoch.
    #[pallet::storage]
    pub type Rho<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<10>>;

    /// Steepness of liquid alpha (section 07, 3).
    #[pallet::storage]
    pub type AlphaSigmoidSteepness<T: Config> =
        StorageMap<_, Identity, NetUid, i16, ValueQuery, ConstI16<1_000>>;

    /// Majority of consensus, parts of 65,535 (section 07, 2.5).
    #[pallet::storage]
    pub type Kappa<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<32_767>>;

    /// Lower bound of the number of uids.
    #[pallet::storage]
    pub type MinAllowedUids<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<64>>;

    /// Upper bound of the number of uids.
    #[pallet::storage]
    pub type MaxAllowedUids<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<256>>;

    /// Blocks during which a new neuron is immune (section 03, 4).
    #[pallet::storage]
    pub type ImmunityPeriod<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<4_096>>;

    /// Legacy activity cutoff, in blocks.
    #[pallet::storage]
    pub type ActivityCutoff<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<5_000>>;

    /// Unused; the limit is 65,535.
    #[pallet::storage]
    pub type MaxWeightsLimit<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<65_535>>;

    /// Lowest version key of weights (section 08, 4).
    #[pallet::storage]
    pub type WeightsVersionKey<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Lowest number of weights (section 08, 4).
    #[pallet::storage]
    pub type MinAllowedWeights<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<1_024>>;

    /// Highest number of validators (section 07, 2.2).
    #[pallet::storage]
    pub type MaxAllowedValidators<T: Config> =
        StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<128>>;

    /// Unused.
    #[pallet::storage]
    pub type AdjustmentInterval<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<100>>;

    /// Smoothing of bonds, parts of 1,000,000 (section 07, 2.9).
    #[pallet::storage]
    pub type BondsMovingAverage<T: Config> =
        StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<900_000>>;

    /// Penalty of clipped bonds, parts of 65,535 (section 07, 2.7).
    #[pallet::storage]
    pub type BondsPenalty<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<65_535>>;

    /// Whether a commitment can reset bonds (section 07, 5).
    #[pallet::storage]
    pub type BondsResetOn<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery>;

    /// Blocks between two settings of weights (section 08, 4).
    #[pallet::storage]
    pub type WeightsSetRateLimit<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<100>>;

    /// Unused.
    #[pallet::storage]
    pub type ValidatorPruneLen<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<1>>;

    /// Unused.
    #[pallet::storage]
    pub type ScalingLawPower<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<50>>;

    /// Third of the registrations on root in one interval (section 03, 5).
    #[pallet::storage]
    pub type TargetRegistrationsPerInterval<T: Config> =
        StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<2>>;

    /// Unused.
    #[pallet::storage]
    pub type AdjustmentAlpha<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Whether weights are committed and revealed (section 08).
    #[pallet::storage]
    pub type CommitRevealWeightsEnabled<T: Config> =
        StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// Price of a registration, rao (section 03, 2.1).
    #[pallet::storage]
    pub type Burn<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery, ConstU64<100_000_000>>;

    /// Unused difficulty of proof of work.
    #[pallet::storage]
    pub type Difficulty<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<10_000_000>>;

    /// Lowest price of a registration, rao (section 03, 2.1).
    #[pallet::storage]
    pub type MinBurn<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery, ConstU64<500_000>>;

    /// Highest price of a registration, rao (section 03, 2.1).
    #[pallet::storage]
    pub type MaxBurn<T: Config> =
        StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery, ConstU64<100_000_000_000>>;

    /// Unused.
    #[pallet::storage]
    pub type MinDifficulty<T: Config> =
        StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<10_000_000>>;

    /// Unused.
    #[pallet::storage]
    pub type MaxDifficulty<T: Config> =
        StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<4_611_686_018_427_387_903>>;

    /// Whether bonds use liquid alpha (section 07, 3).
    #[pallet::storage]
    pub type LiquidAlphaOn<T: Config> = StorageMap<_, Blake2_128Concat, NetUid, bool, ValueQuery>;

    /// Whether the epoch is that of Yuma 3 (section 07, 2.10).
    #[pallet::storage]
    pub type Yuma3On<T: Config> = StorageMap<_, Blake2_128Concat, NetUid, bool, ValueQuery>;

    /// Lowest and highest liquid alpha, parts of 65,535 (section 07, 3).
    #[pallet::storage]
    pub type AlphaValues<T: Config> =
        StorageMap<_, Identity, NetUid, (u16, u16), ValueQuery, LiquidAlphaBounds>;

    /// Whether stake can move (section 02, 6).
    #[pallet::storage]
    pub type SubtokenEnabled<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery>;

    /// Number of the owner's neurons that are never pruned (section 03, 4.1).
    #[pallet::storage]
    pub type ImmuneOwnerUidsLimit<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<1>>;

    /// Epochs between commit and reveal (section 08, 5).
    #[pallet::storage]
    pub type RevealPeriodEpochs<T: Config> =
        StorageMap<_, Twox64Concat, NetUid, u64, ValueQuery, ConstU64<1>>;

    /// Non-immune neurons that stay before immune ones are pruned (section 03, 4).
    #[pallet::storage]
    pub type MinNonImmuneUids<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<10>>;

    /// Blocks in which the price of a registration halves (section 03, 2.1).
    #[pallet::storage]
    pub type BurnHalfLife<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery, ConstU16<360>>;

    /// Factor by which a registration raises the price (section 03, 2.1).
    #[pallet::storage]
    pub type BurnIncreaseMult<T: Config> = StorageMap<_, Identity, NetUid, U64F64, ValueQuery, IncreaseMult>;
}
