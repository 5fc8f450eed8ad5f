//! Records of `ProxyFilterRuntimeApi` (section 11, 5).

#![allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]

use alloc::vec::Vec;

use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// A kind of proxy.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ProxyTypeInfo {
    /// Name.
    pub name: Vec<u8>,
    /// Number in storage and calls.
    pub index: u8,
    /// Whether it is a relic that allows nothing.
    pub deprecated: bool,
}

/// What a kind of proxy may do.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ProxyFilterInfo {
    /// Number of the kind.
    pub proxy_type: u8,
    /// Name of the kind.
    pub name: Vec<u8>,
    /// Whether it is a relic that allows nothing.
    pub deprecated: bool,
    /// What the lists mean.
    pub filter_mode: FilterMode,
    /// The calls that are allowed or denied.
    pub calls: Vec<CallInfo>,
    /// The calls among these that are not meant.
    pub exceptions: Vec<CallInfo>,
}

/// What the lists of a filter mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum FilterMode {
    /// Every call is allowed.
    #[codec(index = 0)]
    AllowAll,
    /// No call is allowed.
    #[codec(index = 1)]
    DenyAll,
    /// The calls of the list are allowed.
    #[codec(index = 2)]
    Allow,
    /// All calls but those of the list are allowed.
    #[codec(index = 3)]
    Deny,
}

/// A call, or all calls of a pallet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CallInfo {
    /// Pallet.
    pub pallet_name: Vec<u8>,
    /// Number of the pallet.
    pub pallet_index: u8,
    /// Call, none for all.
    pub call_name: Option<Vec<u8>>,
    /// Number of the call, none for all.
    pub call_index: Option<u8>,
    /// What must hold besides.
    pub condition: Option<CallCondition>,
}

/// What must hold of a call.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum CallCondition {
    /// An argument is below a limit.
    #[codec(index = 0)]
    ParamLessThan {
        /// Argument.
        param_name: Vec<u8>,
        /// The limit.
        limit: u128,
    },
    /// The call contains a certain call.
    #[codec(index = 1)]
    NestedCallMustBe {
        /// Pallet of that call.
        pallet_name: Vec<u8>,
        /// That call.
        call_name: Vec<u8>,
    },
}
