//! What one pallet asks of another.
//!
//! The pallets do not depend on each other's crates; the runtime ties them together through these traits.

use crate::{AlphaBalance, NetUid, TaoBalance};
use fixed::types::U64F64;
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};

extern crate alloc;
use alloc::vec::Vec;

/// Which way a swap goes (section 04, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// TAO in, alpha out.
    Buy,
    /// Alpha in, TAO out.
    Sell,
}

/// What a swap took and gave (section 04, 4). Amounts in rao of the side they belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SwapResult {
    /// Input that went into the pool, without the fee.
    pub paid_in: u64,
    /// Output of the pool.
    pub paid_out: u64,
    /// Fee, on the input side.
    pub fee_paid: u64,
    /// The part of the fee that the block author gets.
    pub fee_to_block_author: u64,
}

/// The engine of the pools, which changes no reserves (section 04). Implemented by pallet Swap.
pub trait SwapEngine {
    /// Swaps `amount` of the input side up to `price_limit` (rao of TAO per 10^9 alpha). `drop_fees` takes no fee;
    /// `simulate` leaves no trace in storage (section 04, 4).
    ///
    /// # Errors
    /// Those of section 04, 4 (module errors of pallet Swap).
    fn swap(
        netuid: NetUid,
        order: Order,
        amount: u64,
        price_limit: u64,
        drop_fees: bool,
        simulate: bool,
    ) -> Result<SwapResult, DispatchError>;

    /// A simulated swap with fees and the widest limit; one to one without fee where the subnet has no dynamic pool
    /// (section 04, 6).
    ///
    /// # Errors
    /// Those of [`SwapEngine::swap`].
    fn simulate(netuid: NetUid, order: Order, amount: u64) -> Result<SwapResult, DispatchError>;

    /// TAO per alpha (section 04, 1).
    fn price(netuid: NetUid) -> U64F64;

    /// Fee on an amount that is swapped in full (section 04, 4 step 1).
    fn fee(netuid: NetUid, amount: u64) -> u64;

    /// The most TAO, fee included, that a buy may put in before the price passes the limit; everything or nothing
    /// where the subnet has no dynamic pool (section 05, 3.2).
    ///
    /// # Errors
    /// Those of [`SwapEngine::swap`].
    fn max_add(netuid: NetUid, price_limit: u64) -> Result<TaoBalance, DispatchError>;

    /// The most alpha, fee included, that a sell may put in before the price passes the limit; everything or nothing
    /// where the subnet has no dynamic pool (section 05, 3.5).
    ///
    /// # Errors
    /// Those of [`SwapEngine::swap`].
    fn max_remove(netuid: NetUid, price_limit: u64) -> Result<AlphaBalance, DispatchError>;

    /// The most alpha of `origin` that may move to `destination`, by the limit of the ratio of their prices
    /// (section 05, 3.8).
    ///
    /// # Errors
    /// Those of [`SwapEngine::swap`].
    fn max_move(origin: NetUid, destination: NetUid, limit: u64) -> Result<AlphaBalance, DispatchError>;

    /// Shifts the weights for an injection into the pool and gives the part of it that is accepted: all or nothing
    /// (section 04, 9).
    fn adjust_protocol_liquidity(
        netuid: NetUid,
        tao: TaoBalance,
        alpha: AlphaBalance,
    ) -> (TaoBalance, AlphaBalance);

    /// Gives a pool that no swap has used yet the weights that make its price `price`, or 1/2 without one
    /// (section 04, 10).
    ///
    /// # Errors
    /// `ReservesOutOfBalance` where the weights would leave their bounds.
    fn initialize(netuid: NetUid, price: Option<U64F64>) -> DispatchResult;

    /// Forgets a dissolved subnet's fee, weights and flag (section 02, 5 step 3).
    fn clear(netuid: NetUid);

    /// The widest limit of a sell (section 04, 6).
    fn min_price() -> u64 {
        1_000
    }

    /// The widest limit of a buy (section 04, 6).
    fn max_price() -> u64 {
        1_000_000_000_000_000
    }
}

