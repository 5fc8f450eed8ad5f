//! Pulses as they travel.

use crate::chain::keys::Account;
use codec::Encode;
use pallet_drand::types::{Pulse, PulsesPayload};
use polkadot_sdk::sp_core::sr25519;
use polkadot_sdk::sp_runtime::{MultiSignature, MultiSigner};

/// The encoded arguments of `Drand.write_pulse`, signed by whoever brings the pulses.
///
/// `block` is the last block made: the chain takes pulses only from someone who knows it.
pub fn write_pulses(sender: &Account, block: u32, pulses: Vec<Pulse>) -> Vec<u8> {
    let public = MultiSigner::Sr25519(sr25519::Public::from_raw(sender.id().into()));
    let payload = PulsesPayload { block_number: block, pulses, public };
    let signature = sr25519::Signature::from_raw(sender.sign(&payload.encode()));
    (payload, Some(MultiSignature::Sr25519(signature))).encode()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beacon::Beacon;
    use assay_runtime::Runtime;
    use codec::Decode;
    use polkadot_sdk::sp_runtime::traits::{IdentifyAccount, Verify};

    #[test]
    fn the_arguments_are_those_of_the_call() {
        let sender = Account::from_uri("//Alice").unwrap();
        let arguments = write_pulses(&sender, 12, vec![Beacon::default().pulse(48)]);
        let call = [vec![0], arguments].concat();
        let call = pallet_drand::Call::<Runtime>::decode(&mut call.as_slice()).unwrap();
        let pallet_drand::Call::write_pulse { pulses_payload, signature } = call else {
            panic!("another call: {call:?}")
        };
        assert_eq!((pulses_payload.block_number, pulses_payload.pulses[0].round), (12, 48));
        let account = pulses_payload.public.clone().into_account();
        assert!(signature.unwrap().verify(pulses_payload.encode().as_slice(), &account));
    }
}
