//! A link: a proxy in user space between a node that dials and the node it dials.
//!
//! Nodes know each other only by the addresses of such proxies, so what happens between them can be made worse
//! without any right on the machine. Latency, jitter and bandwidth are what they are called. Loss is what a TCP stream
//! makes of it: a lost piece is sent again after a timeout, and everything behind it waits, so that nothing is ever
//! missing and much may be late. A held link keeps what is sent until it is released; a cut one closes its
//! connections and refuses new ones.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::topology::units::MILLION;

/// Bytes of a piece that is lost as a whole: what a TCP segment carries.
const SEGMENT: usize = 1448;

/// The least time after which TCP sends again.
const LEAST_TIMEOUT: Duration = Duration::from_millis(200);

/// How often a piece is lost at most; TCP gives up much later.
const MOST_LOSSES: u32 = 6;

/// What a link does to what is sent over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// How long everything takes, each way.
    pub latency: Duration,
    /// How much longer it may take at most.
    pub jitter: Duration,
    /// How much of it is lost and sent again, in parts of a million.
    pub loss: u32,
    /// Bytes that go through in a second, each way.
    pub bandwidth: Option<u64>,
}

/// Whether anything goes through a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Everything does.
    #[default]
    Open,
    /// What is sent waits.
    Held,
    /// Connections are closed and refused.
    Cut,
}

/// How a link is at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// What it does to what goes through.
    pub shape: Shape,
    /// Whether anything does.
    pub gate: Gate,
}

/// The node behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// It is being started: who dials waits.
    Starting,
    /// It listens here.
    At(SocketAddr),
    /// It does not run: who dials is refused.
    Gone,
}

/// A proxy that listens on a port of its own. It ends, with all its connections, when it is dropped.
#[derive(Debug)]
pub struct Link {
    address: SocketAddr,
    target: watch::Sender<Target>,
    condition: watch::Sender<Condition>,
    serving: JoinHandle<()>,
}

