//! Constants that the metadata shows to clients (section 12, and the values in sections 02 to 09).
//!
//! Those that start with `Initial` are the defaults of the storage item of the same name.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The constants; they become part of the pallet.
#[pallet_section]
mod constant_section {
    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Default of `Issuance`.
        #[pallet::constant_name(InitialIssuance)]
        pub fn initial_issuance() -> TaoBalance {
            0
        }

        /// Default of `MinAllowedWeights`.
        #[pallet::constant_name(InitialMinAllowedWeights)]
        pub fn initial_min_allowed_weights() -> u16 {
            1_024
        }

        /// Default of `EmissionValue`.
        #[pallet::constant_name(InitialEmissionValue)]
        pub fn initial_emission_value() -> u16 {
            0
        }

        /// Default of `Tempo`.
        #[pallet::constant_name(InitialTempo)]
        pub fn initial_tempo() -> u16 {
            360
        }

        /// Default of `Difficulty`.
        #[pallet::constant_name(InitialDifficulty)]
        pub fn initial_difficulty() -> u64 {
            10_000_000
        }

        /// Default of `MaxDifficulty`.
        #[pallet::constant_name(InitialMaxDifficulty)]
        pub fn initial_max_difficulty() -> u64 {
            4_611_686_018_427_387_903
        }

        /// Default of `MinDifficulty`.
        #[pallet::constant_name(InitialMinDifficulty)]
        pub fn initial_min_difficulty() -> u64 {
            10_000_000
        }

        /// Default of `RAORecycledForRegistration`.
        #[pallet::constant_name(InitialRAORecycledForRegistration)]
        pub fn initial_rao_recycled_for_registration() -> TaoBalance {
            0
        }

        /// Default of `Burn`.
        #[pallet::constant_name(InitialBurn)]
        pub fn initial_burn() -> TaoBalance {
            100_000_000
        }

        /// Default of `MaxBurn`.
        #[pallet::constant_name(InitialMaxBurn)]
        pub fn initial_max_burn() -> TaoBalance {
            100_000_000_000
        }

        /// Default of `MinBurn`.
        #[pallet::constant_name(InitialMinBurn)]
        pub fn initial_min_burn() -> TaoBalance {
            500_000
        }

        /// Smallest stake, rao (section 05, 2).
        #[pallet::constant_name(InitialMinStake)]
        pub fn initial_min_stake() -> TaoBalance {
            2_000_000
        }

        /// The lowest price of a registration must stay below this, rao (section 02, 9.1).
        #[pallet::constant_name(MinBurnUpperBound)]
        pub fn min_burn_upper_bound() -> TaoBalance {
            1_000_000_000
        }

        /// The highest price of a registration must stay above this, rao (section 02, 9.1).
        #[pallet::constant_name(MaxBurnLowerBound)]
        pub fn max_burn_lower_bound() -> TaoBalance {
            100_000_000
        }

        /// Shortest tempo that an owner can set, blocks (section 02, 9.1).
        #[pallet::constant_name(MinTempo)]
        pub fn min_tempo() -> u16 {
            360
        }

        /// Longest tempo that an owner can set, blocks (section 02, 9.1).
        #[pallet::constant_name(MaxTempo)]
        pub fn max_tempo() -> u16 {
            50_400
        }

        /// Lowest activity cutoff, thousandths of a tempo (section 02, 9.1).
        #[pallet::constant_name(MinActivityCutoffFactorMilli)]
        pub fn min_activity_cutoff_factor_milli() -> u32 {
            1_000
        }

        /// Highest activity cutoff, thousandths of a tempo (section 02, 9.1).
        #[pallet::constant_name(MaxActivityCutoffFactorMilli)]
        pub fn max_activity_cutoff_factor_milli() -> u32 {
            50_000
        }

        /// Default of `AdjustmentInterval`.
        #[pallet::constant_name(InitialAdjustmentInterval)]
        pub fn initial_adjustment_interval() -> u16 {
            100
        }

        /// Default of `BondsMovingAverage`.
        #[pallet::constant_name(InitialBondsMovingAverage)]
        pub fn initial_bonds_moving_average() -> u64 {
            900_000
        }

        /// Default of `BondsPenalty`.
        #[pallet::constant_name(InitialBondsPenalty)]
        pub fn initial_bonds_penalty() -> u16 {
            65_535
        }

        /// Default of `BondsResetOn`.
        #[pallet::constant_name(InitialBondsResetOn)]
        pub fn initial_bonds_reset_on() -> bool {
            false
        }

        /// Default of `TargetRegistrationsPerInterval`.
        #[pallet::constant_name(InitialTargetRegistrationsPerInterval)]
        pub fn initial_target_registrations_per_interval() -> u16 {
            2
        }

