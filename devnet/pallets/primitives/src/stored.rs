//! Fixed-point numbers as they lie in storage, in calls and in events: a struct with the one field `bits`
//! (section 01, 1.1).
//!
//! They only carry a value; arithmetic is done on the types of the crate [`fixed`], into which and from which every
//! one of them converts without loss. Their metadata is that of the library that the reference chain uses, down to
//! the type-level number of fraction bits, because clients find the position of the point there.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use fixed::types as number;
use scale_info::{Path, Type, TypeInfo, build::Fields};

/// Signed, 32 bits before the point and 32 after it.
pub type I32F32 = FixedI64<U32>;
/// Signed, 96 bits before the point and 32 after it.
pub type I96F32 = FixedI128<U32>;
/// Unsigned, 96 bits before the point and 32 after it.
pub type U96F32 = FixedU128<U32>;
/// Signed, 64 bits before the point and 64 after it.
pub type I64F64 = FixedI128<U64>;
/// Unsigned, 64 bits before the point and 64 after it.
pub type U64F64 = FixedU128<U64>;

/// A signed fixed-point number of 64 bits with `Frac` bits after the point.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen)]
#[codec(mel_bound())]
pub struct FixedI64<Frac> {
    /// The number times 2 to the power of `Frac`.
    pub bits: i64,
    #[codec(skip)]
    frac: PhantomData<Frac>,
}

/// A signed fixed-point number of 128 bits with `Frac` bits after the point.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen)]
#[codec(mel_bound())]
pub struct FixedI128<Frac> {
    /// The number times 2 to the power of `Frac`.
    pub bits: i128,
    #[codec(skip)]
    frac: PhantomData<Frac>,
}

/// An unsigned fixed-point number of 128 bits with `Frac` bits after the point.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen)]
#[codec(mel_bound())]
pub struct FixedU128<Frac> {
    /// The number times 2 to the power of `Frac`.
    pub bits: u128,
    #[codec(skip)]
    frac: PhantomData<Frac>,
}

impl<Frac> FixedI64<Frac> {
    /// The number with these bits.
    pub const fn from_bits(bits: i64) -> Self {
        Self { bits, frac: PhantomData }
    }
}

impl<Frac> FixedI128<Frac> {
    /// The number with these bits.
    pub const fn from_bits(bits: i128) -> Self {
        Self { bits, frac: PhantomData }
    }
}

impl<Frac> FixedU128<Frac> {
    /// The number with these bits.
    pub const fn from_bits(bits: u128) -> Self {
        Self { bits, frac: PhantomData }
    }
}

// Derived implementations would ask the same of `Frac`, which is only a name.
macro_rules! plain_value {
    ($stored:ident, $bits:ty) => {
        impl<Frac> Clone for $stored<Frac> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<Frac> Copy for $stored<Frac> {}
        impl<Frac> PartialEq for $stored<Frac> {
            fn eq(&self, other: &Self) -> bool {
                self.bits == other.bits
            }
        }
        impl<Frac> Eq for $stored<Frac> {}
        impl<Frac> Default for $stored<Frac> {
            fn default() -> Self {
                Self::from_bits(0)
            }
        }
        impl<Frac> core::fmt::Debug for $stored<Frac> {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.debug_struct(stringify!($stored)).field("bits", &self.bits).finish()
            }
        }
        impl<Frac: TypeInfo + 'static> TypeInfo for $stored<Frac> {
            type Identity = Self;
            fn type_info() -> Type {
                Type::builder()
                    .path(Path::new(stringify!($stored), "substrate_fixed"))
                    .type_params(scale_info::type_params!(Frac))
                    .composite(
                        Fields::named()
                            .field(|field| field.ty::<$bits>().name("bits").type_name(stringify!($bits))),
                    )
            }
        }
    };
}

plain_value!(FixedI64, i64);
plain_value!(FixedI128, i128);
plain_value!(FixedU128, u128);

macro_rules! converts {
    ($stored:ident, $number:ty) => {
        impl From<$number> for $stored {
            fn from(value: $number) -> Self {
                Self::from_bits(value.to_bits())
            }
        }
        impl From<$stored> for $number {
            fn from(value: $stored) -> Self {
                Self::from_bits(value.bits)
            }
        }
    };
}

converts!(I32F32, number::I32F32);
converts!(I96F32, number::I96F32);
converts!(U96F32, number::U96F32);
converts!(I64F64, number::I64F64);
converts!(U64F64, number::U64F64);

/// The type-level number 32 in the metadata: `UInt` digits, most significant first, over a terminator.
pub type U32 = UInt<UInt<UInt<UInt<UInt<UInt<UTerm, B1>, B0>, B0>, B0>, B0>, B0>;
/// The type-level number 64 in the metadata.
pub type U64 = UInt<U32, B0>;

/// A binary digit `Bit` after the number `More`, in the metadata only.
pub struct UInt<More, Bit>(PhantomData<(More, Bit)>);
/// The end of a type-level number, in the metadata only.
pub struct UTerm;
/// The digit 0, in the metadata only.
pub struct B0;
/// The digit 1, in the metadata only.
pub struct B1;

impl<More: TypeInfo + 'static, Bit: TypeInfo + 'static> TypeInfo for UInt<More, Bit> {
    type Identity = Self;
    fn type_info() -> Type {
        Type::builder()
            .path(Path::new("UInt", "substrate_typenum::uint"))
            .type_params(digit_parameters::<More, Bit>())
            .composite(
                Fields::named()
                    .field(|field| field.ty::<More>().name("msb").type_name("U"))
                    .field(|field| field.ty::<Bit>().name("lsb").type_name("B")),
            )
    }
}

fn digit_parameters<More: TypeInfo + 'static, Bit: TypeInfo + 'static>() -> [scale_info::TypeParameter; 2] {
    let named = |name, meaning| scale_info::TypeParameter::new(name, Some(meaning));
    [named("U", scale_info::meta_type::<More>()), named("B", scale_info::meta_type::<Bit>())]
}

macro_rules! unit_type {
    ($name:ident, $module:literal) => {
        impl TypeInfo for $name {
            type Identity = Self;
            fn type_info() -> Type {
                Type::builder().path(Path::new(stringify!($name), $module)).composite(Fields::unit())
            }
        }
    };
}

unit_type!(UTerm, "substrate_typenum::uint");
unit_type!(B0, "substrate_typenum::bit");
unit_type!(B1, "substrate_typenum::bit");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_stored_as_its_bits() {
        let stored = I96F32::from(number::I96F32::from_bits(-3));
        assert_eq!(stored.encode(), (-3_i128).encode());
        assert_eq!(number::I96F32::from(stored).to_bits(), -3);
        assert_eq!(U64F64::max_encoded_len(), 16);
    }

    #[test]
    fn the_metadata_names_the_fraction_bits() {
        let info = U64F64::type_info();
        assert_eq!(info.path.segments, ["substrate_fixed", "FixedU128"]);
        let frac = info
            .type_params
            .first()
            .and_then(|parameter| parameter.ty.as_ref())
            .map(scale_info::MetaType::type_info);
        assert_eq!(frac.map(|ty| ty.path.segments), Some(["substrate_typenum", "uint", "UInt"].to_vec()));
    }
}
