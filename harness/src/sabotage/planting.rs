//! A fault that is planted in a chain, and what it does in a block.

use super::items::{Item, NAMES};
use super::numbers::{Place, places};
use super::rule::{Access, Condition, Deed, Part, Rule};
use assay_runtime::{RuntimeCall, UncheckedExtrinsic, batch};
use codec::Decode;
use polkadot_sdk::frame_support::traits::GetCallMetadata;
use polkadot_sdk::pallet_sudo;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Rules planted in a chain and in all of its branches, with a record of what they did. Without rules nothing goes wrong.
#[derive(Clone, Debug)]
pub struct Planting {
    rules: Arc<[Rule]>,
    record: Arc<Record>,
}

#[derive(Debug)]
struct Record {
    acts: AtomicU64,
    /// The first block in which a rule acted; [`NEVER`] if none did.
    first: AtomicU32,
}

const NEVER: u32 = u32::MAX;

impl PartialEq for Planting {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.record, &other.record)
    }
}

impl Eq for Planting {}

impl Planting {
    /// Plants rules.
    pub fn new(rules: Arc<[Rule]>) -> Self {
        Self { rules, record: Arc::new(Record { acts: AtomicU64::new(0), first: AtomicU32::new(NEVER) }) }
    }

    /// The first block in which something went wrong, if anything did. What is asked outside of blocks counts for the
    /// block that the chain stands at.
    pub fn first_act(&self) -> Option<u32> {
        Some(self.record.first.load(Ordering::Relaxed)).filter(|block| *block != NEVER)
    }

    /// How often something went wrong.
    pub fn acts(&self) -> u64 {
        self.record.acts.load(Ordering::Relaxed)
    }

    /// What the rules do while one block is made, or while block `number` is looked at.
    pub fn begin(&self, number: u32) -> Interference {
        Interference {
            states: vec![State::default(); self.rules.len()],
            planting: self.clone(),
            number,
            scene: Scene::default(),
            written: Vec::new(),
        }
    }

    fn note(&self, block: u32) {
        self.record.acts.fetch_add(1, Ordering::Relaxed);
        self.record.first.fetch_min(block, Ordering::Relaxed);
    }
}

/// What the rules do in one block.
#[derive(Debug)]
pub struct Interference {
    planting: Planting,
    number: u32,
    scene: Scene,
    states: Vec<State>,
    /// Whether each open layer of changes has any.
    written: Vec<bool>,
}

/// What has happened to a rule in the part of the block.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    seen_after: bool,
    seen_before: bool,
    times: u32,
}

/// Reads past all faults.
pub type Peek<'a> = &'a mut dyn FnMut(&[u8]) -> Option<Vec<u8>>;

/// What becomes of a write.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// It is made as it should be.
    AsIs,
    /// This is written instead.
    Instead(Vec<u8>),
    /// Nothing is written.
    Nothing,
    /// This is written to another key instead.
    Elsewhere(Vec<u8>, Vec<u8>),
}

impl Interference {
    /// A call into the runtime begins.
    pub fn enter(&mut self, method: &str, arguments: &[u8]) {
        self.scene = Scene::of(method, arguments);
        self.states.fill(State::default());
        self.written.clear();
    }

    /// What becomes of writing `new` under a key that has `old`.
    pub fn write(&mut self, key: &[u8], new: &[u8], peek: Peek<'_>) -> Written {
        self.saw(key);
        for index in 0..self.planting.rules.len() {
            let Access::Write(item) = self.planting.rules[index].access else { continue };
            if !key.starts_with(&item.prefix) {
                continue;
            }
            let old = peek(key).unwrap_or_else(|| item.default.clone());
            if !self.applies(index, key, item, &old, new, peek) {
                continue;
            }
            let rule = &self.planting.rules[index];
            let written = rewrite(rule, item, key, &old, new, peek);
            if written != Written::AsIs {
                self.planting.note(self.number);
                return written;
            }
        }
        Written::AsIs
    }

    /// Whether the removal of an entry is forgotten.
    pub fn keeps(&mut self, key: &[u8], peek: Peek<'_>) -> bool {
        self.saw(key);
        let keeps = (0..self.planting.rules.len()).any(|index| {
            let Access::Remove(item) = self.planting.rules[index].access else { return false };
            if !key.starts_with(&item.prefix) {
                return false;
            }
            let Some(old) = peek(key) else { return false };
            self.applies(index, key, item, &old, &old, peek)
        });
        if keeps {
            self.planting.note(self.number);
        }
        keeps
    }

