//! Offences with the evidence that the chain asks for.

use crate::key::Public;
use crate::protocol::Signed;
use assay_inference::StepProof;

/// A proved offence: the arguments of the chain's report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and none is copied")]
pub enum Offence {
    /// Two receipts for one job, model and request, with two responses (`Slashing.report_contradiction`).
    Contradiction {
        /// The first.
        first: Signed,
        /// The second.
        second: Signed,
    },
    /// A receipt, and a step of the trace that its model does not give (`Slashing.report_wrong_result`).
    WrongResult {
        /// The receipt.
        receipt: Signed,
        /// The step.
        proof: Box<StepProof>,
    },
}

impl Offence {
    /// Two receipts as a contradiction, if they are one. Whoever calls has checked both signatures.
    pub fn contradiction(first: &Signed, second: &Signed) -> Option<Self> {
        let subject = |signed: &Signed| {
            let receipt = signed.receipt;
            (receipt.genesis, receipt.netuid, receipt.hotkey, receipt.job, receipt.model, receipt.request)
        };
        let contradict =
            subject(first) == subject(second) && first.receipt.response != second.receipt.response;
        contradict.then(|| Self::Contradiction { first: first.clone(), second: second.clone() })
    }

    /// The offender.
    pub fn hotkey(&self) -> Public {
        match self {
            Self::Contradiction { first, .. } => first.receipt.hotkey,
            Self::WrongResult { receipt, .. } => receipt.receipt.hotkey,
        }
    }

    /// The name of the call that reports it.
    pub fn call(&self) -> &'static str {
        match self {
            Self::Contradiction { .. } => "report_contradiction",
            Self::WrongResult { .. } => "report_wrong_result",
        }
    }
}
