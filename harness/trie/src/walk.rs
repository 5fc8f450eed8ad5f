//! Finding entries without changing anything.

use crate::node::{Link, Node, shared};

/// The value where `path` leads.
pub(crate) fn get<'trie>(top: &'trie Link, mut path: &[u8]) -> Option<&'trie Vec<u8>> {
    let mut node = top.as_deref()?;
    loop {
        let Some((turn, rest)) = path.strip_prefix(&*node.partial)?.split_first() else {
            return node.value.as_ref();
        };
        node = node.children.as_ref()?[usize::from(*turn)].as_deref()?;
        path = rest;
    }
}

/// The first key after the one whose half bytes are `after`.
pub(crate) fn next(top: &Link, after: &[u8]) -> Option<Vec<u8>> {
    let mut path = Vec::with_capacity(after.len());
    next_below(top, after, &mut path).then(|| bytes(&path))
}

/// Makes `path` lead to the first entry below that is after `after`, if there is one; else leaves it as it is.
fn next_below(link: &Link, after: &[u8], path: &mut Vec<u8>) -> bool {
    let Some(node) = link else { return false };
    let common = shared(&node.partial, after);
    match (node.partial.get(common), after.get(common)) {
        (Some(here), Some(there)) if here < there => false,
        (Some(_), _) => {
            first(node, path);
            true
        }
        (None, there) => {
            // The value here is that of `after` or of a beginning of it, and so not after it.
            let (turn, rest) =
                there.map_or((0, None), |turn| (usize::from(*turn), Some(&after[common + 1..])));
            let start = path.len();
            path.extend_from_slice(&node.partial);
            let found =
                children(node).skip_while(|(place, _)| usize::from(*place) < turn).any(|(place, child)| {
                    path.push(place);
                    let found = match rest {
                        Some(rest) if usize::from(place) == turn => next_below(child, rest, path),
                        _ => child.as_deref().map(|child| first(child, path)).is_some(),
                    };
                    if !found {
                        path.pop();
                    }
                    found
                });
            if !found {
                path.truncate(start);
            }
            found
        }
    }
}

/// Makes `path` lead to the first entry of a node.
fn first(node: &Node, path: &mut Vec<u8>) {
    path.extend_from_slice(&node.partial);
    if node.value.is_none()
        && let Some((place, child)) =
            children(node).find_map(|(place, child)| Some((place, child.as_deref()?)))
    {
        path.push(place);
        first(child, path);
    }
}

/// All entries whose key starts with the half bytes `prefix`.
pub(crate) fn entries<'trie>(top: &'trie Link, prefix: &[u8]) -> Vec<(Vec<u8>, &'trie Vec<u8>)> {
    let mut entries = Vec::new();
    let (mut path, mut link, mut rest) = (Vec::new(), top, prefix);
    while let Some(node) = link {
        let common = shared(&node.partial, rest);
        rest = &rest[common..];
        let Some((turn, after)) = rest.split_first() else {
            collect(node, &mut path, &mut entries);
            break;
        };
        let (true, Some(children)) = (common == node.partial.len(), &node.children) else { break };
        path.extend_from_slice(&node.partial);
        path.push(*turn);
        link = &children[usize::from(*turn)];
        rest = after;
    }
    entries
}

fn collect<'trie>(node: &'trie Node, path: &mut Vec<u8>, entries: &mut Vec<(Vec<u8>, &'trie Vec<u8>)>) {
    let start = path.len();
    path.extend_from_slice(&node.partial);
    if let Some(value) = &node.value {
        entries.push((bytes(path), value));
    }
    for (place, child) in children(node) {
        if let Some(child) = child {
            path.push(place);
            collect(child, path, entries);
            path.pop();
        }
    }
    path.truncate(start);
}

/// How many entries there are below.
pub(crate) fn count(link: &Link) -> usize {
    let Some(node) = link else { return 0 };
    usize::from(node.value.is_some()) + children(node).map(|(_, child)| count(child)).sum::<usize>()
}

fn children(node: &Node) -> impl Iterator<Item = (u8, &Link)> {
    (0_u8..).zip(node.children.iter().flat_map(|children| children.iter()))
}

/// A key from its half bytes.
fn bytes(path: &[u8]) -> Vec<u8> {
    path.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
