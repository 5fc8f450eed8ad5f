//! Records in storage and calls (sections 04 and 12).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::Perquintill;
use scale_info::{Path, Type, TypeInfo, build::Fields};

/// Weights of a pool (section 04). They add up to one, so only that of TAO is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen)]
pub struct Balancer {
    /// Weight of TAO.
    pub quote: Perquintill,
}

impl Default for Balancer {
    /// One half.
    fn default() -> Self {
        assay_economics::pool::Weights::EQUAL.into()
    }
}

impl From<assay_economics::pool::Weights> for Balancer {
    fn from(weights: assay_economics::pool::Weights) -> Self {
        Self { quote: Perquintill::from_parts(weights.quote) }
    }
}

impl From<Balancer> for assay_economics::pool::Weights {
    fn from(balancer: Balancer) -> Self {
        Self { quote: balancer.quote.deconstruct() }
    }
}

// By hand, because clients of the reference chain know the type under a longer path than it has here.
impl TypeInfo for Balancer {
    type Identity = Self;

    fn type_info() -> Type {
        Type::builder().path(Path::new("Balancer", "pallet_subtensor_swap::pallet::balancer")).composite(
            Fields::named().field(|field| field.ty::<Perquintill>().name("quote").type_name("Perquintill")),
        )
    }
}

/// A price in the former pools; calls that are gone still name it (section 12).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("pallet_swap", "pallet_subtensor_swap"), replace_segment("types", "pallet"))]
pub struct TickIndex(pub i32);

/// A position in the former pools; calls that are gone still name it (section 12).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("pallet_swap", "pallet_subtensor_swap"), replace_segment("types", "pallet"))]
pub struct PositionId(pub u128);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pool_has_equal_weights() {
        assert_eq!(Balancer::default().encode(), 500_000_000_000_000_000_u64.encode());
    }

    #[test]
    fn the_metadata_has_the_published_paths() {
        let path = |info: Type| info.path.segments.join("::");
        assert_eq!(path(Balancer::type_info()), "pallet_subtensor_swap::pallet::balancer::Balancer");
        assert_eq!(path(TickIndex::type_info()), "pallet_subtensor_swap::pallet::TickIndex");
        assert_eq!(path(PositionId::type_info()), "pallet_subtensor_swap::pallet::PositionId");
    }
}
