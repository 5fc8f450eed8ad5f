//! Nodes, and what putting a value in or taking one out does to them.

use polkadot_sdk::sp_core::H256;
use std::sync::{Arc, OnceLock};
use trie_db::ChildReference;

/// Where a node may hang.
pub(crate) type Link = Option<Arc<Node>>;

/// The links below a node, one for each value of a half byte.
pub(crate) type Children = [Link; 16];

/// A node: the half bytes that all keys below it share after the one that led here, a value if a key ends here, and
/// what is below. It has a value or at least two links, or it would not be there.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub partial: Box<[u8]>,
    pub value: Option<Vec<u8>>,
    pub children: Option<Box<Children>>,
    /// What the parent stores of this node, from when it is first asked for until the node changes.
    pub reference: OnceLock<ChildReference<H256>>,
}

impl Node {
    fn leaf(partial: &[u8], value: Vec<u8>) -> Self {
        Self { partial: partial.into(), value: Some(value), children: None, reference: OnceLock::new() }
    }
}

/// How many half bytes two paths share.
pub(crate) fn shared(left: &[u8], right: &[u8]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| left == right).count()
}

/// Puts a value where `path` leads from here.
pub(crate) fn insert(link: &mut Link, path: &[u8], value: Vec<u8>) {
    let Some(node) = link else {
        *link = Some(Arc::new(Node::leaf(path, value)));
        return;
    };
    let node = Arc::make_mut(node);
    node.reference.take();
    let common = shared(&node.partial, path);
    if common < node.partial.len() {
        split(node, common);
    }
    match path[common..].split_first() {
        None => node.value = Some(value),
        Some((turn, rest)) => {
            let children = node.children.get_or_insert_default();
            insert(&mut children[usize::from(*turn)], rest, value);
        }
    }
}

/// Makes two nodes of one: one that ends after `common` half bytes, and the rest of it below.
fn split(node: &mut Node, common: usize) {
    let turn = usize::from(node.partial[common]);
    let below = Node {
        partial: node.partial[common + 1..].into(),
        value: node.value.take(),
        children: node.children.take(),
        reference: OnceLock::new(),
    };
    node.partial = node.partial[..common].into();
    node.children.get_or_insert_default()[turn] = Some(Arc::new(below));
}

/// Takes out the value where `path` leads from here; there is one.
pub(crate) fn remove(link: &mut Link, path: &[u8]) {
    let Some(node) = link else { return };
    let node = Arc::make_mut(node);
    node.reference.take();
    match path[node.partial.len()..].split_first() {
        None => node.value = None,
        Some((turn, rest)) => {
            if let Some(children) = &mut node.children {
                remove(&mut children[usize::from(*turn)], rest);
            }
        }
    }
    tidy(link);
}

/// Removes a node that holds nothing any more, and joins one that only leads on with what it leads to.
fn tidy(link: &mut Link) {
    let Some(node) = link.as_mut().map(Arc::make_mut) else { return };
    let mut turns = (0_u8..).zip(node.children.iter().flat_map(|children| children.iter()));
    let mut turns = turns.by_ref().filter(|(_, child)| child.is_some()).map(|(turn, _)| turn);
    match (turns.next(), turns.next()) {
        (None, _) if node.value.is_none() => *link = None,
        (None, _) => node.children = None,
        (Some(turn), None) if node.value.is_none() => {
            let only = node.children.as_mut().and_then(|children| children[usize::from(turn)].take());
            *link = only.map(|only| Arc::new(joined(&node.partial, turn, Arc::unwrap_or_clone(only))));
        }
        _ => {}
    }
}

/// A node in the place of its parent, which ended after `partial` and had nothing else below it.
fn joined(partial: &[u8], turn: u8, only: Node) -> Node {
    let partial = [partial, &[turn], &only.partial].concat().into();
    Node { partial, reference: OnceLock::new(), ..only }
}
