//! Symbols of the subnets' alpha (sections 02, 7 and 12, 13).

use alloc::vec::Vec;

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::OriginFor;

use crate::{Config, Error, Event, Pallet, TokenSymbol};

/// The symbols by index: an upper-case tau, the Greek letters (with an ASCII `t` for tau), the Hebrew and the Arabic
/// ones.
///
/// The published table goes on to index 438 with other scripts, but the copy of the specification that this was
/// written from has lost its bytes; what stands here follows from the order of the scripts and the names in section 12, 14.
const SYMBOLS: [&str; 80] = [
    "\u{3a4}", "\u{3b1}", "\u{3b2}", "\u{3b3}", "\u{3b4}", "\u{3b5}", "\u{3b6}", "\u{3b7}", "\u{3b8}",
    "\u{3b9}", "\u{3ba}", "\u{3bb}", "\u{3bc}", "\u{3bd}", "\u{3be}", "\u{3bf}", "\u{3c0}", "\u{3c1}",
    "\u{3c3}", "t", "\u{3c5}", "\u{3c6}", "\u{3c7}", "\u{3c8}", "\u{3c9}", "\u{5d0}", "\u{5d1}", "\u{5d2}",
    "\u{5d3}", "\u{5d4}", "\u{5d5}", "\u{5d6}", "\u{5d7}", "\u{5d8}", "\u{5d9}", "\u{5da}", "\u{5db}",
    "\u{5dc}", "\u{5dd}", "\u{5de}", "\u{5df}", "\u{5e0}", "\u{5e1}", "\u{5e2}", "\u{5e3}", "\u{5e4}",
    "\u{5e5}", "\u{5e6}", "\u{5e7}", "\u{5e8}", "\u{5e9}", "\u{5ea}", "\u{627}", "\u{628}", "\u{62a}",
    "\u{62b}", "\u{62c}", "\u{62d}", "\u{62e}", "\u{62f}", "\u{630}", "\u{631}", "\u{632}", "\u{633}",
    "\u{634}", "\u{635}", "\u{636}", "\u{637}", "\u{638}", "\u{639}", "\u{63a}", "\u{641}", "\u{642}",
    "\u{643}", "\u{644}", "\u{645}", "\u{646}", "\u{647}", "\u{648}", "\u{64a}",
];

/// Symbol number `index`, or that of root if the table has none (section 02, 7).
pub fn symbol(index: NetUid) -> Vec<u8> {
    let root = SYMBOLS.first().copied().unwrap_or_default();
    SYMBOLS.get(usize::from(index)).copied().unwrap_or(root).as_bytes().to_vec()
}

/// The symbols that a subnet other than root can have, in order (section 02, 7).
pub fn symbols() -> impl Iterator<Item = Vec<u8>> {
    SYMBOLS.iter().skip(1).map(|symbol| symbol.as_bytes().to_vec())
}

impl<T: Config> Pallet<T> {
    /// Changes the symbol of a subnet, which need not exist if root asks (section 02, 7).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `SymbolDoesNotExist`, `SymbolAlreadyInUse`.
    pub fn do_update_symbol(origin: OriginFor<T>, netuid: NetUid, symbol: Vec<u8>) -> DispatchResult {
        Self::ensure_owner_or_root(origin, netuid)?;
        ensure!(symbols().any(|known| known == symbol), Error::<T>::SymbolDoesNotExist);
        ensure!(!Self::symbol_is_taken(&symbol), Error::<T>::SymbolAlreadyInUse);
        TokenSymbol::<T>::insert(netuid, &symbol);
        Self::deposit_event(Event::SymbolUpdated { netuid, symbol });
        Ok(())
    }

    /// The symbol that a new subnet gets (section 02, 7).
    pub fn free_symbol(netuid: NetUid) -> Vec<u8> {
        let own = symbol(netuid);
        if !Self::symbol_is_taken(&own) {
            return own;
        }
        let free = symbols().find(|symbol| !Self::symbol_is_taken(symbol));
        free.unwrap_or_else(|| symbol(assay_primitives::ROOT))
    }

    fn symbol_is_taken(symbol: &Vec<u8>) -> bool {
        TokenSymbol::<T>::iter_values().any(|other| other == *symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_known_entries() {
        assert_eq!(symbol(0), [0xCE, 0xA4]);
        assert_eq!(symbol(1), [0xCE, 0xB1]);
        assert_eq!(symbol(12), [0xCE, 0xBC]);
        assert_eq!(symbol(19), b"t");
        assert_eq!(symbol(u16::MAX), symbol(0));
    }
}
