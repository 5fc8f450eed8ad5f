//! Merkle roots over a model, a request and a response, and branches into them.
//!
//! Trees are those of the Polkadot SDK's `binary-merkle-tree` with BLAKE2b-256. A leaf begins with a word that says what
//! it is and carries its own place, so that no leaf and no inner node passes for another one; the number of leaves
//! always follows from the registered layers and never from a proof. `COMMITMENTS.md` has every byte.

use crate::layer::first_rows;
use crate::{Layers, MAX_BRANCH, Row, ShapeError, Trace, validate};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::binary_merkle_tree::{Leaf, merkle_proof_raw, merkle_root_raw, verify_proof};
use polkadot_sdk::sp_core::{ConstU32, H256, Hasher, bounded::BoundedVec};
use polkadot_sdk::sp_runtime::traits::BlakeTwo256;
use scale_info::TypeInfo;

/// The hashes beside the way from a leaf to the root, from the leaf up.
pub type Branch = BoundedVec<H256, ConstU32<MAX_BRANCH>>;

/// What registering a model says of it: its layers and the root over its rows of weights.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Commitment {
    /// The layers, in order.
    pub layers: Layers,
    /// The root over the rows of all layers, in order; zeros where no layer has rows.
    pub rows: H256,
}

impl Commitment {
    /// The model's name in receipts: one hash over layers and rows, so that neither can be exchanged under it.
    pub fn model(&self) -> H256 {
        let layers = hash(&("assay/layers/1", &self.layers));
        merkle_root_raw::<BlakeTwo256, _>([layers, self.rows])
    }

    /// Whether the layers make a network.
    ///
    /// # Errors
    /// The first layer that does not fit.
    pub fn validate(&self) -> Result<(), ShapeError> {
        validate(&self.layers)
    }

    /// The number of a row among all rows of the model, and how many there are.
    pub(crate) fn row_place(&self, layer: usize, row: usize) -> Option<Place> {
        let firsts = first_rows(&self.layers);
        let index = firsts.get(layer)?.checked_add(row)?;
        Some(Place { index, leaves: *firsts.last()? })
    }
}

/// A leaf's place in a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Counted from zero.
    pub index: usize,
    /// Leaves of the tree.
    pub leaves: usize,
}

impl Place {
    /// The only leaf of a tree.
    pub(crate) const ONLY: Self = Self { index: 0, leaves: 1 };

    /// Hashes that a branch from here to the root has. The library does not look at the length of a branch, and a
    /// shorter one would make an inner node a leaf.
    fn branch_length(self) -> usize {
        let (mut index, mut width, mut length) = (self.index, self.leaves, 0);
        while width > 1 {
            // The last node of an odd row moves up alone: nothing is beside it.
            let alone = index.is_multiple_of(2) && index + 1 == width;
            length += usize::from(!alone);
            index /= 2;
            width = width.div_ceil(2);
        }
        length
    }
}

/// The root over a request: a tree of one leaf.
pub fn request_root(input: &[i32]) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>([request_leaf(input)])
}

/// The root over a response: one leaf for the output of each layer, the last of which is the answer.
pub fn response_root(trace: &Trace) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>(activation_leaves(trace))
}

/// The root over rows of weights.
pub(crate) fn rows_root(rows: &[Row]) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>(row_leaves(rows))
}

pub(crate) fn request_leaf(input: &[i32]) -> H256 {
    hash(&("assay/request/1", input))
}

pub(crate) fn activation_leaf(layer: usize, values: &[i32]) -> H256 {
    hash(&("assay/activation/1", place(layer), values))
}

pub(crate) fn row_leaf(index: usize, row: &Row) -> H256 {
    hash(&("assay/row/1", place(index), row))
}

pub(crate) fn activation_leaves(trace: &Trace) -> Vec<H256> {
    trace.0.iter().enumerate().map(|(layer, values)| activation_leaf(layer, values)).collect()
}

pub(crate) fn row_leaves(rows: &[Row]) -> Vec<H256> {
    rows.iter().enumerate().map(|(index, row)| row_leaf(index, row)).collect()
}

/// The branch from a leaf to the root; none if there is no such leaf or the tree is larger than any model's.
pub(crate) fn branch(leaves: Vec<H256>, index: usize) -> Option<Branch> {
    // The library panics at a leaf that is not there.
    let index = u32::try_from(index).ok().filter(|_| index < leaves.len())?;
    merkle_proof_raw::<BlakeTwo256, _>(leaves, index).proof.try_into().ok()
}

/// Whether a branch leads from a leaf at its place to the root.
pub(crate) fn leads_to(root: H256, leaf: H256, at: Place, branch: &Branch) -> bool {
    let (Ok(index), Ok(leaves)) = (u32::try_from(at.index), u32::try_from(at.leaves)) else { return false };
    branch.len() == at.branch_length()
        && verify_proof::<BlakeTwo256, _, _>(&root, branch.iter().copied(), leaves, index, Leaf::Hash(leaf))
}

fn hash(leaf: &impl Encode) -> H256 {
    leaf.using_encoded(BlakeTwo256::hash)
}

/// Places are below the bounds of this crate, which are far below 32 bits.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_leaf_of_every_small_tree_has_a_branch_of_the_expected_length() {
        for size in 1..70_usize {
            let leaves: Vec<_> = (0..size).map(|index| activation_leaf(index, &[7])).collect();
            let root = merkle_root_raw::<BlakeTwo256, _>(leaves.clone());
            for index in 0..size {
                let branch = branch(leaves.clone(), index).unwrap();
                let at = Place { index, leaves: size };
                assert!(leads_to(root, leaves[index], at, &branch), "{index} of {size}");
                for other in (0..size).filter(|other| *other != index) {
                    assert!(!leads_to(root, leaves[other], at, &branch), "{other} for {index} of {size}");
                }
            }
            assert!(branch(leaves, size).is_none());
        }
    }

    #[test]
    fn an_inner_node_is_no_leaf() {
        let leaves: Vec<_> = (0..4_usize).map(|index| activation_leaf(index, &[7])).collect();
        let root = merkle_root_raw::<BlakeTwo256, _>(leaves.clone());
        let inner = merkle_root_raw::<BlakeTwo256, _>([leaves[0], leaves[1]]);
        let beside = merkle_root_raw::<BlakeTwo256, _>([leaves[2], leaves[3]]);
        // The library takes it; the length of the branch gives it away.
        let short: Branch = vec![beside].try_into().unwrap();
        assert!(verify_proof::<BlakeTwo256, _, _>(&root, [beside], 4, 0, Leaf::Hash(inner)));
        assert!(!leads_to(root, inner, Place { index: 0, leaves: 4 }, &short));
    }

    #[test]
    fn roots_tell_kinds_places_and_lengths_apart() {
        let one = request_root(&[1, 2]);
        assert_ne!(one, request_root(&[2, 1]));
        assert_ne!(one, request_root(&[1, 2, 0]));
        assert_ne!(one, response_root(&Trace(vec![vec![1, 2]])));
        assert_ne!(
            response_root(&Trace(vec![vec![1], vec![2]])),
            response_root(&Trace(vec![vec![2], vec![1]]))
        );
    }
}