        /// Default of `Rho`.
        #[pallet::constant_name(InitialRho)]
        pub fn initial_rho() -> u16 {
            10
        }

        /// Default of `AlphaSigmoidSteepness`.
        #[pallet::constant_name(InitialAlphaSigmoidSteepness)]
        pub fn initial_alpha_sigmoid_steepness() -> i16 {
            1_000
        }

        /// Default of `Kappa`.
        #[pallet::constant_name(InitialKappa)]
        pub fn initial_kappa() -> u16 {
            32_767
        }

        /// Default of `MinAllowedUids`.
        #[pallet::constant_name(InitialMinAllowedUids)]
        pub fn initial_min_allowed_uids() -> u16 {
            64
        }

        /// Default of `MaxAllowedUids`.
        #[pallet::constant_name(InitialMaxAllowedUids)]
        pub fn initial_max_allowed_uids() -> u16 {
            256
        }

        /// Default of `ValidatorPruneLen`.
        #[pallet::constant_name(InitialValidatorPruneLen)]
        pub fn initial_validator_prune_len() -> u64 {
            1
        }

        /// Default of `ScalingLawPower`.
        #[pallet::constant_name(InitialScalingLawPower)]
        pub fn initial_scaling_law_power() -> u16 {
            50
        }

        /// Default of `ImmunityPeriod`.
        #[pallet::constant_name(InitialImmunityPeriod)]
        pub fn initial_immunity_period() -> u16 {
            4_096
        }

        /// Default of `ActivityCutoff`.
        #[pallet::constant_name(InitialActivityCutoff)]
        pub fn initial_activity_cutoff() -> u16 {
            5_000
        }

        /// Default of `MaxRegistrationsPerBlock`.
        #[pallet::constant_name(InitialMaxRegistrationsPerBlock)]
        pub fn initial_max_registrations_per_block() -> u16 {
            1
        }

        /// Default of `PruningScore`.
        #[pallet::constant_name(InitialPruningScore)]
        pub fn initial_pruning_score() -> u16 {
            65_535
        }

        /// Default of `MaxAllowedValidators`.
        #[pallet::constant_name(InitialMaxAllowedValidators)]
        pub fn initial_max_allowed_validators() -> u16 {
            128
        }

        /// Default of `DefaultDelegateTake`.
        #[pallet::constant_name(InitialDefaultDelegateTake)]
        pub fn initial_default_delegate_take() -> u16 {
            11_796
        }

        /// Default of `MinDelegateTake`.
        #[pallet::constant_name(InitialMinDelegateTake)]
        pub fn initial_min_delegate_take() -> u16 {
            0
        }

        /// Default of `DefaultChildKeyTake`.
        #[pallet::constant_name(InitialDefaultChildKeyTake)]
        pub fn initial_default_child_key_take() -> u16 {
            0
        }

        /// Default of `MinChildKeyTake`.
        #[pallet::constant_name(InitialMinChildKeyTake)]
        pub fn initial_min_child_key_take() -> u16 {
            0
        }

        /// Default of `MaxChildKeyTake`.
        #[pallet::constant_name(InitialMaxChildKeyTake)]
        pub fn initial_max_child_key_take() -> u16 {
            11_796
        }

        /// Default of `WeightsVersionKey`.
        #[pallet::constant_name(InitialWeightsVersionKey)]
        pub fn initial_weights_version_key() -> u64 {
            0
        }

        /// Default of `ServingRateLimit`.
        #[pallet::constant_name(InitialServingRateLimit)]
        pub fn initial_serving_rate_limit() -> u64 {
            50
        }

        /// Default of `TxRateLimit`.
        #[pallet::constant_name(InitialTxRateLimit)]
        pub fn initial_tx_rate_limit() -> u64 {
            1_000
        }

        /// Default of `TxDelegateTakeRateLimit`.
        #[pallet::constant_name(InitialTxDelegateTakeRateLimit)]
        pub fn initial_tx_delegate_take_rate_limit() -> u64 {
            216_000
        }

        /// Default of `TxChildKeyTakeRateLimit`.
        #[pallet::constant_name(InitialTxChildKeyTakeRateLimit)]
        pub fn initial_tx_child_key_take_rate_limit() -> u64 {
            216_000
        }

        /// Default of `AdjustmentAlpha`.
        #[pallet::constant_name(InitialAdjustmentAlpha)]
        pub fn initial_adjustment_alpha() -> u64 {
            0
        }

        /// Default of `NetworkImmunityPeriod`.
        #[pallet::constant_name(InitialNetworkImmunityPeriod)]
        pub fn initial_network_immunity_period() -> u64 {
            1_296_000
        }

