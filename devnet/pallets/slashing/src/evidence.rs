//! What counts as evidence (document SLASHING, "Offences" and "Refusals").

use assay_economics::slashing::amounts::double_vote;
use assay_economics::slashing::time::{Age, age};
use assay_inference::{Receipt, StepProof, Verdict};
use assay_primitives::{NetUid, ROOT};
use codec::Encode;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system;
use polkadot_sdk::frame_system::pallet_prelude::BlockNumberFor;
use polkadot_sdk::sp_consensus_grandpa::{
    AuthorityId, AuthoritySignature, EquivocationProof, check_equivocation_proof,
};
use polkadot_sdk::sp_core::{H256, sr25519};
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::traits::{Verify, Zero};
use polkadot_sdk::sp_runtime::{AccountId32, DispatchError, RuntimeAppPublic};

use crate::types::{Offence, SignedReceipt, Terms, link_message, offence_message};
use crate::{Config, Error, FinalityVoters, Links, Models, Pallet};

/// An offence that is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Subnet, root for a double vote.
    pub netuid: NetUid,
    /// The offender.
    pub hotkey: AccountId32,
    /// What is proved.
    pub offence: Offence,
    /// The job; for a double vote the BLAKE2b-256 of the number of the set and that of the round.
    pub job: H256,
    /// What it costs the first time, parts of 65,535.
    pub base: u16,
    /// The terms it is judged by.
    pub terms: Terms,
}

impl Case {
    /// The offence's name, the hash of [`offence_message`].
    pub fn id(&self) -> H256 {
        let hotkey = self.hotkey.clone().into();
        H256(blake2_256(&offence_message(self.offence, self.netuid, hotkey, self.job)))
    }
}

impl<T: Config> Pallet<T> {
    /// Two receipts that contradict each other.
    pub(crate) fn check_contradiction(
        first: &SignedReceipt,
        second: &SignedReceipt,
    ) -> Result<Case, DispatchError> {
        let both = [first, second];
        Self::check_receipts(&both)?;
        let (one, other) = (&first.receipt, &second.receipt);
        ensure!(one.response != other.response, Error::<T>::ReceiptsAgree);
        ensure!(
            (one.netuid, one.hotkey, one.job, one.model, one.request)
                == (other.netuid, other.hotkey, other.job, other.model, other.request),
            Error::<T>::UnrelatedReceipts
        );
        let terms = Self::terms(one.netuid);
        let case = case(first, Offence::Contradiction, terms.contradiction, terms);
        Self::check_new(&case)?;
        Self::check_neuron(&both)?;
        Ok(case)
    }

    /// A receipt, and a step that its model does not give.
    pub(crate) fn check_wrong_result(
        signed: &SignedReceipt,
        proof: &StepProof,
    ) -> Result<Case, DispatchError> {
        Self::check_receipts(&[signed])?;
        let receipt = &signed.receipt;
        let model = Models::<T>::get(receipt.netuid, receipt.model).ok_or(Error::<T>::ModelNotRegistered)?;
        match proof.check(&model, receipt.request, receipt.response) {
            Ok(Verdict::Wrong { .. }) => {}
            Ok(Verdict::Honest) => return Err(Error::<T>::ProofAgrees.into()),
            Err(_) => return Err(Error::<T>::ProofDoesNotFit.into()),
        }
        let terms = Self::terms(receipt.netuid);
        let case = case(signed, Offence::WrongResult, terms.wrong_result, terms);
        Self::check_new(&case)?;
        Self::check_neuron(&[signed])?;
        Ok(case)
    }

