//! What a scenario can do to its chain: make calls, let blocks pass, prepare its state.

use super::beacon::WRITE_PULSE;
use super::outcome::{Outcome, Refusal, refusal_in};
use super::{StepError, World};
use crate::chain::client::{Call, Client};
use crate::chain::events::Event;
use crate::chain::keys::Account;
use crate::chain::{Block, ChainError};
use pallet_drand::types::Pulse;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::AccountId32;
use subxt::ext::scale_value::Value;

/// Who makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The account of this name.
    Signed(String),
    /// The root of the chain, through the sudo pallet, signed by the account of this name.
    Root(String),
}

/// A call that waits for its block.
pub(super) struct Waiting {
    outcome: Outcome,
    hash: Option<H256>,
}

impl Waiting {
    /// What is wrong if it is a call of this pallet and was refused.
    pub(super) fn refused(&self, pallet: &str) -> Option<String> {
        let Outcome { signer, call, block, refusal } = &self.outcome;
        let refusal = refusal.as_ref().filter(|_| call.starts_with(pallet))?;
        Some(format!("{signer}'s call {call} in block {block} was refused with {}", refusal.name()))
    }
}

/// Calls that write the state past all rules of the chain.
const BY_HAND: [(&str, &str); 5] = [
    ("System", "set_storage"),
    ("System", "kill_storage"),
    ("System", "kill_prefix"),
    ("Balances", "force_set_balance"),
    ("Balances", "force_adjust_total_issuance"),
];

/// Whether a call, such as `System.set_storage`, writes the state past all rules of the chain.
pub fn writes_by_hand(call: &str) -> bool {
    call.split_once('.').is_some_and(|call| BY_HAND.contains(&call))
}

impl World {
    /// Makes calls, all in one block, and notes what becomes of them.
    ///
    /// A call that the chain does not take is in no block; if it takes none of them, no block is made.
    ///
    /// # Errors
    /// If a call cannot be put together, or the chain fails.
    pub async fn make_calls(&mut self, calls: Vec<(Origin, Call)>) -> Result<(), StepError> {
        self.begin_action()?;
        let number = self.client()?.head().await?.number + 1;
        self.written_by_hand =
            calls.iter().any(|(_, call)| writes_by_hand(&format!("{}.{}", call.pallet, call.name)));
        let mut waiting = Vec::new();
        for (origin, call) in calls {
            waiting.push(self.submit(origin, call, number).await?);
        }
        if waiting.iter().any(|call| call.hash.is_some()) {
            let block = self.advance().await?;
            self.judge(&mut waiting, &block, 0)?;
        }
        self.conclude(waiting);
        Ok(())
    }

    /// Makes a block that brings this one pulse in place of those that are due, and notes what becomes of it.
    ///
    /// # Errors
    /// If the chain fails.
    pub async fn publish(&mut self, pulse: Pulse) -> Result<(), StepError> {
        self.begin_action()?;
        let (call, block) = (format!("Drand.{WRITE_PULSE}"), self.client()?.head().await?.number + 1);
        let (hash, refusal) = match self.offer_pulses(vec![pulse]).await {
            Ok(hash) => (Some(hash), None),
            Err(StepError::Chain(ChainError::Rejected(rejection))) => {
                (None, Some(Refusal::rejected(&rejection)))
            }
            Err(error) => return Err(error),
        };
        let outcome = Outcome { signer: "nobody".into(), call, block, refusal };
        let mut waiting = [Waiting { outcome, hash }];
        if hash.is_some() {
            let block = self.make_block().await?;
            self.judge(&mut waiting, &block, 0)?;
        }
        self.conclude(waiting);
        Ok(())
    }

    /// Notes what became of the calls of an action.
    pub(super) fn conclude(&mut self, calls: impl IntoIterator<Item = Waiting>) {
        self.written_by_hand = false;
        self.last = calls.into_iter().map(|call| call.outcome).collect();
        self.refused.extend(self.last.iter().filter(|outcome| outcome.refusal.is_some()).cloned());
        self.examined = false;
    }

