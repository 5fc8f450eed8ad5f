//! Pools and prices.

use super::accounts::number;
use super::calls::with_arguments;
use super::storage::expect;
use super::{Definition, Kind, Phrase};
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "a pool of {amount} and {amount} on subnet {number}",
        meaning: "Gives the subnet's pool these reserves of TAO and alpha, in one block. The TAO comes from the account \
                  that holds the sudo key, so that none is made from nothing, and TotalStake follows.",
        example: "Given a pool of 1,000 TAO and 2,000 alpha on subnet 2",
        run: |world, phrase| Box::pin(pool(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the price of subnet {number} is {amount}",
        meaning: "TAO for one alpha, in rao, what is less than a rao cut off, as the runtime tells wallets \
                  (SwapRuntimeApi.current_alpha_price).",
        example: "Then the price of subnet 2 is 0.510044914 TAO",
        run: |world, phrase| {
            Box::pin(async move {
                expect(
                    world,
                    &format!("SwapRuntimeApi.current_alpha_price({})", phrase.text(0)),
                    phrase.text(1),
                )
                .await
            })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "the pool of subnet {number} holds {amount} and {amount}",
        meaning: "The reserves are exactly these.",
        example: "Then the pool of subnet 2 holds 1,009.994964523 TAO and 1,980.207892368 alpha",
        run: |world, phrase| {
            Box::pin(async move {
                expect(world, &format!("SubtensorModule.SubnetTAO({})", phrase.text(0)), phrase.text(1))
                    .await?;
                expect(world, &format!("SubtensorModule.SubnetAlphaIn({})", phrase.text(0)), phrase.text(2))
                    .await
            })
        },
    },
];

async fn pool(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (tao, alpha, netuid) = (phrase.rao(0)?, phrase.text(1), phrase.text(2));
    let reserve = format!("SubtensorModule.SubnetTAO({netuid})");
    // The block in which this happens begins with its emission, part of which goes into pools.
    let (held, staked) = world
        .next_block(async |world| {
            Ok((number(world, &reserve).await?, number(world, "SubtensorModule.TotalStake").await?))
        })
        .await?;
    let grown = i128::from(tao) - held;
    let stake = staked + grown;
    let (purse, account) = (world.sudo().await?, format!("subnet_account_{netuid}"));
    let (from, to) = if grown < 0 { (&account, &purse) } else { (&purse, &account) };
    let moved = format!("{} rao", grown.unsigned_abs());
    let transfer = [("source", from.as_str()), ("dest", to.as_str()), ("value", moved.as_str())];
    let mut calls = vec![with_arguments(world, "Balances.force_transfer", &transfer)?];
    let entries = vec![
        world.entry(&reserve, phrase.text(0))?,
        world.entry(&format!("SubtensorModule.SubnetAlphaIn({netuid})"), alpha)?,
        world.entry("SubtensorModule.TotalStake", &format!("{stake} rao"))?,
    ];
    calls.extend(World::storage_calls(entries));
    world.prepare(calls).await
}
