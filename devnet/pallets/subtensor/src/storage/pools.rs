//! Reserves, emission and prices of subnets (sections 04 and 06).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod pools_storage {
    /// Moving average of the price, TAO per alpha (section 06, 5).
    #[pallet::storage]
    pub type SubnetMovingPrice<T: Config> = StorageMap<_, Identity, NetUid, I96F32, ValueQuery>;

    /// Root proportion of the last block (section 06, 5).
    #[pallet::storage]
    pub type RootProp<T: Config> = StorageMap<_, Identity, NetUid, U96F32, ValueQuery>;

    /// TAO swapped so far, rao (section 04, 7).
    #[pallet::storage]
    pub type SubnetVolume<T: Config> = StorageMap<_, Identity, NetUid, u128, ValueQuery>;

    /// TAO in the pool, rao (section 04).
    #[pallet::storage]
    pub type SubnetTAO<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// Alpha in the pool, rao (section 04).
    #[pallet::storage]
    pub type SubnetAlphaIn<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha outside of the pool, rao (section 04, 7).
    #[pallet::storage]
    pub type SubnetAlphaOut<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that the protocol bought and nobody owns, rao (section 06, 3.4).
    #[pallet::storage]
    pub type SubnetProtocolAlpha<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha injected into the pool in the last block, rao (section 06, 3.4).
    #[pallet::storage]
    pub type SubnetAlphaInEmission<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Whether a subnet gets TAO (section 06, 3.1).
    #[pallet::storage]
    pub type SubnetEmissionEnabled<T: Config> =
        StorageMap<_, Identity, NetUid, bool, ValueQuery, ConstBool<true>>;

    /// Alpha for the participants in the last block, rao (section 06, 3.5).
    #[pallet::storage]
    pub type SubnetAlphaOutEmission<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// TAO injected into the pool in the last block, rao (section 06, 3.4).
    #[pallet::storage]
    pub type SubnetTaoInEmission<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// TAO that bought alpha for the protocol in the last block, rao (section 06, 3.4).
    #[pallet::storage]
    pub type SubnetExcessTao<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// TAO from root dividends sold in the last block, rao (section 06, 8.1).
    #[pallet::storage]
    pub type SubnetRootSellTao<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// TAO staked less TAO unstaked, rao (section 05, 3).
    #[pallet::storage]
    pub type SubnetTaoFlow<T: Config> = StorageMap<_, Identity, NetUid, i64, ValueQuery>;

    /// Unused average of the flow (section 06, 3.1).
    #[pallet::storage]
    pub type SubnetEmaTaoFlow<T: Config> = StorageMap<_, Identity, NetUid, (u64, I64F64), OptionQuery>;

    /// Unused switch of the flow-based shares (section 06, 3.1).
    #[pallet::storage]
    pub type NetTaoFlowEnabled<T: Config> = StorageValue<_, bool, ValueQuery, ConstBool<true>>;

    /// TAO that the protocol put in less what it took out, rao (section 06, 3.4).
    #[pallet::storage]
    pub type SubnetProtocolFlow<T: Config> = StorageMap<_, Identity, NetUid, i64, ValueQuery>;

    /// Unused average of the protocol's flow (section 06, 3.1).
    #[pallet::storage]
    pub type SubnetEmaProtocolFlow<T: Config> = StorageMap<_, Identity, NetUid, (u64, I64F64), OptionQuery>;

    /// Unused cutoff of the flow-based shares (section 06, 3.1).
    #[pallet::storage]
    pub type TaoFlowCutoff<T: Config> = StorageValue<_, I64F64, ValueQuery>;

    /// Unused exponent of the flow-based shares (section 06, 3.1).
    #[pallet::storage]
    pub type FlowNormExponent<T: Config> = StorageValue<_, U64F64, ValueQuery, NormExponent>;

    /// Unused smoothing of the flow-based shares (section 06, 3.1).
    #[pallet::storage]
    pub type FlowEmaSmoothingFactor<T: Config> =
        StorageValue<_, u64, ValueQuery, ConstU64<29_597_889_189_277>>;

    /// Alpha that waits for miners, rao (section 06, 3.5).
    #[pallet::storage]
    pub type PendingServerEmission<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that waits for validators, rao (section 06, 3.5).
    #[pallet::storage]
    pub type PendingValidatorEmission<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that waits for root stakers, rao (section 06, 3.5).
    #[pallet::storage]
    pub type PendingRootAlphaDivs<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that waits for the owner, rao (section 06, 3.5).
    #[pallet::storage]
    pub type PendingOwnerCut<T: Config> = StorageMap<_, Identity, NetUid, AlphaBalance, ValueQuery>;

    /// Part of the miners' emission withheld at the last epoch (section 06, 4.2).
    #[pallet::storage]
    pub type MinerBurned<T: Config> = StorageMap<_, Identity, NetUid, U96F32, ValueQuery>;

    /// Age constant of the moving price, in blocks (section 06, 5).
    #[pallet::storage]
    pub type EMAPriceHalvingBlocks<T: Config> =
        StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<201_600>>;
}
