//! What can go wrong between the harness and a chain.

use super::memory::RuntimeError;
use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use std::fmt;
use thiserror::Error;

/// Why a chain did not do what it was asked.
#[derive(Debug, Error)]
pub enum ChainError {
    /// The chain will not take an extrinsic.
    #[error("the chain does not take the extrinsic: {0}")]
    Rejected(Rejection),
    /// The runtime failed.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The target's state cannot be taken along.
    #[error("the target `{0}` cannot look at another moment than the present")]
    CannotBranch(&'static str),
    /// A node does not answer, or not with what was asked for.
    #[error("{node}: {problem}")]
    Unreachable {
        /// The node.
        node: String,
        /// What was asked, and what came of it.
        problem: String,
    },
    /// A network is not where memory is.
    #[error("{0}")]
    Diverged(String),
    /// Something is not in the metadata.
    #[error("the chain has no {what} `{name}`{}", nearest.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    Unknown {
        /// Pallet, call, storage item …
        what: &'static str,
        /// The name looked for.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// A value does not fit its type in the metadata.
    #[error("{what}: {problem}")]
    Value {
        /// What was being encoded or decoded.
        what: String,
        /// Why it cannot be.
        problem: String,
    },
}

/// Why a chain refuses an extrinsic before it is in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// A refusal known to every Substrate chain, such as `Payment`, `Stale` or `BadProof`.
    Invalid(&'static str),
    /// A refusal of this chain's own transaction extensions, by its code (section 10, 2.2).
    Custom(u8),
    /// The bytes are not an extrinsic.
    Malformed(String),
}

impl From<TransactionValidityError> for Rejection {
    fn from(error: TransactionValidityError) -> Self {
        match error {
            TransactionValidityError::Invalid(InvalidTransaction::Custom(code)) => Self::Custom(code),
            TransactionValidityError::Invalid(invalid) => Self::Invalid(match invalid {
                InvalidTransaction::Call => "Call",
                InvalidTransaction::Payment => "Payment",
                InvalidTransaction::Future => "Future",
                InvalidTransaction::Stale => "Stale",
                InvalidTransaction::BadProof => "BadProof",
                InvalidTransaction::AncientBirthBlock => "AncientBirthBlock",
                InvalidTransaction::ExhaustsResources => "ExhaustsResources",
                InvalidTransaction::BadMandatory => "BadMandatory",
                InvalidTransaction::MandatoryValidation => "MandatoryValidation",
                InvalidTransaction::BadSigner => "BadSigner",
                _ => "Invalid",
            }),
            TransactionValidityError::Unknown(_) => Self::Invalid("Unknown"),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(name) => formatter.write_str(name),
            Self::Custom(code) => write!(formatter, "{} (custom code {code})", custom_name(*code)),
            Self::Malformed(problem) => write!(formatter, "not an extrinsic: {problem}"),
        }
    }
}

/// The name of a custom code of the transaction extensions (section 10, 2.2).
pub fn custom_name(code: u8) -> &'static str {
    match code {
        0 => "ColdkeyInSwapSchedule",
        1 => "StakeAmountTooLow",
        2 => "BalanceTooLow",
        3 => "SubnetNotExists",
        4 => "HotkeyAccountDoesntExist",
        5 => "NotEnoughStakeToWithdraw",
        6 => "RateLimitExceeded",
        7 => "InsufficientLiquidity",
        8 => "SlippageTooHigh",
        9 => "TransferDisallowed",
        10 => "HotKeyNotRegisteredInNetwork",
        11 => "InvalidIpAddress",
        12 => "ServingRateLimitExceeded",
        13 => "InvalidPort",
        14 => "ZeroMaxAmount",
        15 => "InvalidRevealRound",
        16 => "CommitNotFound",
        17 => "CommitBlockNotInRevealRange",
        18 => "InputLengthsUnequal",
        19 => "UidNotFound",
        20 => "EvmKeyAssociateRateLimitExceeded",
        21 => "ColdkeySwapDisputed",
        22 => "InvalidRealAccount",
        23 => "FailedShieldedTxParsing",
        24 => "InvalidShieldedTxPubKeyHash",
        25 => "NonAssociatedColdKey",
        26 => "DelegateTakeTooLow",
        27 => "DelegateTakeTooHigh",
        _ => "BadRequest",
    }
}
