//! Running many scenarios, several at a time.

use super::scenario::{self, Outcome, Report, Scenario, Settings};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many at a time, and in what order.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Scenarios at a time.
    pub jobs: usize,
    /// Draws the order in which scenarios are started; without it, it is that of the files. No result may depend on it.
    pub seed: Option<u64>,
    /// Whether nothing new is started after a failure.
    pub fail_fast: bool,
}

/// Runs scenarios and hands each report to `follow`, in the order of `scenarios`.
///
/// What is not started because of a failure is reported as skipped.
pub fn run(
    scenarios: &[Scenario],
    settings: &Settings,
    plan: Plan,
    mut follow: impl FnMut(&Report),
) -> Vec<Report> {
    let order = order(scenarios.len(), plan.seed);
    let stop = AtomicBool::new(false);
    let run = |scenario: &Scenario| {
        if stop.load(Ordering::Relaxed) {
            return not_started(scenario);
        }
        let report = scenario::run(scenario, settings);
        let failed = matches!(report.outcome, Outcome::Failed { .. });
        stop.fetch_or(plan.fail_fast && failed, Ordering::Relaxed);
        report
    };
    each(scenarios, &order, plan.jobs, run, &mut follow)
}

/// Does something with each of `things`, `jobs` at a time, started in the order of the numbers in `order`, and hands
/// each result to `follow`, in the order of `things`.
pub fn each<T: Sync, R: Send>(
    things: &[T],
    order: &[usize],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    follow: &mut impl FnMut(&R),
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, things.len().max(1)) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(thing) = things.get(*index) else { continue };
                    if sender.send((*index, work(thing))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        in_order(receiver, follow)
    })
}

/// Results in the order of their numbers, each as soon as all before it are there.
fn in_order<R>(results: impl IntoIterator<Item = (usize, R)>, follow: &mut impl FnMut(&R)) -> Vec<R> {
    let mut early = BTreeMap::new();
    let mut done: Vec<R> = Vec::new();
    for (index, result) in results {
        early.insert(index, result);
        while let Some(result) = early.remove(&done.len()) {
            follow(&result);
            done.push(result);
        }
    }
    done
}

fn not_started(scenario: &Scenario) -> Report {
    let reason = "an earlier scenario failed".to_owned();
    Report {
        scenario: scenario.clone(),
        outcome: Outcome::Skipped { reason },
        blocks: 0,
        time: std::time::Duration::ZERO,
        document: None,
    }
}

/// The numbers below `count`, shuffled by a seed.
fn order(count: usize, seed: Option<u64>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    if let Some(seed) = seed {
        let mut random = ChaCha20Rng::seed_from_u64(seed);
        for last in (1..count).rev() {
            let chosen = random.next_u64() % (last as u64 + 1);
            order.swap(last, usize::try_from(chosen).unwrap_or(last));
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_an_order_and_keeps_it() {
        assert_eq!(order(4, None), [0, 1, 2, 3]);
        let drawn = order(50, Some(7));
        assert_eq!(drawn, order(50, Some(7)));
        assert_ne!(drawn, order(50, Some(8)));
        let mut sorted = drawn.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, order(50, None));
    }

    #[test]
    fn reports_come_in_the_order_of_the_files() {
        let named = |name: &str| not_started(&Scenario { name: name.into(), ..Scenario::default() });
        let mut seen = Vec::new();
        let follow = &mut |report: &Report| seen.push(report.scenario.name.clone());
        in_order([(2, named("c")), (0, named("a")), (1, named("b"))], follow);
        assert_eq!(seen, ["a", "b", "c"]);
    }
}
