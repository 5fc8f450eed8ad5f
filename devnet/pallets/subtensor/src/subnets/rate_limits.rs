//! Who may do what how often (sections 02, 9 and 12, 1).

use assay_primitives::NetUid;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root, ensure_signed};
use polkadot_sdk::sp_runtime::{DispatchError, SaturatedConversion};
use scale_info::TypeInfo;

use crate::{
    AdminFreezeWindow, Config, Error, LastEpochBlock, LastRateLimitedBlock, OwnerHyperparamRateLimit, Pallet,
    PendingEpochAt, RateLimitKey, SubnetOwner, Tempo, TransactionKeyLastBlock, WeightsVersionKeyRateLimit,
};

/// A hyperparameter whose changes by the owner are limited (section 12, 1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("subnets", "utils"), replace_segment("rate_limits", "rate_limiting"))]
#[expect(missing_docs, reason = "the variants are the parameters of section 02, 9.1")]
pub enum Hyperparameter {
    Unknown = 0,
    ServingRateLimit = 1,
    MaxDifficulty = 2,
    AdjustmentAlpha = 3,
    MaxWeightLimit = 4,
    ImmunityPeriod = 5,
    MinAllowedWeights = 6,
    Kappa = 7,
    Rho = 8,
    ActivityCutoff = 9,
    PowRegistrationAllowed = 10,
    MinBurn = 11,
    MaxBurn = 12,
    BondsMovingAverage = 13,
    BondsPenalty = 14,
    CommitRevealEnabled = 15,
    LiquidAlphaEnabled = 16,
    AlphaValues = 17,
    WeightCommitInterval = 18,
    TransferEnabled = 19,
    AlphaSigmoidSteepness = 20,
    Yuma3Enabled = 21,
    BondsResetEnabled = 22,
    ImmuneNeuronLimit = 23,
    RecycleOrBurn = 24,
    MaxAllowedUids = 25,
    BurnHalfLife = 26,
    BurnIncreaseMult = 27,
    SubnetEmissionEnabled = 28,
    MinChildkeyTake = 29,
    ActivityCutoffFactorMilli = 30,
    TriggerEpoch = 31,
}

/// An action of an account on a subnet that is limited (section 12, 1). The number is the third key of
/// `TransactionKeyLastBlock`; register network, owner hotkey and owner hyperparameter use `LastRateLimitedBlock`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaction {
    /// Setting children.
    SetChildren = 0,
    /// Setting the take of a child key.
    SetChildkeyTake = 1,
    /// Setting the version key of weights.
    SetWeightsVersionKey = 4,
    /// Setting the number of mechanisms.
    MechanismCountUpdate = 7,
    /// Setting the emission split of the mechanisms.
    MechanismEmission = 8,
    /// Trimming the subnet.
    MaxUidsTrimming = 9,
    /// Setting the tempo.
    TempoUpdate = 11,
}

/// Blocks between two changes of an owner's hotkey (section 02, 6).
const OWNER_HOTKEY_INTERVAL: u64 = 50_400;

impl<T: Config> Pallet<T> {
    /// Number of the block being executed (section 01, 1).
    pub fn now() -> u64 {
        polkadot_sdk::frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// The owner if the owner signed, none for root.
    ///
    /// # Errors
    /// `BadOrigin` for everybody else. A subnet without owner is compared with the zero account (section 02, 9).
    pub fn ensure_owner_or_root(
        origin: OriginFor<T>,
        netuid: NetUid,
    ) -> Result<Option<T::AccountId>, DispatchError> {
        if ensure_root(origin.clone()).is_ok() {
            return Ok(None);
        }
        Self::ensure_owner(origin, netuid).map(Some)
    }

    /// The owner, who must have signed.
    ///
    /// # Errors
    /// `BadOrigin` for everybody else, root included.
    pub fn ensure_owner(origin: OriginFor<T>, netuid: NetUid) -> Result<T::AccountId, DispatchError> {
        let signer = ensure_signed(origin)?;
        ensure!(signer == SubnetOwner::<T>::get(netuid), DispatchError::BadOrigin);
        Ok(signer)
    }

    /// Blocks until the next automatic epoch; `u64::MAX` without a tempo (section 02, 9).
    pub fn blocks_to_auto_epoch(netuid: NetUid, now: u64) -> u64 {
        match u64::from(Tempo::<T>::get(netuid)) {
            0 => u64::MAX,
            tempo => LastEpochBlock::<T>::get(netuid).saturating_add(tempo).saturating_sub(now),
        }
    }

    /// The freeze before an epoch, which holds for root too (section 02, 9).
    ///
    /// # Errors
    /// `AdminActionProhibitedDuringWeightsWindow`.
    pub fn ensure_not_frozen(netuid: NetUid) -> DispatchResult {
        let now = Self::now();
        let epochs_run = Tempo::<T>::get(netuid) != 0;
        let triggered = PendingEpochAt::<T>::get(netuid) > now;
        let close = Self::blocks_to_auto_epoch(netuid, now) < u64::from(AdminFreezeWindow::<T>::get());
        ensure!(!(epochs_run && (triggered || close)), Error::<T>::AdminActionProhibitedDuringWeightsWindow);
        Ok(())
    }

    /// Whether the owner may change the hyperparameter again (section 02, 9).
    ///
    /// # Errors
    /// `TxRateLimitExceeded`.
    pub fn ensure_owner_limit(netuid: NetUid, parameter: Hyperparameter) -> DispatchResult {
        let tempos = u64::from(OwnerHyperparamRateLimit::<T>::get());
        let limit = u64::from(Tempo::<T>::get(netuid)).saturating_mul(tempos);
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::OwnerHyperparamUpdate(netuid, parameter));
        ensure!(passed(last, limit, Self::now()), Error::<T>::TxRateLimitExceeded);
        Ok(())
    }