    /// Whether the removal of all entries under a prefix is forgotten; `exists` says whether there are any.
    pub fn keeps_all(&mut self, prefix: &[u8], mut exists: impl FnMut() -> bool) -> bool {
        self.saw(prefix);
        let keeps = (0..self.planting.rules.len()).any(|index| {
            let Access::Remove(item) = self.planting.rules[index].access else { return false };
            prefix.starts_with(&item.prefix) && exists() && self.is_time(index)
        });
        if keeps {
            self.planting.note(self.number);
        }
        keeps
    }

    /// What a read sees; `before` is the value from before the block.
    pub fn read(
        &mut self,
        key: &[u8],
        value: Option<Vec<u8>>,
        before: impl Fn() -> Option<Vec<u8>>,
        peek: Peek<'_>,
    ) -> Option<Vec<u8>> {
        for index in 0..self.planting.rules.len() {
            let Access::Read(item) = self.planting.rules[index].access else { continue };
            if !key.starts_with(&item.prefix) {
                continue;
            }
            let bytes = value.clone().unwrap_or_else(|| item.default.clone());
            if !self.applies(index, key, item, &bytes, &bytes, peek) {
                continue;
            }
            let rule = &self.planting.rules[index];
            let seen = match rule.deed {
                Deed::Default => None,
                Deed::Stale => before(),
                _ => change(rule, item, None, &bytes).or_else(|| value.clone()),
            };
            if seen.as_ref().unwrap_or(&item.default) != &bytes {
                self.planting.note(self.number);
                return seen;
            }
        }
        value
    }

    /// A layer of changes is opened.
    pub fn open_layer(&mut self) {
        self.written.push(false);
    }

    /// A layer of changes is kept: it becomes part of the one around it.
    pub fn close_layer(&mut self) {
        if let (Some(true), Some(around)) = (self.written.pop(), self.written.last_mut()) {
            *around = true;
        }
    }

    /// Whether a layer that should be undone is kept.
    pub fn keeps_layer(&mut self) -> bool {
        let written = self.written.pop().unwrap_or(false);
        let rules = 0..self.planting.rules.len();
        let keeps = written
            && rules
                .into_iter()
                .any(|index| self.planting.rules[index].access == Access::Rollback && self.is_time(index));
        if keeps {
            self.planting.note(self.number);
            if let Some(around) = self.written.last_mut() {
                *around = true;
            }
        }
        keeps
    }

    /// Takes note of a write, for rules that wait for one.
    fn saw(&mut self, key: &[u8]) {
        if let Some(layer) = self.written.last_mut() {
            *layer = true;
        }
        let is = |item: Option<&Item>| item.is_some_and(|item| key.starts_with(&item.prefix));
        for (rule, state) in self.planting.rules.iter().zip(&mut self.states) {
            state.seen_after |= is(rule.after);
            state.seen_before |= is(rule.before);
        }
    }

    /// Whether a rule acts on this key, which has `old` and would have `new`.
    fn applies(
        &mut self,
        index: usize,
        key: &[u8],
        item: &Item,
        old: &[u8],
        new: &[u8],
        peek: Peek<'_>,
    ) -> bool {
        let rule = &self.planting.rules[index];
        let holds = match rule.condition {
            None => true,
            Some(Condition::Rises) => first(item, &rule.field, new) > first(item, &rule.field, old),
            Some(Condition::Falls) => first(item, &rule.field, new) < first(item, &rule.field, old),
            Some(Condition::Exceeds(more, less)) => {
                let mut at = |item: &Item| {
                    let key = [item.prefix.as_slice(), key.get(32..).unwrap_or_default()].concat();
                    first(item, &[], &peek(&key).unwrap_or_else(|| item.default.clone()))
                };
                at(more) > at(less)
            }
        };
        holds && self.is_time(index)
    }

    /// Whether it is the part of the block, and the time within it, in which a rule acts. Counts the time.
    fn is_time(&mut self, index: usize) -> bool {
        let (rule, state) = (&self.planting.rules[index], &mut self.states[index]);
        if !self.scene.is_in(rule)
            || (rule.after.is_some() && !state.seen_after)
            || (rule.before.is_some() && state.seen_before)
        {
            return false;
        }
        state.times += 1;
        rule.nth.is_none_or(|nth| nth == state.times)
    }
}

/// Where the runtime is.
#[derive(Debug, Default)]
struct Scene {
    part: Option<Part>,
    calls: Vec<String>,
    /// Somebody writes the state by hand: that is nothing that the chain does, so nothing in it goes wrong.
    by_hand: bool,
}