    pub(super) async fn submit(
        &mut self,
        origin: Origin,
        call: Call,
        block: u32,
    ) -> Result<Waiting, StepError> {
        let name = format!("{}.{}", call.pallet, call.name);
        let (signer, call) = match origin {
            Origin::Signed(signer) => (signer, call),
            Origin::Root(signer) => (signer, Call::new("Sudo", "sudo", [("call", call.into_value())])),
        };
        let account = self.names.account(&signer)?;
        let (hash, refusal) = match self.running()?.client.submit(&account, &call).await {
            Ok(hash) => (Some(hash), None),
            Err(ChainError::Rejected(rejection)) => (None, Some(Refusal::rejected(&rejection))),
            Err(error) => return Err(error.into()),
        };
        Ok(Waiting { outcome: Outcome { signer, call: name, block, refusal }, hash })
    }

    pub(super) fn judge(
        &self,
        waiting: &mut [Waiting],
        block: &Block,
        earlier: usize,
    ) -> Result<(), StepError> {
        let events = self.events.get(earlier..).unwrap_or_default();
        for call in waiting {
            let Some(hash) = call.hash else { continue };
            call.outcome.refusal = self.fate(hash, block, events, &call.outcome.call)?;
        }
        Ok(())
    }

    /// What became of an extrinsic in its block, by the block's events.
    fn fate(
        &self,
        hash: H256,
        block: &Block,
        events: &[Event],
        call: &str,
    ) -> Result<Option<Refusal>, StepError> {
        let index = block.extrinsics.iter().position(|extrinsic| *extrinsic == hash);
        let dropped = block.dropped.iter().find(|(dropped, _)| *dropped == hash);
        match (index, dropped) {
            (Some(index), _) => {
                let own = events.iter().filter(|event| event.extrinsic == u32::try_from(index).ok());
                Ok(refusal_in(&own.cloned().collect::<Vec<Event>>(), self.client()?.metadata()))
            }
            (None, Some((_, rejection))) => Ok(Some(Refusal::rejected(rejection))),
            (None, None) => Err(StepError::Unfit(format!("the call {call} is not in its block"))),
        }
    }

    /// Makes one call as [`Self::make_calls`] does.
    ///
    /// # Errors
    /// See [`Self::make_calls`].
    pub async fn make_call(&mut self, signer: &str, call: Call) -> Result<(), StepError> {
        self.make_calls(vec![(Origin::Signed(signer.to_owned()), call)]).await
    }

    /// Lets blocks pass.
    ///
    /// # Errors
    /// If the chain fails.
    pub async fn pass(&mut self, blocks: u32) -> Result<(), StepError> {
        self.begin_action()?;
        self.last.clear();
        for _ in 0..blocks {
            self.advance().await?;
        }
        Ok(())
    }

    /// Lets one more block pass within the same action.
    ///
    /// # Errors
    /// If the chain fails.
    pub async fn pass_one(&mut self) -> Result<(), StepError> {
        self.advance().await.map(drop)
    }

    /// Makes calls as root that prepare the chain; each must succeed. They stand in one block and pay no fee.
    ///
    /// # Errors
    /// [`StepError::Refused`] if one does not succeed.
    pub async fn prepare(&mut self, calls: Vec<Call>) -> Result<(), StepError> {
        let sudo = self.sudo().await?;
        let calls = calls.into_iter().map(|call| (Origin::Root(sudo.clone()), call)).collect();
        self.make_calls(calls).await?;
        self.finish()?;
        self.examined = true;
        Ok(())
    }