/// What pallet Swap reads of the subnets (section 04). Implemented by pallet Subtensor.
pub trait PoolReserves {
    /// Whether the subnet exists.
    fn exists(netuid: NetUid) -> bool;
    /// 1 for a dynamic pool, 0 for one to one (section 01, 2).
    fn mechanism(netuid: NetUid) -> u16;
    /// TAO in the pool, rao.
    fn tao(netuid: NetUid) -> TaoBalance;
    /// Alpha in the pool, rao.
    fn alpha(netuid: NetUid) -> AlphaBalance;
}

/// The counters of alpha (section 01, 4). Implemented by pallet `AlphaAssets`; they decide nothing.
pub trait AlphaAssets {
    /// Counts alpha that came into being.
    fn mint(netuid: NetUid, amount: AlphaBalance);
    /// Counts alpha that nobody can reach any more but which stays outstanding.
    fn burn(netuid: NetUid, amount: AlphaBalance);
    /// Counts alpha that left the issuance.
    fn recycle(netuid: NetUid, amount: AlphaBalance);
}

/// What pallet Subtensor asks of pallet Commitments.
pub trait SubnetCommitments<AccountId> {
    /// Forgets what was committed on a dissolved subnet (section 02, 5 step 3).
    fn purge(netuid: NetUid);
    /// The encoded record of every account that committed on a subnet (section 11, 3).
    fn encoded(netuid: NetUid) -> Vec<(AccountId, Vec<u8>)>;
}

/// What pallet Commitments asks of pallet Subtensor (section 10, 6).
pub trait CommitmentRules<AccountId> {
    /// Whether the account may commit: it is registered on the subnet.
    fn may_commit(netuid: NetUid, who: &AccountId) -> bool;
    /// The number of the running epoch, with which the used space is reset.
    fn epoch_index(netuid: NetUid) -> u64;
    /// Resets the bonds towards the account (section 07, 5).
    ///
    /// # Errors
    /// None that the specification names.
    fn reset_bonds(netuid: NetUid, who: &AccountId) -> DispatchResult;
}

/// The randomness beacon (section 08, 8). Implemented by pallet Drand.
pub trait Beacon {
    /// The last round that is stored, 0 if there is none.
    fn last_stored_round() -> u64;
    /// The signature of a round, if it is stored.
    fn signature(round: u64) -> Option<Vec<u8>>;
}

/// Who makes the block (section 01, 5).
pub trait BlockAuthor<AccountId> {
    /// The author's account, none outside of a block or without a slot digest.
    fn author() -> Option<AccountId>;
}

/// Stake that something outside of the protocol holds back, beside the locks of section 05, 8.
///
/// A chain with nothing of ours switched on uses `()`, which holds nothing.
pub trait HeldStake<AccountId> {
    /// Alpha of `coldkey` on `hotkey` that may not leave, in rao.
    fn locked(netuid: NetUid, hotkey: &AccountId, coldkey: &AccountId) -> AlphaBalance;
    /// Whether any coldkey's alpha on `hotkey` may not leave.
    fn any_locked(netuid: NetUid, hotkey: &AccountId) -> bool;
    /// What `old` has on `hotkey` belongs to `new` now: what is held follows.
    fn coldkey_swapped(netuid: NetUid, hotkey: &AccountId, old: &AccountId, new: &AccountId);
}

impl<AccountId> HeldStake<AccountId> for () {
    fn locked(_netuid: NetUid, _hotkey: &AccountId, _coldkey: &AccountId) -> AlphaBalance {
        0
    }

    fn any_locked(_netuid: NetUid, _hotkey: &AccountId) -> bool {
        false
    }

    fn coldkey_swapped(_netuid: NetUid, _hotkey: &AccountId, _old: &AccountId, _new: &AccountId) {}
}

/// Who may be a neuron, as far as something outside of the protocol decides it. `()` lets everybody.
pub trait NeuronWatch<AccountId> {
    /// Whether the hotkey may have a slot.
    ///
    /// # Errors
    /// Why it may not.
    fn ensure_welcome(netuid: NetUid, hotkey: &AccountId) -> DispatchResult;
    /// A hotkey that had a slot since block `registered_at` has none any more.
    fn neuron_left(netuid: NetUid, hotkey: &AccountId, registered_at: u64);
    /// A subnet is gone, and all its stake.
    fn subnet_dissolved(netuid: NetUid);
}

impl<AccountId> NeuronWatch<AccountId> for () {
    fn ensure_welcome(_netuid: NetUid, _hotkey: &AccountId) -> DispatchResult {
        Ok(())
    }

