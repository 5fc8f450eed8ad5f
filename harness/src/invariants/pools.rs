//! Pools: the TAO and alpha of every subnet, who has a right to them, and what is added (sections 04 and 06, 3).

use super::findings::{Findings, Subject};
use super::issuance::{EXISTENTIAL_DEPOSIT, free_and_reserved};
use super::items::Item;
use super::key::{self, ACCOUNT, TWOX};
use super::root::Root;
use super::store::{Change, Store};
use super::{Invariant, Moment};
use assay_economics::emission::curve::{TOTAL_SUPPLY, block_emission};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const TAO_BACKED: Invariant = Invariant {
    name: "pool-tao-is-there",
    meaning: "The account of a subnet holds at least its SubnetTAO, root included. A registration may leave it short \
              by the existential deposit that keeps the coldkey alive (500 rao); the pool of a genesis subnet may \
              have no TAO behind it, and that lack never grows.",
    section: "01, 3; 02, 2",
};

pub(super) const STAKE_BACKED: Invariant = Invariant {
    name: "stake-is-issued",
    meaning: "On every subnet but root, the alpha of all hotkeys, the pending emissions and the unclaimed root \
              dividends together are no more than SubnetAlphaOut. Each watermark of a root dividend may be a rao \
              too low by rounding. Genesis subnet 1 begins with stake that was never issued, and that lack never \
              grows.",
    section: "01, 4; 06, 3.5 and 8",
};

pub(super) const ROOT_BACKED: Invariant = Invariant {
    name: "root-stake-is-one-to-one",
    meaning: "On root, SubnetTAO is SubnetAlphaOut, and the stake of all hotkeys is no more.",
    section: "04, 7; 09, 1",
};

pub(super) const RESERVES: Invariant = Invariant {
    name: "pool-has-a-price",
    meaning: "A pool (mechanism 1) has both TAO and alpha, so its price is positive.",
    section: "04, 1",
};

pub(super) const WEIGHTS: Invariant = Invariant {
    name: "pool-weights-in-bounds",
    meaning: "Both weights of a pool are between 0.01 and 0.99.",
    section: "04, 9",
};

pub(super) const NO_WRAP: Invariant = Invariant {
    name: "no-amount-below-zero",
    meaning: "No amount of a subnet is impossibly large: TAO at most 21 million, alpha below 2^63 rao. An amount \
              that fell below zero would show here.",
    section: "01, 1",
};

pub(super) const ALPHA_CURVE: Invariant = Invariant {
    name: "alpha-grows-no-more-than-the-curve",
    meaning: "In one block the alpha of a subnet, in the pool and outside, grows by no more than twice what the \
              emission curve gives for it: once for the pool, once for participants. Outside counts \
              SubnetAlphaOut, or what is staked, pending and unclaimed where that is more (genesis subnet 1). Not \
              in the block of its registration.",
    section: "06, 1 and 3.3",
};

pub(super) const SHARES_OF_EMISSION: Invariant = Invariant {
    name: "emission-is-split-not-made",
    meaning: "What the emitting subnets got of a block, SubnetTaoInEmission and SubnetExcessTao of all together, is \
              no more than the block's emission; SubnetAlphaInEmission and SubnetAlphaOutEmission are each no more \
              than the curve gives for the subnet.",
    section: "06, 3",
};

/// Alpha that is set aside for the next epoch.
const PENDING: [Item; 4] = [
    Item::PendingServerEmission,
    Item::PendingValidatorEmission,
    Item::PendingRootAlphaDivs,
    Item::PendingOwnerCut,
];

/// Parts of a pool's weights that make one, and the least that either may have.
const ONE: u64 = 1_000_000_000_000_000_000;
const LEAST_WEIGHT: u64 = ONE / 100;

/// What participants of a subnet have of its alpha, rao.
struct Held {
    /// By all hotkeys.
    staked: u128,
    /// Set aside for the next epoch.
    pending: u128,
    /// Root stakers may claim.
    unclaimed: u128,
    /// How many watermarks say what they have claimed, each of them rounded by itself.
    watermarks: u128,
}

impl Held {
    fn sum(&self) -> u128 {
        self.staked + self.pending + self.unclaimed
    }
}

/// The pools as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// Alpha of all hotkeys, by subnet.
    staked: BTreeMap<u16, u128>,
    touched: BTreeSet<u16>,
    /// Subnets after the last block: alpha in all, and the block of registration.
    before: BTreeMap<u16, (u64, u64)>,
    /// Subnets that emitted after the last block.
    emitting: BTreeSet<u16>,
    may_emit: BTreeSet<u16>,
    issuance_before: u64,
    accounts: BTreeMap<u16, key::Hashed>,
}

