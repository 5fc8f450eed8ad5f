//! Metagraphs and selections of them, filled from storage (section 11, 3).

use alloc::vec::Vec;

use assay_economics::number::I64F64;
use assay_primitives::interface::SubnetCommitments;
use assay_primitives::{AlphaBalance, MechId, NetUid, TaoBalance, storage_index};
use codec::Compact;

use super::compact_all;
use super::metagraph::{COMMITMENTS, Metagraph, SelectiveMetagraph, VALIDATORS};
use crate::types::AxonInfo;
use crate::{
    AlphaDividendsPerSubnet, Axons, Config, IdentitiesV2, Incentive, Keys, LastUpdate, MaxAllowedUids,
    MechanismCountCurrent, NetworkPowRegistrationAllowed, Pallet, StakeThreshold, SubnetworkN,
    ValidatorPermit,
};

impl<T: Config> Pallet<T> {
    /// A subnet with all its neurons, none if it does not exist (section 11, 3).
    pub fn metagraph(netuid: NetUid) -> Option<Metagraph<T::AccountId>> {
        let pool = Self::dynamic_info(netuid)?;
        let terms = Self::subnet_hyperparams(netuid)?;
        let info = Self::subnet_info(netuid)?;
        let state = Self::subnet_state(netuid)?;
        Some(Metagraph {
            netuid: Compact(netuid),
            name: pool.subnet_name,
            symbol: pool.token_symbol,
            identity: pool.subnet_identity,
            network_registered_at: pool.network_registered_at,
            owner_hotkey: pool.owner_hotkey,
            owner_coldkey: pool.owner_coldkey,
            block: Compact(Self::now()),
            tempo: pool.tempo,
            last_step: pool.last_step,
            blocks_since_last_step: pool.blocks_since_last_step,
            subnet_emission: pool.emission,
            alpha_in: pool.alpha_in,
            alpha_out: pool.alpha_out,
            tao_in: pool.tao_in,
            alpha_out_emission: pool.alpha_out_emission,
            alpha_in_emission: pool.alpha_in_emission,
            tao_in_emission: pool.tao_in_emission,
            pending_alpha_emission: pool.pending_alpha_emission,
            pending_root_emission: pool.pending_root_emission,
            subnet_volume: pool.subnet_volume,
            moving_price: pool.moving_price,
            rho: terms.rho,
            kappa: terms.kappa,
            min_allowed_weights: terms.min_allowed_weights,
            max_weights_limit: terms.max_weights_limit,
            weights_version: terms.weights_version,
            weights_rate_limit: terms.weights_rate_limit,
            activity_cutoff: terms.activity_cutoff,
            max_validators: terms.max_validators,
            num_uids: Compact(SubnetworkN::<T>::get(netuid)),
            max_uids: Compact(MaxAllowedUids::<T>::get(netuid)),
            burn: info.burn,
            difficulty: terms.difficulty,
            registration_allowed: terms.registration_allowed,
            pow_registration_allowed: NetworkPowRegistrationAllowed::<T>::get(netuid),
            immunity_period: terms.immunity_period,
            min_difficulty: terms.min_difficulty,
            max_difficulty: terms.max_difficulty,
            min_burn: terms.min_burn,
            max_burn: terms.max_burn,
            adjustment_alpha: terms.adjustment_alpha,
            adjustment_interval: terms.adjustment_interval,
            target_regs_per_interval: terms.target_regs_per_interval,
            max_regs_per_block: terms.max_regs_per_block,
            serving_rate_limit: terms.serving_rate_limit,
            commit_reveal_weights_enabled: terms.commit_reveal_weights_enabled,
            commit_reveal_period: terms.commit_reveal_period,
            liquid_alpha_enabled: terms.liquid_alpha_enabled,
            alpha_high: terms.alpha_high,
            alpha_low: terms.alpha_low,
            bonds_moving_avg: terms.bonds_moving_avg,
            identities: state.coldkeys.iter().map(IdentitiesV2::<T>::get).collect(),
            axons: state.hotkeys.iter().map(|hotkey| Self::axon(netuid, hotkey)).collect(),
            tao_dividends_per_hotkey: no_dividends(&state.hotkeys),
            alpha_dividends_per_hotkey: Self::dividends_by_hotkey(netuid, &state.hotkeys),
            hotkeys: state.hotkeys,
            coldkeys: state.coldkeys,
            active: state.active,
            validator_permit: state.validator_permit,
            pruning_score: state.pruning_score,
            last_update: state.last_update,
            emission: state.emission,
            dividends: state.dividends,
            incentives: state.incentives,
            consensus: state.consensus,
            trust: state.trust,
            rank: state.rank,
            block_at_registration: state.block_at_registration,
            alpha_stake: state.alpha_stake,
            tao_stake: state.tao_stake,
            total_stake: state.total_stake,
        })
    }