    fn neuron_left(_netuid: NetUid, _hotkey: &AccountId, _registered_at: u64) {}

    fn subnet_dissolved(_netuid: NetUid) {}
}

/// Both watch; the first that says no is heard.
impl<AccountId, One: NeuronWatch<AccountId>, Other: NeuronWatch<AccountId>> NeuronWatch<AccountId>
    for (One, Other)
{
    fn ensure_welcome(netuid: NetUid, hotkey: &AccountId) -> DispatchResult {
        One::ensure_welcome(netuid, hotkey)?;
        Other::ensure_welcome(netuid, hotkey)
    }

    fn neuron_left(netuid: NetUid, hotkey: &AccountId, registered_at: u64) {
        One::neuron_left(netuid, hotkey, registered_at);
        Other::neuron_left(netuid, hotkey, registered_at);
    }

    fn subnet_dissolved(netuid: NetUid) {
        One::subnet_dissolved(netuid);
        Other::subnet_dissolved(netuid);
    }
}

/// A part of slashed stake that becomes stake of somebody else.
#[derive(Debug, PartialEq, Eq)]
pub struct Reward<'a, AccountId> {
    /// Whose stake it becomes.
    pub coldkey: &'a AccountId,
    /// The hotkey it is staked to.
    pub hotkey: &'a AccountId,
    /// Alpha, or TAO on root, in rao.
    pub amount: AlphaBalance,
}

/// What slashing asks of the subnets and does to stake. Implemented by pallet Subtensor.
pub trait SlashableStake<AccountId> {
    /// Whether the subnet exists.
    fn subnet_exists(netuid: NetUid) -> bool;
    /// Whether the account owns the subnet.
    fn owns_subnet(netuid: NetUid, who: &AccountId) -> bool;
    /// Whether a coldkey owns a hotkey.
    fn owns_hotkey(coldkey: &AccountId, hotkey: &AccountId) -> bool;
    /// Block since which the hotkey has its slot, if it has one.
    fn registered_at(netuid: NetUid, hotkey: &AccountId) -> Option<u64>;
    /// Stake of a coldkey on a hotkey, rao.
    fn stake(netuid: NetUid, hotkey: &AccountId, coldkey: &AccountId) -> AlphaBalance;
    /// Stake of all coldkeys on a hotkey, rao.
    fn whole_stake(netuid: NetUid, hotkey: &AccountId) -> AlphaBalance;
    /// Whether `amount` can be staked to the hotkey.
    fn takes_stake(netuid: NetUid, hotkey: &AccountId, amount: AlphaBalance) -> bool;
    /// Takes `slashed` from all holders of a hotkey's stake in proportion, gives the reward and burns the rest. Tells
    /// how many holders there were.
    ///
    /// # Errors
    /// If TAO cannot be taken out of the issuance.
    fn slash(
        netuid: NetUid,
        hotkey: &AccountId,
        slashed: AlphaBalance,
        reward: Option<Reward<'_, AccountId>>,
    ) -> Result<u32, DispatchError>;
    /// Takes a hotkey's slot away; its stake stays.
    fn deregister(netuid: NetUid, hotkey: &AccountId);
}

/// Where credits come from. Implemented by pallet Subtensor.
pub trait AlphaSale<AccountId> {
    /// The block in which the subnet was registered, if it exists.
    fn registered_at(netuid: NetUid) -> Option<u64>;
    /// Whether the hotkey has a slot on the subnet.
    fn has_slot(netuid: NetUid, hotkey: &AccountId) -> bool;
    /// Whether a coldkey owns a hotkey.
    fn owns_hotkey(coldkey: &AccountId, hotkey: &AccountId) -> bool;
    /// Buys alpha with all of `tao` (rao) of the payer, who lives on, and burns it; tells how much it was, in rao.
    ///
    /// # Errors
    /// Those of a stake of the amount (section 05, 3.1 and 3.3); the caller undoes what was written.
    fn buy_and_burn(
        netuid: NetUid,
        payer: &AccountId,
        tao: TaoBalance,
    ) -> Result<AlphaBalance, DispatchError>;
}

impl<AccountId> BlockAuthor<AccountId> for () {
    fn author() -> Option<AccountId> {
        None
    }
}
