//! Calls (section 12, 3; rules in section 02, 9).

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The calls; they become part of the pallet.
#[pallet_section]
mod call_section {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Changes the block authors; root only.
        #[pallet::call_index(0)]
        #[pallet::weight(declared::<T>(entries(4_442_146, 29_392, new_authorities.len()), 0, 1, 0))]
        pub fn swap_authorities(
            origin: OriginFor<T>,
            new_authorities: BoundedVec<T::AuthorityId, T::MaxAuthorities>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            T::Authorities::change_block_authors(new_authorities.into_inner());
            Ok(())
        }

        /// Sets `MaxDelegateTake`; root only.
        #[pallet::call_index(1)]
        #[pallet::weight(declared::<T>(5_400_000, 0, 1, 0))]
        pub fn sudo_set_default_take(origin: OriginFor<T>, default_take: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::MaxDelegateTake::<T>::put(default_take);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxDelegateTakeSet(default_take));
            Ok(())
        }

        /// Sets `TxRateLimit`; root only.
        #[pallet::call_index(2)]
        #[pallet::weight(declared::<T>(5_440_000, 0, 1, 0))]
        pub fn sudo_set_tx_rate_limit(origin: OriginFor<T>, tx_rate_limit: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::TxRateLimit::<T>::put(tx_rate_limit);
            Subtensor::<T>::deposit_event(SubtensorEvent::TxRateLimitSet(tx_rate_limit));
            Ok(())
        }

        /// Sets `ServingRateLimit`; owner or root.
        #[pallet::call_index(3)]
        #[pallet::weight(declared::<T>(28_633_000, 4, 1, 4_212))]
        pub fn sudo_set_serving_rate_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            serving_rate_limit: u64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::ServingRateLimit)?;
            pallet_subtensor::ServingRateLimit::<T>::insert(netuid, serving_rate_limit);
            Subtensor::<T>::deposit_event(SubtensorEvent::ServingRateLimitSet(netuid, serving_rate_limit));
            Self::record(actor, netuid, Hyperparameter::ServingRateLimit);
            Ok(())
        }

        /// Sets `MinDifficulty`; root only.
        #[pallet::call_index(4)]
        #[pallet::weight(declared::<T>(34_554_000, 5, 1, 4_383))]
        pub fn sudo_set_min_difficulty(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_difficulty: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::MinDifficulty::<T>::insert(netuid, min_difficulty);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinDifficultySet(netuid, min_difficulty));
            Ok(())
        }

        /// Sets `MaxDifficulty`; owner or root.
        #[pallet::call_index(5)]
        #[pallet::weight(declared::<T>(34_704_000, 5, 1, 4_383))]
        pub fn sudo_set_max_difficulty(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_difficulty: u64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MaxDifficulty)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::MaxDifficulty::<T>::insert(netuid, max_difficulty);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxDifficultySet(netuid, max_difficulty));
            Self::record(actor, netuid, Hyperparameter::MaxDifficulty);
            Ok(())
        }

        /// Sets `WeightsVersionKey`; owner or root.
        #[pallet::call_index(6)]
        #[pallet::weight(declared::<T>(34_204_000, 5, 1, 4_383))]
        pub fn sudo_set_weights_version_key(
            origin: OriginFor<T>,
            netuid: NetUid,
            weights_version_key: u64,
        ) -> DispatchResult {
            let owner = Self::admit_transaction(origin, netuid, Transaction::SetWeightsVersionKey)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::WeightsVersionKey::<T>::insert(netuid, weights_version_key);
            Subtensor::<T>::deposit_event(SubtensorEvent::WeightsVersionKeySet(netuid, weights_version_key));
            Self::record_transaction(owner.as_ref(), netuid, Transaction::SetWeightsVersionKey);
            Ok(())
        }

        /// Sets `WeightsSetRateLimit`; root only.
        #[pallet::call_index(7)]
        #[pallet::weight(declared::<T>(16_420_000, 1, 1, 0))]
        pub fn sudo_set_weights_set_rate_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            weights_set_rate_limit: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::WeightsSetRateLimit::<T>::insert(netuid, weights_set_rate_limit);
            Subtensor::<T>::deposit_event(SubtensorEvent::WeightsSetRateLimitSet(
                netuid,
                weights_set_rate_limit,
            ));
            Ok(())
        }

        /// Sets `AdjustmentInterval`; root only.
        #[pallet::call_index(8)]
        #[pallet::weight(declared::<T>(16_320_000, 1, 1, 4_084))]
        pub fn sudo_set_adjustment_interval(
            origin: OriginFor<T>,
            netuid: NetUid,
            adjustment_interval: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::AdjustmentInterval::<T>::insert(netuid, adjustment_interval);
            Subtensor::<T>::deposit_event(SubtensorEvent::AdjustmentIntervalSet(netuid, adjustment_interval));
            Ok(())
        }

        /// Sets `AdjustmentAlpha`; owner or root.
        #[pallet::call_index(9)]
        #[pallet::weight(declared::<T>(14_000_000, 1, 1, 0))]
        pub fn sudo_set_adjustment_alpha(
            origin: OriginFor<T>,
            netuid: NetUid,
            adjustment_alpha: u64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::AdjustmentAlpha)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::AdjustmentAlpha::<T>::insert(netuid, adjustment_alpha);
            Subtensor::<T>::deposit_event(SubtensorEvent::AdjustmentAlphaSet(netuid, adjustment_alpha));
            Self::record(actor, netuid, Hyperparameter::AdjustmentAlpha);
            Ok(())
        }

        /// Sets `ImmunityPeriod`; owner or root.
        #[pallet::call_index(13)]
        #[pallet::weight(declared::<T>(34_414_000, 5, 1, 4_383))]
        pub fn sudo_set_immunity_period(
            origin: OriginFor<T>,
            netuid: NetUid,
            immunity_period: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::ImmunityPeriod)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::ImmunityPeriod::<T>::insert(netuid, immunity_period);
            Subtensor::<T>::deposit_event(SubtensorEvent::ImmunityPeriodSet(netuid, immunity_period));
            Self::record(actor, netuid, Hyperparameter::ImmunityPeriod);
            Ok(())
        }

        /// Sets `MinAllowedWeights`; owner or root.
        #[pallet::call_index(14)]
        #[pallet::weight(declared::<T>(34_664_000, 5, 1, 4_383))]
        pub fn sudo_set_min_allowed_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_allowed_weights: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MinAllowedWeights)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::MinAllowedWeights::<T>::insert(netuid, min_allowed_weights);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinAllowedWeightSet(netuid, min_allowed_weights));
            Self::record(actor, netuid, Hyperparameter::MinAllowedWeights);
            Ok(())
        }

        /// Sets `MaxAllowedUids`; owner or root.
        #[pallet::call_index(15)]
        #[pallet::weight(declared::<T>(43_381_000, 8, 1, 4_433))]
        pub fn sudo_set_max_allowed_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_allowed_uids: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MaxAllowedUids)?;
            Self::ensure_exists(netuid)?;
            ensure!(
                max_allowed_uids >= pallet_subtensor::MinAllowedUids::<T>::get(netuid),
                Error::<T>::MaxAllowedUidsLessThanMinAllowedUids
            );
            ensure!(
                max_allowed_uids >= pallet_subtensor::SubnetworkN::<T>::get(netuid),
                Error::<T>::MaxAllowedUIdsLessThanCurrentUIds
            );
            ensure!(max_allowed_uids <= MAX_UIDS, Error::<T>::MaxAllowedUidsGreaterThanDefaultMaxAllowedUids);
            let mechanisms = pallet_subtensor::MechanismCountCurrent::<T>::get(netuid);
            Subtensor::<T>::ensure_uids_fit(max_allowed_uids, mechanisms)?;
            pallet_subtensor::MaxAllowedUids::<T>::insert(netuid, max_allowed_uids);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxAllowedUidsSet(netuid, max_allowed_uids));
            Self::record(actor, netuid, Hyperparameter::MaxAllowedUids);
            Ok(())
        }

        /// Sets `Kappa`; root only.
        #[pallet::call_index(16)]
        #[pallet::weight(declared::<T>(16_301_000, 1, 1, 4_084))]
        pub fn sudo_set_kappa(origin: OriginFor<T>, netuid: NetUid, kappa: u16) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::Kappa::<T>::insert(netuid, kappa);
            Subtensor::<T>::deposit_event(SubtensorEvent::KappaSet(netuid, kappa));
            Ok(())
        }

        /// Sets `Rho`; owner or root.
        #[pallet::call_index(17)]
        #[pallet::weight(declared::<T>(31_268_000, 5, 1, 4_383))]
        pub fn sudo_set_rho(origin: OriginFor<T>, netuid: NetUid, rho: u16) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::Rho)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::Rho::<T>::insert(netuid, rho);
            Self::record(actor, netuid, Hyperparameter::Rho);
            Ok(())
        }

        /// Sets `ActivityCutoff`; owner or root.
        #[pallet::call_index(18)]
        #[pallet::weight(declared::<T>(35_165_000, 6, 1, 4_383))]
        pub fn sudo_set_activity_cutoff(
            origin: OriginFor<T>,
            netuid: NetUid,
            activity_cutoff: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::ActivityCutoff)?;
            Self::ensure_exists(netuid)?;
            ensure!(
                activity_cutoff >= pallet_subtensor::MinActivityCutoff::<T>::get(),
                pallet_subtensor::Error::<T>::ActivityCutoffTooLow
            );
            pallet_subtensor::ActivityCutoff::<T>::insert(netuid, activity_cutoff);
            Subtensor::<T>::deposit_event(SubtensorEvent::ActivityCutoffSet(netuid, activity_cutoff));
            Self::record(actor, netuid, Hyperparameter::ActivityCutoff);
            Ok(())
        }

        /// Sets `NetworkRegistrationAllowed`; root only.
        #[pallet::call_index(19)]
        #[pallet::weight(declared::<T>(7_113_000, 0, 1, 0))]
        pub fn sudo_set_network_registration_allowed(
            origin: OriginFor<T>,
            netuid: NetUid,
            registration_allowed: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetworkRegistrationAllowed::<T>::insert(netuid, registration_allowed);
            Subtensor::<T>::deposit_event(SubtensorEvent::RegistrationAllowed(netuid, registration_allowed));
            Ok(())
        }

        /// Always fails.
        #[pallet::call_index(20)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_network_pow_registration_allowed(
            _origin: OriginFor<T>,
            _netuid: NetUid,
            _registration_allowed: bool,
        ) -> DispatchResult {
            Err(Error::<T>::POWRegistrationDisabled.into())
        }

        /// Sets `TargetRegistrationsPerInterval`; root only.
        #[pallet::call_index(21)]
        #[pallet::weight(declared::<T>(34_103_000, 5, 1, 0))]
        pub fn sudo_set_target_registrations_per_interval(
            origin: OriginFor<T>,
            netuid: NetUid,
            target_registrations_per_interval: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::TargetRegistrationsPerInterval::<T>::insert(
                netuid,
                target_registrations_per_interval,
            );
            Subtensor::<T>::deposit_event(SubtensorEvent::RegistrationPerIntervalSet(
                netuid,
                target_registrations_per_interval,
            ));
            Ok(())
        }

        /// Sets `MinBurn`; owner or root.
        #[pallet::call_index(22)]
        #[pallet::weight(declared::<T>(37_780_000, 6, 1, 4_385))]
        pub fn sudo_set_min_burn(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_burn: TaoBalance,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MinBurn)?;
            Self::ensure_exists(netuid)?;
            ensure!(min_burn < Subtensor::<T>::min_burn_upper_bound(), Error::<T>::ValueNotInBounds);
            ensure!(min_burn < pallet_subtensor::MaxBurn::<T>::get(netuid), Error::<T>::ValueNotInBounds);
            pallet_subtensor::MinBurn::<T>::insert(netuid, min_burn);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinBurnSet(netuid, min_burn));
            Self::record(actor, netuid, Hyperparameter::MinBurn);
            Ok(())
        }

        /// Sets `MaxBurn`; owner or root.
        #[pallet::call_index(23)]
        #[pallet::weight(declared::<T>(36_949_000, 6, 1, 4_410))]
        pub fn sudo_set_max_burn(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_burn: TaoBalance,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MaxBurn)?;
            Self::ensure_exists(netuid)?;
            ensure!(max_burn > Subtensor::<T>::max_burn_lower_bound(), Error::<T>::ValueNotInBounds);
            ensure!(max_burn > pallet_subtensor::MinBurn::<T>::get(netuid), Error::<T>::ValueNotInBounds);
            pallet_subtensor::MaxBurn::<T>::insert(netuid, max_burn);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxBurnSet(netuid, max_burn));
            Self::record(actor, netuid, Hyperparameter::MaxBurn);
            Ok(())
        }

        /// Sets `Difficulty`; root only.
        #[pallet::call_index(24)]
        #[pallet::weight(declared::<T>(34_434_000, 5, 1, 0))]
        pub fn sudo_set_difficulty(origin: OriginFor<T>, netuid: NetUid, difficulty: u64) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::Difficulty::<T>::insert(netuid, difficulty);
            Subtensor::<T>::deposit_event(SubtensorEvent::DifficultySet(netuid, difficulty));
            Ok(())
        }

        /// Sets `MaxAllowedValidators`; root only.
        #[pallet::call_index(25)]
        #[pallet::weight(declared::<T>(35_896_000, 6, 1, 0))]
        pub fn sudo_set_max_allowed_validators(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_allowed_validators: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            ensure!(
                max_allowed_validators <= pallet_subtensor::MaxAllowedUids::<T>::get(netuid),
                Error::<T>::MaxValidatorsLargerThanMaxUIds
            );
            pallet_subtensor::MaxAllowedValidators::<T>::insert(netuid, max_allowed_validators);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxAllowedValidatorsSet(
                netuid,
                max_allowed_validators,
            ));
            Ok(())
        }

        /// Sets `BondsMovingAverage`; owner or root.
        #[pallet::call_index(26)]
        #[pallet::weight(declared::<T>(34_495_000, 5, 1, 4_383))]
        pub fn sudo_set_bonds_moving_average(
            origin: OriginFor<T>,
            netuid: NetUid,
            bonds_moving_average: u64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::BondsMovingAverage)?;
            let allowed = actor == Actor::Root || bonds_moving_average <= OWNERS_LONGEST_AVERAGE;
            ensure!(allowed, Error::<T>::BondsMovingAverageMaxReached);
            Self::ensure_exists(netuid)?;
            pallet_subtensor::BondsMovingAverage::<T>::insert(netuid, bonds_moving_average);
            Subtensor::<T>::deposit_event(SubtensorEvent::BondsMovingAverageSet(
                netuid,
                bonds_moving_average,
            ));
            Self::record(actor, netuid, Hyperparameter::BondsMovingAverage);
            Ok(())
        }

        /// Sets `MaxRegistrationsPerBlock`; root only.
        #[pallet::call_index(27)]
        #[pallet::weight(declared::<T>(34_604_000, 5, 1, 0))]
        pub fn sudo_set_max_registrations_per_block(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_registrations_per_block: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::MaxRegistrationsPerBlock::<T>::insert(netuid, max_registrations_per_block);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxRegistrationsPerBlockSet(
                netuid,
                max_registrations_per_block,
            ));
            Ok(())
        }

        /// Sets `SubnetOwnerCut`; root only.
        #[pallet::call_index(28)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_subnet_owner_cut(origin: OriginFor<T>, subnet_owner_cut: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::SubnetOwnerCut::<T>::put(subnet_owner_cut);
            Subtensor::<T>::deposit_event(SubtensorEvent::SubnetOwnerCutSet(subnet_owner_cut));
            Ok(())
        }

        /// Sets `NetworkRateLimit`; root only.
        #[pallet::call_index(29)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_network_rate_limit(origin: OriginFor<T>, rate_limit: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetworkRateLimit::<T>::put(rate_limit);
            Subtensor::<T>::deposit_event(SubtensorEvent::NetworkRateLimitSet(rate_limit));
            Ok(())
        }

        /// Sets `Tempo`; root only.
        #[pallet::call_index(30)]
        #[pallet::weight(declared::<T>(36_298_000, 5, 2, 4_383))]
        pub fn sudo_set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            Subtensor::<T>::change_tempo(netuid, tempo);
            Ok(())
        }

        /// Always fails.
        #[pallet::call_index(33)]
        #[pallet::weight(declared::<T>(5_931_000, 0, 0, 0))]
        pub fn sudo_set_total_issuance(_origin: OriginFor<T>, _total_issuance: TaoBalance) -> DispatchResult {
            Err(Error::<T>::Deprecated.into())
        }

        /// Sets `NetworkImmunityPeriod`; root only.
        #[pallet::call_index(35)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_network_immunity_period(
            origin: OriginFor<T>,
            immunity_period: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetworkImmunityPeriod::<T>::put(immunity_period);
            Subtensor::<T>::deposit_event(SubtensorEvent::NetworkImmunityPeriodSet(immunity_period));
            Ok(())
        }

        /// Sets `NetworkMinLockCost`; root only.
        #[pallet::call_index(36)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_network_min_lock_cost(origin: OriginFor<T>, lock_cost: TaoBalance) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetworkMinLockCost::<T>::put(lock_cost);
            Subtensor::<T>::deposit_event(SubtensorEvent::NetworkMinLockCostSet(lock_cost));
            Ok(())
        }

        /// Sets `SubnetLimit`; root only.
        #[pallet::call_index(37)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_subnet_limit(origin: OriginFor<T>, max_subnets: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::SubnetLimit::<T>::put(max_subnets);
            Subtensor::<T>::deposit_event(SubtensorEvent::SubnetLimitSet(max_subnets));
            Ok(())
        }

        /// Sets `NetworkLockReductionInterval`; root only.
        #[pallet::call_index(38)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_lock_reduction_interval(origin: OriginFor<T>, interval: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetworkLockReductionInterval::<T>::put(interval);
            Subtensor::<T>::deposit_event(SubtensorEvent::NetworkLockCostReductionIntervalSet(interval));
            Ok(())
        }

        /// Sets `RAORecycledForRegistration`; root only.
        #[pallet::call_index(39)]
        #[pallet::weight(declared::<T>(16_541_000, 1, 1, 0))]
        pub fn sudo_set_rao_recycled(
            origin: OriginFor<T>,
            netuid: NetUid,
            rao_recycled: TaoBalance,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::RAORecycledForRegistration::<T>::insert(netuid, rao_recycled);
            Subtensor::<T>::deposit_event(SubtensorEvent::RAORecycledForRegistrationSet(
                netuid,
                rao_recycled,
            ));
            Ok(())
        }

        /// Sets `StakeThreshold`; root only.
        #[pallet::call_index(42)]
        #[pallet::weight(declared::<T>(5_500_000, 0, 1, 0))]
        pub fn sudo_set_stake_threshold(origin: OriginFor<T>, min_stake: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::StakeThreshold::<T>::put(min_stake);
            Subtensor::<T>::deposit_event(SubtensorEvent::StakeThresholdSet(min_stake));
            Ok(())
        }

        /// Sets the factor of the smallest nomination; root only.
        #[pallet::call_index(43)]
        #[pallet::weight(declared::<T>(30_697_000, 5, 1, 6_890))]
        pub fn sudo_set_nominator_min_required_stake(origin: OriginFor<T>, min_stake: u64) -> DispatchResult {
            ensure_root(origin)?;
            let before = Subtensor::<T>::minimum_nomination();
            pallet_subtensor::NominatorMinRequiredStake::<T>::put(min_stake);
            // The new factor is compared with the old amount (section 02, 9.2).
            if min_stake > before {
                Subtensor::<T>::clear_small_nominations();
            }
            Ok(())
        }

        /// Sets `TxDelegateTakeRateLimit`; root only.
        #[pallet::call_index(45)]
        #[pallet::weight(declared::<T>(5_420_000, 0, 1, 0))]
        pub fn sudo_set_tx_delegate_take_rate_limit(
            origin: OriginFor<T>,
            tx_rate_limit: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::TxDelegateTakeRateLimit::<T>::put(tx_rate_limit);
            Subtensor::<T>::deposit_event(SubtensorEvent::TxDelegateTakeRateLimitSet(tx_rate_limit));
            Ok(())
        }

        /// Sets `MinDelegateTake`; root only.
        #[pallet::call_index(46)]
        #[pallet::weight(declared::<T>(5_490_000, 0, 1, 0))]
        pub fn sudo_set_min_delegate_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::MinDelegateTake::<T>::put(take);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinDelegateTakeSet(take));
            Ok(())
        }

        /// Sets `CommitRevealWeightsEnabled`; owner or root.
        #[pallet::call_index(49)]
        #[pallet::weight(declared::<T>(34_544_000, 5, 1, 4_383))]
        pub fn sudo_set_commit_reveal_weights_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::CommitRevealEnabled)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::CommitRevealWeightsEnabled::<T>::insert(netuid, enabled);
            Subtensor::<T>::deposit_event(SubtensorEvent::CommitRevealEnabled(netuid, enabled));
            Self::record(actor, netuid, Hyperparameter::CommitRevealEnabled);
            Ok(())
        }

        /// Sets `LiquidAlphaOn`; owner or root.
        #[pallet::call_index(50)]
        #[pallet::weight(declared::<T>(25_538_000, 4, 1, 4_280))]
        pub fn sudo_set_liquid_alpha_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::LiquidAlphaEnabled)?;
            pallet_subtensor::LiquidAlphaOn::<T>::insert(netuid, enabled);
            Self::record(actor, netuid, Hyperparameter::LiquidAlphaEnabled);
            Ok(())
        }

        /// Sets `AlphaValues`; owner or root.
        #[pallet::call_index(51)]
        #[pallet::weight(declared::<T>(34_224_000, 5, 1, 4_427))]
        pub fn sudo_set_alpha_values(
            origin: OriginFor<T>,
            netuid: NetUid,
            alpha_low: u16,
            alpha_high: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::AlphaValues)?;
            let on = pallet_subtensor::LiquidAlphaOn::<T>::get(netuid);
            ensure!(on, pallet_subtensor::Error::<T>::LiquidAlphaDisabled);
            ensure!(alpha_high >= LOWEST_ALPHA, pallet_subtensor::Error::<T>::AlphaHighTooLow);
            let low_in_range = (LOWEST_ALPHA..=alpha_high).contains(&alpha_low);
            ensure!(low_in_range, pallet_subtensor::Error::<T>::AlphaLowOutOfRange);
            pallet_subtensor::AlphaValues::<T>::insert(netuid, (alpha_low, alpha_high));
            Self::record(actor, netuid, Hyperparameter::AlphaValues);
            Ok(())
        }

        /// Sets `DissolveNetworkScheduleDuration`; root only.
        #[pallet::call_index(55)]
        #[pallet::weight(declared::<T>(5_591_000, 0, 1, 0))]
        pub fn sudo_set_dissolve_network_schedule_duration(
            origin: OriginFor<T>,
            duration: BlockNumberFor<T>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::DissolveNetworkScheduleDuration::<T>::put(duration);
            Subtensor::<T>::deposit_event(SubtensorEvent::DissolveNetworkScheduleDurationSet(duration));
            Ok(())
        }

        /// Sets `RevealPeriodEpochs`; owner or root.
        #[pallet::call_index(57)]
        #[pallet::weight(declared::<T>(34_654_000, 5, 1, 4_383))]
        pub fn sudo_set_commit_reveal_weights_interval(
            origin: OriginFor<T>,
            netuid: NetUid,
            interval: u64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::WeightCommitInterval)?;
            Self::ensure_exists(netuid)?;
            ensure!(interval <= LONGEST_REVEAL_PERIOD, pallet_subtensor::Error::<T>::RevealPeriodTooLarge);
            ensure!(interval >= 1, pallet_subtensor::Error::<T>::RevealPeriodTooSmall);
            pallet_subtensor::RevealPeriodEpochs::<T>::insert(netuid, interval);
            Subtensor::<T>::deposit_event(SubtensorEvent::CommitRevealPeriodsSet(netuid, interval));
            Self::record(actor, netuid, Hyperparameter::WeightCommitInterval);
            Ok(())
        }

        /// Does nothing but check the origin, for there is no EVM; root only.
        #[pallet::call_index(58)]
        #[pallet::weight(declared::<T>(27_199_000, 1, 1, 0))]
        pub fn sudo_set_evm_chain_id(origin: OriginFor<T>, _chain_id: u64) -> DispatchResult {
            ensure_root(origin)?;
            // There is no EVM on this chain (section 10, 7); the call is kept for the sake of its number.
            Ok(())
        }

        /// Schedules a change of the finality voters; root only.
        #[pallet::call_index(59)]
        #[pallet::weight(declared::<T>(entries(7_972_506, 15_444, next_authorities.len()), 1, 1, 0))]
        pub fn schedule_grandpa_change(
            origin: OriginFor<T>,
            next_authorities: AuthorityList,
            in_blocks: BlockNumberFor<T>,
            forced: Option<BlockNumberFor<T>>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            T::Authorities::schedule_finality_change(next_authorities, in_blocks, forced)
        }

        /// Sets `BondsPenalty`; owner or root.
        #[pallet::call_index(60)]
        #[pallet::weight(declared::<T>(34_354_000, 5, 1, 4_383))]
        pub fn sudo_set_bonds_penalty(
            origin: OriginFor<T>,
            netuid: NetUid,
            bonds_penalty: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::BondsPenalty)?;
            Self::ensure_exists(netuid)?;
            pallet_subtensor::BondsPenalty::<T>::insert(netuid, bonds_penalty);
            Subtensor::<T>::deposit_event(SubtensorEvent::BondsPenaltySet(netuid, bonds_penalty));
            Self::record(actor, netuid, Hyperparameter::BondsPenalty);
            Ok(())
        }

        /// Sets `TransferToggle`; owner or root.
        #[pallet::call_index(61)]
        #[pallet::weight(declared::<T>(28_343_000, 4, 1, 4_280))]
        pub fn sudo_set_toggle_transfer(
            origin: OriginFor<T>,
            netuid: NetUid,
            toggle: bool,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::TransferEnabled)?;
            pallet_subtensor::TransferToggle::<T>::insert(netuid, toggle);
            Subtensor::<T>::deposit_event(SubtensorEvent::TransferToggle(netuid, toggle));
            Self::record(actor, netuid, Hyperparameter::TransferEnabled);
            Ok(())
        }

        /// Switches a precompile; root only.
        #[pallet::call_index(62)]
        #[pallet::weight(declared::<T>(6_162_000, 1, 0, 0))]
        pub fn sudo_toggle_evm_precompile(
            origin: OriginFor<T>,
            precompile_id: PrecompileEnum,
            enabled: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            PrecompileEnable::<T>::insert(precompile_id, enabled);
            Self::tell(Event::PrecompileUpdated { precompile_id, enabled });
            Ok(())
        }

        /// Sets `SubnetMovingAlpha`; root only.
        #[pallet::call_index(63)]
        #[pallet::weight(declared::<T>(2_955_000, 0, 1, 0))]
        pub fn sudo_set_subnet_moving_alpha(origin: OriginFor<T>, alpha: I96F32) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::SubnetMovingAlpha::<T>::put(alpha);
            Ok(())
        }

        /// Sets the owner's hotkey; owner or root (section 02, 6).
        #[pallet::call_index(64)]
        #[pallet::weight(declared::<T>(3_918_000, 0, 1, 0))]
        pub fn sudo_set_subnet_owner_hotkey(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
        ) -> DispatchResult {
            Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
            Subtensor::<T>::change_owner_hotkey(netuid, &hotkey)
        }

        /// Sets `EMAPriceHalvingBlocks`; root only.
        #[pallet::call_index(65)]
        #[pallet::weight(declared::<T>(4_198_000, 0, 1, 0))]
        pub fn sudo_set_ema_price_halving_period(
            origin: OriginFor<T>,
            netuid: NetUid,
            ema_halving: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::EMAPriceHalvingBlocks::<T>::insert(netuid, ema_halving);
            Ok(())
        }

        /// Sets `SubtokenEnabled`; root only.
        #[pallet::call_index(66)]
        #[pallet::weight(declared::<T>(25_467_000, 4, 1, 4_280))]
        pub fn sudo_set_subtoken_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            subtoken_enabled: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            pallet_subtensor::SubtokenEnabled::<T>::insert(netuid, subtoken_enabled);
            Ok(())
        }

        /// Sets the owner's hotkey; owner or root (section 02, 6).
        #[pallet::call_index(67)]
        #[pallet::weight(declared::<T>(25_687_000, 2, 2, 4_177))]
        pub fn sudo_set_sn_owner_hotkey(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
        ) -> DispatchResult {
            Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
            Subtensor::<T>::change_owner_hotkey(netuid, &hotkey)
        }

        /// Sets `AlphaSigmoidSteepness`; owner or root.
        #[pallet::call_index(68)]
        #[pallet::weight(declared::<T>(31_438_000, 5, 1, 4_383))]
        pub fn sudo_set_alpha_sigmoid_steepness(
            origin: OriginFor<T>,
            netuid: NetUid,
            steepness: i16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::AlphaSigmoidSteepness)?;
            Self::ensure_exists(netuid)?;
            let allowed = actor == Actor::Root || steepness >= 0;
            ensure!(allowed, Error::<T>::NegativeSigmoidSteepness);
            pallet_subtensor::AlphaSigmoidSteepness::<T>::insert(netuid, steepness);
            Self::record(actor, netuid, Hyperparameter::AlphaSigmoidSteepness);
            Ok(())
        }

        /// Sets `Yuma3On`; owner or root.
        #[pallet::call_index(69)]
        #[pallet::weight(declared::<T>(28_583_000, 4, 1, 4_280))]
        pub fn sudo_set_yuma3_enabled(origin: OriginFor<T>, netuid: NetUid, enabled: bool) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::Yuma3Enabled)?;
            pallet_subtensor::Yuma3On::<T>::insert(netuid, enabled);
            Self::tell(Event::Yuma3EnableToggled { netuid, enabled });
            Self::record(actor, netuid, Hyperparameter::Yuma3Enabled);
            Ok(())
        }

        /// Sets `BondsResetOn`; owner or root.
        #[pallet::call_index(70)]
        #[pallet::weight(declared::<T>(30_507_000, 4, 1, 4_280))]
        pub fn sudo_set_bonds_reset_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::BondsResetEnabled)?;
            pallet_subtensor::BondsResetOn::<T>::insert(netuid, enabled);
            Subtensor::<T>::deposit_event(SubtensorEvent::BondsResetOnSet(netuid, enabled));
            Self::tell(Event::BondsResetToggled { netuid, enabled });
            Self::record(actor, netuid, Hyperparameter::BondsResetEnabled);
            Ok(())
        }

        /// Sets `CommitRevealWeightsVersion`; root only.
        #[pallet::call_index(71)]
        #[pallet::weight(declared::<T>(6_052_000, 0, 1, 0))]
        pub fn sudo_set_commit_reveal_version(origin: OriginFor<T>, version: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::CommitRevealWeightsVersion::<T>::put(version);
            Subtensor::<T>::deposit_event(SubtensorEvent::CommitRevealVersionSet(version));
            Ok(())
        }

        /// Sets `ImmuneOwnerUidsLimit`; owner or root.
        #[pallet::call_index(72)]
        #[pallet::weight(declared::<T>(25_107_000, 4, 1, 4_280))]
        pub fn sudo_set_owner_immune_neuron_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            immune_neurons: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::ImmuneNeuronLimit)?;
            ensure!((1..=10).contains(&immune_neurons), pallet_subtensor::Error::<T>::InvalidValue);
            pallet_subtensor::ImmuneOwnerUidsLimit::<T>::insert(netuid, immune_neurons);
            Self::record(actor, netuid, Hyperparameter::ImmuneNeuronLimit);
            Ok(())
        }

        /// Sets `CKBurn`; root only.
        #[pallet::call_index(73)]
        #[pallet::weight(declared::<T>(15_650_000, 1, 1, 0))]
        pub fn sudo_set_ck_burn(origin: OriginFor<T>, burn: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::CKBurn::<T>::put(burn);
            Ok(())
        }

        /// Sets `AdminFreezeWindow`; root only.
        #[pallet::call_index(74)]
        #[pallet::weight(declared::<T>(5_450_000, 0, 1, 0))]
        pub fn sudo_set_admin_freeze_window(origin: OriginFor<T>, window: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::AdminFreezeWindow::<T>::put(window);
            Subtensor::<T>::deposit_event(SubtensorEvent::AdminFreezeWindowSet(window));
            Ok(())
        }

        /// Sets `OwnerHyperparamRateLimit`; root only.
        #[pallet::call_index(75)]
        #[pallet::weight(declared::<T>(5_471_000, 0, 1, 0))]
        pub fn sudo_set_owner_hparam_rate_limit(origin: OriginFor<T>, epochs: u16) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::OwnerHyperparamRateLimit::<T>::put(epochs);
            Subtensor::<T>::deposit_event(SubtensorEvent::OwnerHyperparamRateLimitSet(epochs));
            Ok(())
        }

        /// Sets `MechanismCountCurrent`; owner or root.
        #[pallet::call_index(76)]
        #[pallet::weight(declared::<T>(15_000_000, 1, 1, 0))]
        pub fn sudo_set_mechanism_count(
            origin: OriginFor<T>,
            netuid: NetUid,
            mechanism_count: MechId,
        ) -> DispatchResult {
            let owner = Self::admit_transaction(origin, netuid, Transaction::MechanismCountUpdate)?;
            Subtensor::<T>::change_mechanism_count(netuid, mechanism_count)?;
            Self::record_transaction(owner.as_ref(), netuid, Transaction::MechanismCountUpdate);
            Ok(())
        }

        /// Sets `MechanismEmissionSplit`; owner or root.
        #[pallet::call_index(77)]
        #[pallet::weight(declared::<T>(15_000_000, 1, 1, 0))]
        pub fn sudo_set_mechanism_emission_split(
            origin: OriginFor<T>,
            netuid: NetUid,
            maybe_split: Option<Vec<u16>>,
        ) -> DispatchResult {
            let owner = Self::admit_transaction(origin, netuid, Transaction::MechanismEmission)?;
            Subtensor::<T>::change_mechanism_split(netuid, maybe_split)?;
            Self::record_transaction(owner.as_ref(), netuid, Transaction::MechanismEmission);
            Ok(())
        }

        /// Trims a subnet to fewer neurons; owner or root (section 03, 6).
        #[pallet::call_index(78)]
        #[pallet::weight(declared::<T>(38_302_000, 8, 1, 4_398))]
        pub fn sudo_trim_to_max_allowed_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_n: u16,
        ) -> DispatchResult {
            let owner = Self::admit_transaction(origin, netuid, Transaction::MaxUidsTrimming)?;
            Subtensor::<T>::trim_to(netuid, max_n)?;
            Self::record_transaction(owner.as_ref(), netuid, Transaction::MaxUidsTrimming);
            Ok(())
        }

        /// Sets `MinAllowedUids`; root only.
        #[pallet::call_index(79)]
        #[pallet::weight(declared::<T>(37_890_000, 7, 1, 4_383))]
        pub fn sudo_set_min_allowed_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_allowed_uids: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            ensure!(
                min_allowed_uids < pallet_subtensor::MaxAllowedUids::<T>::get(netuid),
                Error::<T>::MinAllowedUidsGreaterThanMaxAllowedUids
            );
            ensure!(
                min_allowed_uids < pallet_subtensor::SubnetworkN::<T>::get(netuid),
                Error::<T>::MinAllowedUidsGreaterThanCurrentUids
            );
            pallet_subtensor::MinAllowedUids::<T>::insert(netuid, min_allowed_uids);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinAllowedUidsSet(netuid, min_allowed_uids));
            Ok(())
        }

        /// Sets `RecycleOrBurn`; owner or root.
        #[pallet::call_index(80)]
        #[pallet::weight(declared::<T>(20_000_000, 2, 2, 0))]
        pub fn sudo_set_recycle_or_burn(
            origin: OriginFor<T>,
            netuid: NetUid,
            recycle_or_burn: RecycleOrBurnEnum,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::RecycleOrBurn)?;
            pallet_subtensor::RecycleOrBurn::<T>::insert(netuid, recycle_or_burn);
            Self::record(actor, netuid, Hyperparameter::RecycleOrBurn);
            Ok(())
        }

        /// Sets `TaoFlowCutoff`; root only.
        #[pallet::call_index(81)]
        #[pallet::weight(declared::<T>(7_343_000, 0, 1, 0))]
        pub fn sudo_set_tao_flow_cutoff(origin: OriginFor<T>, flow_cutoff: I64F64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::TaoFlowCutoff::<T>::put(flow_cutoff);
            Ok(())
        }

        /// Sets `FlowNormExponent`; root only.
        #[pallet::call_index(82)]
        #[pallet::weight(declared::<T>(7_343_000, 0, 1, 0))]
        pub fn sudo_set_tao_flow_normalization_exponent(
            origin: OriginFor<T>,
            exponent: U64F64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            ensure!((ONE..=2 * ONE).contains(&exponent.bits), Error::<T>::InvalidValue);
            pallet_subtensor::FlowNormExponent::<T>::put(exponent);
            Ok(())
        }

        /// Sets `FlowEmaSmoothingFactor`; root only.
        #[pallet::call_index(83)]
        #[pallet::weight(declared::<T>(7_343_000, 0, 1, 0))]
        pub fn sudo_set_tao_flow_smoothing_factor(
            origin: OriginFor<T>,
            smoothing_factor: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::FlowEmaSmoothingFactor::<T>::put(smoothing_factor);
            Ok(())
        }

        /// Sets `MinNonImmuneUids`; root only.
        #[pallet::call_index(84)]
        #[pallet::weight(declared::<T>(6_783_000, 0, 1, 0))]
        pub fn sudo_set_min_non_immune_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            min: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::MinNonImmuneUids::<T>::insert(netuid, min);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinNonImmuneUidsSet(netuid, min));
            Ok(())
        }

        /// Sets `StartCallDelay`; root only.
        #[pallet::call_index(85)]
        #[pallet::weight(declared::<T>(14_000_000, 0, 1, 0))]
        pub fn sudo_set_start_call_delay(origin: OriginFor<T>, delay: u64) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::StartCallDelay::<T>::put(delay);
            Subtensor::<T>::deposit_event(SubtensorEvent::StartCallDelaySet(delay));
            Ok(())
        }

        /// Sets `ColdkeySwapAnnouncementDelay`; root only.
        #[pallet::call_index(86)]
        #[pallet::weight(declared::<T>(5_370_000, 0, 1, 0))]
        pub fn sudo_set_coldkey_swap_announcement_delay(
            origin: OriginFor<T>,
            duration: BlockNumberFor<T>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::ColdkeySwapAnnouncementDelay::<T>::put(duration);
            Subtensor::<T>::deposit_event(SubtensorEvent::ColdkeySwapAnnouncementDelaySet(duration));
            Ok(())
        }

        /// Sets `ColdkeySwapReannouncementDelay`; root only.
        #[pallet::call_index(87)]
        #[pallet::weight(declared::<T>(5_360_000, 0, 1, 0))]
        pub fn sudo_set_coldkey_swap_reannouncement_delay(
            origin: OriginFor<T>,
            duration: BlockNumberFor<T>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::ColdkeySwapReannouncementDelay::<T>::put(duration);
            Subtensor::<T>::deposit_event(SubtensorEvent::ColdkeySwapReannouncementDelaySet(duration));
            Ok(())
        }

        /// Sets `MaxMechanismCount`; root only.
        #[pallet::call_index(88)]
        #[pallet::weight(declared::<T>(15_000_000, 1, 1, 0))]
        pub fn sudo_set_max_mechanism_count(
            origin: OriginFor<T>,
            max_mechanism_count: MechId,
        ) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(
                (1..=MAX_MECHANISMS).contains(&max_mechanism_count),
                pallet_subtensor::Error::<T>::InvalidValue
            );
            pallet_subtensor::MaxMechanismCount::<T>::put(max_mechanism_count);
            Ok(())
        }

        /// Sets `BurnHalfLife`; owner or root.
        #[pallet::call_index(89)]
        #[pallet::weight((declared::<T>(25_000_000, 4, 1, 0), DispatchClass::Operational))]
        pub fn sudo_set_burn_half_life(
            origin: OriginFor<T>,
            netuid: NetUid,
            burn_half_life: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::BurnHalfLife)?;
            Self::ensure_exists(netuid)?;
            ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
            ensure!((1..=LONGEST_HALF_LIFE).contains(&burn_half_life), Error::<T>::InvalidValue);
            pallet_subtensor::BurnHalfLife::<T>::insert(netuid, burn_half_life);
            Self::tell(Event::BurnHalfLifeSet { netuid, burn_half_life });
            Self::record(actor, netuid, Hyperparameter::BurnHalfLife);
            Ok(())
        }

        /// Sets `BurnIncreaseMult`; owner or root.
        #[pallet::call_index(90)]
        #[pallet::weight((declared::<T>(25_000_000, 4, 1, 0), DispatchClass::Operational))]
        pub fn sudo_set_burn_increase_mult(
            origin: OriginFor<T>,
            netuid: NetUid,
            burn_increase_mult: U64F64,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::BurnIncreaseMult)?;
            Self::ensure_exists(netuid)?;
            ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
            ensure!((ONE..=3 * ONE).contains(&burn_increase_mult.bits), Error::<T>::InvalidValue);
            pallet_subtensor::BurnIncreaseMult::<T>::insert(netuid, burn_increase_mult);
            Self::tell(Event::BurnIncreaseMultSet { netuid, burn_increase_mult });
            Self::record(actor, netuid, Hyperparameter::BurnIncreaseMult);
            Ok(())
        }

        /// Sets `NetTaoFlowEnabled`; root only.
        #[pallet::call_index(91)]
        #[pallet::weight(declared::<T>(7_343_000, 0, 1, 0))]
        pub fn sudo_set_net_tao_flow_enabled(origin: OriginFor<T>, enabled: bool) -> DispatchResult {
            ensure_root(origin)?;
            pallet_subtensor::NetTaoFlowEnabled::<T>::put(enabled);
            Ok(())
        }

        /// Sets `OwnerCutEnabled`; owner or root.
        #[pallet::call_index(92)]
        #[pallet::weight((declared::<T>(25_000_000, 4, 1, 0), DispatchClass::Operational))]
        pub fn sudo_set_owner_cut_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
            pallet_subtensor::OwnerCutEnabled::<T>::insert(netuid, enabled);
            Ok(())
        }

        /// Sets `MinChildkeyTakePerSubnet`; owner or root.
        #[pallet::call_index(93)]
        #[pallet::weight(declared::<T>(38_100_000, 7, 1, 4_419))]
        pub fn sudo_set_min_childkey_take_per_subnet(
            origin: OriginFor<T>,
            netuid: NetUid,
            take: u16,
        ) -> DispatchResult {
            let actor = Self::admit(origin, netuid, Hyperparameter::MinChildkeyTake)?;
            Self::ensure_exists(netuid)?;
            let lowest = pallet_subtensor::MinChildkeyTake::<T>::get();
            let highest = pallet_subtensor::MaxChildkeyTake::<T>::get();
            ensure!((lowest..=highest).contains(&take), Error::<T>::InvalidValue);
            pallet_subtensor::MinChildkeyTakePerSubnet::<T>::insert(netuid, take);
            Subtensor::<T>::deposit_event(SubtensorEvent::MinChildKeyTakePerSubnetSet(netuid, take));
            Self::record(actor, netuid, Hyperparameter::MinChildkeyTake);
            Ok(())
        }

        /// Sets `SubnetEmissionEnabled`; root only.
        #[pallet::call_index(94)]
        #[pallet::weight(declared::<T>(16_351_000, 1, 1, 4_084))]
        pub fn sudo_set_subnet_emission_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
            pallet_subtensor::SubnetEmissionEnabled::<T>::insert(netuid, enabled);
            Self::tell(Event::SubnetEmissionEnabledSet { netuid, enabled });
            Ok(())
        }

        /// Sets `OwnerCutAutoLockEnabled`; owner or root.
        #[pallet::call_index(95)]
        #[pallet::weight((declared::<T>(25_000_000, 4, 1, 0), DispatchClass::Operational))]
        pub fn sudo_set_owner_cut_auto_lock_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
            Subtensor::<T>::ensure_not_frozen(netuid)?;
            Self::ensure_exists(netuid)?;
            ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
            pallet_subtensor::OwnerCutAutoLockEnabled::<T>::insert(netuid, enabled);
            Ok(())
        }

        /// Sets `MaxEpochsPerBlock`; root only.
        #[pallet::call_index(96)]
        #[pallet::weight(declared::<T>(5_530_000, 0, 1, 0))]
        pub fn sudo_set_max_epochs_per_block(
            origin: OriginFor<T>,
            max_epochs_per_block: u8,
        ) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(max_epochs_per_block >= 1, Error::<T>::ValueNotInBounds);
            pallet_subtensor::MaxEpochsPerBlock::<T>::put(max_epochs_per_block);
            Subtensor::<T>::deposit_event(SubtensorEvent::MaxEpochsPerBlockSet(max_epochs_per_block));
            Ok(())
        }
    }
}
