//! What a neuron commits to (section 10, 6).

use alloc::vec;

use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen, Output};
use polkadot_sdk::sp_core::ConstU32;
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::build::{Fields, Variants};
use scale_info::{Path, Type, TypeInfo};

/// Bytes of a raw field at most; longer ones are big.
const RAW: u8 = 128;

/// One field of a commitment. Its encoding starts with a byte that for raw bytes holds their number plus one
/// (section 10, 6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// Nothing.
    #[default]
    None,
    /// Up to 128 bytes.
    Raw(BoundedVec<u8, ConstU32<{ RAW as u32 }>>),
    /// A BLAKE2 hash.
    BlakeTwo256([u8; 32]),
    /// A SHA-2 hash.
    Sha256([u8; 32]),
    /// A Keccak hash.
    Keccak256([u8; 32]),
    /// A SHA-3 hash.
    ShaThree256([u8; 32]),
    /// A ciphertext that a round of the beacon opens.
    TimelockEncrypted {
        /// The ciphertext.
        encrypted: BoundedVec<u8, ConstU32<1024>>,
        /// The round.
        reveal_round: u64,
    },
    /// Resets the bonds towards the neuron (section 07, 5).
    ResetBondsFlag,
    /// Up to 512 bytes.
    BigRaw(BoundedVec<u8, ConstU32<512>>),
}

impl Data {
    /// Bytes that count for the space used (section 10, 6).
    pub fn len(&self) -> u64 {
        let bytes = match self {
            Self::None | Self::ResetBondsFlag => 0,
            Self::Raw(bytes) => bytes.len(),
            Self::BlakeTwo256(_) | Self::Sha256(_) | Self::Keccak256(_) | Self::ShaThree256(_) => 32,
            Self::TimelockEncrypted { encrypted, .. } => encrypted.len(),
            Self::BigRaw(bytes) => bytes.len(),
        };
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }

    /// Whether a round of the beacon opens it.
    pub fn is_timelocked(&self) -> bool {
        matches!(self, Self::TimelockEncrypted { .. })
    }

    /// Whether it holds no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Encode for Data {
    fn encode_to<W: Output + ?Sized>(&self, output: &mut W) {
        match self {
            Self::None => output.push_byte(0),
            Self::Raw(bytes) => {
                // At most 128 bytes, so the number fits.
                output.push_byte(u8::try_from(bytes.len()).unwrap_or(RAW).saturating_add(1));
                output.write(bytes);
            }
            Self::BlakeTwo256(hash) => tagged(130, hash, output),
            Self::Sha256(hash) => tagged(131, hash, output),
            Self::Keccak256(hash) => tagged(132, hash, output),
            Self::ShaThree256(hash) => tagged(133, hash, output),
            Self::TimelockEncrypted { encrypted, reveal_round } => {
                tagged(134, &(encrypted, reveal_round), output);
            }
            Self::ResetBondsFlag => output.push_byte(135),
            Self::BigRaw(bytes) => tagged(136, bytes, output),
        }
    }
}

fn tagged<W: Output + ?Sized>(tag: u8, content: &impl Encode, output: &mut W) {
    output.push_byte(tag);
    content.encode_to(output);
}

impl Decode for Data {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        match input.read_byte()? {
            0 => Ok(Self::None),
            tag @ 1..=129 => {
                let mut bytes = vec![0; usize::from(tag - 1)];
                input.read(&mut bytes)?;
                Ok(Self::Raw(BoundedVec::truncate_from(bytes)))
            }
            130 => Decode::decode(input).map(Self::BlakeTwo256),
            131 => Decode::decode(input).map(Self::Sha256),
            132 => Decode::decode(input).map(Self::Keccak256),
            133 => Decode::decode(input).map(Self::ShaThree256),
            134 => Decode::decode(input)
                .map(|(encrypted, reveal_round)| Self::TimelockEncrypted { encrypted, reveal_round }),
            135 => Ok(Self::ResetBondsFlag),
            136 => Decode::decode(input).map(Self::BigRaw),
            _ => Err("unknown kind of data".into()),
        }
    }
}

impl DecodeWithMemTracking for Data {}

impl MaxEncodedLen for Data {
    fn max_encoded_len() -> usize {
        // The longest is a ciphertext: tag, bytes with their length, round.
        1 + BoundedVec::<u8, ConstU32<1024>>::max_encoded_len() + u64::max_encoded_len()
    }
}

/// One variant for each length of raw bytes, as on the reference chain, so that clients decode them by themselves.
macro_rules! raw_variants {
    ($variants:expr, $($name:literal $length:literal),* $(,)?) => {
        $variants$(.variant($name, |variant| {
            variant.index($length + 1).fields(Fields::unnamed().field(|field| field.ty::<[u8; $length]>()))
        }))*
    };
}

