//! Faults, as values with a guard that undoes them.

use super::fabric::{Change, Effect, EffectId, Which};
use super::link::Shape;
use super::node::{Node, Sync, dial};
use super::process::Tell;
use super::topology::{Pace, Role};
use super::{Network, NetworkError, Shared};
use serde_json::{Value, json};
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Something bad that happens to a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nodes of different groups cannot reach each other; a node in no group reaches nobody.
    Partition(Vec<Vec<String>>),
    /// What is sent over some links waits until they are released.
    Hold(Which),
    /// Everything on some links takes so much longer, and up to the second more.
    Latency(Which, Duration, Duration),
    /// So many parts of a million are lost on some links, and sent again.
    Loss(Which, u32),
    /// A node is killed; it is started again when the fault is repaired.
    Crash(String),
    /// A node is killed and started again at once, on what it kept.
    Bounce(String),
    /// A node stands still.
    Pause(String),
    /// A node is killed, loses its chain and gets it again from its peers.
    Wipe(String, Sync),
    /// A node's clock is ahead by so many milliseconds of the chain's time.
    Skew(String, i64),
    /// A second node with an authority's keys.
    Byzantine(String),
}

/// What undoes a fault.
#[derive(Debug)]
enum Undo {
    Nothing,
    Lift(EffectId),
    Start(String),
    Resume(String),
    Unskew(String),
    RemoveTwin(String),
}

/// A fault that has been inflicted. It is undone when this is dropped.
#[derive(Debug)]
#[must_use = "a fault is undone when its guard is dropped"]
pub struct Inflicted {
    network: Weak<Shared>,
    fault: Fault,
    undo: Undo,
}

impl Inflicted {
    /// The fault.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Undoes it, and waits until that is done.
    ///
    /// # Errors
    /// What the network could not do.
    pub async fn repair(mut self) -> Result<(), NetworkError> {
        let undo = std::mem::replace(&mut self.undo, Undo::Nothing);
        match self.network.upgrade() {
            Some(shared) => Network(shared).undo(undo).await,
            None => Ok(()),
        }
    }
}

impl Drop for Inflicted {
    fn drop(&mut self) {
        let undo = std::mem::replace(&mut self.undo, Undo::Nothing);
        if matches!(undo, Undo::Nothing) {
            return;
        }
        let Some(shared) = self.network.upgrade() else { return };
        let network = Network(shared);
        // Who wants to know whether it worked asks for the repair.
        match &undo {
            Undo::Nothing => {}
            Undo::Lift(effect) => network.0.fabric.lift(effect),
            Undo::Resume(name) => drop(network.tell(name, Tell::Resume)),
            Undo::Start(_) | Undo::Unskew(_) | Undo::RemoveTwin(_) => {
                let again = Arc::downgrade(&network.0);
                network.0.keeper.spawn(async move {
                    if let Some(shared) = again.upgrade() {
                        drop(Network(shared).undo(undo).await);
                    }
                });
            }
        }
    }
}

impl Network {
    /// Makes something bad happen.
    ///
    /// # Errors
    /// [`NetworkError::Impossible`] if it cannot happen on this network, or what the network could not do.
    pub async fn inflict(&self, fault: Fault) -> Result<Inflicted, NetworkError> {
        self.check(&fault)?;
        let undo = match &fault {
            Fault::Partition(groups) => self.effect(Effect::Partition(groups.clone())),
            Fault::Hold(which) => self.effect(Effect::Between(which.clone(), Change::Hold)),
            Fault::Latency(which, latency, jitter) => {
                self.effect(Effect::Between(which.clone(), Change::Latency(*latency, *jitter)))
            }
            Fault::Loss(which, share) => self.effect(Effect::Between(which.clone(), Change::Loss(*share))),
            Fault::Crash(name) => {
                self.kill_node(name)?;
                Undo::Start(name.clone())
            }
            Fault::Bounce(name) => {
                self.kill_node(name)?;
                self.start_node(name).await?;
                Undo::Nothing
            }
            Fault::Pause(name) => {
                self.tell(name, Tell::Pause)?;
                Undo::Resume(name.clone())
            }
            Fault::Wipe(name, sync) => {
                self.wipe(name, *sync).await?;
                Undo::Nothing
            }
            Fault::Skew(name, ahead) => {
                self.skew(name, *ahead).await?;
                Undo::Unskew(name.clone())
            }
            Fault::Byzantine(name) => Undo::RemoveTwin(self.add_twin(name).await?),
        };
        Ok(Inflicted { network: Arc::downgrade(&self.0), fault, undo })
    }

    /// Whether a fault can happen here at all.
    fn check(&self, fault: &Fault) -> Result<(), NetworkError> {
        for name in fault.nodes() {
            self.node(name)?;
        }
        let impossible = |problem: String| Err(NetworkError::Impossible(problem));
        match fault {
            Fault::Partition(groups) => {
                let names: Vec<&String> = groups.iter().flatten().collect();
                let twice = names.iter().find(|name| names.iter().filter(|other| other == name).count() > 1);
                twice.map_or(Ok(()), |name| impossible(format!("`{name}` cannot be in two groups")))
            }
            Fault::Skew(..) if !matches!(self.topology().pace, Pace::Live { .. }) => {
                impossible("only nodes of live pace have a clock that can be wrong".into())
            }
            Fault::Byzantine(name) if self.node(name)?.spec().role != Role::Authority => {
                impossible(format!("`{name}` is no authority"))
            }
            _ => Ok(()),
        }
    }

    fn effect(&self, effect: Effect) -> Undo {
        Undo::Lift(self.0.fabric.apply(effect))
    }

