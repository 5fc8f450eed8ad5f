//! Networks of nodes, and faults in them.

use super::events::emitted;
use super::{Definition, Kind, Phrase};
use crate::chain::client::Client;
use crate::network::fabric::Which;
use crate::network::node::Sync;
use crate::network::topology::Topology;
use crate::network::topology::units::{parse_duration, parse_share};
use crate::network::{Fault, Network, NetworkError, PATIENCE, RECOVERY, told};
use crate::world::network::Networked;
use crate::world::values::inner_number;
use crate::world::{StepError, World};
use std::path::{Path, PathBuf};
use std::time::Duration;
use subxt::ext::scale_value::Value;
use tokio::time::{Instant, sleep};

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// How long no vote that was under way must count before finality is taken to stand still.
const SETTLES: Duration = Duration::from_secs(2);

/// How long it takes until what is in no final block is sent again.
const AGAIN: Duration = Duration::from_secs(10);

/// Blocks that a step looks ahead for an epoch.
const LONGEST_TEMPO: u32 = 2_000;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "a network of {number} nodes",
        meaning: "Begins with so many authorities on the genesis `dev`, in live pace with a clock 48 times as fast as \
                  the wall's, linked without delay. Only in scenarios with the tag @only-devnet.",
        example: "Given a network of 4 nodes",
        run: |world, phrase| {
            Box::pin(async move {
                let topology = Topology::of(phrase.number(0)?).map_err(NetworkError::from)?;
                world.begin_network(topology).await
            })
        },
    },
    Definition {
        kind: Kind::Setting,
        pattern: "the network {genesis}",
        meaning: "Begins with the network of that name in fixtures/networks.",
        example: "Given the network world",
        run: |world, phrase| {
            Box::pin(async move {
                let topology = Topology::load(phrase.text(0)).map_err(NetworkError::from)?;
                world.begin_network(topology).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{number} more blocks are final",
        meaning: "Waits until finality has moved on by so many blocks on all nodes that are awake.",
        example: "When 3 more blocks are final",
        run: |world, phrase| Box::pin(async move { moves(world, phrase.number(0)?).await }),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} crashes",
        meaning: "Its process is killed. It is started again when everything is repaired.",
        example: "When Two crashes",
        run: |world, phrase| Box::pin(inflict(world, Fault::Crash(phrase.text(0).to_owned()))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} is bounced",
        meaning: "Its process is killed and started again at once on the same database.",
        example: "When Two is bounced",
        run: |world, phrase| Box::pin(inflict(world, Fault::Bounce(phrase.text(0).to_owned()))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} stands still",
        meaning: "Its process is stopped, and goes on when everything is repaired.",
        example: "When Two stands still",
        run: |world, phrase| Box::pin(inflict(world, Fault::Pause(phrase.text(0).to_owned()))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} loses its chain",
        meaning: "Its process is killed, its database is removed, and it is started again to sync from the genesis.",
        example: "When Two loses its chain",
        run: |world, phrase| Box::pin(inflict(world, Fault::Wipe(phrase.text(0).to_owned(), Sync::Full))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} loses its chain and syncs by state",
        meaning: "As it loses its chain, but it gets the state of a late block first.",
        example: "When Two loses its chain and syncs by state",
        run: |world, phrase| Box::pin(inflict(world, Fault::Wipe(phrase.text(0).to_owned(), Sync::State))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} is cut off",
        meaning: "Nothing goes between it and the others until everything is repaired.",
        example: "When Two is cut off",
        run: |world, phrase| {
            Box::pin(async move {
                let names = world.network()?.network.names().into_iter();
                let others = names.filter(|name| name != phrase.text(0)).collect();
                inflict(world, Fault::Partition(vec![others, vec![phrase.text(0).to_owned()]])).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the network is split into {value}",
        meaning: "Nothing goes between these groups until everything is repaired; names are parted by commas, groups \
                  by |.",
        example: "When the network is split into One, Two | Three, Four",
        run: |world, phrase| {
            Box::pin(async move {
                let names = |group: &str| group.split(',').map(|name| name.trim().to_owned()).collect();
                let groups = phrase.text(0).split('|').map(names).collect();
                inflict(world, Fault::Partition(groups)).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "everything takes {duration} longer",
        meaning: "So much latency is added to all links, each way, until everything is repaired.",
        example: "When everything takes 200ms longer",
        run: |world, phrase| {
            Box::pin(async move {
                let latency = duration(&phrase, 0)?;
                inflict(world, Fault::Latency(Which::All, latency, latency / 4)).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{share} of what is sent is lost",
        meaning: "So much of it has to be sent again, on all links, until everything is repaired.",
        example: "When 5% of what is sent is lost",
        run: |world, phrase| {
            Box::pin(async move {
                let share = parse_share(phrase.text(0)).map_err(StepError::Unfit)?;
                inflict(world, Fault::Loss(Which::All, share)).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "what is sent to and from {node} is held back",
        meaning: "It arrives when everything is repaired.",
        example: "When what is sent to and from Two is held back",
        run: |world, phrase| Box::pin(inflict(world, Fault::Hold(Which::Of(phrase.text(0).to_owned())))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "the clock of {node} is {duration} ahead",
        meaning: "In the chain's time, of which a slot has 12 seconds, until everything is repaired.",
        example: "When the clock of Two is 30s ahead",
        run: |world, phrase| {
            Box::pin(async move {
                let ahead = i64::try_from(duration(&phrase, 1)?.as_millis()).unwrap_or(i64::MAX);
                inflict(world, Fault::Skew(phrase.text(0).to_owned(), ahead)).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "a second node has the keys of {node}",
        meaning: "Until everything is repaired.",
        example: "When a second node has the keys of Two",
        run: |world, phrase| Box::pin(inflict(world, Fault::Byzantine(phrase.text(0).to_owned()))),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{node} crashes in the next epoch block of subnet {number}",
        meaning: "It is killed as soon as it stands at the block before, while the block of the epoch is being made. \
                  It is started again when everything is repaired.",
        example: "When Two crashes in the next epoch block of subnet 1",
        run: |world, phrase| Box::pin(crash_in_epoch(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "everything is repaired",
        meaning: "All faults are undone.",
        example: "When everything is repaired",
        run: |world, _| {
            Box::pin(async move {
                let networked = world.network()?;
                for fault in std::mem::take(&mut networked.faults) {
                    fault.repair().await?;
                }
                networked.look().await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} sends {amount} to {account} over {node}",
        meaning: "Hands a transfer to this node, and does not wait for it.",
        example: "When Alice sends 3 TAO to Bob over One",
        run: |world, phrase| {
            Box::pin(async move {
                let rao = phrase.rao(1)?;
                send(world.network()?, phrase.text(0), phrase.text(2), rao, phrase.text(3)).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "every node is bounced in turn while {account} pays {account}",
        meaning: "Between two bounces finality moves on, and transfers of 1 TAO are handed to another node before and \
                  after each.",
        example: "When every node is bounced in turn while Alice pays Bob",
        run: |world, phrase| Box::pin(rolling(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "finality moves on",
        meaning: "Three more blocks become final on all nodes that are awake.",
        example: "Then finality moves on",
        run: |world, _| Box::pin(moves(world, 3)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "finality stands still for {duration}",
        meaning: "No node that is awake sees another block become final, from when none has for two seconds: votes that were \
                  under way may still count.",
        example: "Then finality stands still for 3s",
        run: |world, phrase| Box::pin(stands_still(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{node} takes in new blocks",
        meaning: "Its best block rises by three.",
        example: "Then Two takes in new blocks",
        run: |world, phrase| Box::pin(takes_in(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{node} catches up",
        meaning: "The blocks that are final on others now become final for it.",
        example: "Then Two catches up",
        run: |world, phrase| Box::pin(catches_up(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the nodes agree",
        meaning: "No two nodes have finalised different blocks; every final block, executed again in memory, comes to \
                  the state that it says, and every invariant holds after it. Every check looks at this, too.",
        example: "Then the nodes agree",
        run: |world, _| Box::pin(async move { world.network()?.look().await }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "every transfer is final",
        meaning: "All that was sent is in final blocks; what is not after ten seconds is sent again, because a node that \
                  is killed forgets what waits in its pool.",
        example: "Then every transfer is final",
        run: |world, _| Box::pin(all_final(world)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{node} reports an equivocation",
        meaning: "Its log says that an authority has made two blocks of one slot, or voted twice.",
        example: "Then One reports an equivocation",
        run: |world, phrase| Box::pin(reports(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "no node reports an equivocation",
        meaning: "No log of a node says so.",
        example: "Then no node reports an equivocation",
        run: |world, _| Box::pin(async move { nobody_reports(world) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "event {event} becomes final",
        meaning: "A final block emits an event of this name, with these fields if a table names some; it is waited for.",
        example: "Then event Slashed becomes final\n  | hotkey | validator1 |",
        run: |world, phrase| Box::pin(becomes_final(world, phrase)),
    },
];

async fn inflict(world: &mut World, fault: Fault) -> Result<(), StepError> {
    let networked = world.network()?;
    networked.look().await?;
    networked.inflict(fault).await
}

fn duration(phrase: &Phrase<'_>, place: usize) -> Result<Duration, StepError> {
    parse_duration(phrase.text(place)).map_err(StepError::Unfit)
}

async fn moves(world: &mut World, blocks: u32) -> Result<(), StepError> {
    let networked = world.network()?;
    networked.network.finality_moves(blocks, RECOVERY).await?;
    networked.look().await
}

async fn send(
    networked: &mut Networked,
    from: &str,
    to: &str,
    rao: u64,
    over: &str,
) -> Result<(), StepError> {
    let node = networked.network.node(over)?;
    networked.wallet.transfer(&node, from, to, rao).await?;
    Ok(())
}

async fn rolling(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let networked = world.network()?;
    let names = networked.network.names();
    for (name, next) in names.iter().zip(names.iter().cycle().skip(1)) {
        for round in 0..2 {
            for _ in 0..3 {
                send(networked, phrase.text(0), phrase.text(1), 1_000_000_000, next).await?;
            }
            if round == 0 {
                networked.network.inflict(Fault::Bounce(name.clone())).await?.repair().await?;
            }
            networked.network.finality_moves(1, RECOVERY).await?;
            networked.look().await?;
        }
    }
    Ok(())
}

/// The number of the next block after `now` in which the epoch of a subnet runs. Transactions do not move it, so a
/// chain in memory knows.
async fn next_epoch(network: &Network, netuid: u16, now: u32) -> Result<u32, StepError> {
    let mut client = Client::new(Box::new(network.memory_twin()?));
    let mut last = None;
    for number in 1..now + LONGEST_TEMPO {
        client.advance(1).await?;
        let keys = [Value::u128(netuid.into())];
        let index = client.read("SubtensorModule", "SubnetEpochIndex", &keys).await?;
        let index = index.as_ref().and_then(inner_number).unwrap_or_default();
        if number > now && last.is_some_and(|last| last != index) {
            return Ok(number);
        }
        last = Some(index);
    }
    Err(StepError::Unfit(format!("no epoch of subnet {netuid} runs within {LONGEST_TEMPO} blocks")))
}

async fn crash_in_epoch(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (name, netuid) = (phrase.text(0), phrase.number(1)?);
    let networked = world.network()?;
    let now = networked.network.standing(name).await?.best.0;
    // A few blocks ahead: what is to be waited for must not be over when it is known.
    let epoch = next_epoch(&networked.network, netuid, now + 3).await?;
    let what = format!("block {}", epoch - 1);
    networked.network.until(name, &what, PATIENCE * 2, |standing| standing.best.0 >= epoch - 1).await?;
    networked.inflict(Fault::Crash(name.to_owned())).await
}

/// The most that is final on any node that is awake.
async fn highest_final(network: &Network) -> Result<u32, StepError> {
    let mut highest = 0;
    for name in network.awake() {
        highest = highest.max(network.standing(&name).await?.finalized.0);
    }
    Ok(highest)
}

/// The last final block once votes that were under way have counted: once it has stayed the same for a while. The last
/// one of all if it never stays.
async fn settled(network: &Network) -> Result<u32, StepError> {
    let end = Instant::now() + PATIENCE;
    loop {
        let before = highest_final(network).await?;
        sleep(SETTLES).await;
        if highest_final(network).await? == before || Instant::now() > end {
            return Ok(before);
        }
    }
}

async fn stands_still(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let networked = world.network()?;
    let before = settled(&networked.network).await?;
    let end = Instant::now() + duration(&phrase, 0)?;
    while Instant::now() < end {
        let now = highest_final(&networked.network).await?;
        if now != before {
            return Err(StepError::Differs {
                what: "the last final block".into(),
                found: now.to_string(),
                expected: before.to_string(),
            });
        }
        sleep(LOOK).await;
    }
    networked.look().await
}

async fn takes_in(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (networked, name) = (world.network()?, phrase.text(0));
    let now = networked.network.standing(name).await?.best.0;
    let what = format!("a best block above {}", now + 2);
    networked.network.until(name, &what, PATIENCE, |standing| standing.best.0 > now + 2).await?;
    networked.look().await
}

async fn catches_up(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (networked, name) = (world.network()?, phrase.text(0));
    let highest = highest_final(&networked.network).await?;
    let what = format!("finality of block {highest}");
    networked.network.until(name, &what, RECOVERY, |standing| standing.finalized.0 >= highest).await?;
    networked.look().await
}

async fn all_final(world: &mut World) -> Result<(), StepError> {
    let networked = world.network()?;
    let (end, mut again) = (Instant::now() + RECOVERY, Instant::now() + AGAIN);
    loop {
        networked.look().await?;
        let sent = networked.wallet.sent();
        let all = sent.len();
        if all == 0 {
            return Err(StepError::Unfit("nothing was sent".into()));
        }
        let is_missing = |hash| networked.witness.included(hash).is_none();
        let missing = sent.filter(|hash| is_missing(*hash)).count();
        if missing == 0 {
            return Ok(());
        }
        if Instant::now() > again {
            for name in networked.network.awake() {
                networked.wallet.send_again(&*networked.network.node(&name)?, is_missing).await;
            }
            again = Instant::now() + AGAIN;
        }
        if Instant::now() > end {
            let name = networked.network.awake().into_iter().next().unwrap_or_default();
            let standing = networked.network.standing(&name).await?;
            return Err(StepError::Differs {
                what: "the number of transfers in final blocks".into(),
                found: format!("{} ({name} is {})", all - missing, told(&standing)),
                expected: all.to_string(),
            });
        }
        sleep(LOOK).await;
    }
}

async fn reports(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (networked, name) = (world.network()?, phrase.text(0));
    networked.network.node(name)?;
    let log = log(&networked.network, name);
    let end = Instant::now() + PATIENCE;
    loop {
        if equivocation_in(&log).is_some() {
            return networked.look().await;
        }
        if Instant::now() > end {
            return Err(StepError::Unfit(format!("{name} reports no equivocation in {}", log.display())));
        }
        sleep(LOOK).await;
    }
}

fn nobody_reports(world: &mut World) -> Result<(), StepError> {
    let network = &world.network()?.network;
    let reported = network.names().into_iter().find_map(|name| {
        let line = equivocation_in(&log(network, &name))?;
        Some(format!("{name} says: {line}"))
    });
    reported.map_or(Ok(()), |told| Err(StepError::Unfit(told)))
}

fn log(network: &Network, node: &str) -> PathBuf {
    network.folder().join("logs").join(format!("{node}.log"))
}

/// The first line of a log that tells of an equivocation.
fn equivocation_in(log: &Path) -> Option<String> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.lines().find(|line| line.to_lowercase().contains("equivocat")).map(str::to_owned)
}

async fn becomes_final(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let end = Instant::now() + PATIENCE;
    loop {
        world.network()?.look().await?;
        match emitted(world, &phrase) {
            Err(_) if Instant::now() < end => sleep(LOOK).await,
            outcome => return outcome,
        }
    }
}
