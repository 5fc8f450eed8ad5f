//! A subnet described in YAML, as the epoch reads it.

use super::numbers::{BILLION, alpha, bonds, fraction, tao, weights};
use crate::nearest::suggestion;
use assay_economics::consensus::activity::activity_cutoff;
use assay_economics::consensus::epoch::{EpochInput, Hyperparameters, LiquidAlpha};
use assay_economics::consensus::stake_weight::stake_weight;
use assay_economics::weights::max_upscaled;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::str::FromStr;
use thiserror::Error;

/// The block the epoch runs in. Every other block of the description counts back from it, so its number is free.
const BLOCK: u64 = 1_000_000;
/// The most neurons a subnet of the chain can hold.
const MAX_NEURONS: usize = 256;

/// A description that is YAML of the right shape and yet no subnet.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SubnetError {
    /// There is nobody.
    #[error("`neurons` is empty: describe at least one neuron")]
    NoNeurons,
    /// More than the chain allows.
    #[error("{0} neurons are too many: a subnet holds at most {MAX_NEURONS}")]
    TooManyNeurons(usize),
    /// Two neurons of one name.
    #[error("two neurons are called `{0}`: names must differ")]
    DuplicateName(String),
    /// A name that no neuron has.
    #[error("{place}: there is no neuron `{name}`{meant}")]
    UnknownNeuron {
        /// Where the name stands.
        place: String,
        /// The name.
        name: String,
        /// What may have been meant.
        meant: String,
    },
}

/// A subnet before an epoch.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// What the epoch shares out, in rao of alpha.
    #[serde(deserialize_with = "alpha")]
    pub emission: u64,
    /// The neuron whose hotkey is the owner's.
    owner: Option<String>,
    #[serde(default)]
    hyperparameters: Parameters,
    /// The neurons, in the order of their uids.
    pub neurons: Vec<Neuron>,
}

/// One neuron of the subnet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neuron {
    /// What the description calls it.
    pub name: String,
    #[serde(default, deserialize_with = "alpha")]
    stake: u64,
    #[serde(default, deserialize_with = "tao")]
    root_stake: u64,
    /// Whether it holds a validator permit from the epoch before.
    #[serde(default = "yes")]
    pub permit: bool,
    #[serde(default, deserialize_with = "weights")]
    weights: Vec<(String, u64)>,
    #[serde(default, deserialize_with = "bonds")]
    bonds: Vec<(String, u16)>,
    #[serde(default)]
    updated_ago: u64,
    #[serde(default = "registered_long_ago")]
    registered_ago: u64,
}

fn yes() -> bool {
    true
}

fn registered_long_ago() -> u64 {
    100_000
}

/// The hyperparameters of a description; those left out are the chain's for a registered subnet.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Parameters {
    tempo: u16,
    kappa: u16,
    bonds_penalty: u16,
    bonds_moving_average: u64,
    yuma3: bool,
    liquid_alpha: bool,
    alpha_low: u16,
    alpha_high: u16,
    alpha_sigmoid_steepness: i16,
    max_allowed_validators: u16,
    activity_cutoff_factor_milli: u32,
    #[serde(deserialize_with = "alpha")]
    stake_threshold: u64,
    /// In billionths.
    #[serde(deserialize_with = "fraction")]
    tao_weight: u64,
}

impl Default for Parameters {
    fn default() -> Self {
        let chain = Hyperparameters::default();
        let LiquidAlpha { alpha_low, alpha_high, sigmoid_steepness } = LiquidAlpha::default();
        Self {
            tempo: 360,
            kappa: chain.kappa,
            bonds_penalty: chain.bonds_penalty,
            bonds_moving_average: chain.bonds_moving_average,
            yuma3: chain.yuma3,
            liquid_alpha: chain.liquid_alpha.is_some(),
            alpha_low,
            alpha_high,
            alpha_sigmoid_steepness: sigmoid_steepness,
            max_allowed_validators: chain.max_allowed_validators,
            activity_cutoff_factor_milli: 13_889,
            stake_threshold: chain.stake_threshold,
            tao_weight: 180_000_000,
        }
    }
}

impl FromStr for Subnet {
    type Err = serde_yaml::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_yaml::from_str(text)
    }
}

