//! The state of block 0 (section 01, 5).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The genesis; it becomes part of the pallet.
#[pallet_section]
mod genesis_section {
    /// What a chain specification says about the pallet (section 01, 5).
    #[pallet::genesis_config]
    pub struct GenesisConfig<T: Config> {
        /// Ignored, as on the reference chain.
        pub stakes: Vec<(T::AccountId, Vec<(T::AccountId, (u64, u16))>)>,
        /// Start value of the pallet's `TotalIssuance`, rao.
        pub balances_issuance: TaoBalance,
        /// Blocks between a registration and `start_call`.
        pub start_call_delay: Option<u64>,
    }

    impl<T: Config> Default for GenesisConfig<T> {
        fn default() -> Self {
            Self { stakes: Vec::new(), balances_issuance: 0, start_call_delay: None }
        }
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            TotalIssuance::<T>::put(self.balances_issuance);
            if let Some(delay) = self.start_call_delay {
                StartCallDelay::<T>::put(delay);
            }
            build_root::<T>();
            build_first_subnet::<T>();
            TotalNetworks::<T>::put(2);
        }
    }

    fn build_root<T: Config>() {
        let nobody = ZeroAccount::<T>::get();
        let root = assay_primitives::ROOT;
        NetworksAdded::<T>::insert(root, true);
        SubnetOwner::<T>::insert(root, &nobody);
        SubnetOwnerHotkey::<T>::insert(root, &nobody);
        SubnetworkN::<T>::insert(root, 0);
        MaxAllowedUids::<T>::insert(root, 64);
        MaxAllowedValidators::<T>::insert(root, 64);
        MinAllowedWeights::<T>::insert(root, 0);
        Tempo::<T>::insert(root, 100);
        NetworkRegistrationAllowed::<T>::insert(root, true);
        TargetRegistrationsPerInterval::<T>::insert(root, 1);
        TokenSymbol::<T>::insert(root, symbol(root));
    }

    fn build_first_subnet<T: Config>() {
        let nobody = ZeroAccount::<T>::get();
        let first: NetUid = 1;
        SubnetMechanism::<T>::insert(first, 1);
        NetworksAdded::<T>::insert(first, true);
        SubnetOwner::<T>::insert(first, &nobody);
        SubnetAlphaIn::<T>::insert(first, 10_000_000_000);
        SubnetTAO::<T>::insert(first, 10_000_000_000);
        SubnetAlphaOut::<T>::insert(first, 1_000_000_000);
        MaxAllowedUids::<T>::insert(first, 256);
        MaxAllowedValidators::<T>::insert(first, 64);
        MinAllowedWeights::<T>::insert(first, 0);
        Tempo::<T>::insert(first, 100);
        NetworkRegistrationAllowed::<T>::insert(first, true);
        SubnetLocked::<T>::insert(first, 1);
        LargestLocked::<T>::insert(first, 1);
        TokenSymbol::<T>::insert(first, symbol(first));

        // 10^9 as a normalised share: 10^21 * 10^-12.
        let shares = SafeFloat { mantissa: 1_000_000_000_000_000_000_000, exponent: -12 };
        Owner::<T>::insert(&nobody, &nobody);
        StakingHotkeys::<T>::insert(&nobody, Vec::from([nobody.clone()]));
        AlphaV2::<T>::insert((&nobody, &nobody, first), shares);
        TotalHotkeySharesV2::<T>::insert(&nobody, first, shares);
        TotalHotkeyAlpha::<T>::insert(&nobody, first, 1_000_000_000);
        Pallet::<T>::append_neuron(first, &nobody, 0);
    }
}
