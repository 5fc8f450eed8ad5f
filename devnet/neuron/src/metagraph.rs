//! What a validator knows of its subnet: plain data, whoever read it from the chain.

use crate::key::Public;
use std::net::SocketAddr;

/// A moment: the chain's head, and the time that goes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Number of the head.
    pub block: u32,
    /// Milliseconds since 1970; virtual where the chain's time is.
    pub time: u64,
}

/// The neurons of a subnet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metagraph {
    /// All neurons, in the order of their uids.
    pub neurons: Vec<Neuron>,
    /// The weights that the chain has in the open: who set them, then uid and weight.
    pub weights: Vec<(u16, Vec<(u16, u16)>)>,
}

/// A neuron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neuron {
    /// Its slot.
    pub uid: u16,
    /// Public key of its hotkey.
    pub hotkey: Public,
    /// Its stake as the chain weighs it, rao.
    pub stake: u64,
    /// Whether its weights count.
    pub validator_permit: bool,
    /// Where it serves, if it announced that.
    pub axon: Option<SocketAddr>,
}

impl Metagraph {
    /// The neuron of a hotkey.
    pub fn of(&self, hotkey: &Public) -> Option<&Neuron> {
        self.neurons.iter().find(|neuron| neuron.hotkey == *hotkey)
    }

    /// The neuron in a slot.
    pub fn at(&self, uid: u16) -> Option<&Neuron> {
        self.neurons.iter().find(|neuron| neuron.uid == uid)
    }

    /// Whether a hotkey has a validator permit: who answers only validators answers these.
    pub fn is_permitted(&self, hotkey: &Public) -> bool {
        self.of(hotkey).is_some_and(|neuron| neuron.validator_permit)
    }

    /// Everyone but `hotkey` who announced where it serves.
    pub fn serving<'a>(&'a self, hotkey: &'a Public) -> impl Iterator<Item = &'a Neuron> {
        self.neurons.iter().filter(move |neuron| neuron.axon.is_some() && neuron.hotkey != *hotkey)
    }
}