impl Scene {
    fn of(method: &str, arguments: &[u8]) -> Self {
        let part = match method {
            "Core_initialize_block" => Part::Start,
            "BlockBuilder_apply_extrinsic" => Part::Calls,
            "BlockBuilder_finalize_block" => Part::End,
            _ => Part::Views,
        };
        let mut calls = Vec::new();
        if part == Part::Calls
            && let Ok(extrinsic) = UncheckedExtrinsic::decode(&mut &*arguments)
        {
            name_calls(&extrinsic.function, &mut calls);
        }
        let by_hand = calls.iter().any(|call| crate::world::actions::writes_by_hand(call));
        Self { part: Some(part), calls, by_hand }
    }

    fn is_in(&self, rule: &Rule) -> bool {
        let is_here = |part: &Part| match part {
            Part::Call(name) => self.calls.contains(name),
            part => self.part.as_ref() == Some(part),
        };
        !self.by_hand && (rule.during.is_empty() || rule.during.iter().any(is_here))
    }
}

/// The name of a call and of those that it wraps.
fn name_calls(call: &RuntimeCall, names: &mut Vec<String>) {
    let name = call.get_call_metadata();
    names.push(format!("{}.{}", name.pallet_name, name.function_name));
    match call {
        RuntimeCall::Sudo(
            pallet_sudo::Call::sudo { call }
            | pallet_sudo::Call::sudo_as { call, .. }
            | pallet_sudo::Call::sudo_unchecked_weight { call, .. },
        ) => name_calls(call, names),
        other => batch::items(other).unwrap_or_default().iter().for_each(|call| name_calls(call, names)),
    }
}

fn rewrite(rule: &Rule, item: &Item, key: &[u8], old: &[u8], new: &[u8], peek: Peek<'_>) -> Written {
    match rule.deed {
        Deed::Ignore if new == old => Written::AsIs,
        Deed::Ignore => Written::Nothing,
        Deed::Default if new == item.default => Written::AsIs,
        Deed::Default => Written::Instead(item.default.clone()),
        Deed::Divert(other) => {
            let (Some(from), Some(to)) = (first(item, &rule.field, old), first(item, &rule.field, new))
            else {
                return Written::AsIs;
            };
            let key = [other.prefix.as_slice(), key.get(32..).unwrap_or_default()].concat();
            let mut value = peek(&key).unwrap_or_else(|| other.default.clone());
            match places(&NAMES.types, other.value, &value, &[]).unwrap_or_default().first() {
                Some(place) if from != to => {
                    let sum = place.read(&value).unwrap_or_default().saturating_add((to - from).abs());
                    place.write(&mut value, sum);
                    Written::Elsewhere(key, value)
                }
                _ => Written::AsIs,
            }
        }
        _ => change(rule, item, Some(old), new).map_or(Written::AsIs, Written::Instead),
    }
}

/// A value whose numbers a rule changes; none if they stay what they are. Without an old value there is no difference:
/// the number itself counts as it.
fn change(rule: &Rule, item: &Item, old: Option<&[u8]>, new: &[u8]) -> Option<Vec<u8>> {
    let numbers = |bytes: &[u8]| places(&NAMES.types, item.value, bytes, &rule.field).unwrap_or_default();
    let at = numbers(new);
    let before: Vec<Option<i128>> =
        old.map(|old| numbers(old).into_iter().map(|place| place.read(old)).collect()).unwrap_or_default();
    let mut changed = new.to_vec();
    for (index, place) in at.iter().enumerate() {
        let Some(number) = place.read(new) else { continue };
        let old = before.get(index).copied().flatten().unwrap_or_default();
        let number = match rule.deed {
            Deed::Add(by) => number.saturating_add(by),
            Deed::Scale(times, of) => {
                let moved = number.saturating_sub(old).saturating_mul(times) / of;
                old.saturating_add(moved)
            }
            Deed::Set(to) => to,
            Deed::Reverse => at[at.len() - 1 - index].read(new).unwrap_or(number),
            Deed::Ignore | Deed::Default | Deed::Stale | Deed::Divert(_) | Deed::Commit => number,
        };
        place.write(&mut changed, number);
    }
    (changed != new).then_some(changed)
}

/// The first number of a value's field.
fn first(item: &Item, field: &[String], bytes: &[u8]) -> Option<i128> {
    let found: Vec<Place> = places(&NAMES.types, item.value, bytes, field)?;
    found.first().and_then(|place| place.read(bytes))
}