    /// A mechanism of a subnet: as the metagraph, with its storage index for the netuid and its own updates and
    /// incentives; none if it does not exist (section 11, 3).
    pub fn mechagraph(netuid: NetUid, mecid: MechId) -> Option<Metagraph<T::AccountId>> {
        if mecid >= MechanismCountCurrent::<T>::get(netuid) {
            return None;
        }
        let mut metagraph = Self::metagraph(netuid)?;
        metagraph.netuid = Compact(storage_index(netuid, mecid));
        Self::put_mechanism(&mut metagraph, netuid, mecid);
        Some(metagraph)
    }

    /// The mechanisms of all networks (section 11, 3).
    pub fn all_mechagraphs() -> Vec<Option<Metagraph<T::AccountId>>> {
        let mechanisms =
            |netuid| (0..MechanismCountCurrent::<T>::get(netuid)).map(move |mecid| (netuid, mecid));
        let networks = Self::networks().into_iter();
        networks.flat_map(mechanisms).map(|(netuid, mecid)| Self::mechagraph(netuid, mecid)).collect()
    }

    /// The fields of a metagraph with the numbers asked for (section 11, 3).
    pub fn selective_metagraph(netuid: NetUid, asked: &[u16]) -> Option<SelectiveMetagraph<T::AccountId>> {
        Some(Self::with_extras(Self::metagraph(netuid)?.select(asked), netuid, asked))
    }

    /// The same with the updates and incentives of a mechanism, which need not exist; with the plain netuid, asked for
    /// or not (section 11, 3).
    pub fn selective_mechagraph(
        netuid: NetUid,
        mecid: MechId,
        asked: &[u16],
    ) -> Option<SelectiveMetagraph<T::AccountId>> {
        let mut metagraph = Self::metagraph(netuid)?;
        Self::put_mechanism(&mut metagraph, netuid, mecid);
        let mut selected = Self::with_extras(metagraph.select(asked), netuid, asked);
        selected.netuid = Compact(netuid);
        Some(selected)
    }

    fn put_mechanism(metagraph: &mut Metagraph<T::AccountId>, netuid: NetUid, mecid: MechId) {
        let index = storage_index(netuid, mecid);
        metagraph.last_update = compact_all(LastUpdate::<T>::get(index));
        metagraph.incentives = compact_all(Incentive::<T>::get(index));
    }

    /// Adds what a metagraph does not have.
    fn with_extras(
        mut selected: SelectiveMetagraph<T::AccountId>,
        netuid: NetUid,
        asked: &[u16],
    ) -> SelectiveMetagraph<T::AccountId> {
        selected.validators = asked.contains(&VALIDATORS).then(|| Self::validators(netuid));
        selected.commitments = asked.contains(&COMMITMENTS).then(|| Self::encoded_commitments(netuid));
        selected
    }

    /// Uids with a permit and a stake weight above the threshold, the least stake first; equals in the order of their
    /// entries (section 11, 3).
    fn validators(netuid: NetUid) -> Vec<Compact<u16>> {
        let permits = ValidatorPermit::<T>::get(netuid);
        let threshold = I64F64::saturating_from_num(StakeThreshold::<T>::get());
        let mut validators: Vec<(u16, I64F64)> = Keys::<T>::iter_prefix(netuid)
            .filter(|(uid, _)| permits.get(usize::from(*uid)).copied().unwrap_or(false))
            .map(|(uid, hotkey)| (uid, Self::stake_weight(&hotkey, netuid)))
            .filter(|(_, stake)| *stake > threshold)
            .collect();
        validators.sort_by_key(|(_, stake)| *stake);
        validators.into_iter().map(|(uid, _)| Compact(uid)).collect()
    }

    fn encoded_commitments(netuid: NetUid) -> Vec<(T::AccountId, Vec<Compact<u8>>)> {
        let commitments = T::Commitments::encoded(netuid).into_iter();
        commitments.map(|(account, record)| (account, compact_all(record))).collect()
    }

    fn axon(netuid: NetUid, hotkey: &T::AccountId) -> AxonInfo {
        Axons::<T>::get(netuid, hotkey).unwrap_or_default()
    }

    fn dividends_by_hotkey(
        netuid: NetUid,
        hotkeys: &[T::AccountId],
    ) -> Vec<(T::AccountId, Compact<AlphaBalance>)> {
        let of = |hotkey: &T::AccountId| AlphaDividendsPerSubnet::<T>::get(netuid, hotkey);
        hotkeys.iter().map(|hotkey| (hotkey.clone(), Compact(of(hotkey)))).collect()
    }
}

fn no_dividends<AccountId: Clone>(hotkeys: &[AccountId]) -> Vec<(AccountId, Compact<TaoBalance>)> {
    hotkeys.iter().map(|hotkey| (hotkey.clone(), Compact(0))).collect()
}