impl Subnet {
    /// The subnet as the epoch reads it; uids are positions in `neurons`.
    ///
    /// # Errors
    /// Names that are unknown or not unique, no neurons or too many; see [`SubnetError`].
    pub fn epoch_input(&self) -> Result<EpochInput, SubnetError> {
        self.check_names()?;
        let parameters = &self.hyperparameters;
        let owner_uid =
            self.owner.as_deref().map(|name| self.uid(name, || "owner".to_owned())).transpose()?;
        let count = self.neurons.len();
        Ok(EpochInput {
            block: BLOCK,
            tempo: parameters.tempo,
            n: u16::try_from(count).map_err(|_| SubnetError::TooManyNeurons(count))?,
            emission: self.emission,
            owner_uid,
            stake_weights: self
                .neurons
                .iter()
                .map(|neuron| stake_weight(neuron.stake, neuron.root_stake, parameters.tao_weight_parts()))
                .collect(),
            permits: self.neurons.iter().map(|neuron| neuron.permit).collect(),
            weights: self.neurons.iter().map(|neuron| self.weight_row(neuron)).collect::<Result<_, _>>()?,
            bonds: self.neurons.iter().map(|neuron| self.bond_row(neuron)).collect::<Result<_, _>>()?,
            last_update: self.neurons.iter().map(|neuron| BLOCK.saturating_sub(neuron.updated_ago)).collect(),
            block_at_registration: self
                .neurons
                .iter()
                .map(|neuron| BLOCK.saturating_sub(neuron.registered_ago))
                .collect(),
            earliest_commit: Vec::new(),
            last_mechanism_step_block: BLOCK - u64::from(parameters.tempo),
            hyperparameters: parameters.for_epoch(),
        })
    }

    fn check_names(&self) -> Result<(), SubnetError> {
        match self.neurons.len() {
            0 => return Err(SubnetError::NoNeurons),
            count if count > MAX_NEURONS => return Err(SubnetError::TooManyNeurons(count)),
            _ => {}
        }
        let mut seen = BTreeSet::new();
        match self.neurons.iter().find(|neuron| !seen.insert(&neuron.name)) {
            Some(again) => Err(SubnetError::DuplicateName(again.name.clone())),
            None => Ok(()),
        }
    }

    fn uid(&self, name: &str, place: impl Fn() -> String) -> Result<u16, SubnetError> {
        let found = (0..).zip(&self.neurons).find(|(_, neuron)| neuron.name == name);
        found.map(|(uid, _)| uid).ok_or_else(|| SubnetError::UnknownNeuron {
            place: place(),
            name: name.to_owned(),
            meant: suggestion(name, &self.names()),
        })
    }

    fn names(&self) -> Vec<&str> {
        self.neurons.iter().map(|neuron| neuron.name.as_str()).collect()
    }

    /// The weights as the chain stores them: what a client would pass to `set_weights`, scaled by the chain's rule.
    fn weight_row(&self, neuron: &Neuron) -> Result<Vec<(u16, u16)>, SubnetError> {
        let place = || format!("weights of `{}`", neuron.name);
        let uids: Vec<u16> =
            neuron.weights.iter().map(|(name, _)| self.uid(name, place)).collect::<Result<_, _>>()?;
        let values: Vec<u64> = neuron.weights.iter().map(|(_, weight)| *weight).collect();
        Ok(uids.into_iter().zip(max_upscaled(&call_values(&values))).collect())
    }

    fn bond_row(&self, neuron: &Neuron) -> Result<Vec<(u16, u16)>, SubnetError> {
        let place = || format!("bonds of `{}`", neuron.name);
        neuron.bonds.iter().map(|(name, bond)| Ok((self.uid(name, place)?, *bond))).collect()
    }
}

impl Parameters {
    /// The TAO weight as the chain stores it, in parts of 2^64 - 1.
    fn tao_weight_parts(&self) -> u64 {
        let parts = u128::from(self.tao_weight) * u128::from(u64::MAX) / u128::from(BILLION);
        u64::try_from(parts).unwrap_or(u64::MAX)
    }

    fn for_epoch(&self) -> Hyperparameters {
        let liquid_alpha = LiquidAlpha {
            alpha_low: self.alpha_low,
            alpha_high: self.alpha_high,
            sigmoid_steepness: self.alpha_sigmoid_steepness,
        };
        Hyperparameters {
            kappa: self.kappa,
            bonds_penalty: self.bonds_penalty,
            bonds_moving_average: self.bonds_moving_average,
            yuma3: self.yuma3,
            liquid_alpha: self.liquid_alpha.then_some(liquid_alpha),
            max_allowed_validators: self.max_allowed_validators,
            activity_cutoff: activity_cutoff(self.activity_cutoff_factor_milli, self.tempo),
            stake_threshold: self.stake_threshold,
        }
    }
}

