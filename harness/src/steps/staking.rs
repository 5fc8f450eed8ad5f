//! Staking.

use super::storage::expect;
use super::subnets::make;
use super::{Definition, Kind};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "{account} stakes {amount} to {account} on subnet {number}",
        meaning: "SubtensorModule.add_stake: the coldkey buys the subnet's alpha and stakes it to the hotkey.",
        example: "When Alice stakes 10 TAO to miner1 on subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [
                    ("hotkey", phrase.text(2)),
                    ("netuid", phrase.text(3)),
                    ("amount_staked", phrase.text(1)),
                ];
                make(world, &phrase, "SubtensorModule.add_stake", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} stakes {amount} to {account} on subnet {number} at no more than {amount}",
        meaning: "SubtensorModule.add_stake_limit, all or nothing: the price of one alpha may rise to this.",
        example: "When Alice stakes 10 TAO to miner1 on subnet 2 at no more than 0.6 TAO",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [
                    ("hotkey", phrase.text(2)),
                    ("netuid", phrase.text(3)),
                    ("amount_staked", phrase.text(1)),
                    ("limit_price", phrase.text(4)),
                    ("allow_partial", "false"),
                ];
                make(world, &phrase, "SubtensorModule.add_stake_limit", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} unstakes {amount} from {account} on subnet {number}",
        meaning: "SubtensorModule.remove_stake: the coldkey sells alpha staked to the hotkey.",
        example: "When Alice unstakes 5 alpha from miner1 on subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [
                    ("hotkey", phrase.text(2)),
                    ("netuid", phrase.text(3)),
                    ("amount_unstaked", phrase.text(1)),
                ];
                make(world, &phrase, "SubtensorModule.remove_stake", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} unstakes {amount} from {account} on subnet {number} at no less than {amount}",
        meaning: "SubtensorModule.remove_stake_limit, all or nothing: the price of one alpha may fall to this.",
        example: "When Alice unstakes 5 alpha from miner1 on subnet 2 at no less than 0.4 TAO",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [
                    ("hotkey", phrase.text(2)),
                    ("netuid", phrase.text(3)),
                    ("amount_unstaked", phrase.text(1)),
                    ("limit_price", phrase.text(4)),
                    ("allow_partial", "false"),
                ];
                make(world, &phrase, "SubtensorModule.remove_stake_limit", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} unstakes everything from {account}",
        meaning: "SubtensorModule.unstake_all: on every subnet.",
        example: "When Alice unstakes everything from miner1",
        run: |world, phrase| {
            Box::pin(async move {
                make(world, &phrase, "SubtensorModule.unstake_all", &[("hotkey", phrase.text(1))]).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} moves {amount} from {account} on subnet {number} to {account} on subnet {number}",
        meaning: "SubtensorModule.move_stake: to another hotkey, another subnet or both.",
        example: "When Alice moves 5 alpha from miner1 on subnet 2 to miner2 on subnet 3",
        run: |world, phrase| {
            Box::pin(async move {
                let arguments = [
                    ("origin_hotkey", phrase.text(2)),
                    ("destination_hotkey", phrase.text(4)),
                    ("origin_netuid", phrase.text(3)),
                    ("destination_netuid", phrase.text(5)),
                    ("alpha_amount", phrase.text(1)),
                ];
                make(world, &phrase, "SubtensorModule.move_stake", &arguments).await
            })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "the stake of {account} on {account} in subnet {number} is {amount}",
        meaning: "What the coldkey has staked to the hotkey there, as the runtime tells wallets \
                  (StakeInfoRuntimeApi). On the root network, subnet 0, the amount is TAO.",
        example: "Then the stake of Alice on miner1 in subnet 2 is 19.792107632 alpha",
        run: |world, phrase| {
            Box::pin(async move {
                let api = "StakeInfoRuntimeApi.get_stake_info_for_hotkey_coldkey_netuid";
                let place =
                    format!("{api}({}, {}, {}).stake", phrase.text(1), phrase.text(0), phrase.text(2));
                expect(world, &place, phrase.text(3)).await
            })
        },
    },
];
