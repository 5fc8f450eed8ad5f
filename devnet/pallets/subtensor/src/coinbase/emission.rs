//! The emission of a block (section 06, 1 to 3.3).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use assay_economics::emission::curve;
use assay_economics::emission::root_proportion::root_proportion;
use assay_economics::emission::shares::{self, Candidate, ShareRule};
use assay_economics::emission::terms::Terms;
use assay_economics::number::U96F32;
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance, stored};
use polkadot_sdk::frame_support::traits::Imbalance;

use crate::balances::TaoCredit;
use crate::{
    BlockEmission, Config, LastMechansimStepBlock, MinerBurned, Pallet, RootProp, SubnetAlphaIn,
    SubnetAlphaOut, SubnetEmissionEnabled, SubnetOwnerCut, SubnetRootSellTao, SubnetTAO, TotalIssuance,
};

/// What root stake weighs against the alpha of every subnet (section 06, 3.3). It does not change during a coinbase,
/// which pays no TAO to root.
#[derive(Clone, Copy)]
pub(super) struct RootWeight {
    /// TAO staked on root, rao.
    tao: TaoBalance,
    /// Weight of a rao of it.
    weight: U96F32,
}

impl RootWeight {
    /// The root's part in a subnet with so much alpha, rao (section 06, 3.3).
    pub(super) fn proportion(self, alpha_issuance: AlphaBalance) -> U96F32 {
        root_proportion(self.tao, self.weight, alpha_issuance)
    }
}

/// A subnet that takes part in the emission of the block.
struct Emitting {
    netuid: NetUid,
    /// Before injection, rao.
    alpha_issuance: AlphaBalance,
    candidate: Candidate,
}

impl<T: Config> Pallet<T> {
    /// Emission for an issuance, rao; none where the curve has no answer. Writes `BlockEmission` if the value is
    /// another (section 06, 1).
    pub fn emission_for(issuance: u64) -> Option<u64> {
        let emission = curve::block_emission(issuance)?;
        if curve::writes_block_emission(issuance) && BlockEmission::<T>::get() != emission {
            BlockEmission::<T>::put(emission);
        }
        Some(emission)
    }

    /// Mints what the block emits; without emission there is not even an event (section 06, 1 "block mint").
    pub(super) fn mint_block_emission() -> TaoCredit<T> {
        match Self::emission_for(TotalIssuance::<T>::get()) {
            None | Some(0) => TaoCredit::<T>::zero(),
            Some(emission) => Self::mint(emission),
        }
    }

    /// Injects a block's emission into the pools of the `emitting` subnets, accumulates what the participants get and
    /// runs the epochs that are due among all `networks` (section 06, 3).
    pub(super) fn run_coinbase(mut credit: TaoCredit<T>, networks: &[NetUid], emitting: &[NetUid], now: u64) {
        let _ = SubnetRootSellTao::<T>::clear(u32::MAX, None);

        let root = Self::root_weight();
        let subnets: Vec<Emitting> = emitting.iter().map(|netuid| Self::emitting(*netuid, root)).collect();
        let candidates: Vec<Candidate> = subnets.iter().map(|subnet| subnet.candidate).collect();
        let moving: Vec<_> = candidates.iter().map(|candidate| candidate.moving).collect();
        let root_sells = shares::root_sell_flag(&moving);
        let shares = shares::shares(ShareRule::default(), &candidates);
        let terms = Self::terms(&subnets, shares::emissions(credit.peek(), &shares));

        for (netuid, terms) in &terms {
            Self::inject(*netuid, terms.whole(), &mut credit);
        }
        Self::recycle_credit(credit);

        let owner_cut = SubnetOwnerCut::<T>::get();
        for (netuid, terms) in &terms {
            Self::accumulate(*netuid, terms.alpha_out, root, owner_cut, root_sells);
        }

        for (netuid, pending) in Self::drain_pending(networks, now) {
            Self::distribute(netuid, pending, now);
            LastMechansimStepBlock::<T>::insert(netuid, now);
        }
    }

    /// Part of a subnet that root gets (section 06, 3.3).
    pub fn root_proportion(netuid: NetUid) -> U96F32 {
        Self::root_weight().proportion(Self::alpha_issuance(netuid))
    }

    /// Alpha of a subnet inside and outside of the pool, rao (section 01, 4).
    pub fn alpha_issuance(netuid: NetUid) -> AlphaBalance {
        SubnetAlphaIn::<T>::get(netuid).saturating_add(SubnetAlphaOut::<T>::get(netuid))
    }

    /// Step b6: stores the root proportions after the coinbase (section 06, 5).
    pub(super) fn update_root_proportions(emitting: &[NetUid]) {
        let root = Self::root_weight();
        for netuid in emitting {
            let proportion = root.proportion(Self::alpha_issuance(*netuid));
            RootProp::<T>::insert(netuid, stored::U96F32::from(proportion));
        }
    }

    fn root_weight() -> RootWeight {
        RootWeight { tao: SubnetTAO::<T>::get(ROOT), weight: Self::tao_weight() }
    }

    /// A subnet before anything is injected (section 06, 3.1).
    fn emitting(netuid: NetUid, root: RootWeight) -> Emitting {
        let alpha_issuance = Self::alpha_issuance(netuid);
        let candidate = Candidate {
            moving: Self::moving_price(netuid),
            miner_burned: MinerBurned::<T>::get(netuid).into(),
            root_proportion: root.proportion(alpha_issuance),
            emission_enabled: SubnetEmissionEnabled::<T>::get(netuid),
        };
        Emitting { netuid, alpha_issuance, candidate }
    }

    /// What the block does with each emitting subnet, in their order; `emissions` are their parts of the TAO
    /// (section 06, 3.3).
    fn terms(subnets: &[Emitting], emissions: Vec<U96F32>) -> Vec<(NetUid, Terms)> {
        let alpha_emissions = Self::alpha_emissions(subnets);
        let terms = |(subnet, emission): (&Emitting, U96F32)| {
            let alpha_emission = alpha_emissions.get(&subnet.netuid).copied().unwrap_or(0);
            let price = Self::price(subnet.netuid);
            (subnet.netuid, Terms::new(emission, alpha_emission, price, subnet.candidate.root_proportion))
        };
        subnets.iter().zip(emissions).map(terms).collect()
    }

    /// Alpha that each subnet emits, rao. In ascending order, because every evaluation of the curve is stored and the
    /// last one stays (section 06, 3.3).
    fn alpha_emissions(subnets: &[Emitting]) -> BTreeMap<NetUid, AlphaBalance> {
        let ascending: BTreeMap<NetUid, AlphaBalance> =
            subnets.iter().map(|subnet| (subnet.netuid, subnet.alpha_issuance)).collect();
        let emission = |issuance| Self::emission_for(issuance).unwrap_or(0);
        ascending.into_iter().map(|(netuid, issuance)| (netuid, emission(issuance))).collect()
    }
}