        /// Default of `NetworkMinLockCost`.
        #[pallet::constant_name(InitialNetworkMinLockCost)]
        pub fn initial_network_min_lock_cost() -> TaoBalance {
            1_000_000_000_000
        }

        /// Default of `SubnetOwnerCut`.
        #[pallet::constant_name(InitialSubnetOwnerCut)]
        pub fn initial_subnet_owner_cut() -> u16 {
            11_796
        }

        /// Default of `NetworkLockReductionInterval`.
        #[pallet::constant_name(InitialNetworkLockReductionInterval)]
        pub fn initial_network_lock_reduction_interval() -> u64 {
            100_800
        }

        /// Default of `NetworkRateLimit`.
        #[pallet::constant_name(InitialNetworkRateLimit)]
        pub fn initial_network_rate_limit() -> u64 {
            7_200
        }

        /// Cost of a coldkey swap, and of a hotkey swap on all subnets, rao (section 09, 4 and 5).
        #[pallet::constant_name(KeySwapCost)]
        pub fn key_swap_cost() -> TaoBalance {
            100_000_000
        }

        /// Upper alpha value (section 07, 4).
        #[pallet::constant_name(AlphaHigh)]
        pub fn alpha_high() -> u16 {
            58_982
        }

        /// Lower alpha value (section 07, 4).
        #[pallet::constant_name(AlphaLow)]
        pub fn alpha_low() -> u16 {
            45_875
        }

        /// Default of `LiquidAlphaOn`.
        #[pallet::constant_name(LiquidAlphaOn)]
        pub fn liquid_alpha_on() -> bool {
            false
        }

        /// Default of `Yuma3On`.
        #[pallet::constant_name(Yuma3On)]
        pub fn yuma3_on() -> bool {
            false
        }

        /// Default of `ColdkeySwapAnnouncementDelay`.
        #[pallet::constant_name(InitialColdkeySwapAnnouncementDelay)]
        pub fn initial_coldkey_swap_announcement_delay() -> u32 {
            36_000
        }

        /// Default of `ColdkeySwapReannouncementDelay`.
        #[pallet::constant_name(InitialColdkeySwapReannouncementDelay)]
        pub fn initial_coldkey_swap_reannouncement_delay() -> u32 {
            7_200
        }

        /// Default of `DissolveNetworkScheduleDuration`.
        #[pallet::constant_name(InitialDissolveNetworkScheduleDuration)]
        pub fn initial_dissolve_network_schedule_duration() -> u32 {
            36_000
        }

        /// Default of `TaoWeight`.
        #[pallet::constant_name(InitialTaoWeight)]
        pub fn initial_tao_weight() -> u64 {
            971_718_665_099_567_868
        }

        /// Default of `EmaPriceHalvingPeriod`.
        #[pallet::constant_name(InitialEmaPriceHalvingPeriod)]
        pub fn initial_ema_price_halving_period() -> u64 {
            201_600
        }

        /// Default of `StartCallDelay`.
        #[pallet::constant_name(InitialStartCallDelay)]
        pub fn initial_start_call_delay() -> u64 {
            0
        }

        /// Cost of a hotkey swap on one subnet, rao (section 09, 5).
        #[pallet::constant_name(KeySwapOnSubnetCost)]
        pub fn key_swap_on_subnet_cost() -> TaoBalance {
            1_000_000
        }

        /// Blocks between two hotkey swaps on a subnet (section 09, 5).
        #[pallet::constant_name(HotkeySwapOnSubnetInterval)]
        pub fn hotkey_swap_on_subnet_interval() -> u64 {
            7_200
        }

        /// Blocks between two distributions of a lease's dividends (section 10, 7).
        #[pallet::constant_name(LeaseDividendsDistributionInterval)]
        pub fn lease_dividends_distribution_interval() -> u32 {
            100
        }

        /// Part of the neurons that may be immune when a subnet is trimmed (section 03, 6).
        #[pallet::constant_name(MaxImmuneUidsPercentage)]
        pub fn max_immune_uids_percentage() -> Percent {
            Percent::from_percent(80)
        }

        /// Name in the accounts of subnets (section 01, 3).
        #[pallet::constant_name(SubtensorPalletId)]
        pub fn subtensor_pallet_id() -> PalletId {
            PalletId(*b"subtensr")
        }

        /// Name in the burn account (section 01, 3).
        #[pallet::constant_name(BurnAccountId)]
        pub fn burn_account_id() -> PalletId {
            PalletId(*b"burntnsr")
        }

        /// Default of `MaxEpochsPerBlock`.
        #[pallet::constant_name(InitialMaxEpochsPerBlock)]
        pub fn initial_max_epochs_per_block() -> u8 {
            2
        }
    }
}