    /// The call that writes and removes storage entries.
    pub fn storage_calls(entries: Vec<(Vec<u8>, Option<Vec<u8>>)>) -> Vec<Call> {
        let (written, removed): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(_, value)| value.is_some());
        let pairs = written.into_iter().map(|(key, value)| {
            let value = Value::from_bytes(value.unwrap_or_default());
            Value::unnamed_composite([Value::from_bytes(key), value])
        });
        let pairs: Vec<_> = pairs.collect();
        let keys: Vec<_> = removed.into_iter().map(|(key, _)| Value::from_bytes(key)).collect();
        let mut calls = Vec::new();
        if !pairs.is_empty() {
            calls.push(Call::new("System", "set_storage", [("items", Value::unnamed_composite(pairs))]));
        }
        if !keys.is_empty() {
            calls.push(Call::new("System", "kill_storage", [("keys", Value::unnamed_composite(keys))]));
        }
        calls
    }

    /// The name of the account that holds the sudo key.
    ///
    /// # Errors
    /// If nobody whom the scenario can sign for holds it.
    pub async fn sudo(&self) -> Result<String, StepError> {
        let holder = self.value_at("Sudo.Key").await?.value;
        let id = holder.map(|holder| super::notation::bytes_of(&holder));
        let id = id.and_then(|id| <[u8; 32]>::try_from(id).ok()).map(AccountId32::from);
        let name = id.as_ref().map(|id| self.names.name(id));
        match name.as_deref().map(|name| self.names.account(name)) {
            Some(Ok(_)) => Ok(name.unwrap_or_default()),
            _ => Err(StepError::Unfit("nobody here holds the chain's sudo key".into())),
        }
    }

    /// The account of a name.
    ///
    /// # Errors
    /// A text that is no name.
    pub fn account(&self, name: &str) -> Result<Account, StepError> {
        Ok(self.names.account(name)?)
    }

    /// Looks at the chain as it would be had the last action not been: `blocks` empty blocks after the moment before it.
    ///
    /// # Errors
    /// If there was no action, or the target has no branches.
    pub async fn without_last_action<T>(
        &mut self,
        blocks: u32,
        look: impl AsyncFnOnce(&Self) -> Result<T, StepError>,
    ) -> Result<T, StepError> {
        let before = self.running()?.before.as_ref();
        let before =
            before.ok_or_else(|| StepError::Unfit("there is no earlier moment to compare with".into()))?;
        let branch = before.branch()?;
        self.on(branch, blocks, look).await
    }

    /// Looks at the chain as its next block will find it when the calls in it begin.
    ///
    /// # Errors
    /// If the target has no branches.
    pub async fn next_block<T>(
        &mut self,
        look: impl AsyncFnOnce(&Self) -> Result<T, StepError>,
    ) -> Result<T, StepError> {
        let branch = self.client()?.branch()?;
        self.on(branch, 1, look).await
    }

    /// Looks at a branch after some empty blocks, and comes back.
    async fn on<T>(
        &mut self,
        mut branch: Client,
        blocks: u32,
        look: impl AsyncFnOnce(&Self) -> Result<T, StepError>,
    ) -> Result<T, StepError> {
        branch.advance(blocks).await?;
        std::mem::swap(&mut self.running()?.client, &mut branch);
        let seen = look(self).await;
        std::mem::swap(&mut self.running()?.client, &mut branch);
        seen
    }

    /// Whatever was refused before must have been looked at; from here on, events and calls are those of a new action.
    pub(super) fn begin_action(&mut self) -> Result<(), StepError> {
        self.finish()?;
        self.events.clear();
        self.examined = true;
        let running = self.running()?;
        running.before = match running.client.branch() {
            Ok(branch) => Some(branch),
            Err(ChainError::CannotBranch(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(())
    }

    /// Makes a block, with the pulses that the beacon publishes by then.
    pub(super) async fn advance(&mut self) -> Result<Block, StepError> {
        let (pulses, earlier) = (self.offer_due_pulses().await?, self.events.len());
        let block = self.make_block().await?;
        if let Some(hash) = pulses
            && let Some(refusal) =
                self.fate(hash, &block, self.events.get(earlier..).unwrap_or_default(), WRITE_PULSE)?
        {
            return Err(StepError::Unfit(format!(
                "block {} refused the beacon's pulses with {}; only a chain with the local beacon's key takes them \
                 (`Given a beacon chain`)",
                block.head.number,
                refusal.name()
            )));
        }
        Ok(block)
    }

    async fn make_block(&mut self) -> Result<Block, StepError> {
        let blocks = self.running()?.client.advance(1).await?;
        let block =
            blocks.into_iter().next().ok_or_else(|| StepError::Unfit("the chain made no block".into()))?;
        self.observe(&block).await?;
        Ok(block)
    }
}
