//! Cases of the coinbase before anything is injected: which subnets emit, their shares and their terms.

use crate::reference::case::{self, CaseError, fixed_value};
use assay_economics::emission::curve;
use assay_economics::emission::moving_price::moving;
use assay_economics::emission::root_proportion::{DEFAULT_TAO_WEIGHT, root_proportion, tao_weight};
use assay_economics::emission::shares::{self, Candidate, ShareRule};
use assay_economics::emission::terms::Terms;
use assay_economics::number::{I96F32, U64F64, U96F32};
use assay_economics::pool::{Reserves, Weights, price};
use assay_economics::registration::subnet::median_price;
use fixed::traits::Fixed;
use serde_json::{Map, Value, json};

/// A subnet as a case describes it.
pub(super) struct Subnet {
    netuid: u16,
    mechanism: u16,
    reserves: Reserves,
    weights: Weights,
    alpha_out: u64,
    emission_enabled: bool,
    registration_allowed: bool,
    subtoken_enabled: bool,
    miner_burned: U96F32,
    /// `FirstEmissionBlockNumber`.
    pub(super) first_emission_block: Option<u64>,
    /// `SubnetMovingPrice`.
    pub(super) moving_price: I96F32,
}

impl Subnet {
    pub(super) fn read(value: &Value) -> Result<Self, CaseError> {
        let subnet = value.as_object().ok_or_else(|| CaseError::new("subnet", "is not an object"))?;
        Ok(Self {
            netuid: case::integer(subnet, "netuid")?,
            mechanism: case::integer(subnet, "mechanism")?,
            reserves: Reserves {
                tao: case::integer(subnet, "tao")?,
                alpha: case::integer(subnet, "alpha_in")?,
            },
            weights: case::optional_integer(subnet, "quote_weight")?
                .map_or(Weights::EQUAL, |quote| Weights { quote }),
            alpha_out: case::integer(subnet, "alpha_out")?,
            emission_enabled: case::boolean(subnet, "emission_enabled")?,
            registration_allowed: case::boolean(subnet, "registration_allowed")?,
            subtoken_enabled: case::boolean(subnet, "subtoken_enabled")?,
            miner_burned: case::fixed_point(subnet, "miner_burned")?,
            first_emission_block: case::optional_integer(subnet, "first_emission_block")?,
            moving_price: case::fixed_point(subnet, "moving_price")?,
        })
    }

    /// Whether the moving price is one by definition.
    pub(super) fn is_stable(&self) -> bool {
        self.netuid == 0 || self.mechanism == 0
    }

    /// Current price, TAO per alpha (section 04, 1).
    pub(super) fn price(&self) -> U64F64 {
        if self.mechanism == 1 { price(self.reserves, self.weights) } else { U64F64::from_num(1) }
    }

    fn moving(&self) -> U64F64 {
        moving(self.is_stable(), self.moving_price)
    }

    fn is_eligible(&self) -> bool {
        self.netuid != 0
            && self.first_emission_block.is_some()
            && self.subtoken_enabled
            && self.registration_allowed
    }

    fn alpha_issuance(&self) -> u64 {
        self.reserves.alpha.saturating_add(self.alpha_out)
    }
}

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let block_emission: u64 = case::integer(case, "block_emission")?;
    let root_tao: u64 = case::integer(case, "root_tao")?;
    let tao_weight = tao_weight(case::optional_integer(case, "tao_weight")?.unwrap_or(DEFAULT_TAO_WEIGHT));
    let subnets: Vec<Subnet> =
        case::list(case, "subnets")?.iter().map(Subnet::read).collect::<Result<_, _>>()?;

    let eligible: Vec<&Subnet> = subnets.iter().filter(|subnet| subnet.is_eligible()).collect();
    let root_part = |subnet: &Subnet| root_proportion(root_tao, tao_weight, subnet.alpha_issuance());
    let emissions = emissions(&eligible, block_emission, root_part);
    let terms: Vec<Terms> = eligible
        .iter()
        .zip(&emissions)
        .map(|(subnet, &emission)| {
            let alpha_emission = curve::block_emission(subnet.alpha_issuance()).unwrap_or(0);
            Terms::new(emission, alpha_emission, subnet.price(), root_part(subnet))
        })
        .collect();

    let moving: Vec<U64F64> = eligible.iter().map(|subnet| subnet.moving()).collect();
    let prices: Vec<U64F64> = subnets.iter().map(Subnet::price).collect();
    let by_eligible = |value: fn(&Terms) -> U96F32| by_netuid(&eligible, terms.iter().map(value));
    let out = json!({
        "subnets_to_emit_to": eligible.iter().map(|subnet| subnet.netuid.to_string()).collect::<Vec<_>>(),
        "emission": by_netuid(&eligible, emissions.iter().copied()),
        "tao_in": by_eligible(|terms| terms.tao_in),
        "alpha_in": by_eligible(|terms| terms.alpha_in),
        "alpha_out": by_eligible(|terms| terms.alpha_out),
        "excess_tao": by_eligible(|terms| terms.excess_tao),
        "root_sell_flag": shares::root_sell_flag(&moving),
        "tao_weight": fixed_value(tao_weight),
        "price": by_netuid(&subnets, prices.iter().copied()),
        "root_proportion": by_netuid(&subnets, subnets.iter().map(root_part)),
        "median_price": fixed_value(median_price(&prices)),
    });
    Ok(Map::from_iter([("out".to_owned(), out)]))
}

fn emissions(
    eligible: &[&Subnet],
    block_emission: u64,
    root_proportion: impl Fn(&Subnet) -> U96F32,
) -> Vec<U96F32> {
    let candidates: Vec<Candidate> = eligible
        .iter()
        .map(|subnet| Candidate {
            moving: subnet.moving(),
            miner_burned: subnet.miner_burned,
            root_proportion: root_proportion(subnet),
            emission_enabled: subnet.emission_enabled,
        })
        .collect();
    shares::emissions(block_emission, &shares::shares(ShareRule::V425, &candidates))
}

/// An object from netuid to a number, as the vectors write it.
fn by_netuid<S: std::borrow::Borrow<Subnet>, F: Fixed>(
    subnets: &[S],
    values: impl IntoIterator<Item = F>,
) -> Map<String, Value>
where
    F::Bits: ToString,
{
    let netuids = subnets.iter().map(|subnet| subnet.borrow().netuid.to_string());
    netuids.zip(values.into_iter().map(fixed_value)).collect()
}
