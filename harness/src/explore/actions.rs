//! What can happen in a story: sentences with gaps, and what is drawn for the gaps.

use super::draw::Drawn;
use crate::amount::format_decimal;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// The sentences, with how often each is drawn against the others. The simplest stands first: shrinking leads there.
///
/// A gap is one of [`GAPS`]; the rows of a table stand below their sentence. Most sentences are about somebody who has
/// what they need, `{staker}`, `{staked}` and `{where}` or `{owner}` and `{owned}`; some are about anybody.
const SENTENCES: &[(u32, &str)] = &[
    (16, "{blocks}"),
    (2, "{coldkey} transfers {tao} to {coldkey}"),
    // Stake
    (8, "{staker} stakes {tao} to {staked} on subnet {where}"),
    (2, "{coldkey} stakes {tao} to {hotkey} on subnet {netuid}"),
    (3, "{staker} stakes {tao} to {staked} on subnet {where} at no more than {price}"),
    (6, "{staker} unstakes {alpha} from {staked} on subnet {where}"),
    (1, "{coldkey} unstakes {alpha} from {hotkey} on subnet {netuid}"),
    (3, "{staker} unstakes {alpha} from {staked} on subnet {where} at no less than {price}"),
    (1, "{coldkey} unstakes everything from {hotkey}"),
    (
        3,
        "{staker} calls SubtensorModule.add_stake_limit\n| hotkey | {staked} |\n| netuid | {where} |\n\
         | amount_staked | {tao} |\n| limit_price | {price} |\n| allow_partial | true |",
    ),
    (
        3,
        "{staker} calls SubtensorModule.remove_stake_limit\n| hotkey | {staked} |\n| netuid | {where} |\n\
         | amount_unstaked | {alpha} |\n| limit_price | {price} |\n| allow_partial | true |",
    ),
    (1, "{coldkey} calls SubtensorModule.unstake_all_alpha\n| hotkey | {hotkey} |"),
    (
        2,
        "{staker} calls SubtensorModule.remove_stake_full_limit\n| hotkey | {staked} |\n| netuid | {where} |\n\
         | limit_price | {price} |",
    ),
    (5, "{staker} moves {alpha} from {staked} on subnet {where} to {hotkey} on subnet {netuid}"),
    (
        4,
        "{staker} calls SubtensorModule.transfer_stake\n| destination_coldkey | {coldkey} |\n| hotkey | {staked} |\n\
         | origin_netuid | {where} |\n| destination_netuid | {netuid} |\n| alpha_amount | {alpha} |",
    ),
    (
        4,
        "{staker} calls SubtensorModule.swap_stake\n| hotkey | {staked} |\n| origin_netuid | {where} |\n\
         | destination_netuid | {netuid} |\n| alpha_amount | {alpha} |",
    ),
    (
        3,
        "{staker} calls SubtensorModule.swap_stake_limit\n| hotkey | {staked} |\n| origin_netuid | {where} |\n\
         | destination_netuid | {netuid} |\n| alpha_amount | {alpha} |\n| limit_price | {price} |\n\
         | allow_partial | {switch} |",
    ),
    (
        2,
        "{staker} calls SubtensorModule.recycle_alpha\n| hotkey | {staked} |\n| amount | {alpha} |\n\
         | netuid | {where} |",
    ),
    (
        2,
        "{staker} calls SubtensorModule.burn_alpha\n| hotkey | {staked} |\n| amount | {alpha} |\n| netuid | {where} |",
    ),
    (
        2,
        "{staker} calls SubtensorModule.add_stake_burn\n| hotkey | {staked} |\n| netuid | {where} |\n\
         | amount | {tao} |\n| limit | none |",
    ),
    // Locks
    (
        4,
        "{staker} calls SubtensorModule.lock_stake\n| hotkey | {staked} |\n| netuid | {where} |\n| amount | {alpha} |",
    ),
    (2, "{staker} calls SubtensorModule.move_lock\n| destination_hotkey | {hotkey} |\n| netuid | {where} |"),
    (2, "{staker} calls SubtensorModule.set_perpetual_lock\n| netuid | {where} |\n| enabled | {switch} |"),
    (1, "{coldkey} calls SubtensorModule.set_reject_locked_alpha\n| enabled | {switch} |"),
    // Neurons
    (4, "{coldkey} registers {hotkey} on subnet {netuid}"),
    (1, "{coldkey} registers {hotkey} on the root network"),
    (6, "{neuron} sets weights on subnet {netuid}\n| {uid} | {part} |"),
    (
        4,
        "{neuron} calls SubtensorModule.set_weights\n| netuid | 2 |\n| dests | [0, 1, 2] |\n\
         | weights | [{part}, {part}, {part}] |\n| version_key | 0 |",
    ),
    // Takes, children, claims
    (2, "{owner} calls SubtensorModule.decrease_take\n| hotkey | {owned} |\n| take | {take} |"),
    (2, "{owner} calls SubtensorModule.increase_take\n| hotkey | {owned} |\n| take | {take} |"),
    (
        2,
        "{owner} calls SubtensorModule.set_childkey_take\n| hotkey | {owned} |\n| netuid | {netuid} |\n\
         | take | {take} |",
    ),
    (
        5,
        "{owner} calls SubtensorModule.set_children\n| hotkey | {owned} |\n| netuid | {netuid} |\n\
         | children | [({proportion}, {hotkey})] |",
    ),
    (
        1,
        "{owner} calls SubtensorModule.set_children\n| hotkey | {owned} |\n| netuid | {netuid} |\n| children | [] |",
    ),
    (
        1,
        "{owner} calls SubtensorModule.set_auto_parent_delegation_enabled\n| hotkey | {owned} |\n\
         | enabled | {switch} |",
    ),
    (
        1,
        "{coldkey} calls SubtensorModule.set_coldkey_auto_stake_hotkey\n| netuid | {netuid} |\n| hotkey | {neuron} |",
    ),
    (3, "{coldkey} calls SubtensorModule.claim_root\n| subnets | [{netuid}] |"),
    (2, "{coldkey} calls SubtensorModule.set_root_claim_type\n| new_root_claim_type | {claim} |"),
    (1, "Alice calls SubtensorModule.sudo_set_num_root_claims as root\n| new_value | {uid} |"),
    // Keys
    (
        1,
        "{owner} calls SubtensorModule.swap_hotkey\n| hotkey | {owned} |\n| new_hotkey | {spare} |\n\
         | netuid | none |",
    ),
    (
        1,
        "{owner} calls SubtensorModule.swap_hotkey\n| hotkey | {owned} |\n| new_hotkey | {spare} |\n\
         | netuid | {netuid} |",
    ),
    (
        1,
        "{owner} calls SubtensorModule.swap_hotkey_v2\n| hotkey | {owned} |\n| new_hotkey | {spare} |\n\
         | netuid | {netuid} |\n| keep_stake | {switch} |",
    ),
    (
        1,
        "Alice calls SubtensorModule.swap_coldkey as root\n| old_coldkey | {coldkey} |\n| new_coldkey | {heir} |\n\
         | swap_cost | {tao} |",
    ),
    // Subnets
    (1, "{owner} registers a subnet with hotkey {owned}"),
    (2, "{coldkey} starts subnet 4"),
    (1, "Alice calls SubtensorModule.root_dissolve_network as root\n| netuid | {netuid} |"),
    (1, "{owner} calls SubtensorModule.trigger_epoch\n| netuid | {netuid} |"),
    (
        1,
        "Alice calls AdminUtils.sudo_set_subtoken_enabled as root\n| netuid | {netuid} |\n| subtoken_enabled | {switch} |",
    ),
    (
        1,
        "Alice calls AdminUtils.sudo_set_subnet_emission_enabled as root\n| netuid | {netuid} |\n| enabled | {switch} |",
    ),
    (
        1,
        "Alice calls AdminUtils.sudo_set_yuma3_enabled as root\n| netuid | {netuid} |\n| enabled | {switch} |",
    ),
    (
        1,
        "Alice calls AdminUtils.sudo_set_liquid_alpha_enabled as root\n| netuid | {netuid} |\n| enabled | {switch} |",
    ),
    (
        1,
        "Alice calls AdminUtils.sudo_set_owner_cut_enabled as root\n| netuid | {netuid} |\n| enabled | {switch} |",
    ),
    (
        1,
        "Alice calls AdminUtils.sudo_set_owner_cut_auto_lock_enabled as root\n| netuid | {netuid} |\n| enabled | {switch} |",
    ),
    (1, "Alice calls AdminUtils.sudo_set_subnet_owner_cut as root\n| subnet_owner_cut | {part} |"),
    (1, "Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root\n| min_stake | {uid} |"),
    (1, "Alice calls Swap.set_fee_rate as root\n| netuid | {netuid} |\n| rate | {rate} |"),
    // Stake at risk
    (3, "{staker} bonds {alpha} on {staked} in subnet {where}"),
    (2, "{staker} unbonds {alpha} on {staked} in subnet {where}"),
    (3, "{coldkey} reports a contradiction of {neuron} on subnet 2 for {hotkey}\n| job | {part} |"),
];

