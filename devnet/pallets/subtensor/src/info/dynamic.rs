//! Subnets with their pools (section 11, 3).

use alloc::vec::Vec;

use assay_primitives::stored::I96F32;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use super::compact_all;
use crate::types::SubnetIdentityV3;
use crate::{
    Config, LastMechansimStepBlock, NetworkRegisteredAt, Pallet, PendingServerEmission,
    PendingValidatorEmission, SubnetAlphaIn, SubnetAlphaInEmission, SubnetAlphaOut, SubnetAlphaOutEmission,
    SubnetIdentitiesV3, SubnetMovingPrice, SubnetOwner, SubnetOwnerHotkey, SubnetTAO, SubnetTaoInEmission,
    SubnetVolume, Tempo, TokenSymbol,
};

/// A subnet with its pool. Amounts in rao.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("dynamic", "dynamic_info"))]
pub struct DynamicInfo<AccountId> {
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Hotkey of the owner.
    pub owner_hotkey: AccountId,
    /// Coldkey of the owner.
    pub owner_coldkey: AccountId,
    /// Name, UTF-8.
    pub subnet_name: Vec<Compact<u8>>,
    /// Symbol of the alpha, UTF-8.
    pub token_symbol: Vec<Compact<u8>>,
    /// Blocks from epoch to epoch.
    pub tempo: Compact<u16>,
    /// Block of the last payout.
    pub last_step: Compact<u64>,
    /// Blocks since then.
    pub blocks_since_last_step: Compact<u64>,
    /// Unused, 0.
    pub emission: Compact<u64>,
    /// Alpha in the pool.
    pub alpha_in: Compact<AlphaBalance>,
    /// Alpha outside of the pool.
    pub alpha_out: Compact<AlphaBalance>,
    /// TAO in the pool.
    pub tao_in: Compact<TaoBalance>,
    /// Alpha that went to neurons and owner in the last block.
    pub alpha_out_emission: Compact<AlphaBalance>,
    /// Alpha that went into the pool in the last block.
    pub alpha_in_emission: Compact<AlphaBalance>,
    /// TAO that went into the pool in the last block.
    pub tao_in_emission: Compact<TaoBalance>,
    /// Alpha that waits for validators and miners.
    pub pending_alpha_emission: Compact<AlphaBalance>,
    /// Unused, 0.
    pub pending_root_emission: Compact<TaoBalance>,
    /// TAO traded so far.
    pub subnet_volume: Compact<u128>,
    /// Block of the registration.
    pub network_registered_at: Compact<u64>,
    /// Identity, if it was set.
    pub subnet_identity: Option<SubnetIdentityV3>,
    /// Moving average of the price, TAO per alpha.
    pub moving_price: I96F32,
}

impl<T: Config> Pallet<T> {
    /// A subnet with its pool, none if it does not exist (section 11, 3).
    pub fn dynamic_info(netuid: NetUid) -> Option<DynamicInfo<T::AccountId>> {
        let last_step = LastMechansimStepBlock::<T>::get(netuid);
        Self::subnet_exists(netuid).then(|| DynamicInfo {
            netuid: Compact(netuid),
            owner_hotkey: SubnetOwnerHotkey::<T>::get(netuid),
            owner_coldkey: SubnetOwner::<T>::get(netuid),
            subnet_name: compact_all(Self::subnet_name(netuid)),
            token_symbol: compact_all(TokenSymbol::<T>::get(netuid)),
            tempo: Compact(Tempo::<T>::get(netuid)),
            last_step: Compact(last_step),
            blocks_since_last_step: Compact(Self::now().saturating_sub(last_step)),
            emission: Compact(0),
            alpha_in: Compact(SubnetAlphaIn::<T>::get(netuid)),
            alpha_out: Compact(SubnetAlphaOut::<T>::get(netuid)),
            tao_in: Compact(SubnetTAO::<T>::get(netuid)),
            alpha_out_emission: Compact(SubnetAlphaOutEmission::<T>::get(netuid)),
            alpha_in_emission: Compact(SubnetAlphaInEmission::<T>::get(netuid)),
            tao_in_emission: Compact(SubnetTaoInEmission::<T>::get(netuid)),
            pending_alpha_emission: Compact(Self::pending_alpha(netuid)),
            pending_root_emission: Compact(0),
            subnet_volume: Compact(SubnetVolume::<T>::get(netuid)),
            network_registered_at: Compact(NetworkRegisteredAt::<T>::get(netuid)),
            subnet_identity: SubnetIdentitiesV3::<T>::get(netuid),
            moving_price: SubnetMovingPrice::<T>::get(netuid),
        })
    }

    /// Alpha that waits for validators and miners, rao (section 11, 3).
    fn pending_alpha(netuid: NetUid) -> AlphaBalance {
        PendingValidatorEmission::<T>::get(netuid).saturating_add(PendingServerEmission::<T>::get(netuid))
    }
}