    /// Two votes of an authority of the current set in one round.
    pub(crate) fn check_double_vote(
        proof: &EquivocationProof<T::Hash, BlockNumberFor<T>>,
    ) -> Result<Case, DispatchError> {
        let terms = Self::enabled_terms(ROOT)?;
        ensure!(check_equivocation_proof(proof.clone()), Error::<T>::NoDoubleVote);
        let voters = T::Voters::voters();
        let authority = proof.offender();
        let is_voter = voters.iter().any(|(voter, _)| voter == authority);
        ensure!(proof.set_id() == T::Voters::set_id() && is_voter, Error::<T>::NotCurrentAuthority);
        let hotkey = Links::<T>::get(authority).ok_or(Error::<T>::AuthorityNotLinked)?;
        let case = Case {
            netuid: ROOT,
            hotkey,
            offence: Offence::DoubleVote,
            job: H256(blake2_256(&(proof.set_id(), proof.round()).encode())),
            base: double_vote(u32::try_from(voters.len()).unwrap_or(u32::MAX)),
            terms,
        };
        Self::check_new(&case)?;
        Ok(case)
    }

    /// The signatures of both keys under a link.
    pub(crate) fn check_link(
        authority: &AuthorityId,
        hotkey: &AccountId32,
        authority_signature: &AuthoritySignature,
        hotkey_signature: &sr25519::Signature,
    ) -> DispatchResult {
        let key = authority.to_raw_vec().try_into().map_err(|_| Error::<T>::BadSignature)?;
        let message = link_message(Self::genesis_hash(), key, hotkey.clone().into());
        ensure!(authority.verify(&message, authority_signature), Error::<T>::BadSignature);
        let hotkey = sr25519::Public::from_raw(hotkey.clone().into());
        ensure!(hotkey_signature.verify(message.as_slice(), &hotkey), Error::<T>::BadSignature);
        Ok(())
    }

    fn enabled_terms(netuid: NetUid) -> Result<Terms, DispatchError> {
        let terms = Self::terms(netuid);
        ensure!(terms.enabled, Error::<T>::NotEnabled);
        Ok(terms)
    }

    /// Receipts that may be judged: in time, and signed for this chain by their hotkeys. Of two with a fault each, the
    /// fault that the document names first decides.
    fn check_receipts(signed: &[&SignedReceipt]) -> DispatchResult {
        for receipt in receipts(signed) {
            Self::enabled_terms(receipt.netuid)?;
        }
        let is_of_age = |wanted: Age| {
            receipts(signed)
                .any(|receipt| age(Self::now(), receipt.block, Self::terms(receipt.netuid).window) == wanted)
        };
        ensure!(!is_of_age(Age::TooOld), Error::<T>::ReceiptTooOld);
        ensure!(!is_of_age(Age::Future), Error::<T>::ReceiptFromFuture);
        let here = Self::genesis_hash();
        ensure!(receipts(signed).all(|receipt| receipt.genesis == here), Error::<T>::ReceiptOfOtherChain);
        ensure!(signed.iter().all(|signed| is_signed(signed)), Error::<T>::BadSignature);
        Ok(())
    }

    fn check_new(case: &Case) -> DispatchResult {
        ensure!(!Self::is_reported(case), Error::<T>::AlreadyReported);
        Ok(())
    }

    /// Receipts of one hotkey, which had a slot at the block of each.
    fn check_neuron(signed: &[&SignedReceipt]) -> DispatchResult {
        let all = receipts(signed)
            .all(|receipt| Self::was_registered(receipt.netuid, &receipt.hotkey.into(), receipt.block));
        ensure!(all, Error::<T>::NotRegistered);
        Ok(())
    }

    fn genesis_hash() -> H256 {
        frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
    }
}

fn case(signed: &SignedReceipt, offence: Offence, base: u16, terms: Terms) -> Case {
    let receipt = &signed.receipt;
    Case { netuid: receipt.netuid, hotkey: receipt.hotkey.into(), offence, job: receipt.job, base, terms }
}

fn receipts<'a>(signed: &'a [&'a SignedReceipt]) -> impl Iterator<Item = &'a Receipt> {
    signed.iter().map(|signed| &signed.receipt)
}

fn is_signed(signed: &SignedReceipt) -> bool {
    let signer = sr25519::Public::from_raw(signed.receipt.hotkey);
    signed.signature.verify(signed.receipt.message().as_slice(), &signer)
}
