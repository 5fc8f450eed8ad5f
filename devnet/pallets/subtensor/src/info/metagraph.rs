//! A subnet with all its neurons (section 11, 3).
//!
//! The fields of the whole metagraph and of a selection of it are the same, and a selection names them by their
//! number. So they are listed once, and the macro makes both records and the selection out of the list.

use alloc::vec::Vec;

use assay_primitives::stored::I96F32;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use crate::types::{AxonInfo, ChainIdentityV2, SubnetIdentityV3};

/// Number of the field with the validators, which only a selection has.
pub(super) const VALIDATORS: u16 = 72;
/// Number of the field with the commitments, which only a selection has.
pub(super) const COMMITMENTS: u16 = 73;

/// Makes the two records and the selection from `number name: type` for every field but the netuid.
macro_rules! metagraph {
    ($($(#[$doc:meta])* $number:literal $field:ident: $type:ty,)*) => {
        /// A subnet with all its neurons: lists have one entry per uid. Parts are of 65,535, amounts in rao.
        #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
        #[scale_info(replace_segment("info", "rpc_info"))]
        pub struct Metagraph<AccountId> {
            /// Subnet, or storage index of the mechanism.
            pub netuid: Compact<NetUid>,
            $($(#[$doc])* pub $field: $type,)*
        }

        /// Some fields of a metagraph.
        #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
        #[scale_info(replace_segment("info", "rpc_info"))]
        pub struct SelectiveMetagraph<AccountId> {
            /// Subnet, 0 where it was not asked for.
            pub netuid: Compact<NetUid>,
            $($(#[$doc])* pub $field: Option<$type>,)*
            /// Uids with permit and enough stake, the least stake first.
            pub validators: Option<Vec<Compact<u16>>>,
            /// What accounts published: the encoded record of each.
            pub commitments: Option<Vec<(AccountId, Vec<Compact<u8>>)>>,
        }

        impl<AccountId> Metagraph<AccountId> {
            /// The fields with the numbers asked for; other numbers are ignored (section 11, 3).
            pub(super) fn select(self, asked: &[u16]) -> SelectiveMetagraph<AccountId> {
                SelectiveMetagraph {
                    netuid: if asked.contains(&0) { self.netuid } else { Compact(0) },
                    $($field: asked.contains(&$number).then_some(self.$field),)*
                    validators: None,
                    commitments: None,
                }
            }
        }
    };
}

metagraph! {
    /// Name, UTF-8.
    1 name: Vec<Compact<u8>>,
    /// Symbol of the alpha, UTF-8.
    2 symbol: Vec<Compact<u8>>,
    /// Identity, if it was set.
    3 identity: Option<SubnetIdentityV3>,
    /// Block of the registration.
    4 network_registered_at: Compact<u64>,
    /// Hotkey of the owner.
    5 owner_hotkey: AccountId,
    /// Coldkey of the owner.
    6 owner_coldkey: AccountId,
    /// This block.
    7 block: Compact<u64>,
    /// Blocks from epoch to epoch.
    8 tempo: Compact<u16>,
    /// Block of the last payout.
    9 last_step: Compact<u64>,
    /// Blocks since then.
    10 blocks_since_last_step: Compact<u64>,
    /// Unused, 0.
    11 subnet_emission: Compact<u64>,
    /// Alpha in the pool.
    12 alpha_in: Compact<AlphaBalance>,
    /// Alpha outside of the pool.
    13 alpha_out: Compact<AlphaBalance>,
    /// TAO in the pool.
    14 tao_in: Compact<TaoBalance>,
    /// Alpha that went to neurons and owner in the last block.
    15 alpha_out_emission: Compact<AlphaBalance>,
    /// Alpha that went into the pool in the last block.
    16 alpha_in_emission: Compact<AlphaBalance>,
    /// TAO that went into the pool in the last block.
    17 tao_in_emission: Compact<TaoBalance>,
    /// Alpha that waits for validators and miners.
    18 pending_alpha_emission: Compact<AlphaBalance>,
    /// Unused, 0.
    19 pending_root_emission: Compact<TaoBalance>,
    /// TAO traded so far.
    20 subnet_volume: Compact<u128>,
    /// Moving average of the price, TAO per alpha.
    21 moving_price: I96F32,
    /// Hyperparameter (section 02, 9), as the ones that follow.
    22 rho: Compact<u16>,
    /// Hyperparameter.
    23 kappa: Compact<u16>,
    /// Hyperparameter.
    24 min_allowed_weights: Compact<u16>,
    /// Hyperparameter.
    25 max_weights_limit: Compact<u16>,
    /// Hyperparameter.
    26 weights_version: Compact<u64>,
    /// Hyperparameter.
    27 weights_rate_limit: Compact<u64>,
    /// Blocks without weights after which a validator is inactive.
    28 activity_cutoff: Compact<u64>,
    /// Hyperparameter.
    29 max_validators: Compact<u16>,
    /// Neurons.
    30 num_uids: Compact<u16>,
    /// Neurons at most.
    31 max_uids: Compact<u16>,
    /// Price of a registration.
    32 burn: Compact<TaoBalance>,
    /// Hyperparameter.
    33 difficulty: Compact<u64>,
    /// Hyperparameter.
    34 registration_allowed: bool,
    /// Hyperparameter.
    35 pow_registration_allowed: bool,
    /// Hyperparameter.
    36 immunity_period: Compact<u16>,
    /// Hyperparameter.
    37 min_difficulty: Compact<u64>,
    /// Hyperparameter.
    38 max_difficulty: Compact<u64>,
    /// Hyperparameter.
    39 min_burn: Compact<TaoBalance>,
    /// Hyperparameter.
    40 max_burn: Compact<TaoBalance>,
    /// Hyperparameter.
    41 adjustment_alpha: Compact<u64>,
    /// Hyperparameter.
    42 adjustment_interval: Compact<u16>,
    /// Hyperparameter.
    43 target_regs_per_interval: Compact<u16>,
    /// Hyperparameter.
    44 max_regs_per_block: Compact<u16>,
    /// Hyperparameter.
    45 serving_rate_limit: Compact<u64>,
    /// Hyperparameter.
    46 commit_reveal_weights_enabled: bool,
    /// Hyperparameter.
    47 commit_reveal_period: Compact<u64>,
    /// Hyperparameter.
    48 liquid_alpha_enabled: bool,
    /// Hyperparameter.
    49 alpha_high: Compact<u16>,
    /// Hyperparameter.
    50 alpha_low: Compact<u16>,
    /// Hyperparameter.
    51 bonds_moving_avg: Compact<u64>,
    /// Hotkeys.
    52 hotkeys: Vec<AccountId>,
    /// Their owners.
    53 coldkeys: Vec<AccountId>,
    /// Identities of the owners.
    54 identities: Vec<Option<ChainIdentityV2>>,
    /// Endpoints, all zero if there is none.
    55 axons: Vec<AxonInfo>,
    /// Whether they were active at the last epoch.
    56 active: Vec<bool>,
    /// Whether they may validate.
    57 validator_permit: Vec<bool>,
    /// Unused, empty.
    58 pruning_score: Vec<Compact<u16>>,
    /// Blocks of their last weights.
    59 last_update: Vec<Compact<u64>>,
    /// Alpha of the last epoch.
    60 emission: Vec<Compact<AlphaBalance>>,
    /// Dividends.
    61 dividends: Vec<Compact<u16>>,
    /// Incentives.
    62 incentives: Vec<Compact<u16>>,
    /// Consensus.
    63 consensus: Vec<Compact<u16>>,
    /// Unused, empty.
    64 trust: Vec<Compact<u16>>,
    /// Unused, empty.
    65 rank: Vec<Compact<u16>>,
    /// Blocks of their registrations.
    66 block_at_registration: Vec<Compact<u64>>,
    /// Alpha behind them, with what parents and children change.
    67 alpha_stake: Vec<Compact<AlphaBalance>>,
    /// TAO behind them on root, with what parents and children change; not weighted.
    68 tao_stake: Vec<Compact<TaoBalance>>,
    /// Stake weights.
    69 total_stake: Vec<Compact<TaoBalance>>,
    /// Unused: amounts are 0.
    70 tao_dividends_per_hotkey: Vec<(AccountId, Compact<TaoBalance>)>,
    /// Dividends of the last epoch.
    71 alpha_dividends_per_hotkey: Vec<(AccountId, Compact<AlphaBalance>)>,
}