    fn tell(&self, name: &str, what: Tell) -> Result<(), NetworkError> {
        self.node(name)?.tell(what)
    }

    async fn wipe(&self, name: &str, sync: Sync) -> Result<(), NetworkError> {
        self.kill_node(name)?;
        let path = self.0.folder.node(name);
        match std::fs::remove_dir_all(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(NetworkError::System { what: format!("wiping {}", path.display()), source });
            }
            _ => {}
        }
        self.node(name)?.set_sync(sync);
        self.start_node(name).await
    }

    async fn skew(&self, name: &str, ahead: i64) -> Result<(), NetworkError> {
        self.kill_node(name)?;
        self.node(name)?.set_skew(ahead);
        self.start_node(name).await
    }

    /// Starts a second node with an authority's keys, known to all others. Tells its name.
    async fn add_twin(&self, name: &str) -> Result<String, NetworkError> {
        let node = self.node(name)?;
        let twin = format!("{name}-twin");
        if self.0.nodes().contains_key(&twin) {
            return Err(NetworkError::Impossible(format!("`{name}` has a twin already")));
        }
        let (network, new) = (self.clone(), Arc::new(Node::new(node.spec(), &twin)));
        self.0.nodes().insert(twin.clone(), new.clone());
        let made = self.0.keeper.run(async move { network.0.link_twin(&new).await }).await;
        if let Err(error) = made {
            self.remove_twin(&twin).await;
            return Err(error);
        }
        Ok(twin)
    }

    async fn remove_twin(&self, twin: &str) {
        let Some(node) = self.0.nodes().remove(twin) else { return };
        node.kill();
        self.0.fabric.close(twin);
        for other in self.awake() {
            let rpc = self.node(&other).and_then(|other| other.rpc());
            if let Ok(rpc) = rpc {
                // A node that does not answer now has forgotten the twin when it is started again.
                let _: Result<Value, _> = rpc.ask("system_removeReservedPeer", json!([node.peer()])).await;
            }
        }
    }

    async fn undo(&self, undo: Undo) -> Result<(), NetworkError> {
        match undo {
            Undo::Nothing => Ok(()),
            Undo::Lift(effect) => {
                self.0.fabric.lift(&effect);
                Ok(())
            }
            // Somebody may have started it meanwhile.
            Undo::Start(name) if self.node(&name)?.listening().is_some() => Ok(()),
            Undo::Start(name) => self.start_node(&name).await,
            Undo::Resume(name) => self.tell(&name, Tell::Resume),
            Undo::Unskew(name) => {
                self.node(&name)?.set_skew(0);
                // It may be down by another fault; then it gets its clock right when that is repaired.
                match self.kill_node(&name) {
                    Ok(()) => self.start_node(&name).await,
                    Err(_) => Ok(()),
                }
            }
            Undo::RemoveTwin(twin) => {
                self.remove_twin(&twin).await;
                Ok(())
            }
        }
    }
}

impl Shared {
    /// Links a twin with all nodes, starts it, and tells the others that it may come. On the keeper's thread.
    async fn link_twin(&self, twin: &Arc<Node>) -> Result<(), NetworkError> {
        let others: Vec<Arc<Node>> =
            self.nodes().values().filter(|node| node.name() != twin.name()).cloned().collect();
        for other in &others {
            for (from, to) in [(twin, other), (other, twin)] {
                let opened = self.fabric.open(from.name(), to.name(), Shape::default()).await;
                opened.map_err(|source| NetworkError::System { what: "a port for a link".into(), source })?;
            }
            if let Some(listening) = other.listening() {
                self.lead_to_listener(other.name(), &listening);
            }
        }
        self.start_node(twin).await?;
        for other in others {
            let Some(port) = self.fabric.port(other.name(), twin.name()) else { continue };
            let Ok(rpc) = other.rpc() else { continue };
            let address = dial(port, &twin.peer());
            let _: Value = rpc
                .ask("system_addReservedPeer", json!([address]))
                .await
                .map_err(|source| other.failed(source))?;
        }
        Ok(())
    }
}

impl Fault {
    /// The nodes it names.
    fn nodes(&self) -> Vec<&String> {
        match self {
            Self::Partition(groups) => groups.iter().flatten().collect(),
            Self::Hold(which) | Self::Latency(which, ..) | Self::Loss(which, _) => which.nodes(),
            Self::Crash(name)
            | Self::Bounce(name)
            | Self::Pause(name)
            | Self::Wipe(name, _)
            | Self::Skew(name, _)
            | Self::Byzantine(name) => vec![name],
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partition(groups) => {
                let groups: Vec<String> = groups.iter().map(|group| group.join(" ")).collect();
                write!(formatter, "partition {}", groups.join(" | "))
            }
            Self::Hold(which) => write!(formatter, "hold {which}"),
            Self::Latency(which, latency, jitter) => {
                write!(
                    formatter,
                    "latency {which} {}ms and up to {}ms",
                    latency.as_millis(),
                    jitter.as_millis()
                )
            }
            Self::Loss(which, share) => {
                write!(formatter, "loss {which} {}.{:04}%", share / 10_000, share % 10_000)
            }
            Self::Crash(name) => write!(formatter, "crash {name}"),
            Self::Bounce(name) => write!(formatter, "bounce {name}"),
            Self::Pause(name) => write!(formatter, "pause {name}"),
            Self::Wipe(name, Sync::Full) => write!(formatter, "wipe {name}"),
            Self::Wipe(name, Sync::State) => write!(formatter, "wipe {name}, to sync by state"),
            Self::Skew(name, ahead) => write!(formatter, "skew {name} by {ahead}ms"),
            Self::Byzantine(name) => write!(formatter, "byzantine {name}"),
        }
    }
}