/// Weights in billionths as values of the call, which are whole and at most 65,535: whole numbers in that range as
/// they are, others in proportion to the largest.
fn call_values(weights: &[u64]) -> Vec<u16> {
    let whole =
        |weight: &u64| u16::try_from(weight / BILLION).ok().filter(|_| weight.is_multiple_of(BILLION));
    if let Some(values) = weights.iter().map(whole).collect() {
        return values;
    }
    let largest = u128::from(weights.iter().copied().max().unwrap_or(0).max(1));
    let scaled = |weight: &u64| (u128::from(*weight) * u128::from(u16::MAX) * 2 + largest) / (largest * 2);
    weights.iter().map(|weight| u16::try_from(scaled(weight)).unwrap_or(u16::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subnet(text: &str) -> Subnet {
        text.parse().unwrap()
    }

    fn problem(text: &str) -> String {
        text.parse::<Subnet>().unwrap_err().to_string()
    }

    #[test]
    fn what_is_left_out_has_the_defaults_of_a_registered_subnet() {
        let input =
            subnet("{emission: 1, neurons: [{name: a, stake: 2, root_stake: 1}]}").epoch_input().unwrap();
        assert_eq!(input.hyperparameters, Hyperparameters::default());
        assert_eq!(Parameters::default().tao_weight_parts(), 3_320_413_933_267_719_290);
        assert_eq!(
            input.stake_weights[0],
            stake_weight(2_000_000_000, 1_000_000_000, 3_320_413_933_267_719_290)
        );
        assert!(input.permits[0]);
    }

    #[test]
    fn amounts_are_exact_as_numbers_and_as_text() {
        let text = "{emission: 20999999.123456789, neurons: [{name: a, stake: '1,000.5 alpha'}]}";
        let subnet = subnet(text);
        assert_eq!(subnet.emission, 20_999_999_123_456_789);
        assert_eq!(subnet.neurons[0].stake, 1_000_500_000_000);
    }

    #[test]
    fn weights_keep_their_order_and_are_scaled_to_the_largest() {
        let row = |weights: &str| {
            let neurons = format!("[{{name: a, weights: {{{weights}}}}}, {{name: b}}, {{name: c}}]");
            let input = subnet(&format!("{{emission: 1, neurons: {neurons}}}")).epoch_input().unwrap();
            input.weights[0].clone()
        };
        assert_eq!(row("c: 0.75, b: 0.25"), [(2, 65_535), (1, 21_845)]);
        assert_eq!(row("b: 1, c: 3"), [(1, 21_845), (2, 65_535)]);
        assert_eq!(row("b: 100000, c: 50000"), [(1, 65_535), (2, 32_768)]);
        assert_eq!(row("b: 0"), [(1, 0)]);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let text = "{emission: 1, neurons: [{name: miner_a, weights: {miner_c: 1}}, {name: validator}]}";
        let error = subnet(text).epoch_input().unwrap_err().to_string();
        assert_eq!(error, "weights of `miner_a`: there is no neuron `miner_c`; did you mean `miner_a`?");
        let error =
            subnet("{emission: 1, owner: b, neurons: [{name: a}]}").epoch_input().unwrap_err().to_string();
        assert_eq!(error, "owner: there is no neuron `b`; there is a");
    }

    #[test]
    fn names_must_differ_and_there_must_be_some() {
        assert_eq!(subnet("{emission: 1, neurons: []}").epoch_input(), Err(SubnetError::NoNeurons));
        let twice = subnet("{emission: 1, neurons: [{name: a}, {name: a}]}").epoch_input();
        assert_eq!(twice, Err(SubnetError::DuplicateName("a".into())));
    }

    #[test]
    fn mistakes_in_the_text_are_named_with_their_line() {
        let unknown = problem("emission: 1\nneurons:\n- name: a\n  stakes: 2\n");
        assert!(unknown.contains("unknown field `stakes`") && unknown.contains("line 4"), "{unknown}");
        let number = problem("emission: 1\nneurons:\n- name: a\n  stake: -2\n");
        assert!(number.contains("stake: `-`") && number.contains("line 4"), "{number}");
        let bond = problem("emission: 1\nneurons:\n- name: a\n  bonds: {a: 70000}\n");
        assert!(bond.contains("bonds.a: `70000`") && bond.contains("line 4"), "{bond}");
        let twice = problem("emission: 1\nneurons:\n- name: a\n  weights: {b: 1, b: 2}\n");
        assert!(twice.contains("`b` appears twice"), "{twice}");
        let weight = problem("emission: 1\nhyperparameters: {tao_weight: 1.1}\nneurons: []\n");
        assert!(weight.contains("`1.1` is more than 1"), "{weight}");
    }
}