    /// Remembers that the owner changed the hyperparameter in this block (section 02, 9).
    pub fn record_owner_limit(netuid: NetUid, parameter: Hyperparameter) {
        LastRateLimitedBlock::<T>::insert(
            RateLimitKey::OwnerHyperparamUpdate(netuid, parameter),
            Self::now(),
        );
    }

    /// Whether the owner's hotkey may change again; holds for root too (section 02, 6).
    ///
    /// # Errors
    /// `TxRateLimitExceeded`.
    pub fn ensure_owner_hotkey_limit(netuid: NetUid) -> DispatchResult {
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::SetSNOwnerHotkey(netuid));
        ensure!(passed(last, OWNER_HOTKEY_INTERVAL, Self::now()), Error::<T>::TxRateLimitExceeded);
        Ok(())
    }

    /// Blocks between two transactions of a kind by an account on a subnet (sections 02, 9 and 09, 3).
    pub fn transaction_limit(kind: Transaction, netuid: NetUid) -> u64 {
        match kind {
            Transaction::SetChildren => 150,
            Transaction::SetChildkeyTake => crate::TxChildkeyTakeRateLimit::<T>::get(),
            Transaction::SetWeightsVersionKey => {
                u64::from(Tempo::<T>::get(netuid)).saturating_mul(WeightsVersionKeyRateLimit::<T>::get())
            }
            Transaction::MechanismCountUpdate | Transaction::MechanismEmission => 7_200,
            Transaction::MaxUidsTrimming => 216_000,
            Transaction::TempoUpdate => 360,
        }
    }

    /// Whether an account may act again on a subnet (section 12, 1).
    pub fn transaction_limit_passed(kind: Transaction, who: &T::AccountId, netuid: NetUid) -> bool {
        let last = TransactionKeyLastBlock::<T>::get((who, netuid, kind as u16));
        passed(last, Self::transaction_limit(kind, netuid), Self::now())
    }

    /// Remembers that an account acted on a subnet in this block (section 12, 1).
    pub fn record_transaction(kind: Transaction, who: &T::AccountId, netuid: NetUid) {
        TransactionKeyLastBlock::<T>::insert((who, netuid, kind as u16), Self::now());
    }
}

/// Whether `limit` blocks have passed since `last`, where block 0 stands for never.
fn passed(last: u64, limit: u64, now: u64) -> bool {
    last == 0 || now.saturating_sub(last) >= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_time_is_free() {
        assert!(passed(0, 10, 3));
        assert!(!passed(1, 10, 10));
        assert!(passed(1, 10, 11));
    }

    #[test]
    fn hyperparameters_have_their_numbers() {
        assert_eq!(Hyperparameter::TriggerEpoch.encode(), [31]);
        assert_eq!(
            RateLimitKey::<[u8; 32]>::OwnerHyperparamUpdate(1, Hyperparameter::Rho).encode(),
            [1, 1, 0, 8]
        );
        assert_eq!(RateLimitKey::<[u8; 32]>::AddStakeBurn(258).encode(), [6, 2, 1]);
    }
}
