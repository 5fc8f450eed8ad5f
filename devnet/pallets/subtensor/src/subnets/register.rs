//! Registration of subnets (section 02, 1 to 3).

use alloc::vec::Vec;

use assay_economics::number::U64F64;
use assay_economics::registration::lock_cost::{LockCostTerms, lock_cost};
use assay_economics::registration::subnet::{median_price, seed_pool};
use assay_primitives::{NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{BlockNumberFor, OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::{DispatchError, ModuleError, Percent};

use crate::pool::DYNAMIC;
use crate::types::{LeaseId, SubnetIdentityV3};
use crate::{
    Config, Error, Event, LastRateLimitedBlock, NetworkLastLockCost, NetworkLockReductionInterval,
    NetworkMinLockCost, NetworkRateLimit, NetworkRegisteredAt, NetworkRegistrationStartBlock, Pallet,
    RAORecycledForRegistration, RateLimitKey, RegisteredSubnetCounter, SubnetAlphaIn, SubnetAlphaOut,
    SubnetEmissionEnabled, SubnetLeases, SubnetLimit, SubnetLocked, SubnetMechanism, SubnetOwner,
    SubnetOwnerHotkey, SubnetTAO, SubnetVolume, TokenSymbol, TotalIssuance, TotalStake,
};

/// `Crowdloan::InvalidCrowdloanId`, by the numbers that pallet and error have on the reference chain (section 12).
const NO_CROWDLOAN: ModuleError = ModuleError { index: 27, error: [8, 0, 0, 0], message: None };

impl<T: Config> Pallet<T> {
    /// Registers a subnet (section 02, 2).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `NonAssociatedColdKey`, `CannotUseSystemAccount`, `SubNetRegistrationDisabled`,
    /// `NetworkTxRateLimitExceeded`, `SubnetLimitReached`, `CannotAffordLockCost`, and those of dissolving another
    /// subnet and of the payment.
    pub fn do_register_network(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
        Self::do_register_network_with_identity(origin, hotkey, None)
    }

    /// Registers a subnet with an identity (section 02, 2).
    ///
    /// # Errors
    /// Those of [`Pallet::do_register_network`], then `InvalidIdentity`.
    pub fn do_register_network_with_identity(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        identity: Option<SubnetIdentityV3>,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_may_register(&coldkey, &hotkey)?;
        let full = Self::subnets().count() >= usize::from(SubnetLimit::<T>::get());
        let pruned =
            if full { Some(Self::subnet_to_prune().ok_or(Error::<T>::SubnetLimitReached)?) } else { None };
        let cost = Self::lock_cost();
        ensure!(Self::balance(&coldkey) >= cost, Error::<T>::CannotAffordLockCost);

        let netuid = Self::make_room(pruned)?;
        // The dissolved subnet has no say in the price any more, and the new one none yet.
        let price = Self::median_price();
        Self::init_network(netuid);
        let locked = Self::transfer_to_subnet(netuid, &coldkey, cost)?;
        NetworkLastLockCost::<T>::put(locked);
        LastRateLimitedBlock::<T>::insert(RateLimitKey::NetworkLastRegistered, Self::now());
        Self::create_account_if_unknown(&coldkey, &hotkey)?;
        Self::append_neuron(netuid, &hotkey, Self::now());

        SubnetMechanism::<T>::insert(netuid, DYNAMIC);
        NetworkRegisteredAt::<T>::insert(netuid, Self::now());
        RegisteredSubnetCounter::<T>::mutate(netuid, |count| *count = count.saturating_add(1));
        TokenSymbol::<T>::insert(netuid, Self::free_symbol(netuid));
        Self::set_up_owner(netuid, &coldkey, &hotkey);
        Self::fill_pool(netuid, locked, price)?;
        if let Some(identity) = identity {
            Self::store_subnet_identity(netuid, identity)?;
        }
        Self::delegate_root_to_owner(netuid, &hotkey);
        Self::deposit_event(Event::NetworkAdded(netuid, DYNAMIC));
        // Root decides which subnets get TAO.
        SubnetEmissionEnabled::<T>::insert(netuid, false);
        Ok(())
    }

    /// Registers a leased subnet, which takes a crowdloan that is being finalised; there are none on this chain
    /// (sections 09, 7 and 10, 7).
    ///
    /// # Errors
    /// `BadOrigin`, then always the error that the reference chain gives outside of a crowdloan.
    pub fn do_register_leased_network(
        origin: OriginFor<T>,
        _emissions_share: Percent,
        _end_block: Option<BlockNumberFor<T>>,
    ) -> DispatchResult {
        ensure_signed(origin)?;
        Err(DispatchError::Module(NO_CROWDLOAN))
    }

    /// Ends a lease; not supported (section 09, 7).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `LeaseDoesNotExist`, `CallDisabled`.
    pub fn do_terminate_lease(
        origin: OriginFor<T>,
        lease_id: LeaseId,
        _hotkey: T::AccountId,
    ) -> DispatchResult {
        ensure_signed(origin)?;
        ensure!(SubnetLeases::<T>::contains_key(lease_id), Error::<T>::LeaseDoesNotExist);
        Err(Error::<T>::CallDisabled.into())
    }

    /// Cost of the next registration, rao; writes `BlockEmission` (section 02, 1).
    pub fn lock_cost() -> TaoBalance {
        let emission = Self::emission_for(TotalIssuance::<T>::get());
        let terms = LockCostTerms {
            last_cost: NetworkLastLockCost::<T>::get(),
            min_cost: NetworkMinLockCost::<T>::get(),
            reduction_interval: NetworkLockReductionInterval::<T>::get(),
            last_block: Self::last_network_registration(),
        };
        lock_cost(terms, emission, Self::now())
    }

    /// Median price of the subnets, TAO per alpha (section 02, 3).
    pub fn median_price() -> U64F64 {
        let prices: Vec<U64F64> = Self::subnets().map(Self::price).collect();
        median_price(&prices)
    }

    /// Whether the time between two registrations of subnets has passed (section 02, 2 row 6; also a guard, section
    /// 10, 2).
    ///
    /// # Errors
    /// `NetworkTxRateLimitExceeded`.
    pub fn ensure_network_rate_limit() -> DispatchResult {
        let last = Self::last_network_registration();
        let waited = Self::now().saturating_sub(last);
        ensure!(last == 0 || waited >= NetworkRateLimit::<T>::get(), Error::<T>::NetworkTxRateLimitExceeded);
        Ok(())
    }

    /// Rows 2 to 6 of section 02, 2.
    fn ensure_may_register(coldkey: &T::AccountId, hotkey: &T::AccountId) -> DispatchResult {
        ensure!(
            !Self::hotkey_exists(hotkey) || Self::owns(coldkey, hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        ensure!(!Self::is_subnet_account(hotkey), Error::<T>::CannotUseSystemAccount);
        ensure!(
            Self::now() >= NetworkRegistrationStartBlock::<T>::get(),
            Error::<T>::SubNetRegistrationDisabled
        );
        Self::ensure_network_rate_limit()
    }

    /// The number of the new subnet: that of the one that makes way, or the lowest free one.
    fn make_room(pruned: Option<NetUid>) -> Result<NetUid, DispatchError> {
        if let Some(netuid) = pruned {
            Self::dissolve(netuid)?;
            return Ok(netuid);
        }
        let first: NetUid = ROOT.saturating_add(1);
        let mut free = (first..=NetUid::MAX).filter(|netuid| !Self::subnet_exists(*netuid));
        free.next().ok_or(Error::<T>::SubnetLimitReached.into())
    }

    fn set_up_owner(netuid: NetUid, coldkey: &T::AccountId, hotkey: &T::AccountId) {
        SubnetOwner::<T>::insert(netuid, coldkey);
        SubnetOwnerHotkey::<T>::insert(netuid, hotkey);
        Self::deposit_event(Event::SubnetOwnerHotkeySet(netuid, hotkey.clone()));
    }

    /// Rows 16 to 18 of section 02, 2.
    fn fill_pool(netuid: NetUid, locked: TaoBalance, price: U64F64) -> DispatchResult {
        let seed = seed_pool(locked, NetworkMinLockCost::<T>::get(), price);
        SubnetTAO::<T>::insert(netuid, seed.tao);
        SubnetAlphaIn::<T>::insert(netuid, seed.alpha);
        SubnetLocked::<T>::insert(netuid, locked);
        SubnetAlphaOut::<T>::insert(netuid, 0);
        SubnetVolume::<T>::insert(netuid, 0);
        RAORecycledForRegistration::<T>::insert(netuid, seed.recycled);
        if seed.recycled > 0 {
            let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
            Self::recycle_tao(&account, seed.recycled)?;
        }
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(seed.tao));
        Ok(())
    }

    fn last_network_registration() -> u64 {
        LastRateLimitedBlock::<T>::get(RateLimitKey::NetworkLastRegistered)
    }
}
