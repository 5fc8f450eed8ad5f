//! Starting states (section 01, 5).

use alloc::vec::Vec;

use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityId as AuraId;
use polkadot_sdk::sp_consensus_grandpa::AuthorityId as GrandpaId;
#[cfg(feature = "std")]
use polkadot_sdk::{
    frame_support::traits::StorageVersion, sp_core::storage::Storage, sp_runtime::BuildStorage,
};

use crate::{
    AccountId, AuraConfig, Balance, BalancesConfig, GrandpaConfig, RuntimeGenesisConfig,
    SubtensorModuleConfig, SudoConfig,
};
#[cfg(feature = "std")]
use crate::{Credits, Slashing};

/// A chain with the given authorities, sudo key and balances in rao, and the two networks that every chain starts
/// with (section 01, 5).
pub fn genesis(
    authorities: Vec<(AuraId, GrandpaId)>,
    sudo: Option<AccountId>,
    balances: Vec<(AccountId, Balance)>,
) -> RuntimeGenesisConfig {
    let (authors, voters): (Vec<_>, Vec<_>) =
        authorities.into_iter().map(|(author, voter)| (author, (voter, 1))).unzip();
    let issuance = balances.iter().fold(0, |sum: Balance, (_, balance)| sum.saturating_add(*balance));
    RuntimeGenesisConfig {
        aura: AuraConfig { authorities: authors },
        grandpa: GrandpaConfig { authorities: voters, ..GrandpaConfig::default() },
        balances: BalancesConfig { balances, ..BalancesConfig::default() },
        sudo: SudoConfig { key: sudo },
        subtensor_module: SubtensorModuleConfig {
            balances_issuance: issuance,
            ..SubtensorModuleConfig::default()
        },
        ..RuntimeGenesisConfig::default()
    }
}

/// The storage of block 0, without the versions that the pallets of ours alone would keep of theirs: a chain with nothing
/// of ours switched on begins with the state of the reference.
///
/// # Errors
/// What a pallet says if its part cannot be built.
#[cfg(feature = "std")]
pub fn storage(config: &RuntimeGenesisConfig) -> Result<Storage, String> {
    let mut storage = config.build_storage()?;
    for version in [StorageVersion::storage_key::<Slashing>(), StorageVersion::storage_key::<Credits>()] {
        storage.top.remove(version.as_slice());
    }
    Ok(storage)
}