impl Link {
    /// Opens a link to a node that is yet to start, in the runtime that this is called in. `port` 0 means any;
    /// `seed` draws jitter and losses. Who dials gets through to a node that is up after `hesitation`.
    ///
    /// # Errors
    /// If the port cannot be had.
    pub async fn open(port: u16, condition: Condition, seed: u64, hesitation: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let (target, targets) = watch::channel(Target::Starting);
        let (condition, conditions) = watch::channel(condition);
        let serving = tokio::spawn(serve(listener, targets, conditions, seed, hesitation));
        Ok(Self { address, target, condition, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Says where the node behind it is.
    pub fn lead_to(&self, target: Target) {
        self.target.send_replace(target);
    }

    /// Changes how it is.
    pub fn set(&self, condition: Condition) {
        self.condition.send_replace(condition);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(
    listener: TcpListener,
    targets: watch::Receiver<Target>,
    conditions: watch::Receiver<Condition>,
    seed: u64,
    hesitation: Duration,
) {
    let mut connections = JoinSet::new();
    let mut seeds = ChaCha8Rng::seed_from_u64(seed);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((dialer, _)) => {
                    let (targets, conditions, seed) = (targets.clone(), conditions.clone(), seeds.next_u64());
                    connections.spawn(carry(dialer, targets, conditions, seed, hesitation));
                }
                // Too many open files, perhaps; the next one may do better.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries one connection until an end closes it or the link is cut.
async fn carry(
    dialer: TcpStream,
    mut targets: watch::Receiver<Target>,
    conditions: watch::Receiver<Condition>,
    seed: u64,
    hesitation: Duration,
) {
    let mut gate = conditions.clone();
    let cut = gate.wait_for(|condition| condition.gate == Gate::Cut);
    let carrying = async {
        let target = *targets.wait_for(|target| *target != Target::Starting).await.map_err(closed)?;
        let Target::At(address) = target else { return Ok(()) };
        tokio::time::sleep(hesitation).await;
        let node = TcpStream::connect(address).await?;
        dialer.set_nodelay(true)?;
        node.set_nodelay(true)?;
        let (from_dialer, to_dialer) = dialer.into_split();
        let (from_node, to_node) = node.into_split();
        let there = pump(from_dialer, to_node, conditions.clone(), seed);
        let back = pump(from_node, to_dialer, conditions.clone(), seed ^ 1);
        tokio::try_join!(there, back).map(|_| ())
    };
    tokio::select! {
        biased;
        _ = cut => {}
        // Who closed it, and how, is for the two ends to know.
        _ = carrying => {}
    }
}

fn closed(_: watch::error::RecvError) -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

/// Carries what is sent one way.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut conditions: watch::Receiver<Condition>,
    seed: u64,
) -> io::Result<()> {
    let (sender, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(256);
    let shapes = conditions.clone();
    let taking = async move {
        let mut line = Line::new(seed);
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let count = from.read(&mut buffer).await?;
            let Some(piece) = buffer.get(..count).filter(|piece| !piece.is_empty()) else { return Ok(()) };
            let shape = shapes.borrow().shape;
            let arrives = line.send(Instant::now(), count, shape);
            if sender.send((arrives, piece.to_vec())).await.is_err() {
                return Ok(());
            }
        }
    };
    let giving = async move {
        while let Some((arrives, piece)) = under_way.recv().await {
            sleep_until(arrives).await;
            conditions.wait_for(|condition| condition.gate == Gate::Open).await.map_err(closed)?;
            to.write_all(&piece).await?;
        }
        to.shutdown().await
    };
    tokio::try_join!(taking, giving).map(|((), ())| ())
}

/// One way of a connection, as a wire: what is sent on it arrives in order.
struct Line {
    random: ChaCha8Rng,
    /// When the last piece has been put on the wire.
    free: Option<Instant>,
    /// When the last piece arrives.
    last: Option<Instant>,
}

impl Line {
    fn new(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), free: None, last: None }
    }

    /// When a piece of so many bytes arrives that is sent now.
    fn send(&mut self, now: Instant, bytes: usize, shape: Shape) -> Instant {
        let start = self.free.map_or(now, |free| free.max(now));
        let sent = start + shape.bandwidth.map_or(Duration::ZERO, |rate| time_of(bytes, rate));
        let arrives = sent + shape.latency + self.jitter(shape.jitter) + self.repeats(bytes, shape);
        let arrives = self.last.map_or(arrives, |last| last.max(arrives));
        (self.free, self.last) = (Some(sent), Some(arrives));
        arrives
    }

    fn jitter(&mut self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_micros()).unwrap_or(u64::MAX);
        match most.checked_add(1) {
            Some(range) if most > 0 => Duration::from_micros(self.random.next_u64() % range),
            _ => Duration::ZERO,
        }
    }

    /// What its losses cost a piece: its segments are sent again side by side, each time after twice the time.
    fn repeats(&mut self, bytes: usize, shape: Shape) -> Duration {
        if shape.loss == 0 {
            return Duration::ZERO;
        }
        let segments = bytes.div_ceil(SEGMENT);
        let losses = (0..segments).map(|_| self.losses(shape.loss)).max().unwrap_or_default();
        let timeout = LEAST_TIMEOUT.max((shape.latency + shape.jitter) * 2);
        timeout * ((1 << losses) - 1)
    }

    fn losses(&mut self, share: u32) -> u32 {
        let mut count = 0;
        while count < MOST_LOSSES && self.random.next_u32() % MILLION < share {
            count += 1;
        }
        count
    }
}

fn time_of(bytes: usize, rate: u64) -> Duration {
    let micros = (bytes as u128 * 1_000_000) / u128::from(rate.max(1));
    Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A node that sends back all that it is sent.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.into_split();
                    tokio::io::copy(&mut from, &mut to).await
                });
            }
        });
        address
    }

    async fn linked(shape: Shape) -> (Link, TcpStream) {
        let link = Link::open(0, Condition { shape, gate: Gate::Open }, 1, Duration::ZERO).await.unwrap();
        link.lead_to(Target::At(echo().await));
        let stream = TcpStream::connect(link.address()).await.unwrap();
        (link, stream)
    }

    /// Sends a word and waits for it to come back; none if the connection is closed instead.
    async fn say(stream: &mut TcpStream, word: &[u8]) -> Option<Duration> {
        let started = Instant::now();
        stream.write_all(word).await.ok()?;
        let mut answer = vec![0; word.len()];
        timeout(PATIENCE, stream.read_exact(&mut answer)).await.expect("an answer or an end").ok()?;
        assert_eq!(answer, word);
        Some(started.elapsed())
    }

    #[tokio::test]
    async fn what_is_sent_arrives_and_latency_counts_both_ways() {
        let (link, mut stream) = linked(Shape::default()).await;
        assert!(say(&mut stream, b"hello").await.is_some());
        let latency = Duration::from_millis(60);
        link.set(Condition { shape: Shape { latency, ..Shape::default() }, gate: Gate::Open });
        assert!(say(&mut stream, b"again").await.unwrap() >= latency * 2);
    }

    #[tokio::test]
    async fn who_dials_before_the_node_is_up_waits_for_it() {
        let link = Link::open(0, Condition::default(), 1, Duration::ZERO).await.unwrap();
        let mut stream = TcpStream::connect(link.address()).await.unwrap();
        stream.write_all(b"early").await.unwrap();
        let mut answer = [0; 5];
        assert!(timeout(Duration::from_millis(50), stream.read_exact(&mut answer)).await.is_err());
        link.lead_to(Target::At(echo().await));
        timeout(PATIENCE, stream.read_exact(&mut answer)).await.unwrap().unwrap();
        assert_eq!(&answer, b"early");
    }

    #[tokio::test]
    async fn a_link_hesitates_from_when_the_node_is_up() {
        let hesitation = Duration::from_millis(50);
        let link = Link::open(0, Condition::default(), 1, hesitation).await.unwrap();
        let mut stream = TcpStream::connect(link.address()).await.unwrap();
        // Longer than it hesitates: what has passed before the node is up does not count.
        tokio::time::sleep(hesitation * 2).await;
        let up = Instant::now();
        link.lead_to(Target::At(echo().await));
        say(&mut stream, b"late").await.unwrap();
        assert!(up.elapsed() >= hesitation, "{:?}", up.elapsed());
    }

    #[tokio::test]
    async fn what_is_held_comes_after_the_release() {
        let (link, mut stream) = linked(Shape::default()).await;
        say(&mut stream, b"before").await.unwrap();
        link.set(Condition { gate: Gate::Held, ..Condition::default() });
        stream.write_all(b"held").await.unwrap();
        let mut answer = [0; 4];
        assert!(timeout(Duration::from_millis(100), stream.read_exact(&mut answer)).await.is_err());
        link.set(Condition::default());
        timeout(PATIENCE, stream.read_exact(&mut answer)).await.unwrap().unwrap();
        assert_eq!(&answer, b"held");
    }

    #[tokio::test]
    async fn a_cut_closes_refuses_and_heals() {
        let (link, mut stream) = linked(Shape::default()).await;
        say(&mut stream, b"before").await.unwrap();
        link.set(Condition { gate: Gate::Cut, ..Condition::default() });
        let mut rest = Vec::new();
        let closed = timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("the connection ends");
        assert!(closed.is_err() || rest.is_empty());
        let mut refused = TcpStream::connect(link.address()).await.unwrap();
        assert_eq!(say(&mut refused, b"anyone?").await, None);
        link.set(Condition::default());
        let mut healed = TcpStream::connect(link.address()).await.unwrap();
        assert!(say(&mut healed, b"hello").await.is_some());
    }

    #[tokio::test]
    async fn a_node_that_is_gone_is_refused_and_found_again() {
        let (link, mut stream) = linked(Shape::default()).await;
        say(&mut stream, b"before").await.unwrap();
        link.lead_to(Target::Gone);
        let mut refused = TcpStream::connect(link.address()).await.unwrap();
        assert_eq!(say(&mut refused, b"anyone?").await, None);
        link.lead_to(Target::At(echo().await));
        let mut found = TcpStream::connect(link.address()).await.unwrap();
        assert!(say(&mut found, b"hello").await.is_some());
    }

    #[tokio::test]
    async fn a_dropped_link_leaves_no_port() {
        let (link, mut stream) = linked(Shape::default()).await;
        say(&mut stream, b"before").await.unwrap();
        let address = link.address();
        drop(link);
        let free = async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, free).await.expect("the port is given back");
        assert_eq!(say(&mut stream, b"after").await, None);
    }

    #[test]
    fn a_line_is_in_order_and_drawn_from_its_seed() {
        let (latency, jitter) = (Duration::from_millis(20), Duration::from_millis(15));
        let shape = Shape { latency, jitter, loss: 200_000, bandwidth: None };
        let now = Instant::now();
        let arrivals = |seed| -> Vec<Instant> {
            let mut line = Line::new(seed);
            (0..200).map(|number| line.send(now + Duration::from_millis(number * 50), 100, shape)).collect()
        };
        let times = arrivals(7);
        assert_eq!(times, arrivals(7));
        assert_ne!(times, arrivals(8));
        assert!(times.is_sorted());
        let late = |(number, arrives): (u64, &Instant)| {
            let sent = now + Duration::from_millis(number * 50);
            assert!(*arrives >= sent + latency);
            *arrives >= sent + latency + LEAST_TIMEOUT
        };
        let repeated = (0..).zip(&times).map(late).filter(|late| *late).count();
        assert!((20..180).contains(&repeated), "{repeated} of 200 waited for a loss");
    }

    #[test]
    fn bandwidth_is_shared_by_what_is_sent_at_once() {
        let shape = Shape { bandwidth: Some(1_000_000), ..Shape::default() };
        let (mut line, now) = (Line::new(1), Instant::now());
        let arrivals: Vec<Duration> = (0..3).map(|_| line.send(now, 10_000, shape) - now).collect();
        assert_eq!(arrivals, [10, 20, 30].map(Duration::from_millis));
    }
}
