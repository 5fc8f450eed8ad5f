//! One epoch of Yuma consensus (section 07), from the storage it reads to the storage it writes.

use super::case::{self, CaseError};
use assay_economics::consensus::activity::activity_cutoff;
use assay_economics::consensus::epoch::{EpochInput, EpochOutput, Hyperparameters, LiquidAlpha, epoch};
use assay_economics::consensus::stake_weight::{Proportion, inherited_stake, stake_weight};
use assay_economics::number::I64F64;
use assay_economics::weights::{Commit, first_pending_block};
use serde_json::{Map, Value, json};

/// Chain defaults for parameters recorded as `null`: `TaoWeight` and `ActivityCutoffFactorMilli`.
const DEFAULT_TAO_WEIGHT: u64 = 971_718_665_099_567_868;
const DEFAULT_ACTIVITY_CUTOFF_FACTOR: u32 = 13_889;

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let input = case::object(case, "in")?;
    let derived = Derived::of(input)?;
    let outputs = epoch(&epoch_input(input, &derived)?);
    Ok(Map::from_iter([("derived_in".to_owned(), derived.to_json()), ("out".to_owned(), out(&outputs))]))
}

/// What the chain derives from storage before the epoch.
struct Derived {
    activity_cutoff: u64,
    alpha_inherited: Vec<u64>,
    tao_inherited: Vec<u64>,
    stake_weights: Vec<I64F64>,
    tao_weight: u64,
    owner_uid: Option<u16>,
}

impl Derived {
    fn of(input: &Map<String, Value>) -> Result<Self, CaseError> {
        let factor = case::optional_integer(input, "activity_cutoff_factor_milli")?;
        let tao_weight = case::optional_integer(input, "tao_weight")?.unwrap_or(DEFAULT_TAO_WEIGHT);
        let families = families(input)?;
        let alpha_inherited = inherited(&case::integers(input, "alpha_stake")?, &families);
        let tao_inherited = inherited(&case::integers(input, "root_stake")?, &families);
        let inherited = alpha_inherited.iter().zip(&tao_inherited);
        Ok(Self {
            activity_cutoff: activity_cutoff(
                factor.unwrap_or(DEFAULT_ACTIVITY_CUTOFF_FACTOR),
                case::integer(input, "tempo")?,
            ),
            stake_weights: inherited.map(|(&alpha, &tao)| stake_weight(alpha, tao, tao_weight)).collect(),
            alpha_inherited,
            tao_inherited,
            tao_weight,
            owner_uid: case::optional_integer(input, "owner_uid")?,
        })
    }

    fn to_json(&self) -> Value {
        let bits =
            |values: &[I64F64]| values.iter().map(|value| case::number(value.to_bits())).collect::<Value>();
        let whole = |values: &[u64]| {
            values.iter().map(|&value| I64F64::saturating_from_num(value)).collect::<Vec<_>>()
        };
        json!({
            "activity_cutoff_blocks": case::number(self.activity_cutoff),
            "alpha_inherited_i64f64_bits": bits(&whole(&self.alpha_inherited)),
            "tao_inherited_i64f64_bits": bits(&whole(&self.tao_inherited)),
            "stake_weight_i64f64_bits": bits(&self.stake_weights),
            "tao_weight_u64": case::number(self.tao_weight),
            "owner_uid": self.owner_uid.map(case::number),
        })
    }
}

/// One parent's `ChildKeys`: its uid, and each child's proportion and uid.
struct ParentWithChildren {
    parent: usize,
    children: Vec<(Proportion, usize)>,
}

fn families(input: &Map<String, Value>) -> Result<Vec<ParentWithChildren>, CaseError> {
    entries(input, "children")?
        .map(|entry| {
            let entry = entry?;
            let children = case::list(entry, "children")?.iter().map(|pair| parse_pair(pair, "children"));
            let parent = case::integer(entry, "parent_uid")?;
            Ok(ParentWithChildren { parent, children: children.collect::<Result<_, _>>()? })
        })
        .collect()
}

/// Stake of each uid after what children take and parents give.
fn inherited(stakes: &[u64], families: &[ParentWithChildren]) -> Vec<u64> {
    let stake_of = |uid: usize| stakes.get(uid).copied().unwrap_or(0);
    let of_one = |(uid, own): (usize, &u64)| {
        let own_children = families.iter().filter(|family| family.parent == uid);
        let children: Vec<Proportion> =
            own_children.flat_map(|family| &family.children).map(|(proportion, _)| *proportion).collect();
        let mut parents = Vec::new();
        for family in families {
            let shares = family.children.iter().filter(|(_, child)| *child == uid);
            parents.extend(shares.map(|(proportion, _)| (*proportion, stake_of(family.parent))));
        }
        inherited_stake(*own, &children, &parents)
    };
    stakes.iter().enumerate().map(of_one).collect()
}

fn epoch_input(input: &Map<String, Value>, derived: &Derived) -> Result<EpochInput, CaseError> {
    Ok(EpochInput {
        block: case::integer(input, "block")?,
        tempo: case::integer(input, "tempo")?,
        n: case::integer(input, "n")?,
        emission: case::integer(input, "rao_emission")?,
        owner_uid: derived.owner_uid,
        stake_weights: derived.stake_weights.clone(),
        permits: booleans(input, "permits")?,
        weights: rows(input, "weights")?,
        bonds: rows(input, "bonds")?,
        last_update: case::integers(input, "last_update")?,
        block_at_registration: case::integers(input, "block_at_registration")?,
        earliest_commit: earliest_commits(input)?,
        last_mechanism_step_block: case::integer(input, "last_mechanism_step_block")?,
        hyperparameters: hyperparameters(input, derived.activity_cutoff)?,
    })
}

