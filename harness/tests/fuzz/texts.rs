//! Texts that people write into features: amounts, values, places, sentences.

use crate::corpus::lines;
use crate::hunt::{Said, hunt};
use assay::amount::{Amount, Unit, format_decimal, parse_alpha, parse_decimal, parse_tao};
use assay::network::topology::units::{parse_duration, parse_share};
use assay::steps::{self, SECTIONS};
use assay::world::World;
use assay::world::start::Target;
use gherkin::{Feature, GherkinEnv};

const AMOUNTS: &str = "\
1,000.5 TAO
0.000000001 alpha
18,446,744,073.709551615 TAO
12 rao
1_000 rao
5%
250ms
2.5 min
";

/// Amounts, and that an amount that was read is written as itself.
fn amounts(bytes: &[u8]) -> Said {
    let text = String::from_utf8_lossy(bytes);
    let (tao, alpha) = (parse_tao(&text), parse_alpha(&text));
    let _ = (parse_duration(&text), parse_share(&text));
    for digits in [0, 3, 9, 18, 30] {
        if let Ok(number) = parse_decimal(&text, digits) {
            let written = format_decimal(number.into(), digits);
            if parse_decimal(&written, digits) != Ok(number) {
                return Err(format!("{number} with {digits} digits is written {written}"));
            }
        }
    }
    for (amount, unit) in [(tao, Unit::Tao), (alpha, Unit::Alpha)] {
        let Ok(amount) = amount else { continue };
        let written = amount.with_unit(unit);
        if Amount::parse(&written, unit) != Ok(amount) {
            return Err(format!("{} rao are written {written}", amount.rao()));
        }
    }
    Ok(())
}

#[test]
fn amounts_of_all_kinds() {
    hunt("amounts", &lines(AMOUNTS), 100_000, || amounts);
}

const VALUES: &str = "\
SubtensorModule.SubnetTAO(2) is 1,009.994964523 TAO
SubtensorModule.Weights(2, 1) is [(2, 65,535), (3, 43,690)]
SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass is 750 alpha
SubtensorModule.RootClaimable(alice_hot) is [(2, 0.25)]
SubtensorModule.TokenSymbol(2) is 0xceb2
SubtensorModule.SubnetMovingPrice(2) is 0.0123
SubtensorModule.AlphaV2(alice_hot, Bob, 2) is 500
SubtensorModule.TaoWeight is 18
SubtensorModule.ChildKeys(parent, 2) is [(9,223,372,036,854,775,808, child)]
SubtensorModule.IdentitiesV2(Bob) is none
System.Account(Alice) is {nonce: 0, data: {free: 1 TAO}}
Slashing.TermsOf(2) is {now: {enabled: true, window: 360}, next: none}
Swap.FeeRate(2) is 33
SwapRuntimeApi.current_alpha_price(2) is 0.5 TAO
";

/// A place and a value, as a scenario writes one to the other.
fn values(waiter: &tokio::runtime::Runtime, world: &World, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (place, value) = text.split_once(" is ").unwrap_or((&text, "0"));
    let _ = world.entry(place, value);
    if let Ok(found) = waiter.block_on(world.value_at(place)) {
        let _ = world.expect(place, &found, value);
        let _ = world.compare(&found, value);
        let _ = world.shown(&found, value);
    }
}

#[test]
fn values_and_places() {
    hunt("values", &lines(VALUES), 4_000, || {
        let waiter = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut world = World::new(Target::Memory);
        waiter.block_on(world.begin("dev")).unwrap();
        move |bytes: &[u8]| {
            values(&waiter, &world, bytes);
            Ok(())
        }
    });
}

/// A text below a scenario: whatever is Gherkin has sentences, and each is found or is not.
fn sentences(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(feature) = Feature::parse(text.as_ref(), GherkinEnv::default()) else { return };
    for step in feature.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Ok(found) = steps::find(step) {
            let phrase = steps::Phrase { step, parameters: found.parameters };
            let _ = (phrase.rao(0), phrase.number::<u64>(0), phrase.pairs());
        }
    }
}

#[test]
fn features() {
    let examples = SECTIONS.iter().flat_map(|section| section.steps).map(|definition| definition.example);
    let features = examples.map(|example| format!("Feature: x\n  Scenario: y\n    {example}\n").into_bytes());
    hunt("features", &features.collect::<Vec<_>>(), 4_000, || {
        |bytes: &[u8]| {
            sentences(bytes);
            Ok(())
        }
    });
}
