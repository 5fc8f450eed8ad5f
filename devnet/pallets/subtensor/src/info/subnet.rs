//! Subnets as older clients see them (section 11, 3).

use alloc::vec::Vec;

use assay_primitives::{NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use super::NO_WEIGHTS_LIMIT;
use crate::types::SubnetIdentityV3;
use crate::{
    AutoStakeDestination, BlocksSinceLastStep, Burn, Config, Difficulty, ImmunityPeriod, Kappa,
    MaxAllowedUids, MaxAllowedValidators, MinAllowedWeights, Pallet, Rho, ScalingLawPower,
    SubnetIdentitiesV3, SubnetOwner, SubnetworkN, Tempo,
};

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("subnet", "subnet_info"))]
pub struct SubnetInfo<AccountId> {
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Steepness of the former trust.
    pub rho: Compact<u16>,
    /// Majority of the consensus, parts of 65,535.
    pub kappa: Compact<u16>,
    /// Difficulty of the former proof of work.
    pub difficulty: Compact<u64>,
    /// Blocks that a neuron is immune.
    pub immunity_period: Compact<u16>,
    /// Validators at most.
    pub max_allowed_validators: Compact<u16>,
    /// Weights of a row at least.
    pub min_allowed_weights: Compact<u16>,
    /// Unused, 65,535.
    pub max_weights_limit: Compact<u16>,
    /// Unused.
    pub scaling_law_power: Compact<u16>,
    /// Neurons.
    pub subnetwork_n: Compact<u16>,
    /// Neurons at most.
    pub max_allowed_uids: Compact<u16>,
    /// Blocks since the last epoch, as counted.
    pub blocks_since_last_step: Compact<u64>,
    /// Blocks from epoch to epoch.
    pub tempo: Compact<u16>,
    /// Unused, 0.
    pub network_modality: Compact<u16>,
    /// Unused, empty.
    pub network_connect: Vec<[u16; 2]>,
    /// Unused, 0.
    pub emission_values: Compact<u64>,
    /// Price of a registration, rao.
    pub burn: Compact<TaoBalance>,
    /// Coldkey of the owner.
    pub owner: AccountId,
}

/// A subnet with its identity.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("subnet", "subnet_info"))]
pub struct SubnetInfov2<AccountId> {
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Steepness of the former trust.
    pub rho: Compact<u16>,
    /// Majority of the consensus, parts of 65,535.
    pub kappa: Compact<u16>,
    /// Difficulty of the former proof of work.
    pub difficulty: Compact<u64>,
    /// Blocks that a neuron is immune.
    pub immunity_period: Compact<u16>,
    /// Validators at most.
    pub max_allowed_validators: Compact<u16>,
    /// Weights of a row at least.
    pub min_allowed_weights: Compact<u16>,
    /// Unused, 65,535.
    pub max_weights_limit: Compact<u16>,
    /// Unused.
    pub scaling_law_power: Compact<u16>,
    /// Neurons.
    pub subnetwork_n: Compact<u16>,
    /// Neurons at most.
    pub max_allowed_uids: Compact<u16>,
    /// Blocks since the last epoch, as counted.
    pub blocks_since_last_step: Compact<u64>,
    /// Blocks from epoch to epoch.
    pub tempo: Compact<u16>,
    /// Unused, 0.
    pub network_modality: Compact<u16>,
    /// Unused, empty.
    pub network_connect: Vec<[u16; 2]>,
    /// Unused, 0.
    pub emission_value: Compact<u64>,
    /// Price of a registration, rao.
    pub burn: Compact<TaoBalance>,
    /// Coldkey of the owner.
    pub owner: AccountId,
    /// Identity, if it was set.
    pub identity: Option<SubnetIdentityV3>,
}

impl<T: Config> Pallet<T> {
    /// A subnet, none if it does not exist (section 11, 3).
    pub fn subnet_info(netuid: NetUid) -> Option<SubnetInfo<T::AccountId>> {
        Self::subnet_exists(netuid).then(|| SubnetInfo {
            netuid: Compact(netuid),
            rho: Compact(Rho::<T>::get(netuid)),
            kappa: Compact(Kappa::<T>::get(netuid)),
            difficulty: Compact(Difficulty::<T>::get(netuid)),
            immunity_period: Compact(ImmunityPeriod::<T>::get(netuid)),
            max_allowed_validators: Compact(MaxAllowedValidators::<T>::get(netuid)),
            min_allowed_weights: Compact(MinAllowedWeights::<T>::get(netuid)),
            max_weights_limit: Compact(NO_WEIGHTS_LIMIT),
            scaling_law_power: Compact(ScalingLawPower::<T>::get(netuid)),
            subnetwork_n: Compact(SubnetworkN::<T>::get(netuid)),
            max_allowed_uids: Compact(MaxAllowedUids::<T>::get(netuid)),
            blocks_since_last_step: Compact(BlocksSinceLastStep::<T>::get(netuid)),
            tempo: Compact(Tempo::<T>::get(netuid)),
            network_modality: Compact(0),
            network_connect: Vec::new(),
            emission_values: Compact(0),
            burn: Compact(Burn::<T>::get(netuid)),
            owner: SubnetOwner::<T>::get(netuid),
        })
    }

    /// A subnet with its identity, none if it does not exist (section 11, 3).
    pub fn subnet_info_v2(netuid: NetUid) -> Option<SubnetInfov2<T::AccountId>> {
        let info = Self::subnet_info(netuid)?;
        Some(SubnetInfov2 {
            netuid: info.netuid,
            rho: info.rho,
            kappa: info.kappa,
            difficulty: info.difficulty,
            immunity_period: info.immunity_period,
            max_allowed_validators: info.max_allowed_validators,
            min_allowed_weights: info.min_allowed_weights,
            max_weights_limit: info.max_weights_limit,
            scaling_law_power: info.scaling_law_power,
            subnetwork_n: info.subnetwork_n,
            max_allowed_uids: info.max_allowed_uids,
            blocks_since_last_step: info.blocks_since_last_step,
            tempo: info.tempo,
            network_modality: info.network_modality,
            network_connect: info.network_connect,
            emission_value: info.emission_values,
            burn: info.burn,
            owner: info.owner,
            identity: SubnetIdentitiesV3::<T>::get(netuid),
        })
    }

    /// Something of every network, root included (section 11, 3).
    pub fn of_all_networks<Info>(info: impl FnMut(NetUid) -> Info) -> Vec<Info> {
        Self::networks().into_iter().map(info).collect()
    }

    /// The hotkey to which the mining incentive of a coldkey is staked (section 11, 3).
    pub fn auto_stake_hotkey(coldkey: &T::AccountId, netuid: NetUid) -> Option<T::AccountId> {
        AutoStakeDestination::<T>::get(coldkey, netuid)
    }
}
