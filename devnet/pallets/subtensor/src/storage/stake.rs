//! Stake and root claims (sections 05 and 06, 8).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod stake_storage {
    /// Hotkey to which a coldkey's mining incentive is staked (section 05, 3.10).
    #[pallet::storage]
    pub type AutoStakeDestination<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, T::AccountId, OptionQuery>;

    /// Coldkeys whose incentive is staked to a hotkey (section 05, 3.10).
    #[pallet::storage]
    pub type AutoStakeDestinationColdkeys<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, Vec<T::AccountId>, ValueQuery>;

    /// Alpha staked to a hotkey on a subnet, rao (section 05, 1).
    #[pallet::storage]
    pub type TotalHotkeyAlpha<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// The same at the last epoch, rao (section 05, 4).
    #[pallet::storage]
    pub type TotalHotkeyAlphaLastEpoch<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Legacy sum of the shares (section 05, 1).
    #[pallet::storage]
    pub type TotalHotkeyShares<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, U64F64, ValueQuery>;

    /// Legacy shares by hotkey, coldkey and subnet (section 05, 1).
    #[pallet::storage]
    pub type Alpha<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Identity, NetUid>,
        ),
        U64F64,
        ValueQuery,
    >;

    /// Sum of the shares of a hotkey's pool (section 05, 1).
    #[pallet::storage]
    pub type TotalHotkeySharesV2<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, SafeFloat, ValueQuery>;

    /// Shares by hotkey, coldkey and subnet (section 05, 1).
    #[pallet::storage]
    pub type AlphaV2<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Identity, NetUid>,
        ),
        SafeFloat,
        ValueQuery,
    >;

    /// Cursor of the scan of the legacy shares (section 05, 6).
    #[pallet::storage]
    pub type AlphaMapLastKey<T: Config> = StorageValue<_, Option<Vec<u8>>, ValueQuery>;

    /// Cursor of the scan of the shares (section 05, 6).
    #[pallet::storage]
    pub type AlphaV2MapLastKey<T: Config> = StorageValue<_, Option<Vec<u8>>, ValueQuery>;

    /// Block of the last change of a stake; only recorded (section 05, 3).
    #[pallet::storage]
    pub type LastColdkeyHotkeyStakeBlock<T: Config> =
        StorageDoubleMap<_, Twox64Concat, T::AccountId, Twox64Concat, T::AccountId, u64, OptionQuery>;

    /// Smallest claim of root dividends, alpha (section 06, 8).
    #[pallet::storage]
    pub type RootClaimableThreshold<T: Config> =
        StorageMap<_, Blake2_128Concat, NetUid, I96F32, ValueQuery, ClaimThreshold>;

    /// Claimable alpha per unit of root stake, by subnet (section 06, 4.3).
    #[pallet::storage]
    pub type RootClaimable<T: Config> =
        StorageMap<_, Blake2_128Concat, T::AccountId, BTreeMap<NetUid, I96F32>, ValueQuery>;

    /// What has been claimed: subnet, hotkey, coldkey (section 06, 8).
    #[pallet::storage]
    pub type RootClaimed<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Identity, NetUid>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, T::AccountId>,
        ),
        u128,
        ValueQuery,
    >;

    /// What happens to a coldkey's root dividends (section 06, 8).
    #[pallet::storage]
    pub type RootClaimType<T: Config> =
        StorageMap<_, Blake2_128Concat, T::AccountId, RootClaimTypeEnum, ValueQuery>;

    /// Root stakers by index (section 05, 6).
    #[pallet::storage]
    pub type StakingColdkeysByIndex<T: Config> = StorageMap<_, Identity, u64, T::AccountId, OptionQuery>;

    /// Index of a root staker (section 05, 6).
    #[pallet::storage]
    pub type StakingColdkeys<T: Config> = StorageMap<_, Identity, T::AccountId, u64, OptionQuery>;

    /// Number of root stakers (section 05, 6).
    #[pallet::storage]
    pub type NumStakingColdkeys<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Root stakers claimed for in every block (section 06, 8.3).
    #[pallet::storage]
    pub type NumRootClaim<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<5>>;

    /// Never written; cleared with a neuron (section 03, 6).
    #[pallet::storage]
    pub type LastHotkeyEmissionOnNetuid<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Dividends of a hotkey at the last epoch, after its take, alpha (section 06, 4.2).
    #[pallet::storage]
    pub type AlphaDividendsPerSubnet<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, AlphaBalance, ValueQuery>;

    /// Root dividends of a hotkey at the last epoch, after its take, alpha (section 06, 4.2).
    #[pallet::storage]
    pub type RootAlphaDividendsPerSubnet<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, AlphaBalance, ValueQuery>;
}
