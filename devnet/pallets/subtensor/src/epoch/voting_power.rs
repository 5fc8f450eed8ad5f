//! Voting power (section 07, 6).

use alloc::vec::Vec;

use assay_economics::consensus::mechanisms::SubnetEpochOutput;
use assay_economics::consensus::voting_power::{ONE, Update, update};
use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root};

use crate::{
    Config, Error, Event, IsNetworkMember, Pallet, StakeThreshold, VotingPower, VotingPowerDisableAtBlock,
    VotingPowerEmaAlpha, VotingPowerTrackingEnabled,
};

/// Blocks between the wish to end the tracking and its end (section 07, 6).
const GRACE_PERIOD: u64 = 100_800;

impl<T: Config> Pallet<T> {
    /// Starts to track voting power, or goes on although the end was scheduled (section 07, 6).
    ///
    /// # Errors
    /// `BadOrigin`.
    pub fn do_enable_voting_power_tracking(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        Self::ensure_owner_or_root(origin, netuid)?;
        VotingPowerTrackingEnabled::<T>::insert(netuid, true);
        VotingPowerDisableAtBlock::<T>::remove(netuid);
        Self::deposit_event(Event::VotingPowerTrackingEnabled { netuid });
        Ok(())
    }

    /// Schedules the end of tracking voting power (section 07, 6).
    ///
    /// # Errors
    /// `BadOrigin`, `VotingPowerTrackingNotEnabled`.
    pub fn do_disable_voting_power_tracking(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        Self::ensure_owner_or_root(origin, netuid)?;
        ensure!(VotingPowerTrackingEnabled::<T>::get(netuid), Error::<T>::VotingPowerTrackingNotEnabled);
        let disable_at_block = Self::now().saturating_add(GRACE_PERIOD);
        VotingPowerDisableAtBlock::<T>::insert(netuid, disable_at_block);
        Self::deposit_event(Event::VotingPowerTrackingDisableScheduled { netuid, disable_at_block });
        Ok(())
    }

    /// Sets the smoothing of voting power, parts of 10^18; root only (section 07, 6).
    ///
    /// # Errors
    /// `BadOrigin`, `InvalidVotingPowerEmaAlpha`.
    pub fn do_sudo_set_voting_power_ema_alpha(
        origin: OriginFor<T>,
        netuid: NetUid,
        alpha: u64,
    ) -> DispatchResult {
        ensure_root(origin)?;
        ensure!(alpha <= ONE, Error::<T>::InvalidVotingPowerEmaAlpha);
        VotingPowerEmaAlpha::<T>::insert(netuid, alpha);
        Self::deposit_event(Event::VotingPowerEmaAlphaSet { netuid, alpha });
        Ok(())
    }

    /// Updates voting power after an epoch whose results are in account order (section 07, 6).
    pub(super) fn update_voting_power(
        netuid: NetUid,
        results: &[(T::AccountId, SubnetEpochOutput)],
        now: u64,
    ) {
        if !VotingPowerTrackingEnabled::<T>::get(netuid) {
            return;
        }
        let disable_at = VotingPowerDisableAtBlock::<T>::get(netuid);
        if disable_at > 0 && now >= disable_at {
            Self::end_voting_power(netuid);
            return;
        }
        let alpha = VotingPowerEmaAlpha::<T>::get(netuid);
        let threshold = StakeThreshold::<T>::get();
        for (hotkey, result) in results {
            let previous = VotingPower::<T>::get(netuid, hotkey);
            match update(result.new_validator_permit, result.stake, previous, alpha, threshold) {
                Update::Store(power) => VotingPower::<T>::insert(netuid, hotkey, power),
                Update::Remove => VotingPower::<T>::remove(netuid, hotkey),
                Update::Keep => {}
            }
        }
        Self::forget_strangers(netuid);
    }

    fn end_voting_power(netuid: NetUid) {
        let _ = VotingPower::<T>::clear_prefix(netuid, u32::MAX, None);
        VotingPowerTrackingEnabled::<T>::insert(netuid, false);
        VotingPowerDisableAtBlock::<T>::remove(netuid);
        Self::deposit_event(Event::VotingPowerTrackingDisabled { netuid });
    }

    /// Removes the voting power of hotkeys that are not registered any more.
    fn forget_strangers(netuid: NetUid) {
        let powerful: Vec<_> = VotingPower::<T>::iter_key_prefix(netuid).collect();
        for hotkey in powerful {
            if !IsNetworkMember::<T>::get(&hotkey, netuid) {
                VotingPower::<T>::remove(netuid, hotkey);
            }
        }
    }
}
