//! The constants of every pallet (section 01, 5 and 6).

use alloc::vec::Vec;

use polkadot_sdk::frame_support::dispatch::DispatchClass;
use polkadot_sdk::frame_support::traits::fungible::HoldConsideration;
use polkadot_sdk::frame_support::traits::{ConstBool, ConstU8, EqualPrivilegeOnly, LinearStoragePrice};
use polkadot_sdk::frame_support::weights::IdentityFee;
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::frame_support::weights::constants::{RocksDbWeight, WEIGHT_REF_TIME_PER_SECOND};
use polkadot_sdk::frame_support::{derive_impl, parameter_types};
use polkadot_sdk::frame_system::EnsureRoot;
use polkadot_sdk::frame_system::limits::{BlockLength, BlockWeights};
use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityId as AuraId;
use polkadot_sdk::sp_consensus_grandpa::{AuthorityList, SetId};
use polkadot_sdk::sp_core::{ConstU32, ConstU64, Void};
use polkadot_sdk::sp_runtime::traits::{AccountIdLookup, BlakeTwo256};
use polkadot_sdk::sp_runtime::{BoundedVec, DispatchResult, Perbill};
use polkadot_sdk::sp_version::RuntimeVersion;
use polkadot_sdk::{
    frame_support, frame_system, pallet_aura, pallet_balances, pallet_grandpa, pallet_multisig,
    pallet_preimage, pallet_proxy, pallet_scheduler, pallet_sudo, pallet_timestamp,
    pallet_transaction_payment, pallet_utility,
};

use polkadot_sdk::pallet_transaction_payment::Multiplier;

use crate::author::AuraAuthor;
use crate::fees::{ChargeFee, LinearWeightToFee};
use crate::filter::NoNestedBatch;
use crate::proxies::ProxyType;
use crate::{
    AccountId, AlphaAssets, Aura, Balance, Balances, Block, BlockNumber, Commitments, Credits, Drand,
    Grandpa, Hash, Nonce, OriginCaller, PalletInfo, Preimage, Runtime, RuntimeCall, RuntimeEvent,
    RuntimeFreezeReason, RuntimeHoldReason, RuntimeOrigin, RuntimeTask, Slashing, SubtensorModule, Swap,
    System, VERSION,
};

/// Milliseconds between two blocks (section 01, 5).
pub const SLOT_DURATION: u64 = 12_000;

/// Part of a block that ordinary transactions can fill.
const NORMAL_RATIO: Perbill = Perbill::from_percent(75);

/// Deposit for storage, rao (section 01, 6).
const fn deposit(items: u64, bytes: u64) -> Balance {
    items * 20_000_000 + bytes * 1_000_000
}

parameter_types! {
    pub const Version: RuntimeVersion = VERSION;
    pub const FeeMultiplier: Multiplier = Multiplier::from_u32(1);
    pub RuntimeBlockWeights: BlockWeights = BlockWeights::with_sensible_defaults(
        Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND.saturating_mul(4), u64::MAX),
        NORMAL_RATIO,
    );
    pub RuntimeBlockLength: BlockLength = BlockLength::builder()
        .max_length(10 * 1024 * 1024)
        .modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_RATIO * *length)
        .build();
    pub SchedulerWeight: Weight = Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
    pub const PreimageHold: RuntimeHoldReason = RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type Nonce = Nonce;
    type Hash = Hash;
    type AccountId = AccountId;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type Block = Block;
    type BaseCallFilter = NoNestedBatch;
    type BlockHashCount = ConstU32<2400>;
    type BlockWeights = RuntimeBlockWeights;
    type BlockLength = RuntimeBlockLength;
    type DbWeight = RocksDbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<Balance>;
    type SS58Prefix = frame_support::traits::ConstU16<42>;
    type MaxConsumers = ConstU32<16>;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = u64;
    type OnTimestampSet = Aura;
    type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
    type WeightInfo = ();
}

impl pallet_aura::Config for Runtime {
    type AuthorityId = AuraId;
    type MaxAuthorities = ConstU32<32>;
    type DisabledValidators = ();
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_grandpa::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
    type MaxAuthorities = ConstU32<32>;
    type MaxNominators = ConstU32<20>;
    type MaxSetIdSessionEntries = ConstU64<0>;
    type KeyOwnerProof = Void;
    type EquivocationReportSystem = ();
}

