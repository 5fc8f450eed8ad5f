//! Subnets and registration.

use super::calls::{act, with_arguments};
use super::storage::expect;
use super::{Definition, Kind, Phrase};
use crate::world::actions::Origin;
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "{account} registers a subnet with hotkey {account}",
        meaning: "SubtensorModule.register_network: the coldkey pays the lock cost and owns the subnet.",
        example: "When Alice registers a subnet with hotkey alice_hot",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [("hotkey", phrase.text(1))];
                make(world, &phrase, "SubtensorModule.register_network", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} starts subnet {number}",
        meaning: "SubtensorModule.start_call: from then on the subnet has emission.",
        example: "When Alice starts subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                make(world, &phrase, "SubtensorModule.start_call", &[("netuid", phrase.text(1))]).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} registers {account} on subnet {number}",
        meaning: "SubtensorModule.burned_register: the coldkey pays the registration cost for a hotkey.",
        example: "When Bob registers miner1 on subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [("netuid", phrase.text(2)), ("hotkey", phrase.text(1))];
                make(world, &phrase, "SubtensorModule.burned_register", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} registers {account} on the root network",
        meaning: "SubtensorModule.root_register.",
        example: "When Bob registers validator1 on the root network",
        run: |world, phrase| {
            Box::pin(async move {
                make(world, &phrase, "SubtensorModule.root_register", &[("hotkey", phrase.text(1))]).await
            })
        },
    },
    Definition {
        kind: Kind::Setting,
        pattern: "subnet {number} of {account} with hotkey {account}",
        meaning: "Registers a subnet, which must get this number, and starts it, in two blocks. Reserves of the pool \
                  are a step of their own.",
        example: "Given subnet 2 of Alice with hotkey alice_hot",
        run: |world, phrase| Box::pin(subnet(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{account} is neuron {number} of subnet {number}",
        meaning: "The hotkey is registered there with this uid.",
        example: "Then miner1 is neuron 1 of subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                let place = format!("SubtensorModule.Uids({}, {})", phrase.text(2), phrase.text(0));
                expect(world, &place, phrase.text(1)).await
            })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "{account} is not registered on subnet {number}",
        meaning: "The hotkey has no uid there.",
        example: "Then miner1 is not registered on subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                expect(
                    world,
                    &format!("SubtensorModule.Uids({}, {})", phrase.text(1), phrase.text(0)),
                    "none",
                )
                .await
            })
        },
    },
];

/// Makes a call of the phrase's first account.
pub(super) async fn make(
    world: &mut World,
    phrase: &Phrase<'_>,
    name: &str,
    arguments: &[(&str, &str)],
) -> Result<(), StepError> {
    let call = with_arguments(world, name, arguments)?;
    act(world, phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn subnet(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (netuid, owner, hotkey) = (phrase.text(0), phrase.text(1), phrase.text(2));
    let owner = || Origin::Signed(owner.to_owned());
    let register = with_arguments(world, "SubtensorModule.register_network", &[("hotkey", hotkey)])?;
    act(world, &phrase, owner(), register).await?;
    expect(world, &format!("SubtensorModule.SubnetOwnerHotkey({netuid})"), hotkey).await?;
    let start = with_arguments(world, "SubtensorModule.start_call", &[("netuid", netuid)])?;
    act(world, &phrase, owner(), start).await
}
