//! What is hashed: nodes in the encoding of the Polkadot SDK.

use crate::node::{Children, Link, Node};
use polkadot_sdk::sp_core::{Blake2Hasher, H256, Hasher};
use polkadot_sdk::sp_trie::{LayoutV1, NodeCodec, TrieLayout, empty_trie_root};
use trie_db::node::Value;
use trie_db::{ChildReference, NodeCodec as _};

/// The root over everything under the top.
pub(crate) fn root(top: &Link) -> H256 {
    match top.as_ref().map(|node| (node, reference(node))) {
        None => empty_trie_root::<LayoutV1<Blake2Hasher>>(),
        Some((_, ChildReference::Hash(hash))) => hash,
        // A parent would store so small a node as it is, but above the top there is none.
        Some((node, ChildReference::Inline(..))) => Blake2Hasher::hash(&encode(node)),
    }
}

/// What a parent stores of a node: its hash, or the node itself where that is shorter.
fn reference(node: &Node) -> ChildReference<H256> {
    *node.reference.get_or_init(|| {
        let encoded = encode(node);
        if encoded.len() >= Blake2Hasher::LENGTH {
            return ChildReference::Hash(Blake2Hasher::hash(&encoded));
        }
        let mut inline = H256::zero();
        inline.as_mut()[..encoded.len()].copy_from_slice(&encoded);
        ChildReference::Inline(inline, encoded.len())
    })
}

fn encode(node: &Node) -> Vec<u8> {
    let hash = node.value.as_ref().filter(|value| is_hashed(value)).map(|value| Blake2Hasher::hash(value));
    let value = node.value.as_ref().map(|value| match &hash {
        Some(hash) => Value::Node(hash.as_bytes()),
        None => Value::Inline(value),
    });
    let (partial, length) = (packed(&node.partial), node.partial.len());
    match (&node.children, value) {
        (None, Some(value)) => NodeCodec::<Blake2Hasher>::leaf_node(partial, length, value),
        (None, None) => NodeCodec::<Blake2Hasher>::empty_node().to_vec(),
        (Some(children), value) => {
            NodeCodec::<Blake2Hasher>::branch_node_nibbled(partial, length, references(children), value)
        }
    }
}

/// Whether state version 1 stores the hash of a value in the node, and not the value.
fn is_hashed(value: &[u8]) -> bool {
    let longest = <LayoutV1<Blake2Hasher> as TrieLayout>::MAX_INLINE_VALUE;
    longest.is_some_and(|longest| value.len() >= longest as usize)
}

fn references(children: &Children) -> impl Iterator<Item = Option<ChildReference<H256>>> {
    children.iter().map(|child| child.as_deref().map(reference))
}

/// Half bytes as bytes; of an odd number, the first stands alone in the first byte.
fn packed(partial: &[u8]) -> impl Iterator<Item = u8> {
    let (first, pairs) = partial.split_at(partial.len() % 2);
    first.iter().copied().chain(pairs.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]))
}