fn hyperparameters(input: &Map<String, Value>, activity_cutoff: u64) -> Result<Hyperparameters, CaseError> {
    let liquid_alpha = LiquidAlpha {
        alpha_low: case::integer(input, "alpha_low")?,
        alpha_high: case::integer(input, "alpha_high")?,
        sigmoid_steepness: case::integer(input, "alpha_sigmoid_steepness")?,
    };
    Ok(Hyperparameters {
        kappa: case::integer(input, "kappa")?,
        bonds_penalty: case::integer(input, "bonds_penalty")?,
        bonds_moving_average: case::integer(input, "bonds_moving_average")?,
        yuma3: case::boolean(input, "yuma3_on")?,
        liquid_alpha: case::boolean(input, "liquid_alpha_on")?.then_some(liquid_alpha),
        max_allowed_validators: case::integer(input, "max_allowed_validators")?,
        activity_cutoff,
        stake_threshold: case::integer(input, "stake_threshold")?,
    })
}

/// The first commit of each uid that is not expired; none at all where commit-reveal is off.
fn earliest_commits(input: &Map<String, Value>) -> Result<Vec<Option<u64>>, CaseError> {
    if !case::boolean(input, "commit_reveal_enabled")? {
        return Ok(Vec::new());
    }
    let current = case::integer(input, "epoch_index")?;
    let period = case::integer(input, "reveal_period_epochs")?;
    let n: u16 = case::integer(input, "n")?;
    let mut queues = vec![Vec::new(); usize::from(n)];
    for entry in entries(input, "weight_commits")? {
        let entry = entry?;
        let uid: usize = case::integer(entry, "uid")?;
        let commit = Commit {
            epoch: case::integer(entry, "commit_epoch")?,
            block: case::integer(entry, "commit_block")?,
        };
        if let Some(queue) = queues.get_mut(uid) {
            queue.push(commit);
        }
    }
    Ok(queues.iter().map(|queue| first_pending_block(queue, current, period)).collect())
}

fn out(outputs: &[EpochOutput]) -> Value {
    let numbers =
        |of: fn(&EpochOutput) -> u64| outputs.iter().map(|o| case::number(of(o))).collect::<Value>();
    let shares = |of: fn(&EpochOutput) -> u16| outputs.iter().map(|o| case::number(of(o))).collect::<Value>();
    let flags = |of: fn(&EpochOutput) -> bool| outputs.iter().map(of).collect::<Value>();
    let bonds: Value = outputs.iter().map(|output| pairs_value(&output.bonds)).collect();
    let emissions: Value = outputs
        .iter()
        .map(|output| json!([case::number(output.server_emission), case::number(output.validator_emission)]))
        .collect();
    json!({
        "emissions_by_uid": emissions,
        "terms": {
            "active": flags(|o| o.active),
            "bonds": bonds,
            "consensus": shares(|o| o.consensus),
            "dividend": shares(|o| o.dividend),
            "emission": numbers(|o| o.emission),
            "incentive": shares(|o| o.incentive),
            "new_validator_permit": flags(|o| o.new_validator_permit),
            "server_emission": numbers(|o| o.server_emission),
            "stake": numbers(|o| o.stake),
            "stake_weight": shares(|o| o.stake_weight),
            "validator_emission": numbers(|o| o.validator_emission),
            "validator_trust": shares(|o| o.validator_trust),
        },
        "storage_after": {
            "Active": flags(|o| o.active),
            "Bonds": bonds,
            "Consensus": shares(|o| o.consensus),
            "Dividends": shares(|o| o.dividend),
            "Emission": numbers(|o| o.emission),
            "Incentive": shares(|o| o.incentive),
            "StakeWeight": shares(|o| o.stake_weight),
            "ValidatorPermit": flags(|o| o.new_validator_permit),
            "ValidatorTrust": shares(|o| o.validator_trust),
        },
    })
}

fn pairs_value(row: &[(u16, u16)]) -> Value {
    row.iter().map(|&(column, value)| json!([case::number(column), case::number(value)])).collect()
}

fn booleans(object: &Map<String, Value>, name: &str) -> Result<Vec<bool>, CaseError> {
    let flag = |value: &Value| {
        value.as_bool().ok_or_else(|| CaseError::new(name, "is not a list of true and false"))
    };
    case::list(object, name)?.iter().map(flag).collect()
}

/// A list of objects.
fn entries<'a>(
    object: &'a Map<String, Value>,
    name: &'a str,
) -> Result<impl Iterator<Item = Result<&'a Map<String, Value>, CaseError>>, CaseError> {
    let entry = move |value: &'a Value| {
        value.as_object().ok_or_else(|| CaseError::new(name, "is not a list of objects"))
    };
    Ok(case::list(object, name)?.iter().map(entry))
}

/// A list of sparse rows.
fn rows(object: &Map<String, Value>, name: &str) -> Result<Vec<Vec<(u16, u16)>>, CaseError> {
    let row = |value: &Value| {
        let pairs = value.as_array().ok_or_else(|| CaseError::new(name, "is not a list of rows"))?;
        pairs.iter().map(|pair| parse_pair(pair, name)).collect()
    };
    case::list(object, name)?.iter().map(row).collect()
}

fn parse_pair<A: std::str::FromStr, B: std::str::FromStr>(
    pair: &Value,
    name: &str,
) -> Result<(A, B), CaseError> {
    match pair.as_array().map(Vec::as_slice) {
        Some([first, second]) => Ok((case::parse(first, name)?, case::parse(second, name)?)),
        _ => Err(CaseError::new(name, "is not a list of pairs")),
    }
}