/// What a gap stands for, from a number drawn: 0 gives the simplest.
type Gap = (&'static str, fn(u64) -> String);

/// The gaps that sentences have.
const GAPS: [Gap; 22] = [
    ("coldkey", |drawn| choose(&["Alice", "Bob", "Charlie", "Dave", "Eve"], drawn)),
    ("hotkey", |drawn| {
        choose(&["alice_hot", "bob_hot", "charlie_hot", "dave_hot", "miner1", "spare1"], drawn)
    }),
    ("neuron", |drawn| choose(&["alice_hot", "charlie_hot", "dave_hot", "bob_hot"], drawn)),
    ("spare", |drawn| choose(&["spare1", "spare2", "spare3"], drawn)),
    ("heir", |drawn| choose(&["Ferdie", "Eve"], drawn)),
    ("netuid", |drawn| choose(&["2", "3", "2", "3", "2", "3", "0", "4", "1"], drawn)),
    ("staker", |drawn| choose(&HOLDINGS.map(|(staker, _, _)| staker), drawn)),
    ("staked", |drawn| choose(&HOLDINGS.map(|(_, staked, _)| staked), drawn)),
    ("where", |drawn| choose(&HOLDINGS.map(|(_, _, netuid)| netuid), drawn)),
    ("owner", |drawn| choose(&OWNERS.map(|(owner, _)| owner), drawn)),
    ("owned", |drawn| choose(&OWNERS.map(|(_, owned)| owned), drawn)),
    ("tao", |drawn| amount(drawn, "TAO")),
    ("alpha", |drawn| amount(drawn, "alpha")),
    ("price", |drawn| format!("{} TAO", format_decimal(1_000_000 + u128::from(drawn % 4_000_000_000), 9))),
    ("blocks", |drawn| match drawn % 40 {
        0 => "1 block passes".into(),
        more => format!("{} blocks pass", more + 1),
    }),
    ("uid", |drawn| (drawn % 4).to_string()),
    ("part", |drawn| (drawn % 65_536).to_string()),
    ("take", |drawn| (drawn % 11_797).to_string()),
    ("rate", |drawn| (drawn % 1_000).to_string()),
    ("proportion", |drawn| drawn.to_string()),
    ("switch", |drawn| choose(&["true", "false"], drawn)),
    ("claim", |drawn| choose(&["Swap", "Keep"], drawn)),
];

/// Who has stake on whom, and where, when a story begins.
const HOLDINGS: [(&str, &str, &str); 6] = [
    ("Bob", "alice_hot", "2"),
    ("Charlie", "charlie_hot", "2"),
    ("Dave", "dave_hot", "2"),
    ("Dave", "bob_hot", "3"),
    ("Alice", "alice_hot", "0"),
    ("Charlie", "alice_hot", "0"),
];

/// Whose hotkeys they are when a story begins.
const OWNERS: [(&str, &str); 4] =
    [("Alice", "alice_hot"), ("Bob", "bob_hot"), ("Charlie", "charlie_hot"), ("Dave", "dave_hot")];

/// Gaps that go by the number drawn for another one before them in the same sentence.
const LED: [(&str, &str); 3] = [("staked", "staker"), ("where", "staker"), ("owned", "owner")];

/// Gaps that a sentence has at most.
const MOST_GAPS: usize = 7;

fn choose(among: &[&str], drawn: u64) -> String {
    let count = u64::try_from(among.len()).unwrap_or(u64::MAX);
    let place = drawn.checked_rem(count).and_then(|place| usize::try_from(place).ok()).unwrap_or_default();
    among.get(place).copied().unwrap_or_default().to_owned()
}

/// An amount: whole numbers up to a thousand, any number of rao, dust, and much.
fn amount(drawn: u64, unit: &str) -> String {
    let (kind, value) = (drawn % 8, u128::from(drawn / 8));
    match kind {
        0..=3 => format!("{} {unit}", 1 + value % 1_000),
        4 | 5 => format!("{} {unit}", format_decimal(1 + value % 500_000_000_000, 9)),
        6 => format!("{} {unit}", format_decimal(1 + value % 3_000_000, 9)),
        _ => format!("{} {unit}", 1_000 + value % 200_000),
    }
}

/// Something that happens: a sentence and what was drawn for its gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    sentence: usize,
    drawn: Vec<u64>,
}

