//! Keys of hotkeys and coldkeys: sr25519, as on the chain.

use codec::Encode;
use polkadot_sdk::sp_core::crypto::{Pair as _, Ss58Codec};
use polkadot_sdk::sp_core::{Blake2Hasher, Hasher, sr25519};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use schnorrkel::context::{attach_rng, signing_context};
use std::fmt;

/// A public key: the 32 bytes of an account.
pub type Public = [u8; 32];

/// A signature of a [`Key`].
pub type Signature = [u8; 64];

/// A hotkey or coldkey whose secret is known.
#[derive(Clone)]
pub struct Key(sr25519::Pair);

/// A key and what it came from, as wallets keep it.
#[derive(Clone, Debug)]
pub struct Secret {
    /// The key.
    pub key: Key,
    /// The words that it came from, if it came from words alone.
    pub phrase: Option<String>,
    /// The seed of 32 bytes that it came from; keys of soft derivations have none.
    pub seed: Option<[u8; 32]>,
}

/// What is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{uri}` is no key: give a derivation such as `//Alice//miner`, a phrase of 12 words, or a seed of 32 bytes in hex"
)]
pub struct NoKey {
    /// What was given.
    pub uri: String,
}

/// What is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no account: give an ss58 address, or 0x and 32 bytes in hex")]
pub struct NoAccount(pub String);

impl Key {
    /// The key of a derivation from the well-known development phrase (`//Alice//miner`), of a phrase, or of a seed.
    ///
    /// # Errors
    /// [`NoKey`] if it is none of these.
    pub fn from_uri(uri: &str) -> Result<Self, NoKey> {
        sr25519::Pair::from_string(uri, None).map(Self).map_err(|_| NoKey { uri: uri.to_owned() })
    }

    /// The key of a seed of 32 bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(sr25519::Pair::from_seed(seed))
    }

    /// The key of the 64 bytes that [`Key::secret`] gives; none if they are no secret.
    pub fn from_secret(secret: &[u8]) -> Option<Self> {
        schnorrkel::SecretKey::from_bytes(secret).ok().map(|secret| Self(secret.into()))
    }

    /// The public key.
    pub fn public(&self) -> Public {
        self.0.public().0
    }

    /// The address in text, ss58 with prefix 42.
    pub fn ss58(&self) -> String {
        ss58(&self.public())
    }

    /// The 64 bytes of the expanded secret, as wallets keep them.
    pub fn secret(&self) -> Vec<u8> {
        self.0.to_raw_vec()
    }

    /// 32 bytes for a purpose, which only who has the secret can know: BLAKE2b-256 of the SCALE encoding of
    /// `"assay/derived/1"`, the secret and the purpose.
    pub fn derive(&self, purpose: &impl Encode) -> [u8; 32] {
        ("assay/derived/1", self.secret(), purpose).using_encoded(Blake2Hasher::hash).0
    }

    /// Signs with a nonce drawn from key and message alone, so that the same work makes the same bytes.
    pub fn sign(&self, message: &[u8]) -> Signature {
        let seed = Blake2Hasher::hash(&[&self.0.to_raw_vec(), message].concat()).0;
        let keypair: &schnorrkel::Keypair = self.0.as_ref();
        let transcript = signing_context(b"substrate").bytes(message);
        keypair.sign(attach_rng(transcript, ChaCha20Rng::from_seed(seed))).to_bytes()
    }
}

impl Secret {
    /// A key that nobody has, of 12 words.
    pub fn generate() -> Self {
        let (pair, phrase, seed) = sr25519::Pair::generate_with_phrase(None);
        Self { key: Key(pair), phrase: Some(phrase), seed: Some(seed) }
    }

    /// The key of a derivation, a phrase or a seed, as [`Key::from_uri`].
    ///
    /// # Errors
    /// [`NoKey`] if it is none of these.
    pub fn from_uri(uri: &str) -> Result<Self, NoKey> {
        let (pair, seed) =
            sr25519::Pair::from_string_with_seed(uri, None).map_err(|_| NoKey { uri: uri.to_owned() })?;
        let is_phrase = uri.contains(' ') && !uri.contains('/');
        Ok(Self { key: Key(pair), phrase: is_phrase.then(|| uri.to_owned()), seed })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Key").field(&self.ss58()).finish()
    }
}

/// Whether a key signed a message.
pub fn is_signed(message: &[u8], signature: &Signature, by: &Public) -> bool {
    sr25519::Pair::verify(&sr25519::Signature::from_raw(*signature), message, &sr25519::Public::from_raw(*by))
}

/// The address of an account in text, ss58 with prefix 42.
pub fn ss58(account: &Public) -> String {
    sr25519::Public::from_raw(*account).to_ss58check_with_version(42_u16.into())
}

/// The account of an ss58 address or of 32 bytes in hex.
///
/// # Errors
/// [`NoAccount`] if it is neither.
pub fn account(text: &str) -> Result<Public, NoAccount> {
    let from_hex = |digits: &str| hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
    match text.strip_prefix("0x") {
        Some(digits) => from_hex(digits),
        None => sr25519::Public::from_ss58check(text).ok().map(|public| public.0),
    }
    .ok_or_else(|| NoAccount(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_keys_have_their_addresses() {
        let alice = Key::from_uri("//Alice").unwrap();
        assert_eq!(alice.ss58(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
        assert_eq!(account(&alice.ss58()).unwrap(), alice.public());
        assert_eq!(account(&format!("0x{}", hex::encode(alice.public()))).unwrap(), alice.public());
        assert!(Key::from_uri("Alice").unwrap_err().to_string().contains("//Alice//miner"));
        for wrong in ["", "0x", "0x12", "5GrwvaEF"] {
            assert!(account(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_signature_is_of_one_key_and_one_message() {
        let [alice, bob] = ["//Alice", "//Bob"].map(|uri| Key::from_uri(uri).unwrap());
        let signature = alice.sign(b"one");
        assert_eq!(signature, alice.sign(b"one"));
        assert!(is_signed(b"one", &signature, &alice.public()));
        assert!(!is_signed(b"two", &signature, &alice.public()));
        assert!(!is_signed(b"one", &signature, &bob.public()));
        assert!(!is_signed(b"one", &[0; 64], &[0; 32]));
    }
}
