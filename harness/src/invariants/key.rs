//! Reading storage keys: each part lies at a fixed place (section 12, 1, hashers).

use polkadot_sdk::sp_io::hashing::blake2_128;

/// The 32 bytes of an account.
pub type AccountId = [u8; 32];

/// An account in a key, hashed by `Blake2_128Concat`: 16 bytes of hash and the account.
pub type Hashed = [u8; 48];

/// Bytes of an account in a key.
pub const ACCOUNT: usize = 48;

/// Bytes that `Twox64Concat` puts before a part.
pub const TWOX: usize = 8;

/// The number of two bytes at a place of a key: netuid, uid or storage index.
pub fn number(key: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*key.get(at..)?.first_chunk()?))
}

/// The hashed account at a place of a key.
pub fn hashed_at(key: &[u8], at: usize) -> Option<Hashed> {
    key.get(at..)?.first_chunk().copied()
}

/// The account at a place of a key, where it is hashed by `Blake2_128Concat`.
pub fn account(key: &[u8], at: usize) -> Option<AccountId> {
    key.get(at + 16..)?.first_chunk().copied()
}

/// The account inside its hashed form.
pub fn plain(hashed: &Hashed) -> AccountId {
    let mut account = [0; 32];
    account.copy_from_slice(&hashed[16..]);
    account
}

/// The hashed form of an account.
pub fn hashed(account: &AccountId) -> Hashed {
    let mut hashed = [0; 48];
    hashed[..16].copy_from_slice(&blake2_128(account));
    hashed[16..].copy_from_slice(account);
    hashed
}

/// Parts of a key, joined.
pub fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// The account of a subnet (section 01, 3).
pub fn subnet_account(netuid: u16) -> AccountId {
    let mut account = [0; 32];
    account[..12].copy_from_slice(SUBNET_ACCOUNT);
    account[12..14].copy_from_slice(&netuid.to_le_bytes());
    account
}

/// The subnet whose account this is.
pub fn subnet_of_account(account: &AccountId) -> Option<u16> {
    let netuid = number(account, 12)?;
    (*account == subnet_account(netuid)).then_some(netuid)
}

const SUBNET_ACCOUNT: &[u8; 12] = b"modlsubtensr";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_of_a_subnet_is_recognised() {
        assert_eq!(subnet_of_account(&subnet_account(258)), Some(258));
        assert_eq!(subnet_of_account(&[0; 32]), None);
        let mut almost = subnet_account(1);
        almost[31] = 1;
        assert_eq!(subnet_of_account(&almost), None);
    }

    #[test]
    fn an_account_comes_back_from_its_hashed_form() {
        let id = subnet_account(7);
        let key = join(&[&hashed(&id), &3_u16.to_le_bytes()]);
        assert_eq!((account(&key, 0), number(&key, ACCOUNT)), (Some(id), Some(3)));
        assert_eq!(number(&key, ACCOUNT + 1), None);
    }
}
