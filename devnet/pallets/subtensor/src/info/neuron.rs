//! Neurons (section 11, 2): what mechanism 0 and the subnet know of a uid.

use alloc::vec;
use alloc::vec::Vec;

use assay_primitives::{AlphaBalance, NetUid};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use crate::types::{AxonInfo, PrometheusInfo};
use crate::{
    Active, Axons, Bonds, Config, Consensus, Dividends, Emission, Incentive, Keys, LastUpdate, Owner, Pallet,
    Prometheus, SubnetworkN, TotalHotkeyAlpha, ValidatorPermit, ValidatorTrust, Weights,
};

/// What stands for the pruning score, which is no more.
const NO_PRUNING_SCORE: u16 = u16::MAX;

/// A list of uids with a value each.
type Row = Vec<(Compact<u16>, Compact<u16>)>;

/// A neuron. Parts are of 65,535, amounts in rao of alpha.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("neuron", "neuron_info"))]
pub struct NeuronInfo<AccountId> {
    /// Hotkey.
    pub hotkey: AccountId,
    /// Its owner.
    pub coldkey: AccountId,
    /// Uid.
    pub uid: Compact<u16>,
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Whether it was active at the last epoch.
    pub active: bool,
    /// Endpoint, all zero if there is none.
    pub axon_info: AxonInfo,
    /// Metrics endpoint, all zero if there is none.
    pub prometheus_info: PrometheusInfo,
    /// One entry: the owner, and all stake of the hotkey on the subnet.
    pub stake: Vec<(AccountId, Compact<AlphaBalance>)>,
    /// Unused, 0.
    pub rank: Compact<u16>,
    /// Emission at the last epoch.
    pub emission: Compact<AlphaBalance>,
    /// Incentive.
    pub incentive: Compact<u16>,
    /// Consensus.
    pub consensus: Compact<u16>,
    /// Unused, 0.
    pub trust: Compact<u16>,
    /// Trust as a validator.
    pub validator_trust: Compact<u16>,
    /// Dividends.
    pub dividends: Compact<u16>,
    /// Block of the last weights.
    pub last_update: Compact<u64>,
    /// Whether it may validate.
    pub validator_permit: bool,
    /// Its weights, without zeros.
    pub weights: Vec<(Compact<u16>, Compact<u16>)>,
    /// Its bonds, without zeros.
    pub bonds: Vec<(Compact<u16>, Compact<u16>)>,
    /// Unused, 65,535.
    pub pruning_score: Compact<u16>,
}

/// A neuron without weights and bonds. Parts are of 65,535, amounts in rao of alpha.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("neuron", "neuron_info"))]
pub struct NeuronInfoLite<AccountId> {
    /// Hotkey.
    pub hotkey: AccountId,
    /// Its owner.
    pub coldkey: AccountId,
    /// Uid.
    pub uid: Compact<u16>,
    /// Subnet.
    pub netuid: Compact<NetUid>,
    /// Whether it was active at the last epoch.
    pub active: bool,
    /// Endpoint, all zero if there is none.
    pub axon_info: AxonInfo,
    /// Metrics endpoint, all zero if there is none.
    pub prometheus_info: PrometheusInfo,
    /// One entry: the owner, and all stake of the hotkey on the subnet.
    pub stake: Vec<(AccountId, Compact<AlphaBalance>)>,
    /// Unused, 0.
    pub rank: Compact<u16>,
    /// Emission at the last epoch.
    pub emission: Compact<AlphaBalance>,
    /// Incentive.
    pub incentive: Compact<u16>,
    /// Consensus.
    pub consensus: Compact<u16>,
    /// Unused, 0.
    pub trust: Compact<u16>,
    /// Trust as a validator.
    pub validator_trust: Compact<u16>,
    /// Dividends.
    pub dividends: Compact<u16>,
    /// Block of the last weights.
    pub last_update: Compact<u64>,
    /// Whether it may validate.
    pub validator_permit: bool,
    /// Unused, 65,535.
    pub pruning_score: Compact<u16>,
}

/// The terms of all uids of a subnet, read once.
struct Terms {
    active: Vec<bool>,
    emission: Vec<AlphaBalance>,
    incentive: Vec<u16>,
    consensus: Vec<u16>,
    validator_trust: Vec<u16>,
    dividends: Vec<u16>,
    last_update: Vec<u64>,
    validator_permit: Vec<bool>,
}