impl Pools {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::SubnetTao | Item::SubnetAlphaIn | Item::SubnetAlphaOut | Item::SubnetMechanism => {
                self.touched.insert(key::number(key, 0)?);
            }
            item if PENDING.contains(&item) => {
                self.touched.insert(key::number(key, 0)?);
            }
            Item::SwapBalancer => {
                self.touched.insert(key::number(key, TWOX)?);
            }
            Item::Account => {
                self.touched.extend(key::subnet_of_account(&key::account(key, 0)?));
            }
            Item::TotalHotkeyAlpha => {
                let netuid = key::number(key, ACCOUNT)?;
                let (before, after) = change.amounts()?;
                let staked = self.staked.entry(netuid).or_default();
                *staked = (*staked + u128::from(after)).saturating_sub(before.into());
                self.touched.insert(netuid);
            }
            Item::FirstEmissionBlockNumber
            | Item::SubtokenEnabled
            | Item::NetworkRegistrationAllowed
            | Item::NetworksAdded => {
                self.may_emit.insert(key::number(key, 0)?);
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, moment: Moment, root: &Root, findings: &mut Findings) {
        self.touched.extend(root.touched());
        self.check_emission(store, moment, findings);
        for netuid in std::mem::take(&mut self.touched) {
            self.check_tao(store, netuid, findings);
            let held = self.held(store, netuid, root);
            check_stake(store, netuid, &held, findings);
            check_pool(store, netuid, findings);
            check_amounts(store, netuid, findings);
            self.check_growth(store, moment, netuid, &held, findings);
        }
    }

    fn check_tao(&mut self, store: &Store, netuid: u16, findings: &mut Findings) {
        let account =
            self.accounts.entry(netuid).or_insert_with(|| key::hashed(&key::subnet_account(netuid)));
        let (free, reserved) = free_and_reserved(store, account);
        let tao = store.amount(Item::SubnetTao, netuid);
        let lenience = if netuid == 0 { 0 } else { EXISTENTIAL_DEPOSIT };
        let short = tao.saturating_sub(free.saturating_add(reserved).saturating_add(lenience));
        findings.off_by(&TAO_BACKED, Subject::subnet(netuid), short.into(), || {
            format!("its account holds {} rao, and SubnetTAO is {tao}", free.saturating_add(reserved))
        });
    }

    fn held(&self, store: &Store, netuid: u16, root: &Root) -> Held {
        let (unclaimed, watermarks) = root.unclaimed(netuid);
        Held {
            staked: self.staked.get(&netuid).copied().unwrap_or_default(),
            pending: PENDING.iter().map(|item| u128::from(store.amount(*item, netuid))).sum(),
            unclaimed,
            watermarks,
        }
    }

    fn check_growth(
        &mut self,
        store: &Store,
        moment: Moment,
        netuid: u16,
        held: &Held,
        findings: &mut Findings,
    ) {
        if netuid == 0 || !store.network_exists(netuid) {
            self.before.remove(&netuid);
            return;
        }
        let outside =
            store.amount(Item::SubnetAlphaOut, netuid).max(held.sum().try_into().unwrap_or(u64::MAX));
        let now = store.amount(Item::SubnetAlphaIn, netuid).saturating_add(outside);
        let registered = store.amount(Item::NetworkRegisteredAt, netuid);
        let before = self.before.insert(netuid, (now, registered));
        let Some((before, _)) = before.filter(|(_, block)| *block == registered) else { return };
        let growth = now.saturating_sub(before);
        if growth == 0 {
            return;
        }
        let most = 2 * moment.passed(block_emission(before).unwrap_or_default());
        findings.step(&ALPHA_CURVE, Subject::subnet(netuid), u128::from(growth) <= most, || {
            format!("its alpha grew by {growth} rao from {before}, and the curve allows {most}")
        });
    }