impl TypeInfo for Data {
    type Identity = Self;

    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method has no unambiguous path")]
    fn type_info() -> Type {
        let variants = Variants::new().variant("None", |variant| variant.index(0));
        let variants = raw_variants!(
            variants,
        "Raw0" 0, "Raw1" 1, "Raw2" 2, "Raw3" 3, "Raw4" 4, "Raw5" 5, "Raw6" 6, "Raw7" 7,
        "Raw8" 8, "Raw9" 9, "Raw10" 10, "Raw11" 11, "Raw12" 12, "Raw13" 13, "Raw14" 14, "Raw15" 15,
        "Raw16" 16, "Raw17" 17, "Raw18" 18, "Raw19" 19, "Raw20" 20, "Raw21" 21, "Raw22" 22, "Raw23" 23,
        "Raw24" 24, "Raw25" 25, "Raw26" 26, "Raw27" 27, "Raw28" 28, "Raw29" 29, "Raw30" 30, "Raw31" 31,
        "Raw32" 32, "Raw33" 33, "Raw34" 34, "Raw35" 35, "Raw36" 36, "Raw37" 37, "Raw38" 38, "Raw39" 39,
        "Raw40" 40, "Raw41" 41, "Raw42" 42, "Raw43" 43, "Raw44" 44, "Raw45" 45, "Raw46" 46, "Raw47" 47,
        "Raw48" 48, "Raw49" 49, "Raw50" 50, "Raw51" 51, "Raw52" 52, "Raw53" 53, "Raw54" 54, "Raw55" 55,
        "Raw56" 56, "Raw57" 57, "Raw58" 58, "Raw59" 59, "Raw60" 60, "Raw61" 61, "Raw62" 62, "Raw63" 63,
        "Raw64" 64, "Raw65" 65, "Raw66" 66, "Raw67" 67, "Raw68" 68, "Raw69" 69, "Raw70" 70, "Raw71" 71,
        "Raw72" 72, "Raw73" 73, "Raw74" 74, "Raw75" 75, "Raw76" 76, "Raw77" 77, "Raw78" 78, "Raw79" 79,
        "Raw80" 80, "Raw81" 81, "Raw82" 82, "Raw83" 83, "Raw84" 84, "Raw85" 85, "Raw86" 86, "Raw87" 87,
        "Raw88" 88, "Raw89" 89, "Raw90" 90, "Raw91" 91, "Raw92" 92, "Raw93" 93, "Raw94" 94, "Raw95" 95,
        "Raw96" 96, "Raw97" 97, "Raw98" 98, "Raw99" 99, "Raw100" 100, "Raw101" 101, "Raw102" 102, "Raw103" 103,
        "Raw104" 104, "Raw105" 105, "Raw106" 106, "Raw107" 107, "Raw108" 108, "Raw109" 109, "Raw110" 110, "Raw111" 111,
        "Raw112" 112, "Raw113" 113, "Raw114" 114, "Raw115" 115, "Raw116" 116, "Raw117" 117, "Raw118" 118, "Raw119" 119,
        "Raw120" 120, "Raw121" 121, "Raw122" 122, "Raw123" 123, "Raw124" 124, "Raw125" 125, "Raw126" 126, "Raw127" 127,
        "Raw128" 128,
        );
        let hash = || Fields::unnamed().field(|field| field.ty::<[u8; 32]>());
        let variants = variants
            .variant("BlakeTwo256", |variant| variant.index(130).fields(hash()))
            .variant("Sha256", |variant| variant.index(131).fields(hash()))
            .variant("Keccak256", |variant| variant.index(132).fields(hash()))
            .variant("ShaThree256", |variant| variant.index(133).fields(hash()))
            .variant("TimelockEncrypted", |variant| {
                variant.index(134).fields(
                    Fields::named()
                        .field(|field| field.name("encrypted").ty::<BoundedVec<u8, ConstU32<1024>>>())
                        .field(|field| field.name("reveal_round").ty::<u64>()),
                )
            })
            .variant("ResetBondsFlag", |variant| variant.index(135))
            .variant("BigRaw", |variant| {
                variant
                    .index(136)
                    .fields(Fields::unnamed().field(|field| field.ty::<BoundedVec<u8, ConstU32<512>>>()))
            });
        Type::builder().path(Path::new("Data", "pallet_commitments::types")).variant(variants)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_tells_the_kind() {
        let raw = Data::Raw(BoundedVec::truncate_from(b"ab".to_vec()));
        assert_eq!(raw.encode(), [3, b'a', b'b']);
        let all = [
            Data::None,
            raw,
            Data::Raw(BoundedVec::truncate_from([7; 128].to_vec())),
            Data::ShaThree256([1; 32]),
            Data::TimelockEncrypted { encrypted: BoundedVec::truncate_from([9].to_vec()), reveal_round: 5 },
            Data::ResetBondsFlag,
            Data::BigRaw(BoundedVec::truncate_from([1, 2].to_vec())),
        ];
        for data in all {
            assert_eq!(Data::decode(&mut &data.encode()[..]), Ok(data));
        }
        assert!(Data::decode(&mut &[137][..]).is_err());
        assert!(Data::decode(&mut &[2][..]).is_err());
    }
}
