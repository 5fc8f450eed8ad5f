//! Existence, ownership and clocks of subnets (section 02).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Items of this group; they become part of the pallet.
#[pallet_section]
mod subnets_storage {
    /// Symbol of a subnet's alpha, UTF-8 (section 02, 7).
    #[pallet::storage]
    pub type TokenSymbol<T: Config> = StorageMap<_, Identity, NetUid, Vec<u8>, ValueQuery, DefaultSymbol>;

    /// TAO that the registration locked, rao (section 02, 2).
    #[pallet::storage]
    pub type SubnetLocked<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// Legacy largest lock of a subnet.
    #[pallet::storage]
    pub type LargestLocked<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// Block of the last epoch slot (section 06, 3.6).
    #[pallet::storage]
    pub type LastEpochBlock<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Block of a triggered or deferred epoch, 0 for none (section 06, 3.6).
    #[pallet::storage]
    pub type PendingEpochAt<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Number of epochs so far (section 06, 3.6).
    #[pallet::storage]
    pub type SubnetEpochIndex<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// First block with emission (section 02, 6).
    #[pallet::storage]
    pub type FirstEmissionBlockNumber<T: Config> = StorageMap<_, Identity, NetUid, u64, OptionQuery>;

    /// 1 for a dynamic pool, 0 for one to one (section 01, 2).
    #[pallet::storage]
    pub type SubnetMechanism<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// Number of neurons (section 01, 2).
    #[pallet::storage]
    pub type SubnetworkN<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// Whether the subnet exists (section 01, 2).
    #[pallet::storage]
    pub type NetworksAdded<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery>;

    /// Whether a hotkey is registered on a subnet (section 03, 3).
    #[pallet::storage]
    pub type IsNetworkMember<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, NetUid, bool, ValueQuery>;

    /// Block of the registration (section 02, 2).
    #[pallet::storage]
    pub type NetworkRegisteredAt<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// How often this number has been registered (section 02, 2).
    #[pallet::storage]
    pub type RegisteredSubnetCounter<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Blocks since the last epoch (section 06, 3.6).
    #[pallet::storage]
    pub type BlocksSinceLastStep<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Block of the last payout; spelled as on the reference chain (section 06, 3.6).
    #[pallet::storage]
    pub type LastMechansimStepBlock<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Coldkey of the owner (section 01, 2).
    #[pallet::storage]
    pub type SubnetOwner<T: Config> =
        StorageMap<_, Identity, NetUid, T::AccountId, ValueQuery, ZeroAccount<T>>;

    /// Hotkey of the owner (section 01, 2).
    #[pallet::storage]
    pub type SubnetOwnerHotkey<T: Config> =
        StorageMap<_, Identity, NetUid, T::AccountId, ValueQuery, ZeroAccount<T>>;

    /// Registrations in the running interval (section 03, 5).
    #[pallet::storage]
    pub type RegistrationsThisInterval<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// Legacy count of proof-of-work registrations.
    #[pallet::storage]
    pub type POWRegistrationsThisInterval<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// Legacy count of burned registrations.
    #[pallet::storage]
    pub type BurnRegistrationsThisInterval<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// Legacy block of the last adjustment.
    #[pallet::storage]
    pub type LastAdjustmentBlock<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Registrations in this block (section 03, 2.1).
    #[pallet::storage]
    pub type RegistrationsThisBlock<T: Config> = StorageMap<_, Identity, NetUid, u16, ValueQuery>;

    /// TAO paid for registrations, rao (section 03, 2).
    #[pallet::storage]
    pub type RAORecycledForRegistration<T: Config> = StorageMap<_, Identity, NetUid, TaoBalance, ValueQuery>;

    /// Identity of a subnet (section 02, 8).
    #[pallet::storage]
    pub type SubnetIdentitiesV3<T: Config> =
        StorageMap<_, Blake2_128Concat, NetUid, SubnetIdentityV3, OptionQuery>;

    /// Voting power of a hotkey (section 07, 6).
    #[pallet::storage]
    pub type VotingPower<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, u64, ValueQuery>;

    /// Whether voting power is tracked (section 07, 6).
    #[pallet::storage]
    pub type VotingPowerTrackingEnabled<T: Config> = StorageMap<_, Identity, NetUid, bool, ValueQuery>;

    /// Block in which tracking ends, 0 for none (section 07, 6).
    #[pallet::storage]
    pub type VotingPowerDisableAtBlock<T: Config> = StorageMap<_, Identity, NetUid, u64, ValueQuery>;

    /// Smoothing of voting power, parts of 10^18 (section 07, 6).
    #[pallet::storage]
    pub type VotingPowerEmaAlpha<T: Config> =
        StorageMap<_, Identity, NetUid, u64, ValueQuery, ConstU64<3_570_000_000_000_000>>;

    /// Leases of subnets (section 10, 7).
    #[pallet::storage]
    pub type SubnetLeases<T: Config> = StorageMap<_, Twox64Concat, u32, SubnetLeaseOf<T>, OptionQuery>;

    /// Shares of a lease's contributors (section 10, 7).
    #[pallet::storage]
    pub type SubnetLeaseShares<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u32, Identity, T::AccountId, U64F64, ValueQuery>;

    /// Lease of a subnet (section 10, 7).
    #[pallet::storage]
    pub type SubnetUidToLeaseId<T: Config> = StorageMap<_, Twox64Concat, NetUid, LeaseId, OptionQuery>;

    /// Number of the next lease (section 10, 7).
    #[pallet::storage]
    pub type NextSubnetLeaseId<T: Config> = StorageValue<_, LeaseId, ValueQuery>;

    /// Dividends of a lease that wait for distribution, alpha (section 10, 7).
    #[pallet::storage]
    pub type AccumulatedLeaseDividends<T: Config> =
        StorageMap<_, Twox64Concat, u32, AlphaBalance, ValueQuery>;

    /// Mechanisms of a subnet (section 02, 9.1).
    #[pallet::storage]
    pub type MechanismCountCurrent<T: Config> =
        StorageMap<_, Twox64Concat, NetUid, u8, ValueQuery, ConstU8<1>>;

    /// Parts of 65,535 of the mechanisms (section 07, 1).
    #[pallet::storage]
    pub type MechanismEmissionSplit<T: Config> = StorageMap<_, Twox64Concat, NetUid, Vec<u16>, OptionQuery>;
}
