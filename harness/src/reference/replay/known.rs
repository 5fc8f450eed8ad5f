//! Where the stock pallets of this SDK are known to differ from those that the reference was built on.
//!
//! The reference was built on an older release of the Polkadot SDK. What is listed here is left out of the comparison,
//! each line for its reason; nothing of the economic pallets may ever be.

/// Events of stock pallets that the reference's release does not have.
pub const NEW_EVENTS: [(&str, &str, &str); 2] = [
    ("Balances", "MintedCredit", "Balances 42 reports the creation of an imbalance with `Issued` alone"),
    ("Balances", "BurnedDebt", "Balances 42 reports the end of a debt with `Rescinded` alone"),
];

/// Events that certain calls of stock pallets emit since: call, pallet and event.
pub const NEW_EVENTS_OF_CALLS: [(&str, &str, &str, &str); 1] = [(
    "remove_proxies",
    "Proxy",
    "ProxyRemoved",
    "older releases report the removal of one proxy, not of all",
)];

/// Fields that events of stock pallets have got since.
pub const NEW_FIELDS: [(&str, &str, &str, &str); 2] = [
    ("Proxy", "PureCreated", "at", "newer releases tell the block in which the account was made"),
    ("Proxy", "PureCreated", "extrinsic_index", "newer releases tell the extrinsic that made the account"),
];

/// Errors of pallets that this chain does not have, by the numbers of pallet and error.
pub const ABSENT_ERRORS: [(u8, u8, &str, &str, &str); 1] = [(
    27,
    8,
    "Crowdloan",
    "InvalidCrowdloanId",
    "a lease needs a crowdloan; without that pallet there is none, and the call says so with the reference's numbers",
)];

/// Calls of stock pallets whose weights were measured anew since: pallet, call (`None`: all) and what is weighed.
pub const OTHER_WEIGHTS: [(&str, Option<&str>, &str); 3] = [
    ("Balances", Some("burn"), "the benchmark of this SDK release"),
    ("Proxy", None, "the reference has a proxy pallet of its own with weights of its own"),
    ("Utility", None, "the benchmark of this SDK release, beside the weights of the calls inside"),
];

/// The parts of a weight that follow from a measurement.
pub const MEASURED: [&str; 3] = ["ref_time", "proof_size", "inclusion_fee_without_length"];

/// Whether a call of a stock pallet was measured anew.
pub fn was_measured_anew(pallet: &str, call: &str) -> bool {
    OTHER_WEIGHTS.iter().any(|(known, one, _)| *known == pallet && one.is_none_or(|one| one == call))
}

/// Whether an event is one that the reference cannot have. `does` tells whether what emitted it has a call of this name.
pub fn is_new_event(pallet: &str, event: &str, does: impl Fn(&str) -> bool) -> bool {
    let always = NEW_EVENTS.iter().any(|(known_pallet, known, _)| (*known_pallet, *known) == (pallet, event));
    always
        || NEW_EVENTS_OF_CALLS
            .iter()
            .any(|(call, known_pallet, known, _)| (*known_pallet, *known) == (pallet, event) && does(call))
}

/// The fields of an event that the reference cannot have.
pub fn new_fields(pallet: &str, event: &str) -> impl Iterator<Item = &'static str> {
    let of_event =
        NEW_FIELDS.iter().filter(move |(known_pallet, known, ..)| *known_pallet == pallet && *known == event);
    of_event.map(|(_, _, field, _)| *field)
}

/// Pallet and error that a pair of numbers stands for on the reference chain.
pub fn absent_error(pallet: u8, error: u8) -> Option<(&'static str, &'static str)> {
    let known =
        ABSENT_ERRORS.iter().find(|(known_pallet, known, ..)| (*known_pallet, *known) == (pallet, error));
    known.map(|(_, _, pallet, error, _)| (*pallet, *error))
}
