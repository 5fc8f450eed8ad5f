//! Transactions for a network, and which of them came through.

use super::node::Node;
use super::{Network, NetworkError};
use crate::chain::client::{Call, Client};
use crate::chain::keys::Account;
use polkadot_sdk::sp_core::H256;
use serde_json::json;
use std::collections::BTreeMap;
use subxt::ext::scale_value::Value;

/// Signs transactions of the development accounts for a network.
#[derive(Debug)]
pub struct Wallet {
    /// Knows the metadata and the genesis; its own chain stays at block 0.
    client: Client,
    /// The next nonce of each account that has sent something, by address.
    next: BTreeMap<String, u64>,
    /// What was taken, with its hash.
    sent: Vec<(H256, Vec<u8>)>,
}

impl Wallet {
    /// A wallet for a network.
    ///
    /// # Errors
    /// If its genesis cannot be built.
    pub fn of(network: &Network) -> Result<Self, NetworkError> {
        Ok(Self {
            client: Client::new(Box::new(network.memory_twin()?)),
            next: BTreeMap::new(),
            sent: Vec::new(),
        })
    }

    /// Hands a transfer of so many rao to a node. Tells the hash of the extrinsic.
    ///
    /// # Errors
    /// If a name is no account, or the node does not take it.
    pub async fn transfer(
        &mut self,
        node: &Node,
        from: &str,
        to: &str,
        rao: u64,
    ) -> Result<H256, NetworkError> {
        let [from, to] = [account(from)?, account(to)?];
        let rpc = node.rpc()?;
        // The node counts what waits in its pool; what waits in another's pool may not have reached it yet.
        let counted: u64 = rpc
            .ask("system_accountNextIndex", json!([from.ss58()]))
            .await
            .map_err(|source| node.failed(source))?;
        let nonce = counted.max(self.next.get(&from.ss58()).copied().unwrap_or_default());
        let dest = Value::unnamed_variant("Id", [Value::from_bytes(<[u8; 32]>::from(to.id()))]);
        let call = Call::new(
            "Balances",
            "transfer_keep_alive",
            [("dest", dest), ("value", Value::u128(rao.into()))],
        );
        let extrinsic = self.client.compose(&from, &call, nonce);
        let extrinsic = extrinsic.map_err(|error| NetworkError::Impossible(error.to_string()))?;
        let hash = rpc.submit(&extrinsic).await.map_err(|source| node.failed(source))?;
        self.next.insert(from.ss58(), nonce + 1);
        self.sent.push((hash, extrinsic));
        Ok(hash)
    }

    /// The hashes of all that was taken.
    pub fn sent(&self) -> impl ExactSizeIterator<Item = H256> {
        self.sent.iter().map(|(hash, _)| *hash)
    }

    /// Hands some of it to a node once more, as clients do: a node that is killed forgets what no block has yet. That the
    /// node knows it, or has it in a block that is not final, is no error.
    pub async fn send_again(&self, node: &Node, is_missing: impl Fn(H256) -> bool) {
        let Ok(rpc) = node.rpc() else { return };
        for (_, extrinsic) in self.sent.iter().filter(|(hash, _)| is_missing(*hash)) {
            let _: Result<H256, _> = rpc.submit(extrinsic).await;
        }
    }
}

fn account(name: &str) -> Result<Account, NetworkError> {
    Account::from_uri(&format!("//{name}"))
        .map_err(|error| NetworkError::Impossible(format!("`{name}` is no account: {error:?}")))
}