impl Action {
    /// The sentence with its gaps filled, the rows of its table below it.
    pub fn text(&self) -> String {
        let pattern = SENTENCES.get(self.sentence).map_or("", |(_, pattern)| pattern);
        let gaps: Vec<(&str, u64)> = gaps_of(pattern).zip(self.drawn.iter().copied()).collect();
        let mut rest = pattern.split('}').map(|part| part.split('{').next().unwrap_or_default());
        let mut text = rest.next().unwrap_or_default().to_owned();
        for ((name, drawn), plain) in gaps.iter().zip(rest) {
            let leader = LED.iter().find(|(led, _)| led == name).map(|(_, leader)| leader);
            let led = leader.and_then(|leader| gaps.iter().find(|(name, _)| name == leader));
            text.push_str(&fill(name, led.map_or(*drawn, |(_, drawn)| *drawn)));
            text.push_str(plain);
        }
        text
    }
}

/// The names of a sentence's gaps, in order.
fn gaps_of(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|part| part.split('}').next())
}

fn fill(name: &str, drawn: u64) -> String {
    GAPS.iter().find(|(gap, _)| *gap == name).map(|(_, fill)| fill(drawn)).unwrap_or_default()
}

/// Draws an action.
pub fn action() -> impl Strategy<Value = Action> {
    (Drawn, vec(Drawn, MOST_GAPS)).prop_map(|(lot, drawn)| Action { sentence: by_weight(lot), drawn })
}

