//! Credits for inference: vouchers, which need a customer's signature. Everything else are plain calls.

use super::calls::act;
use super::{Definition, Kind, Phrase};
use crate::world::actions::Origin;
use crate::world::values::inner_number;
use crate::world::{StepError, World};
use codec::Encode;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_io::hashing::blake2_256;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "subnet {number} sells credits",
        meaning: "Credits.set_enabled, by root.",
        example: "Given subnet 2 sells credits",
        run: |world, phrase| Box::pin(sell(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} buys credits for {amount} on subnet {number}",
        meaning: "Credits.buy: the TAO buys alpha, which is burned. The table may say the least that it must give, \
                  `min_credits` (0).",
        example: "When Charlie buys credits for 10 TAO on subnet 2\n  | min_credits | 1,000,000 |",
        run: |world, phrase| Box::pin(buy(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} spends a voucher of {account} for {account} over {number} credits on subnet {number}",
        meaning: "Credits.spend, signed by the first account, of a voucher that the customer gave the gateway for so many \
                  credits in all. The table may say otherwise of the voucher: its `signer`, the text of another \
                  `genesis`, and the block `since` which its subnet is there.",
        example: "When gateway1 spends a voucher of Charlie for gateway1 over 500 credits on subnet 2\n  | signer | Dave |",
        run: |world, phrase| Box::pin(spend(world, phrase)),
    },
];

async fn sell(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let arguments = [("netuid", phrase.text(0)), ("enabled", "true")];
    let call = super::calls::with_arguments(world, "Credits.set_enabled", &arguments)?;
    let sudo = world.sudo().await?;
    act(world, &phrase, Origin::Root(sudo), call).await
}

async fn buy(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = phrase.pairs()?;
    let least = match rows.as_slice() {
        [] => "0",
        [("min_credits", least)] => least,
        _ => return Err(StepError::Unfit("the table can say `min_credits`".into())),
    };
    let arguments = [("netuid", phrase.text(2)), ("tao", phrase.text(1)), ("min_credits", least)];
    super::subnets::make(world, &phrase, "Credits.buy", &arguments).await
}

async fn spend(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (customer, gateway) = (phrase.text(1), phrase.text(2));
    let (total, netuid): (u64, u16) = (phrase.number(3)?, phrase.number(4)?);
    let place = format!("SubtensorModule.NetworkRegisteredAt({netuid})");
    let since = world.value_at(&place).await?.value.as_ref().and_then(inner_number).unwrap_or_default();
    let mut since = u64::try_from(since).unwrap_or_default();
    let mut genesis = world.client()?.chain().genesis_hash();
    let mut signer = customer.to_owned();
    for (name, text) in phrase.pairs()? {
        match name {
            "signer" => signer = text.to_owned(),
            "genesis" => genesis = H256(blake2_256(text.as_bytes())),
            "since" => {
                since = text.replace(',', "").parse().map_err(|_| {
                    StepError::Unfit(format!("`since` is `{text}`, which is no number of a block"))
                })?;
            }
            other => {
                return Err(StepError::Unfit(format!(
                    "the table cannot say `{other}`; it can say signer, genesis and since"
                )));
            }
        }
    }
    let accounts = (world.names().id(customer)?, world.names().id(gateway)?);
    let voucher = (genesis, netuid, since, accounts, total).encode();
    let message = ["assay/voucher/1".encode(), voucher.clone()].concat();
    let signature = world.account(&signer)?.sign(&message);
    // A list of one voucher with its signature.
    let vouchers = [vec![4], voucher, signature.to_vec()].concat();
    let call = world.client()?.encoded_call("Credits", "spend", [("vouchers", vouchers)])?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}
