//! Neurons and their weights (sections 03, 07 and 08).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod neurons_storage {
    /// Stake weights at the last epoch by uid, parts of 65,535 (section 07, 2.13).
    #[pallet::storage]
    pub type StakeWeight<T: Config> = StorageMap<_, Identity, NetUid, Vec<u16>, ValueQuery>;

    /// The uid of a hotkey (section 01, 2).
    #[pallet::storage]
    pub type Uids<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, u16, OptionQuery>;

    /// The hotkey of a uid (section 01, 2).
    #[pallet::storage]
    pub type Keys<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Identity, u16, T::AccountId, ValueQuery, ZeroAccount<T>>;

    /// Legacy emission that waits for payout.
    #[pallet::storage]
    pub type LoadedEmission<T: Config> =
        StorageMap<_, Identity, NetUid, Vec<(T::AccountId, u64, u64)>, OptionQuery>;

    /// Activity at the last epoch by uid (section 07, 2.1).
    #[pallet::storage]
    pub type Active<T: Config> = StorageMap<_, Identity, NetUid, Vec<bool>, ValueQuery>;

    /// Consensus at the last epoch by uid, parts of 65,535 (section 07, 2.5).
    #[pallet::storage]
    pub type Consensus<T: Config> = StorageMap<_, Identity, NetUid, Vec<u16>, ValueQuery>;

    /// Incentive at the last epoch by uid, parts of 65,535 (section 07, 2.6).
    #[pallet::storage]
    pub type Incentive<T: Config> = StorageMap<_, Identity, NetUidStorageIndex, Vec<u16>, ValueQuery>;

    /// Dividends at the last epoch by uid, parts of 65,535 (section 07, 2.10).
    #[pallet::storage]
    pub type Dividends<T: Config> = StorageMap<_, Identity, NetUid, Vec<u16>, ValueQuery>;

    /// Emission at the last epoch by uid, alpha (section 07, 2.12).
    #[pallet::storage]
    pub type Emission<T: Config> = StorageMap<_, Identity, NetUid, Vec<AlphaBalance>, ValueQuery>;

    /// Block of the last weights or commit by uid (section 08, 4).
    #[pallet::storage]
    pub type LastUpdate<T: Config> = StorageMap<_, Identity, NetUidStorageIndex, Vec<u64>, ValueQuery>;

    /// Trust of validators at the last epoch by uid, parts of 65,535 (section 07, 2.6).
    #[pallet::storage]
    pub type ValidatorTrust<T: Config> = StorageMap<_, Identity, NetUid, Vec<u16>, ValueQuery>;

    /// Permits by uid (section 07, 2.2).
    #[pallet::storage]
    pub type ValidatorPermit<T: Config> = StorageMap<_, Identity, NetUid, Vec<bool>, ValueQuery>;

    /// Weights of a uid (section 08, 1).
    #[pallet::storage]
    pub type Weights<T: Config> =
        StorageDoubleMap<_, Identity, NetUidStorageIndex, Identity, u16, Vec<(u16, u16)>, ValueQuery>;

    /// Bonds of a uid (section 07, 2.8).
    #[pallet::storage]
    pub type Bonds<T: Config> =
        StorageDoubleMap<_, Identity, NetUidStorageIndex, Identity, u16, Vec<(u16, u16)>, ValueQuery>;

    /// Block in which a uid was registered (section 03, 3).
    #[pallet::storage]
    pub type BlockAtRegistration<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Identity, u16, u64, ValueQuery>;

    /// Endpoint of a neuron (section 03, 7).
    #[pallet::storage]
    pub type Axons<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, AxonInfo, OptionQuery>;

    /// Certificate of a neuron's endpoint (section 03, 7).
    #[pallet::storage]
    pub type NeuronCertificates<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, NeuronCertificate, OptionQuery>;

    /// Metrics endpoint of a neuron (section 03, 7).
    #[pallet::storage]
    pub type Prometheus<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, PrometheusInfo, OptionQuery>;

    /// Commits by account: hash, epoch, block, 0 (section 08, 6).
    #[pallet::storage]
    pub type WeightCommits<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        NetUidStorageIndex,
        Twox64Concat,
        T::AccountId,
        VecDeque<(H256, u64, u64, u64)>,
        OptionQuery,
    >;

    /// Timelocked commits by epoch: account, block, ciphertext, round (section 08, 8).
    #[pallet::storage]
    pub type TimelockedWeightCommits<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        NetUidStorageIndex,
        Twox64Concat,
        u64,
        VecDeque<(T::AccountId, u64, TimelockedCommit, u64)>,
        ValueQuery,
    >;

    /// Legacy timelocked commits.
    #[pallet::storage]
    pub type CRV3WeightCommits<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        NetUidStorageIndex,
        Twox64Concat,
        u64,
        VecDeque<(T::AccountId, TimelockedCommit, u64)>,
        ValueQuery,
    >;

    /// Legacy timelocked commits with their blocks.
    #[pallet::storage]
    pub type CRV3WeightCommitsV2<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        NetUidStorageIndex,
        Twox64Concat,
        u64,
        VecDeque<(T::AccountId, u64, TimelockedCommit, u64)>,
        ValueQuery,
    >;
}
