//! Accounts that sign, the same bytes every time.

use super::client::AssayConfig;
use hash_db::Hasher;
use polkadot_sdk::sp_core::crypto::{
    DEV_PHRASE, ExposeSecret, Pair as _, SecretStringError, SecretUri, Ss58Codec,
};
use polkadot_sdk::sp_core::{Blake2Hasher, sr25519};
use polkadot_sdk::sp_runtime::AccountId32;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use schnorrkel::context::{attach_rng, signing_context};
use std::fmt;
use std::sync::OnceLock;
use subxt::utils::MultiSignature;

/// The prefix of ss58 addresses on the chain (section 01, 2).
pub const SS58_PREFIX: u16 = 42;

/// A coldkey or hotkey whose secret is known.
#[derive(Clone)]
pub struct Account {
    uri: String,
    pair: sr25519::Pair,
}

impl Account {
    /// The account of a derivation from the well-known development phrase, such as `//Alice` or `//Alice//hot`.
    ///
    /// # Errors
    /// If `uri` is not a derivation.
    pub fn from_uri(uri: &str) -> Result<Self, SecretStringError> {
        let secret: SecretUri = uri.parse()?;
        let is_development = secret.password.is_none() && secret.phrase.expose_secret() == DEV_PHRASE;
        let pair = if is_development {
            let derived = development_root()?.derive(secret.junctions.into_iter(), None);
            derived.map_err(|_| SecretStringError::InvalidPath)?.0
        } else {
            sr25519::Pair::from_string(uri, None)?
        };
        Ok(Self { uri: uri.to_owned(), pair })
    }

    /// The derivation it came from.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Its account id: the public key.
    pub fn id(&self) -> AccountId32 {
        AccountId32::new(self.pair.public().0)
    }

    /// Its address in text.
    pub fn ss58(&self) -> String {
        self.id().to_ss58check_with_version(SS58_PREFIX.into())
    }

    /// Signs with a nonce drawn from the message alone, so that the same scenario makes the same block hashes.
    ///
    /// sr25519 signatures are random by default; one that is a function of key and message is as good a signature,
    /// since the message is bound into the generator's seed together with the secret key.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let seed = Blake2Hasher::hash(&[&self.pair.to_raw_vec(), message].concat()).0;
        let keypair: &schnorrkel::Keypair = self.pair.as_ref();
        let transcript = signing_context(b"substrate").bytes(message);
        keypair.sign(attach_rng(transcript, ChaCha20Rng::from_seed(seed))).to_bytes()
    }
}

/// What all development accounts derive from. Stretching the phrase into a seed takes longer than making a block, so it
/// is done once.
fn development_root() -> Result<sr25519::Pair, SecretStringError> {
    static ROOT: OnceLock<sr25519::Pair> = OnceLock::new();
    if let Some(root) = ROOT.get() {
        return Ok(root.clone());
    }
    let (root, _seed) = sr25519::Pair::from_phrase(DEV_PHRASE, None)?;
    Ok(ROOT.get_or_init(|| root).clone())
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Account").field(&self.uri).finish()
    }
}

impl subxt::transactions::Signer<AssayConfig> for Account {
    fn account_id(&self) -> subxt::utils::AccountId32 {
        subxt::utils::AccountId32(self.pair.public().0)
    }

    fn sign(&self, payload: &[u8]) -> MultiSignature {
        MultiSignature::Sr25519(Self::sign(self, payload))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_accounts_have_their_addresses() {
        let alice = Account::from_uri("//Alice").unwrap();
        assert_eq!(alice.ss58(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    }

    #[test]
    fn every_way_to_write_a_secret_gives_the_account_of_the_sdk() {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        for uri in [
            "//Alice",
            "//Alice//hot",
            "/soft",
            "//One///password",
            DEV_PHRASE,
            phrase,
            &format!("{phrase}//x"),
        ] {
            let pair = sr25519::Pair::from_string(uri, None).unwrap();
            assert_eq!(Account::from_uri(uri).unwrap().pair.public(), pair.public(), "{uri}");
        }
        assert!(Account::from_uri("no such phrase").is_err());
    }

    #[test]
    fn signatures_verify_and_do_not_change() {
        let alice = Account::from_uri("//Alice").unwrap();
        let signature = alice.sign(b"message");
        assert_eq!(signature, alice.sign(b"message"));
        assert_ne!(signature, alice.sign(b"another message"));
        assert!(sr25519::Pair::verify(
            &sr25519::Signature::from_raw(signature),
            b"message",
            &alice.pair.public()
        ));
    }
}
