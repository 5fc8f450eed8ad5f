//! The balances that a genesis gives.

use super::genesis::{GenesisError, account_id};
use crate::amount::{Amount, Unit, parse_tao};
use assay_runtime::Runtime;
use polkadot_sdk::pallet_balances;
use polkadot_sdk::sp_core::Get;
use polkadot_sdk::sp_runtime::AccountId32;
use std::collections::BTreeMap;

/// Balances in rao by account, from texts by name. What the chain could not begin with is an error here: its own
/// pallets would panic.
///
/// # Errors
/// A name that is no account or that of another one, a text that is no amount, too little for an account to exist, more
/// than the counter of the issuance holds.
pub fn read(
    genesis: &str,
    balances: &BTreeMap<String, String>,
) -> Result<Vec<(AccountId32, u64)>, GenesisError> {
    let least: u64 = <Runtime as pallet_balances::Config>::ExistentialDeposit::get();
    let impossible = |problem| GenesisError::Impossible { genesis: genesis.to_owned(), problem };
    let (mut read, mut names, mut all) = (Vec::new(), BTreeMap::new(), 0_u64);
    for (name, text) in balances {
        let amount = parse_tao(text).map_err(|source| GenesisError::Amount {
            genesis: genesis.to_owned(),
            name: name.clone(),
            source,
        })?;
        if amount.rao() < least {
            let amount = amount.with_unit(Unit::Tao);
            return Err(impossible(format!(
                "{name} has {amount}, and an account exists from {least} rao on"
            )));
        }
        all = all.checked_add(amount.rao()).ok_or_else(|| {
            let most = Amount::from_rao(u64::MAX).with_unit(Unit::Tao);
            impossible(format!("with {name} all balances together are more than {most}"))
        })?;
        let id = account_id(genesis, name)?;
        if let Some(other) = names.insert(id.clone(), name) {
            return Err(impossible(format!("{other} and {name} are the same account")));
        }
        read.push((id, amount.rao()));
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(balances: &[(&str, &str)]) -> String {
        let balances = balances.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        read("some.yaml", &balances.collect()).unwrap_err().to_string()
    }

    #[test]
    fn what_no_chain_could_begin_with_is_refused() {
        assert_eq!(
            problem(&[("Four", "0.000000499 TAO")]),
            "some.yaml: Four has 0.000000499 TAO, and an account exists from 500 rao on"
        );
        // Numbers in derivations have no zeros before them.
        assert!(problem(&[("01", "1 TAO"), ("1", "1 TAO")]).ends_with("01 and 1 are the same account"));
        let most = "18,446,744,073.709551615 TAO";
        assert!(problem(&[("Alice", most), ("Bob", "1 TAO")]).contains("with Bob all balances together"));
        assert!(problem(&[("Alice", "a lot")]).contains("Alice"));
    }
}
