//! Accounts and balances.

use super::calls::{act, with_arguments};
use super::{Definition, Kind, Phrase};
use crate::amount::{Amount, Unit};
use crate::world::actions::Origin;
use crate::world::values::inner_number;
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "{account} transfers {amount} to {account}",
        meaning: "Balances.transfer_keep_alive.",
        example: "When Alice transfers 3 TAO to Bob",
        run: |world, phrase| Box::pin(transfer(world, phrase)),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "{account} owns {amount}",
        meaning: "Sets the free balance by Balances.force_set_balance as root; SubtensorModule.TotalIssuance follows.",
        example: "Given Bob owns 20 TAO",
        run: |world, phrase| Box::pin(own(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{account} has {amount}",
        meaning: "The free balance is exactly this.",
        example: "Then Bob has 1,000,003 TAO",
        run: |world, phrase| Box::pin(has(world, phrase, false)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{account} has {amount} less fees",
        meaning: "The free balance is this less every transaction fee that the account paid in the scenario, as the \
                  TransactionFeePaid events say. So the numbers of a scenario stay round.",
        example: "Then Alice has 999,997 TAO less fees",
        run: |world, phrase| Box::pin(has(world, phrase, true)),
    },
];

async fn transfer(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let arguments = [("dest", phrase.text(2)), ("value", phrase.text(1))];
    let call = with_arguments(world, "Balances.transfer_keep_alive", &arguments)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn own(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (account, amount) = (phrase.text(0), phrase.text(1));
    let grown = i128::from(phrase.rao(1)?) - free(world, account).await?;
    let issuance = number(world, "SubtensorModule.TotalIssuance").await? + grown;
    let set = [("who", account), ("new_free", amount)];
    let balance = with_arguments(world, "Balances.force_set_balance", &set)?;
    let issuance = world.entry("SubtensorModule.TotalIssuance", &format!("{issuance} rao"))?;
    let mut calls = vec![balance];
    calls.extend(World::storage_calls(vec![issuance]));
    world.prepare(calls).await
}

async fn has(world: &mut World, phrase: Phrase<'_>, less_fees: bool) -> Result<(), StepError> {
    let account = phrase.text(0);
    let fees = if less_fees { world.fees_of(&world.names().id(account)?) } else { 0 };
    let wanted = i128::from(phrase.rao(1)?) - i128::from(fees);
    let found = free(world, account).await?;
    if found == wanted {
        return Ok(());
    }
    let shown = |rao: i128| {
        u64::try_from(rao).map_or(format!("{rao} rao"), |rao| Amount::from_rao(rao).with_unit(Unit::Tao))
    };
    let expected = if less_fees {
        format!("{} ({} less {})", shown(wanted), phrase.text(1), shown(fees.into()))
    } else {
        shown(wanted)
    };
    Err(StepError::Differs { what: format!("the balance of {account}"), found: shown(found), expected })
}

async fn free(world: &World, account: &str) -> Result<i128, StepError> {
    number(world, &format!("System.Account({account}).data.free")).await
}

/// The number at a place; 0 where there is none.
pub(super) async fn number(world: &World, place: &str) -> Result<i128, StepError> {
    let found = world.value_at(place).await?;
    Ok(found.value.as_ref().and_then(inner_number).unwrap_or_default())
}
