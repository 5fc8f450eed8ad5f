//! The moving average of the price (section 06, 5).

use assay_economics::emission::moving_price::{self, Smoothing};
use assay_economics::number::{I96F32, U64F64};
use assay_primitives::{NetUid, ROOT, stored};

use crate::{
    Config, EMAPriceHalvingBlocks, FirstEmissionBlockNumber, Pallet, SubnetMechanism, SubnetMovingAlpha,
    SubnetMovingPrice,
};

/// `SubnetMechanism` of a subnet whose price is 1 (section 01, 2).
const STABLE: u16 = 0;

impl<T: Config> Pallet<T> {
    /// Step b5: moves the averages of the emitting subnets (section 06, 5).
    pub(super) fn update_moving_prices(emitting: &[NetUid], now: u64) {
        let alpha = SubnetMovingAlpha::<T>::get().into();
        for netuid in emitting {
            Self::update_moving_price(*netuid, alpha, now);
        }
    }

    /// The moving average of the price, TAO per alpha; 1 where there is no dynamic pool (section 06, 3.1).
    pub fn moving_price(netuid: NetUid) -> U64F64 {
        let stable = netuid == ROOT || SubnetMechanism::<T>::get(netuid) == STABLE;
        moving_price::moving(stable, SubnetMovingPrice::<T>::get(netuid).into())
    }

    fn update_moving_price(netuid: NetUid, alpha: I96F32, now: u64) {
        let smoothing = Smoothing {
            alpha,
            halving_blocks: EMAPriceHalvingBlocks::<T>::get(netuid),
            first_emission_block: FirstEmissionBlockNumber::<T>::get(netuid),
        };
        let next = moving_price::next(Self::moving_price(netuid), Self::price(netuid), smoothing, now);
        SubnetMovingPrice::<T>::insert(netuid, stored::I96F32::from(next));
    }
}
