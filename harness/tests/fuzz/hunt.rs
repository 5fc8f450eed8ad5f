//! Giving a target its corpus and mutations of it, and saying which input it did not survive.

use crate::mutation::mutate;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::env;
use std::str::FromStr;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How long one input may take on a busy machine before it counts as never ending.
const PATIENCE: Duration = Duration::from_secs(60);
/// What all targets together may have of the address space. Beyond it an allocation fails, and the process ends.
const MEMORY: u64 = 12 << 30;

/// What a target says: nothing, or what went wrong without a panic.
pub type Said = Result<(), String>;

/// Hunts a target: first the seeds themselves, then `rounds` mutations, or as many as the minutes asked for allow.
///
/// `prepare` makes what takes the inputs, in the thread that runs them.
pub fn hunt<T: FnMut(&[u8]) -> Said>(
    name: &str,
    seeds: &[Vec<u8>],
    rounds: u32,
    prepare: impl FnOnce() -> T + Send + 'static,
) {
    assert!(!seeds.is_empty(), "{name} has no corpus");
    limit_memory();
    let seed = asked("ASSAY_FUZZ_SEED").unwrap_or(1);
    let minutes = asked::<u64>("ASSAY_FUZZ_MINUTES");
    println!("{name}: {} entries, mutations drawn with ASSAY_FUZZ_SEED={seed}", seeds.len());
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let (inputs, answers) = start(prepare);
    let started = Instant::now();
    let mut done = 0;
    for input in seeds {
        try_one(name, input, &inputs, &answers);
    }
    while minutes.map_or(done < rounds, |minutes| started.elapsed() < Duration::from_secs(60 * minutes)) {
        try_one(name, &mutate(seeds, &mut random), &inputs, &answers);
        done += 1;
    }
    println!("{name}: {done} mutations survived in {} ms", started.elapsed().as_millis());
}

/// A thread with room for deep recursion, as the harness gives to replays.
fn start<T: FnMut(&[u8]) -> Said>(
    prepare: impl FnOnce() -> T + Send + 'static,
) -> (Sender<Vec<u8>>, Receiver<Said>) {
    let (inputs, waiting) = mpsc::channel::<Vec<u8>>();
    let (answer, answers) = mpsc::channel();
    let work = move || {
        let mut target = prepare();
        for input in waiting {
            if answer.send(target(&input)).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().stack_size(64 << 20).spawn(work).unwrap();
    (inputs, answers)
}

fn try_one(name: &str, input: &[u8], inputs: &Sender<Vec<u8>>, answers: &Receiver<Said>) {
    // A thread that has panicked takes nothing any more; the answer says so.
    let _ = inputs.send(input.to_vec());
    let problem = match answers.recv_timeout(PATIENCE) {
        Ok(Ok(())) => return,
        Ok(Err(problem)) => problem,
        Err(mpsc::RecvTimeoutError::Timeout) => format!("it took more than {} s", PATIENCE.as_secs()),
        Err(mpsc::RecvTimeoutError::Disconnected) => "it panicked (see above)".to_owned(),
    };
    let text = String::from_utf8_lossy(input);
    panic!("{name}: {problem}\nas text: {text}\nin hex, for fixtures/corpus: {}", hex::encode(input));
}

fn asked<T: FromStr>(name: &str) -> Option<T> {
    let text = env::var(name).ok()?;
    let number = text.parse().ok();
    assert!(number.is_some(), "{name}={text} is not a number");
    number
}

fn limit_memory() {
    let maximum = getrlimit(Resource::As).maximum;
    setrlimit(Resource::As, Rlimit { current: Some(MEMORY.min(maximum.unwrap_or(MEMORY))), maximum })
        .unwrap();
}
