//! The weight of root TAO against a subnet's alpha (section 06, 2 and 3.3).

use crate::number::{U96F32, proportion_u64, safe_div};

/// `TaoWeight` where none is stored, in parts of 2^64 - 1.
pub const DEFAULT_TAO_WEIGHT: u64 = 971_718_665_099_567_868;

/// How much of an alpha one rao of root stake weighs (section 06, 2), truncated; `stored` is `TaoWeight` in parts of
/// 2^64 - 1.
pub fn tao_weight(stored: u64) -> U96F32 {
    proportion_u64(stored)
}

/// The root's part in a subnet, T / (T + alpha issuance) with T the weighted root TAO (section 06, 3.3), truncated.
///
/// `root_tao` is `SubnetTAO[0]` and `alpha_issuance` the subnet's `SubnetAlphaIn + SubnetAlphaOut`, both in rao. Zero
/// where there is neither.
pub fn root_proportion(root_tao: u64, tao_weight: U96F32, alpha_issuance: u64) -> U96F32 {
    let weighted_tao = U96F32::from_num(root_tao).saturating_mul(tao_weight);
    safe_div(weighted_tao, weighted_tao.saturating_add(U96F32::from_num(alpha_issuance)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_weight_has_the_published_raw_value() {
        assert_eq!(tao_weight(DEFAULT_TAO_WEIGHT).to_bits(), 226_245_882);
    }

    #[test]
    fn weighs_root_tao_against_alpha() {
        let half = U96F32::from_num(0.5);
        assert_eq!(root_proportion(200, half, 300), U96F32::from_num(0.25));
        assert_eq!(root_proportion(0, half, 300), U96F32::ZERO);
        assert_eq!(root_proportion(2, half, 0), U96F32::from_num(1));
        assert_eq!(root_proportion(0, half, 0), U96F32::ZERO);
    }
}
