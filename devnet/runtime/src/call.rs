//! The call that a transaction carries, and what stands around its dispatch (sections 01, 5 and 10, 2).
//!
//! The SDK can generate this type, but its dispatch knows a filter and nothing else. The reference chain has guards
//! between the filter and the call, around every dispatch. So the runtime writes the type itself: every pallet that
//! dispatches a call (batch, proxy, multisig, scheduler, sudo for another) gets this one and comes through
//! [`RuntimeCall::dispatch`](Dispatchable::dispatch). Root bypasses the guards, as it bypasses the filter.

use polkadot_sdk::frame_support::dispatch::{
    DispatchInfo, DispatchResult, DispatchResultWithPostInfo, GetDispatchInfo, PostDispatchInfo,
};
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_support::traits::{IsSubType, OriginTrait, UnfilteredDispatchable};
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_runtime::traits::{AsSystemOriginSigner, Dispatchable};

use crate::{Runtime, RuntimeCall, RuntimeOrigin, SubtensorModule, batch};

impl Dispatchable for RuntimeCall {
    type RuntimeOrigin = RuntimeOrigin;
    type Config = Self;
    type Info = DispatchInfo;
    type PostInfo = PostDispatchInfo;

    fn dispatch(self, origin: RuntimeOrigin) -> DispatchResultWithPostInfo {
        ensure!(origin.filter_call(&self), frame_system::Error::<Runtime>::CallFiltered);
        check_guards(&origin, &self)?;
        self.dispatch_bypass_filter(origin)
    }
}

impl GetDispatchInfo for RuntimeCall {
    fn get_dispatch_info(&self) -> DispatchInfo {
        batch::dispatch_info(self).unwrap_or_else(|| self.declared_dispatch_info())
    }
}

/// The guards, for a signed origin (section 10, 2).
fn check_guards(origin: &RuntimeOrigin, call: &RuntimeCall) -> DispatchResult {
    match origin.as_system_origin_signer() {
        Some(signer) => SubtensorModule::check_guards(signer, call.is_sub_type()),
        None => Ok(()),
    }
}

/// Defines `RuntimeCall` and what the SDK would derive for it, but for its dispatch.
///
/// It stands next to the list of the pallets, and has to name the same ones with the same indices.
macro_rules! runtime_call {
    ($($pallet:ident = $index:literal),* $(,)?) => {
        /// A call of one of the pallets.
        #[derive(
            Clone, Debug, PartialEq, Eq, codec::Encode, codec::Decode, codec::DecodeWithMemTracking, scale_info::TypeInfo,
        )]
        pub enum RuntimeCall {
            $(
                #[doc = concat!("A call of pallet ", stringify!($pallet), ".")]
                #[codec(index = $index)]
                $pallet(frame_support::dispatch::CallableCallFor<$pallet, Runtime>),
            )*
        }

        impl RuntimeCall {
            /// What the pallet declares about the call.
            fn declared_dispatch_info(&self) -> frame_support::dispatch::DispatchInfo {
                use frame_support::dispatch::GetDispatchInfo;
                match self {
                    $(Self::$pallet(call) => call.get_dispatch_info(),)*
                }
            }
        }

        impl frame_support::traits::UnfilteredDispatchable for RuntimeCall {
            type RuntimeOrigin = RuntimeOrigin;

            fn dispatch_bypass_filter(
                self,
                origin: RuntimeOrigin,
            ) -> frame_support::dispatch::DispatchResultWithPostInfo {
                match self {
                    $(Self::$pallet(call) => call.dispatch_bypass_filter(origin),)*
                }
            }
        }

        impl frame_support::dispatch::CheckIfFeeless for RuntimeCall {
            type Origin = RuntimeOrigin;

            fn is_feeless(&self, origin: &RuntimeOrigin) -> bool {
                match self {
                    $(Self::$pallet(call) => call.is_feeless(origin),)*
                }
            }
        }

        impl frame_support::traits::Authorize for RuntimeCall {
            fn authorize(
                &self,
                source: frame_support::pallet_prelude::TransactionSource,
            ) -> Option<frame_support::pallet_prelude::TransactionValidityWithRefund> {
                match self {
                    $(Self::$pallet(call) => call.authorize(source),)*
                }
            }

            fn weight_of_authorize(&self) -> frame_support::weights::Weight {
                match self {
                    $(Self::$pallet(call) => call.weight_of_authorize(),)*
                }
            }
        }

        impl frame_support::traits::GetCallMetadata for RuntimeCall {
            fn get_module_names() -> &'static [&'static str] {
                &[$(stringify!($pallet)),*]
            }

            fn get_call_names(module: &str) -> &'static [&'static str] {
                use frame_support::traits::GetCallName;
                match module {
                    $(
                        stringify!($pallet) => {
                            frame_support::dispatch::CallableCallFor::<$pallet, Runtime>::get_call_names()
                        }
                    )*
                    _ => &[],
                }
            }

            fn get_call_metadata(&self) -> frame_support::traits::CallMetadata {
                use frame_support::traits::GetCallName;
                let (pallet_name, function_name) = match self {
                    $(Self::$pallet(call) => (stringify!($pallet), call.get_call_name()),)*
                };
                frame_support::traits::CallMetadata { function_name, pallet_name }
            }
        }

        $(
            impl frame_support::traits::IsSubType<frame_support::dispatch::CallableCallFor<$pallet, Runtime>>
                for RuntimeCall
            {
                fn is_sub_type(&self) -> Option<&frame_support::dispatch::CallableCallFor<$pallet, Runtime>> {
                    match self {
                        Self::$pallet(call) => Some(call),
                        _ => None,
                    }
                }
            }

            impl From<frame_support::dispatch::CallableCallFor<$pallet, Runtime>> for RuntimeCall {
                fn from(call: frame_support::dispatch::CallableCallFor<$pallet, Runtime>) -> Self {
                    Self::$pallet(call)
                }
            }
        )*
    };
}

pub(crate) use runtime_call;
