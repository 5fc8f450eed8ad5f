//! Every invariant holds on every recorded state of the real chain, and every one can fail.

use assay::chain::client::Call;
use assay::invariants::recorded::{Changes, Recorded, Trajectory, take_in};
use assay::invariants::{INVARIANTS, Violation};
use assay::world::actions::Origin;
use assay::world::start::Target;
use assay::world::{StepError, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

fn recorded(name: &str) -> Recorded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425");
    Recorded::read(&folder.join(format!("{name}.json.zst"))).expect("the recorded states can be read")
}

/// Follows all trajectories of a file, of which there are so many states.
fn holds_on(name: &str, states: usize) {
    let (mut seen, mut failures) = (0, Vec::new());
    for trajectory in recorded(name).trajectories() {
        let trajectory = trajectory.expect("a trajectory can be read");
        seen += trajectory.steps.len();
        if let Err((step, violations)) = trajectory.follow() {
            let shown: Vec<String> = violations.iter().take(3).map(Violation::to_string).collect();
            failures.push(format!("{step}\n    {}", shown.join("\n    ")));
        }
    }
    assert!(failures.is_empty(), "{} trajectories:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(seen, states);
}

#[test]
fn they_hold_in_empty_blocks() {
    holds_on("coinbase", 643);
}

#[test]
fn they_hold_after_every_call() {
    holds_on("traces", 1034);
}

#[test]
fn they_hold_on_rare_paths() {
    holds_on("traces-paths", 2292);
}

#[test]
fn they_hold_after_random_calls() {
    holds_on("traces-fuzz", 2121);
}

#[test]
fn a_genesis_inherits_little() {
    let file = recorded("traces");
    let inherited = |name: &str| -> Vec<_> {
        let world = file.world(name).expect("a world of this name").clone();
        let trajectory = Trajectory { id: name.into(), block: 0, start: world, steps: Vec::new() };
        let ledger = trajectory.ledger();
        ledger.inherited().map(|(invariant, subject, excess)| (invariant, subject.subnet, excess)).collect()
    };
    let stake = ("stake-is-issued", Some(1), 1_000_000_000);
    assert_eq!(inherited("genesis"), [("pool-tao-is-there", Some(1), 9_999_999_500)]);
    assert_eq!(inherited("fresh"), [stake]);
}

/// A wrong value, written into the first block of a recorded trajectory.
struct Plant {
    invariant: &'static str,
    /// Written before the block, rightly.
    before: Vec<(&'static str, Value)>,
    /// Written in the block.
    wrong: Vec<(&'static str, Value)>,
}

fn plant(invariant: &'static str, wrong: impl IntoIterator<Item = (&'static str, Value)>) -> Plant {
    Plant { invariant, before: Vec::new(), wrong: wrong.into_iter().collect() }
}

impl Plant {
    fn after(self, before: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        Self { before: before.into_iter().collect(), ..self }
    }
}

fn account(free: &str) -> Value {
    json!({
        "nonce": "0", "consumers": "0", "providers": "1", "sufficients": "0",
        "data": { "free": free, "reserved": "0", "frozen": "0", "flags": "170141183460469231731687303715884105728" },
    })
}

fn lock(mass: &str) -> Value {
    json!({ "locked_mass": mass, "conviction": { "bits": "0", "dec": "0" }, "last_update": "1042155" })
}

fn bond(bonded: &str, leaving: &[(&str, &str)]) -> Value {
    let leaving = leaving.iter().map(|(amount, until)| json!({ "amount": amount, "until": until }));
    json!({ "bonded": bonded, "unbonding": leaving.collect::<Vec<_>>() })
}

fn rate(netuid: &str, bits: &str) -> Value {
    json!([[netuid, { "bits": bits, "dec": "0" }]])
}

/// In `coinbase-0-basic` block 1,042,156 emits on subnet 1, which has the neurons hk101, hk0, hk1, hk140 and hk141; hk0
/// of ck0 and hk1 of ck1 have root stake.
fn plants() -> Vec<Plant> {
    let commit = json!([format!("0x{}", "00".repeat(32)), "0", "0", "0"]);
    vec![
        // A rao that nobody holds.
        plant("accounts-add-up", [("Balances.TotalIssuance", json!("7603785999999998"))]),
        // A mint that only Balances notices.
        plant("issuance-counters-agree", [("SubtensorModule.TotalIssuance", json!("7603785000000000"))]),
        // A block that mints a rao more than one TAO.
        plant(
            "mints-no-more-than-the-curve",
            [
                ("Balances.TotalIssuance", json!("7603786000000001")),
                ("SubtensorModule.TotalIssuance", json!("7603786000000001")),
                ("System.Account(alice)", account("1000000000002")),
            ],
        ),
        plant("supply-cap", [("System.Account(alice)", account("18446744073709551615"))]),
        plant("no-dust", [("System.Account(alice)", account("499"))]),
        // The pool counts TAO that did not arrive.
        plant("pool-tao-is-there", [("SubtensorModule.SubnetTAO(1)", json!("33260000000000"))]),
        // Dividends that nobody issued.
        plant("stake-is-issued", [("SubtensorModule.TotalHotkeyAlpha(hk1,1)", json!("38000000000000"))]),
        // More unclaimed root dividends than there is alpha.
        plant("stake-is-issued", [("SubtensorModule.RootClaimable(hk0)", rate("1", "429496729"))]),
        plant("root-stake-is-one-to-one", [("SubtensorModule.SubnetAlphaOut(0)", json!("112168692580269"))]),
        plant(
            "root-stake-is-one-to-one",
            [("SubtensorModule.TotalHotkeyAlpha(hk0,0)", json!("59255954150509"))],
        ),
        plant("pool-has-a-price", [("SubtensorModule.SubnetAlphaIn(1)", Value::Null)]),
        plant("pool-weights-in-bounds", [("Swap.SwapBalancer(1)", json!({ "quote": "9999999999999999" }))]),
        // One less than nothing.
        plant(
            "no-amount-below-zero",
            [("SubtensorModule.PendingOwnerCut(1)", json!("18446744073709551615"))],
        ),
        plant(
            "alpha-grows-no-more-than-the-curve",
            [("SubtensorModule.SubnetAlphaOut(1)", json!("65099366613298"))],
        ),
        // A split that gives more than there is.
        plant("emission-is-split-not-made", [("SubtensorModule.SubnetTaoInEmission(1)", json!("2159038"))])
            .after([("SubtensorModule.TotalIssuance", json!("7603785000000000"))]),
        plant(
            "emission-is-split-not-made",
            [("SubtensorModule.SubnetAlphaInEmission(1)", json!("1000000001"))],
        ),
        // One rao of stake more for one coldkey.
        plant(
            "shares-add-up",
            [(
                "SubtensorModule.AlphaV2(hk0,ck0,1)",
                json!({ "mantissa": "267501767917890000000", "exponent": "-7" }),
            )],
        ),
        plant("stake-is-listed", [("SubtensorModule.StakingHotkeys(ck0)", json!([]))]),
        // A neuron that two uids claim, one that is forgotten, and one beside the others.
        plant("uids-are-dense", [("SubtensorModule.Keys(1,0)", json!("hk0"))]),
        plant("uids-are-dense", [("SubtensorModule.Uids(1,hk0)", Value::Null)]),
        plant("uids-are-dense", [("SubtensorModule.IsNetworkMember(ck0,1)", json!(true))]),
        plant("registered-hotkeys-have-owners", [("SubtensorModule.Owner(hk0)", Value::Null)]),
        plant("uids-within-limit", [("SubtensorModule.MaxAllowedUids(1)", json!("4"))]),
        plant("neuron-vectors-fit", [("SubtensorModule.Active(1)", json!([true, true, true, true]))]),
        plant(
            "neuron-vectors-fit",
            [("SubtensorModule.LastUpdate(1)", json!(["0", "0", "0", "0", "0", "0"]))],
        ),
        plant(
            "permits-within-limit",
            [("SubtensorModule.ValidatorPermit(1)", json!([true, true, true, false, false]))],
        )
        .after([("SubtensorModule.MaxAllowedValidators(1)", json!("1"))]),
        plant("weights-name-neurons", [("SubtensorModule.Weights(1,1)", json!([["5", "1"]]))]),
        plant("weights-name-neurons", [("SubtensorModule.Weights(1,1)", json!([["3", "1"], ["3", "2"]]))]),
        plant("weights-name-neurons", [("SubtensorModule.Bonds(1,5)", json!([]))]),
        plant("weights-name-neurons", [("SubtensorModule.Bonds(4097,1)", json!([]))]),
        plant("commits-within-limit", [("SubtensorModule.WeightCommits(1,hk0)", json!(vec![commit; 11]))]),
        plant("locks-are-indexed", [("SubtensorModule.Lock(ck0,1,hk0)", lock("1000"))]),
        plant("locks-are-indexed", [("SubtensorModule.LockingColdkeys(1,hk0,ck0)", Value::Null)]),
        plant(
            "perpetual-locks-are-counted",
            [
                ("SubtensorModule.Lock(ck0,1,hk0)", lock("1000")),
                ("SubtensorModule.LockingColdkeys(1,hk0,ck0)", Value::Null),
                ("SubtensorModule.HotkeyLock(1,hk0)", lock("999")),
            ],
        )
        .after([("SubtensorModule.DecayingLock(ck0,1)", json!(false))]),
        plant("new-locks-are-covered", [("SubtensorModule.Lock(ck0,1,hk0)", lock("26750176791790"))])
            .after([("System.Account(ck0)", account("1000000000"))]),
        plant("root-dividends-only-grow", [("SubtensorModule.RootClaimable(hk0)", rate("1", "99"))])
            .after([("SubtensorModule.RootClaimable(hk0)", rate("1", "100"))]),
        plant("root-dividends-only-grow", [("SubtensorModule.RootClaimable(hk0)", rate("7", "100"))]),
        plant("root-dividends-only-grow", [("SubtensorModule.RootClaimed(7,hk0,ck0)", json!("1"))]),
        plant("root-staker-index-is-dense", [("SubtensorModule.NumStakingColdkeys", json!("4"))]),
        plant("root-staker-index-is-dense", [("SubtensorModule.StakingColdkeys(ck0)", json!("1"))])
            .after([("SubtensorModule.StakingColdkeysByIndex(0)", json!("ck0"))]),
        plant("owners-and-hotkeys-agree", [("SubtensorModule.OwnedHotkeys(ck0)", json!([]))]),
        plant("owners-and-hotkeys-agree", [("SubtensorModule.OwnedHotkeys(ck0)", json!(["hk0", "hk1"]))]),
        plant("children-and-parents-agree", [("SubtensorModule.ChildKeys(hk0,1)", json!([["5", "hk1"]]))]),
        plant(
            "children-and-parents-agree",
            [
                ("SubtensorModule.ChildKeys(hk0,1)", json!([["5", "hk1"]])),
                ("SubtensorModule.ParentKeys(hk1,1)", json!([["6", "hk0"]])),
            ],
        ),
        plant("networks-are-counted", [("SubtensorModule.TotalNetworks", json!("3"))]),
        plant("no-ghost-subnets", [("SubtensorModule.TotalHotkeyAlpha(hk0,9)", json!("1"))]),
        plant("epochs-run-on-time", [("SubtensorModule.Tempo(1)", json!("2"))]),
        // A frozen counter.
        plant("epoch-clock-ticks", [("SubtensorModule.BlocksSinceLastStep(1)", json!("0"))]),
        plant(
            "nothing-is-from-the-future",
            [("SubtensorModule.LastUpdate(1)", json!(["1042157", "0", "0", "0", "0"]))],
        ),
        plant("counters-only-grow", [("SubtensorModule.SubnetVolume(1)", json!("997840963"))])
            .after([("SubtensorModule.SubnetVolume(1)", json!("997840964"))]),
        plant("burn-price-in-bounds", [("SubtensorModule.Burn(1)", json!("499999"))]),
        // More bonded than staked, and more on its way out; what has left does not count.
        plant("bonds-are-covered", [("Slashing.Bonds(1,hk0,ck1)", bond("2", &[]))]),
        plant("bonds-are-covered", [("Slashing.Bonds(1,hk0,ck1)", bond("0", &[("2", "1042156")]))]),
        plant("strikes-only-grow", [("Slashing.Strikes(1,hk0)", json!("1"))])
            .after([("Slashing.Strikes(1,hk0)", json!("2"))]),
        plant("strikes-only-grow", [("Slashing.Bans(1,hk0)", json!("1049356"))]),
        // Credits that nobody bought, that nobody paid for, and that are spent again.
        plant("credits-were-sold", [("Credits.Balances(1,ck0)", json!("1"))]),
        plant("credits-were-sold", [("Credits.Sold(1)", json!({ "burned": "1", "credits": "0" }))]),
        plant("credits-are-spent-once", [("Credits.Spent(1,ck0,hk0)", json!("1"))]).after([
            ("Credits.Sold(1)", json!({ "burned": "0", "credits": "2" })),
            ("Credits.Spent(1,ck0,hk0)", json!("2")),
        ]),
        plant(
            "entries-are-readable",
            [("SubtensorModule.TotalHotkeyAlpha(hk0,1)", json!({ "raw": [1, 2] }))],
        ),
    ]
}

fn changes(file: &Recorded, entries: &[(&str, Value)]) -> Changes {
    let unit = |entry: &str| entry.starts_with("SubtensorModule.LockingColdkeys");
    entries
        .iter()
        .map(|(entry, value)| match value {
            Value::Null if !unit(entry) => (file.key(entry).unwrap(), None),
            Value::Object(raw) if raw.contains_key("raw") => {
                let bytes: Vec<u8> = serde_json::from_value(raw["raw"].clone()).unwrap();
                (file.key(entry).unwrap(), Some(bytes))
            }
            value => {
                let (key, value) = file.entry(entry, value).unwrap();
                (key, Some(value))
            }
        })
        .collect()
}

/// The invariants that a plant breaks.
fn broken(file: &Recorded, start: &Trajectory, plant: &Plant) -> BTreeSet<&'static str> {
    let mut start = start.clone();
    for (key, value) in changes(file, &plant.before) {
        start.start.insert(key, value.unwrap_or_default());
    }
    let (block, _, mut step) = start.steps.swap_remove(0);
    step.extend(changes(file, &plant.wrong));
    let violations = take_in(&mut start.ledger(), block, &step).err().unwrap_or_default();
    violations.iter().map(|violation| violation.invariant).collect()
}

#[test]
fn every_one_can_fail() {
    let file = recorded("coinbase");
    let start = file.trajectories().next().expect("a trajectory").expect("that can be read");
    assert_eq!((start.id.as_str(), start.block), ("coinbase-0-basic", 1_042_155));
    assert_eq!(broken(&file, &start, &plant("nothing", [])), BTreeSet::new());
    let gone = plant("nothing", [("Slashing.Bonds(1,hk0,ck1)", bond("1", &[("2", "1042155")]))]);
    assert_eq!(broken(&file, &start, &gone), BTreeSet::new());
    let mut tried = BTreeSet::new();
    for plant in plants() {
        let broken = broken(&file, &start, &plant);
        assert!(
            broken.contains(plant.invariant),
            "{:?} breaks {broken:?}, not {}",
            plant.wrong,
            plant.invariant
        );
        tried.insert(plant.invariant);
    }
    let all: BTreeSet<&str> = INVARIANTS.iter().map(|invariant| invariant.name).collect();
    assert_eq!(tried, all);
}

/// Writes Balances.TotalIssuance.
fn issue_one_rao() -> Call {
    let file = recorded("traces");
    let (key, value) = file.entry("Balances.TotalIssuance", &json!("1")).unwrap();
    World::storage_calls(vec![(key, Some(value))]).remove(0)
}

#[tokio::test]
async fn a_scenario_fails_in_the_block_that_breaks_one() {
    let mut world = World::new(Target::Memory);
    world.begin("dev").await.unwrap();
    world.pass(2).await.unwrap();
    // Hidden in another call, so that nobody says that the state is written by hand.
    let hidden = Call::new("Sudo", "sudo", [("call", issue_one_rao().into_value())]);
    let failed = world.make_calls(vec![(Origin::Signed("Alice".into()), hidden)]).await.unwrap_err();
    assert!(matches!(failed, StepError::Invariant { block: 3, .. }), "{failed}");
    let said = "after block 3: the invariant accounts-add-up does not hold: all accounts hold ";
    assert!(failed.to_string().starts_with(said), "{failed}");
}

#[tokio::test]
async fn a_state_written_by_hand_is_taken_as_it_is() {
    let mut world = World::new(Target::Memory);
    world.begin("dev").await.unwrap();
    world.prepare(vec![issue_one_rao()]).await.unwrap();
    world.pass(2).await.unwrap();
}