/// The number of the sentence on which a lot falls.
fn by_weight(lot: u64) -> usize {
    let all: u32 = SENTENCES.iter().map(|(weight, _)| weight).sum();
    let mut left = lot.checked_rem(all.into()).unwrap_or_default();
    let fell = SENTENCES.iter().position(|(weight, _)| {
        let here = left < u64::from(*weight);
        left = left.saturating_sub((*weight).into());
        here
    });
    fell.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_is_known_and_there_are_enough_numbers_for_all() {
        for (weight, pattern) in SENTENCES {
            let gaps: Vec<&str> = gaps_of(pattern).collect();
            assert!(gaps.len() <= MOST_GAPS && *weight > 0, "{pattern}");
            for gap in gaps {
                assert!(GAPS.iter().any(|(name, _)| *name == gap), "{pattern} has the gap {gap}");
            }
        }
    }

    #[test]
    fn a_sentence_is_drawn_as_often_as_its_weight_says() {
        let first = SENTENCES[0].0;
        assert_eq!([0, u64::from(first) - 1, u64::from(first)].map(by_weight), [0, 0, 1]);
        let all: u32 = SENTENCES.iter().map(|(weight, _)| weight).sum();
        assert_eq!(by_weight(u64::from(all) - 1), SENTENCES.len() - 1);
        assert_eq!(by_weight(u64::from(all)), 0);
    }

    #[test]
    fn the_simplest_is_drawn_with_zeros() {
        let simple = |sentence| Action { sentence, drawn: vec![0; MOST_GAPS] }.text();
        assert_eq!(simple(0), "1 block passes");
        assert_eq!(simple(2), "Bob stakes 1 TAO to alice_hot on subnet 2");
        let drawn = vec![5, 3, 0, 0, 0, 0, 0];
        assert_eq!(Action { sentence: 2, drawn }.text(), "Charlie stakes 1 TAO to alice_hot on subnet 0");
        assert_eq!(amount(6 + 8 * 999, "alpha"), "0.000001 alpha");
    }
}