    fn check_emission(&mut self, store: &Store, moment: Moment, findings: &mut Findings) {
        let before = self.emitting.clone();
        for netuid in std::mem::take(&mut self.may_emit) {
            if emits(store, netuid) {
                self.emitting.insert(netuid)
            } else {
                self.emitting.remove(&netuid)
            };
        }
        let issuance = store.get(Item::TotalIssuance, &[]).unwrap_or_default();
        let issuance_before = std::mem::replace(&mut self.issuance_before, issuance);
        if moment.blocks == 0 {
            return;
        }
        let mut given: u128 = 0;
        for netuid in before.intersection(&self.emitting) {
            let amount = |item| store.amount(item, *netuid);
            given +=
                u128::from(amount(Item::SubnetTaoInEmission)) + u128::from(amount(Item::SubnetExcessTao));
            let (alpha_in, alpha_out) =
                (amount(Item::SubnetAlphaInEmission), amount(Item::SubnetAlphaOutEmission));
            let supply = self.before.get(netuid).map_or(0, |(supply, _)| *supply);
            let most = block_emission(supply).unwrap_or_default();
            findings.step(&SHARES_OF_EMISSION, Subject::subnet(*netuid), alpha_in.max(alpha_out) <= most, || {
                format!("{alpha_in} rao of alpha for its pool, {alpha_out} for participants; the curve gives {most}")
            });
        }
        let most = block_emission(issuance_before).unwrap_or_default();
        findings.step(&SHARES_OF_EMISSION, Subject::CHAIN, given <= u128::from(most), || {
            format!("the subnets got {given} rao of TAO, and the block's emission is {most}")
        });
    }
}

/// Whether a subnet emits (section 06, 3).
fn emits(store: &Store, netuid: u16) -> bool {
    let key = netuid.to_le_bytes();
    netuid != 0
        && store.network_exists(netuid)
        && store.raw(Item::FirstEmissionBlockNumber, &key).is_some()
        && store.get(Item::SubtokenEnabled, &key).unwrap_or(false)
        && store.get(Item::NetworkRegistrationAllowed, &key).unwrap_or(true)
}

fn check_stake(store: &Store, netuid: u16, held: &Held, findings: &mut Findings) {
    let Held { staked, pending, unclaimed, watermarks } = held;
    let issued = store.amount(Item::SubnetAlphaOut, netuid);
    let subject = Subject::subnet(netuid);
    if netuid == 0 {
        let tao = store.amount(Item::SubnetTao, netuid);
        findings.off_by(&ROOT_BACKED, subject, staked.saturating_sub(issued.into()), || {
            format!("all hotkeys have {staked} rao, and SubnetAlphaOut is {issued}")
        });
        findings.off_by(&ROOT_BACKED, subject.part(1_u32), tao.abs_diff(issued).into(), || {
            format!("SubnetTAO is {tao} rao, and SubnetAlphaOut is {issued}")
        });
        return;
    }
    let short = held.sum().saturating_sub(u128::from(issued) + watermarks);
    findings.off_by(&STAKE_BACKED, subject, short, || {
        format!(
            "hotkeys have {staked} rao, {pending} are pending, {unclaimed} are unclaimed by root stakers, and \
             SubnetAlphaOut is {issued}"
        )
    });
}

fn check_pool(store: &Store, netuid: u16, findings: &mut Findings) {
    let is_pool = store.get::<u16>(Item::SubnetMechanism, &netuid.to_le_bytes()) == Some(1);
    let (tao, alpha) = (store.amount(Item::SubnetTao, netuid), store.amount(Item::SubnetAlphaIn, netuid));
    let missing = u128::from(is_pool && tao == 0) + u128::from(is_pool && alpha == 0);
    findings.off_by(&RESERVES, Subject::subnet(netuid), missing, || {
        format!("its pool has {tao} rao of TAO and {alpha} of alpha")
    });
    let key =
        key::join(&[&polkadot_sdk::sp_io::hashing::twox_64(&netuid.to_le_bytes()), &netuid.to_le_bytes()]);
    let weight: u64 = store.get(Item::SwapBalancer, &key).unwrap_or(ONE / 2);
    let outside = LEAST_WEIGHT.saturating_sub(weight).max(weight.saturating_sub(ONE - LEAST_WEIGHT));
    findings.off_by(&WEIGHTS, Subject::subnet(netuid), outside.into(), || {
        format!("the weight of TAO is {weight} parts of {ONE}")
    });
}

fn check_amounts(store: &Store, netuid: u16, findings: &mut Findings) {
    const MOST_ALPHA: u64 = 1 << 63;
    let alpha = [Item::SubnetAlphaIn, Item::SubnetAlphaOut].into_iter().chain(PENDING);
    let limits = alpha.map(|item| (item, MOST_ALPHA)).chain([(Item::SubnetTao, TOTAL_SUPPLY)]);
    for (item, most) in limits {
        let amount = store.amount(item, netuid);
        let over = u128::from(amount.saturating_sub(most));
        findings.off_by(&NO_WRAP, Subject::subnet(netuid).part(item as u32), over, || {
            format!("{} is {amount} rao", item.name())
        });
    }
}
