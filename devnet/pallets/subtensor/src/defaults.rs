//! Default values of storage items that are no plain numbers (section 12, 1), and the weight of a call.

use core::marker::PhantomData;

use alloc::vec::Vec;
use assay_primitives::stored::{I96F32, U64F64};
use polkadot_sdk::{frame_support, frame_system, sp_runtime};

use crate::Config;
use frame_support::traits::Get;
use frame_support::weights::Weight;
use frame_system::pallet_prelude::BlockNumberFor;

/// A call's weight from picoseconds, reads and writes (section 12, 2), and the bytes of its proof.
///
/// The specification has no proof sizes, and fees do not depend on them: they are those of the reference traces, 0
/// where no trace has the call.
pub fn declared<T: Config>(picoseconds: u64, reads: u64, writes: u64, proof_bytes: u64) -> Weight {
    Weight::from_parts(picoseconds, proof_bytes)
        .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

/// The account of 32 zero bytes, which stands for none (section 12, 1).
pub struct ZeroAccount<T>(PhantomData<T>);

impl<T: Config> Get<T::AccountId> for ZeroAccount<T> {
    fn get() -> T::AccountId {
        sp_runtime::AccountId32::new([0; 32])
    }
}

/// `N` blocks.
pub struct Blocks<T, const N: u32>(PhantomData<T>);

impl<T: Config, const N: u32> Get<BlockNumberFor<T>> for Blocks<T, N> {
    fn get() -> BlockNumberFor<T> {
        N.into()
    }
}

/// 0.000003 (section 06, 2).
pub struct MovingAlpha;

impl Get<I96F32> for MovingAlpha {
    fn get() -> I96F32 {
        I96F32::from_bits(12_885)
    }
}

/// 500,000 alpha in rao (section 06, 8).
pub struct ClaimThreshold;

impl Get<I96F32> for ClaimThreshold {
    fn get() -> I96F32 {
        I96F32::from_bits(500_000 << 32)
    }
}

/// 1 (section 12, 1).
pub struct NormExponent;

impl Get<U64F64> for NormExponent {
    fn get() -> U64F64 {
        U64F64::from_bits(1 << 64)
    }
}

/// 1.26, rounded to the nearest number of the format (section 01, 1.1).
pub struct IncreaseMult;

impl Get<U64F64> for IncreaseMult {
    fn get() -> U64F64 {
        U64F64::from_bits(23_242_897_532_874_035_200)
    }
}

/// Lowest and highest liquid alpha, parts of 65,535 (section 07, 4).
pub struct LiquidAlphaBounds;

impl Get<(u16, u16)> for LiquidAlphaBounds {
    fn get() -> (u16, u16) {
        (45_875, 58_982)
    }
}

/// Symbol of a subnet that has none (section 02, 7).
pub struct DefaultSymbol;

impl Get<Vec<u8>> for DefaultSymbol {
    fn get() -> Vec<u8> {
        [0xF0, 0x9D, 0x9C, 0x8F].to_vec()
    }
}