impl Terms {
    fn of<T: Config>(netuid: NetUid) -> Self {
        Self {
            active: Active::<T>::get(netuid),
            emission: Emission::<T>::get(netuid),
            incentive: Incentive::<T>::get(netuid),
            consensus: Consensus::<T>::get(netuid),
            validator_trust: ValidatorTrust::<T>::get(netuid),
            dividends: Dividends::<T>::get(netuid),
            last_update: LastUpdate::<T>::get(netuid),
            validator_permit: ValidatorPermit::<T>::get(netuid),
        }
    }
}

impl<T: Config> Pallet<T> {
    /// All neurons of a subnet by uid; none if it does not exist (section 11, 2).
    pub fn neurons(netuid: NetUid) -> Vec<NeuronInfo<T::AccountId>> {
        let neurons = Self::neurons_lite(netuid).into_iter();
        neurons.map(|neuron| Self::with_weights_and_bonds(netuid, neuron)).collect()
    }

    /// The neuron with a uid (section 11, 2).
    pub fn neuron(netuid: NetUid, uid: u16) -> Option<NeuronInfo<T::AccountId>> {
        Self::neuron_lite(netuid, uid).map(|neuron| Self::with_weights_and_bonds(netuid, neuron))
    }

    /// All neurons of a subnet by uid, without weights and bonds (section 11, 2).
    pub fn neurons_lite(netuid: NetUid) -> Vec<NeuronInfoLite<T::AccountId>> {
        if !Self::subnet_exists(netuid) {
            return Vec::new();
        }
        let terms = Terms::of::<T>(netuid);
        let uids = 0..SubnetworkN::<T>::get(netuid);
        uids.filter_map(|uid| Self::neuron_with(netuid, uid, &terms)).collect()
    }

    /// The neuron with a uid, without weights and bonds (section 11, 2).
    pub fn neuron_lite(netuid: NetUid, uid: u16) -> Option<NeuronInfoLite<T::AccountId>> {
        Self::subnet_exists(netuid).then(|| Self::neuron_with(netuid, uid, &Terms::of::<T>(netuid))).flatten()
    }

    fn neuron_with(netuid: NetUid, uid: u16, terms: &Terms) -> Option<NeuronInfoLite<T::AccountId>> {
        let hotkey = Keys::<T>::try_get(netuid, uid).ok()?;
        let coldkey = Owner::<T>::get(&hotkey);
        Some(NeuronInfoLite {
            uid: Compact(uid),
            netuid: Compact(netuid),
            active: at(&terms.active, uid),
            axon_info: Axons::<T>::get(netuid, &hotkey).unwrap_or_default(),
            prometheus_info: Prometheus::<T>::get(netuid, &hotkey).unwrap_or_default(),
            stake: vec![(coldkey.clone(), Compact(TotalHotkeyAlpha::<T>::get(&hotkey, netuid)))],
            rank: Compact(0),
            emission: Compact(at(&terms.emission, uid)),
            incentive: Compact(at(&terms.incentive, uid)),
            consensus: Compact(at(&terms.consensus, uid)),
            trust: Compact(0),
            validator_trust: Compact(at(&terms.validator_trust, uid)),
            dividends: Compact(at(&terms.dividends, uid)),
            last_update: Compact(at(&terms.last_update, uid)),
            validator_permit: at(&terms.validator_permit, uid),
            pruning_score: Compact(NO_PRUNING_SCORE),
            hotkey,
            coldkey,
        })
    }

    fn with_weights_and_bonds(
        netuid: NetUid,
        lite: NeuronInfoLite<T::AccountId>,
    ) -> NeuronInfo<T::AccountId> {
        let uid = lite.uid.0;
        NeuronInfo {
            hotkey: lite.hotkey,
            coldkey: lite.coldkey,
            uid: lite.uid,
            netuid: lite.netuid,
            active: lite.active,
            axon_info: lite.axon_info,
            prometheus_info: lite.prometheus_info,
            stake: lite.stake,
            rank: lite.rank,
            emission: lite.emission,
            incentive: lite.incentive,
            consensus: lite.consensus,
            trust: lite.trust,
            validator_trust: lite.validator_trust,
            dividends: lite.dividends,
            last_update: lite.last_update,
            validator_permit: lite.validator_permit,
            weights: without_zeros(Weights::<T>::get(netuid, uid)),
            bonds: without_zeros(Bonds::<T>::get(netuid, uid)),
            pruning_score: lite.pruning_score,
        }
    }
}

/// The term of a uid; lists may be shorter than there are uids.
fn at<Value: Copy + Default>(list: &[Value], uid: u16) -> Value {
    list.get(usize::from(uid)).copied().unwrap_or_default()
}

fn without_zeros(row: Vec<(u16, u16)>) -> Row {
    let entries = row.into_iter().filter(|(_, value)| *value != 0);
    entries.map(|(uid, value)| (Compact(uid), Compact(value))).collect()
}
