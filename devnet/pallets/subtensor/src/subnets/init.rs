//! What a new network starts with (section 02, 2.1).

use assay_primitives::NetUid;

use crate::{
    ActivityCutoff, Burn, Config, Event, ImmunityPeriod, Kappa, LastEpochBlock, MaxAllowedUids,
    MaxAllowedValidators, MinAllowedWeights, NetworkRegistrationAllowed, NetworksAdded, Pallet,
    RegistrationsThisInterval, SubnetEmissionEnabled, SubnetworkN, Tempo, TotalNetworks, Yuma3On,
};

/// Blocks between two epochs.
const TEMPO: u16 = 360;
/// Slots for neurons.
const MAX_UIDS: u16 = 256;
/// Slots for validators.
const MAX_VALIDATORS: u16 = 64;
/// Weights that a validator must set.
const MIN_WEIGHTS: u16 = 1;
/// Blocks in which a neuron is immune.
const IMMUNITY: u16 = 5_000;
/// Price of the first registration, rao.
const BURN: u64 = 1_000_000_000;

impl<T: Config> Pallet<T> {
    /// Enters a network and its hyperparameters (section 02, 2.1).
    pub(super) fn init_network(netuid: NetUid) {
        SubnetworkN::<T>::insert(netuid, 0);
        NetworksAdded::<T>::insert(netuid, true);
        Tempo::<T>::insert(netuid, TEMPO);
        // Spreads the epochs of subnets that were registered in the same block.
        let phase = u64::from(netuid % TEMPO);
        LastEpochBlock::<T>::insert(netuid, Self::now().saturating_sub(phase));
        TotalNetworks::<T>::mutate(|count| *count = count.saturating_add(1));

        NetworkRegistrationAllowed::<T>::insert(netuid, true);
        Self::deposit_event(Event::RegistrationAllowed(netuid, true));
        MaxAllowedUids::<T>::insert(netuid, MAX_UIDS);
        Self::deposit_event(Event::MaxAllowedUidsSet(netuid, MAX_UIDS));
        MaxAllowedValidators::<T>::insert(netuid, MAX_VALIDATORS);
        Self::deposit_event(Event::MaxAllowedValidatorsSet(netuid, MAX_VALIDATORS));
        MinAllowedWeights::<T>::insert(netuid, MIN_WEIGHTS);
        Self::deposit_event(Event::MinAllowedWeightSet(netuid, MIN_WEIGHTS));
        ImmunityPeriod::<T>::insert(netuid, IMMUNITY);
        Self::deposit_event(Event::ImmunityPeriodSet(netuid, IMMUNITY));
        Yuma3On::<T>::insert(netuid, true);
        Burn::<T>::insert(netuid, BURN);
        SubnetEmissionEnabled::<T>::insert(netuid, true);
        Self::write_defaults(netuid);
    }

    /// Writes defaults out where nothing is stored; dissolution has removed all of these, older chains have not.
    fn write_defaults(netuid: NetUid) {
        if !Kappa::<T>::contains_key(netuid) {
            Kappa::<T>::insert(netuid, Kappa::<T>::get(netuid));
        }
        if !ActivityCutoff::<T>::contains_key(netuid) {
            ActivityCutoff::<T>::insert(netuid, ActivityCutoff::<T>::get(netuid));
        }
        if !RegistrationsThisInterval::<T>::contains_key(netuid) {
            RegistrationsThisInterval::<T>::insert(netuid, RegistrationsThisInterval::<T>::get(netuid));
        }
    }
}
