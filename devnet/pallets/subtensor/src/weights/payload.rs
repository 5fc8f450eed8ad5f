//! What is inside a timelocked commit (section 08, 8 steps 3 and 4).

use alloc::vec::Vec;

use codec::{Decode, Encode};

/// Weights out of a timelocked commit.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Payload {
    /// Weighed uids.
    pub(super) uids: Vec<u16>,
    /// Their weights.
    pub(super) values: Vec<u16>,
    /// Version of the validator.
    pub(super) version_key: u64,
}

/// The form that names who committed, so that nobody can copy a commit.
#[derive(Encode, Decode)]
struct OwnedPayload {
    hotkey: Vec<u8>,
    payload: Payload,
}

/// The weights in opened bytes, or none if they are not `committer`'s or no weights at all (section 08, 8 step 4).
///
/// Bytes whose hotkey does not decode are read in the older form, which names nobody.
pub(super) fn decode<AccountId: Decode + PartialEq>(bytes: &[u8], committer: &AccountId) -> Option<Payload> {
    let owned = OwnedPayload::decode(&mut &*bytes).ok().and_then(|owned| {
        let hotkey = AccountId::decode(&mut &*owned.hotkey).ok()?;
        Some((hotkey, owned.payload))
    });
    match owned {
        Some((hotkey, payload)) => (hotkey == *committer).then_some(payload),
        None => Payload::decode(&mut &*bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    const ALICE: [u8; 32] = [1; 32];

    fn payload() -> Payload {
        Payload { uids: vec![1, 2], values: vec![3, 4], version_key: 5 }
    }

    #[test]
    fn only_the_committer_can_use_a_payload() {
        let bytes = OwnedPayload { hotkey: ALICE.to_vec(), payload: payload() }.encode();
        assert_eq!(decode(&bytes, &ALICE), Some(payload()));
        assert_eq!(decode(&bytes, &[2; 32]), None);
    }

    #[test]
    fn the_older_form_names_nobody() {
        assert_eq!(decode(&payload().encode(), &ALICE), Some(payload()));
        assert_eq!(decode(&[9, 9], &ALICE), None);
    }
}