impl pallet_balances::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
    type Balance = Balance;
    type DustRemoval = ();
    type ExistentialDeposit = ConstU64<500>;
    type AccountStore = System;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type MaxFreezes = ConstU32<50>;
    type DoneSlashHandler = ();
}

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction = ChargeFee;
    type WeightToFee = LinearWeightToFee;
    type LengthToFee = IdentityFee<Balance>;
    type FeeMultiplierUpdate = pallet_transaction_payment::ConstFeeMultiplier<FeeMultiplier>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

impl pallet_subtensor::Config for Runtime {
    type Currency = Balances;
    type Swap = Swap;
    type AlphaAssets = AlphaAssets;
    type Commitments = Commitments;
    type Beacon = Drand;
    type BlockAuthor = AuraAuthor;
    type HeldStake = Slashing;
    type NeuronWatch = (Slashing, Credits);
}

impl pallet_utility::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type DepositBase = ConstU64<{ deposit(1, 112) }>;
    type DepositFactor = ConstU64<{ deposit(0, 32) }>;
    type MaxSignatories = ConstU32<100>;
    type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
    type BlockNumberProvider = System;
}

impl pallet_preimage::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type ManagerOrigin = EnsureRoot<AccountId>;
    type Consideration = HoldConsideration<
        AccountId,
        Balances,
        PreimageHold,
        LinearStoragePrice<ConstU64<{ deposit(2, 64) }>, ConstU64<{ deposit(0, 1) }>, Balance>,
    >;
}

impl pallet_scheduler::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type PalletsOrigin = OriginCaller;
    type RuntimeCall = RuntimeCall;
    type MaximumWeight = SchedulerWeight;
    type ScheduleOrigin = EnsureRoot<AccountId>;
    type OriginPrivilegeCmp = EqualPrivilegeOnly;
    type MaxScheduledPerBlock = ConstU32<50>;
    type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
    type Preimages = Preimage;
    type BlockNumberProvider = System;
}

impl pallet_proxy::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type ProxyType = ProxyType;
    type ProxyDepositBase = ConstU64<{ deposit(1, 40) }>;
    type ProxyDepositFactor = ConstU64<{ deposit(0, 33) }>;
    type MaxProxies = ConstU32<20>;
    type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
    type MaxPending = ConstU32<75>;
    type CallHasher = BlakeTwo256;
    type AnnouncementDepositBase = ConstU64<{ deposit(1, 16) }>;
    type AnnouncementDepositFactor = ConstU64<{ deposit(0, 68) }>;
    type BlockNumberProvider = System;
}

impl pallet_commitments::Config for Runtime {
    type Rules = SubtensorModule;
    type Beacon = Drand;
    type MaxFields = ConstU32<3>;
}

impl pallet_admin_utils::Config for Runtime {
    type AuthorityId = AuraId;
    type MaxAuthorities = ConstU32<32>;
    type Authorities = ChainAuthorities;
}

impl pallet_drand::Config for Runtime {}

impl pallet_swap::Config for Runtime {
    type Reserves = SubtensorModule;
}

impl pallet_alpha_assets::Config for Runtime {}

impl pallet_slashing::Config for Runtime {
    type Stakes = SubtensorModule;
    type Voters = GrandpaVoters;
}

impl pallet_credits::Config for Runtime {
    type Pools = SubtensorModule;
}

/// The voters of the finality gadget.
pub struct GrandpaVoters;

impl pallet_slashing::FinalityVoters for GrandpaVoters {
    fn set_id() -> SetId {
        Grandpa::current_set_id()
    }

    fn voters() -> AuthorityList {
        Grandpa::grandpa_authorities()
    }
}

/// Block authors and finality voters as root changes them (section 02, 9.2).
pub struct ChainAuthorities;

impl pallet_admin_utils::Authorities<AuraId, AuthorityList, BlockNumber> for ChainAuthorities {
    fn change_block_authors(authorities: Vec<AuraId>) {
        Aura::change_authorities(BoundedVec::truncate_from(authorities));
    }

    fn schedule_finality_change(
        voters: AuthorityList,
        in_blocks: BlockNumber,
        forced: Option<BlockNumber>,
    ) -> DispatchResult {
        Grandpa::schedule_change(voters, in_blocks, forced)
    }
}
