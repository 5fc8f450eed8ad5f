//! Which jobs were seen, for as long as their requests could come again.

use super::ALLOWED;
use crate::key::Public;
use crate::metagraph::Moment;
use crate::protocol::Request;
use assay_inference::H256;
use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

/// The most jobs remembered.
pub const JOBS: usize = 1 << 20;

/// Whether a job was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Never.
    First,
    /// Before.
    Again,
}

/// A job is its asker's alone: nobody can use up another's.
type Job = (Public, H256);

/// The memory of jobs.
#[derive(Default)]
pub struct Replay(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    jobs: HashSet<Job>,
    by_time: BTreeSet<(u64, Job)>,
}

impl Replay {
    /// Whether the request's job was seen, and remembers it; none if there is no room.
    ///
    /// A request is refused for its time from [`ALLOWED`] milliseconds on, and from then on its job can be forgotten.
    pub fn look(&self, request: &Request, now: Moment) -> Option<Seen> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.forget(now.time.saturating_sub(ALLOWED));
        let job = (request.asker, request.job);
        if memory.jobs.contains(&job) {
            return Some(Seen::Again);
        }
        if memory.jobs.len() >= JOBS {
            return None;
        }
        memory.jobs.insert(job);
        memory.by_time.insert((request.time, job));
        Some(Seen::First)
    }
}

impl Memory {
    /// Forgets all that was asked before a time.
    fn forget(&mut self, before: u64) {
        while let Some((time, job)) = self.by_time.first().copied()
            && time < before
        {
            self.by_time.pop_first();
            self.jobs.remove(&job);
        }
    }
}
