//! What emission does to a subnet: liquidity, the chain's buy and the participants' alpha (section 06, 3.4 and 3.5).

use assay_economics::emission::participants;
use assay_economics::emission::terms::WholeTerms;
use assay_economics::number::{U96F32, int};
use assay_primitives::interface::{AlphaAssets, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};

use super::emission::RootWeight;
use crate::balances::TaoCredit;
use crate::{
    Config, OwnerCutEnabled, Pallet, PendingOwnerCut, PendingRootAlphaDivs, PendingServerEmission,
    PendingValidatorEmission, SubnetAlphaIn, SubnetAlphaInEmission, SubnetAlphaOut, SubnetAlphaOutEmission,
    SubnetExcessTao, SubnetProtocolAlpha, SubnetProtocolFlow, SubnetTAO, SubnetTaoInEmission, TotalStake,
};

impl<T: Config> Pallet<T> {
    /// Spends the credit on one subnet (section 06, 3.4). The weights of the pool are shifted first, by the reserves
    /// as they are before the chain's buy.
    pub(super) fn inject(netuid: NetUid, terms: WholeTerms, credit: &mut TaoCredit<T>) {
        let (tao, alpha) = T::Swap::adjust_protocol_liquidity(netuid, terms.tao_in, terms.alpha_in);
        SubnetExcessTao::<T>::insert(netuid, Self::chain_buy(netuid, terms.excess_tao, credit));

        SubnetAlphaInEmission::<T>::insert(netuid, alpha);
        T::AlphaAssets::mint(netuid, alpha);
        SubnetAlphaIn::<T>::mutate(netuid, |reserve| *reserve = reserve.saturating_add(alpha));

        SubnetTaoInEmission::<T>::insert(netuid, Self::inject_tao(netuid, tao, credit));
    }

    /// Buys alpha that belongs to nobody and gives the TAO that the pool took, rao (section 06, 3.4 step 3). TAO of a
    /// failed swap stays on the subnet's account outside of the pool.
    fn chain_buy(netuid: NetUid, tao: TaoBalance, credit: &mut TaoCredit<T>) -> TaoBalance {
        if !Self::credit_subnet(netuid, tao, credit) {
            return 0;
        }
        let Ok(bought) = Self::buy(netuid, tao, T::Swap::max_price(), true) else {
            return 0;
        };
        SubnetProtocolAlpha::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_add(bought.paid_out));
        Self::add_protocol_flow(netuid, bought.paid_in);
        bought.paid_in
    }

    /// Adds TAO to the pool and gives how much, rao (section 06, 3.4 step 5).
    fn inject_tao(netuid: NetUid, tao: TaoBalance, credit: &mut TaoCredit<T>) -> TaoBalance {
        if !Self::credit_subnet(netuid, tao, credit) {
            return 0;
        }
        SubnetTAO::<T>::mutate(netuid, |reserve| *reserve = reserve.saturating_add(tao));
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(tao));
        Self::add_protocol_flow(netuid, tao);
        tao
    }

    /// Whether the subnet's account got `tao` of the credit; nothing is tried with 0.
    fn credit_subnet(netuid: NetUid, tao: TaoBalance, credit: &mut TaoCredit<T>) -> bool {
        tao > 0 && Self::subnet_account(netuid).is_some_and(|account| Self::spend(&account, credit, tao))
    }

    fn add_protocol_flow(netuid: NetUid, tao: TaoBalance) {
        SubnetProtocolFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_add_unsigned(tao));
    }

    /// Adds a block's alpha to what the participants of a subnet will get (section 06, 3.5). Root dividends are
    /// recycled while the root does not sell.
    pub(super) fn accumulate(
        netuid: NetUid,
        alpha_out: U96F32,
        root: RootWeight,
        owner_cut: u16,
        root_sells: bool,
    ) {
        let minted = int(alpha_out);
        SubnetAlphaOutEmission::<T>::insert(netuid, minted);
        T::AlphaAssets::mint(netuid, minted);
        let outstanding = SubnetAlphaOut::<T>::get(netuid).saturating_add(minted);
        SubnetAlphaOut::<T>::insert(netuid, outstanding);

        let owner_cut = OwnerCutEnabled::<T>::get(netuid).then_some(owner_cut);
        // The proportion of now: the issuance has grown since the terms were made.
        let issuance = SubnetAlphaIn::<T>::get(netuid).saturating_add(outstanding);
        let parts = participants::divide(alpha_out, owner_cut, root.proportion(issuance));
        let add =
            |part: AlphaBalance| move |pending: &mut AlphaBalance| *pending = pending.saturating_add(part);
        if owner_cut.is_some() {
            PendingOwnerCut::<T>::mutate(netuid, add(parts.owner_cut));
        }
        PendingServerEmission::<T>::mutate(netuid, add(parts.server));
        PendingValidatorEmission::<T>::mutate(netuid, add(parts.validators));
        if root_sells {
            PendingRootAlphaDivs::<T>::mutate(netuid, add(parts.root));
        } else {
            Self::recycle_alpha_of(netuid, parts.root);
        }
    }
}
