//! Proofs about one step: one value of one layer's output.

use crate::commitment::{
    Place, activation_leaf, activation_leaves, branch, leads_to, request_leaf, row_leaves,
};
use crate::{Branch, Commitment, MAX_WIDTH, Model, Row, ShapeError, Trace};
use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::{ConstU32, H256, bounded::BoundedVec};
use scale_info::TypeInfo;

/// Everything that is needed to compute one value again: the layer's input, what its output is claimed to be, and the
/// row of weights between them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct StepProof {
    /// The layer, counted from zero.
    pub layer: u16,
    /// The value of its output, counted from zero.
    pub element: u16,
    /// The layer's input: the request for the first layer, the claimed output of the layer before for others.
    pub input: Opened,
    /// The layer's claimed output.
    pub output: Opened,
    /// The row that gives the value; none for layers without rows.
    pub row: Option<OpenedRow>,
}

/// A vector with its branch into the request or the response.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Opened {
    /// The values.
    pub values: BoundedVec<i32, ConstU32<MAX_WIDTH>>,
    /// From their leaf to the root.
    pub branch: Branch,
}

/// A row of weights with its branch into the model's rows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct OpenedRow {
    /// The row.
    pub row: Row,
    /// From its leaf to the root over all rows.
    pub branch: Branch,
}

/// What computing the value again says of the claimed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is what the layer gives.
    Honest,
    /// It is not.
    Wrong {
        /// What the response says.
        claimed: i32,
        /// What the layer gives.
        recomputed: i32,
    },
}

/// Why a proof says nothing about a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The registered layers do not make a network.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// The model has no such layer.
    #[error("the model has no such layer")]
    NoSuchLayer,
    /// The layer's output has no such value.
    #[error("the layer's output has no such value")]
    NoSuchElement,
    /// The input or the output has another length than the layer's.
    #[error("the layer takes or gives another number of values")]
    Length,
    /// A row of another length, a row where the layer has none, or none where it needs one.
    #[error("the row of weights does not fit the layer")]
    Row,
    /// The input's branch does not lead to the request or the response.
    #[error("the branch of the layer's input does not lead to the signed root")]
    InputBranch,
    /// The output's branch does not lead to the response.
    #[error("the branch of the layer's output does not lead to the signed response")]
    OutputBranch,
    /// The row's branch does not lead to the model's rows.
    #[error("the branch of the row of weights does not lead to the registered model")]
    RowBranch,
}

impl StepProof {
    /// Computes the value again and compares.
    ///
    /// `request` and `response` are the roots of a signed receipt, `model` is what was registered under the receipt's
    /// model. The cost is bounded by the types: three vectors of at most [`MAX_WIDTH`] values are hashed, with three
    /// branches of at most [`crate::MAX_BRANCH`] hashes, and one row is multiplied.
    ///
    /// # Errors
    /// The first thing that does not fit; nothing is said about the response then.
    pub fn check(&self, model: &Commitment, request: H256, response: H256) -> Result<Verdict, ProofError> {
        model.validate()?;
        let (layer, element) = (usize::from(self.layer), usize::from(self.element));
        let shape = model.layers.get(layer).ok_or(ProofError::NoSuchLayer)?;
        if element >= shape.outputs() {
            return Err(ProofError::NoSuchElement);
        }
        if self.input.values.len() != shape.inputs() || self.output.values.len() != shape.outputs() {
            return Err(ProofError::Length);
        }
        let row_index = shape.row_of(element, &self.input.values);
        match (&self.row, row_index) {
            (None, None) => {}
            (Some(opened), Some(_)) if opened.row.weights.len() == shape.row_width() => {}
            _ => return Err(ProofError::Row),
        }

        let leaves = model.layers.len();
        let input_fits = match layer.checked_sub(1) {
            None => leads_to(request, request_leaf(&self.input.values), Place::ONLY, &self.input.branch),
            Some(before) => {
                let at = Place { index: before, leaves };
                leads_to(response, activation_leaf(before, &self.input.values), at, &self.input.branch)
            }
        };
        if !input_fits {
            return Err(ProofError::InputBranch);
        }
        let at = Place { index: layer, leaves };
        if !leads_to(response, activation_leaf(layer, &self.output.values), at, &self.output.branch) {
            return Err(ProofError::OutputBranch);
        }
        if let (Some(opened), Some(row)) = (&self.row, row_index) {
            let at = model.row_place(layer, row).ok_or(ProofError::RowBranch)?;
            let leaf = crate::commitment::row_leaf(at.index, &opened.row);
            if !leads_to(model.rows, leaf, at, &opened.branch) {
                return Err(ProofError::RowBranch);
            }
        }

        let none = Row::default();
        let row = self.row.as_ref().map_or(&none, |opened| &opened.row);
        let recomputed = shape.element(element, &self.input.values, row);
        let claimed = self.output.values.get(element).copied().ok_or(ProofError::NoSuchElement)?;
        Ok(if claimed == recomputed { Verdict::Honest } else { Verdict::Wrong { claimed, recomputed } })
    }

    /// Opens one step of a claimed trace, right or wrong; none if there is no such step or the trace does not have the
    /// lengths of the model's layers.
    pub fn open(
        model: &Model,
        request: &[i32],
        claimed: &Trace,
        layer: usize,
        element: usize,
    ) -> Option<Self> {
        let shape = model.layers().get(layer)?;
        if !has_lengths_of(model, request, claimed) || element >= shape.outputs() {
            return None;
        }
        let leaves = activation_leaves(claimed);
        let input = match layer.checked_sub(1) {
            None => Opened { values: request.to_vec().try_into().ok()?, branch: vec![].try_into().ok()? },
            Some(before) => Opened {
                values: claimed.0.get(before)?.clone().try_into().ok()?,
                branch: branch(leaves.clone(), before)?,
            },
        };
        let output =
            Opened { values: claimed.0.get(layer)?.clone().try_into().ok()?, branch: branch(leaves, layer)? };
        let row = match shape.row_of(element, &input.values) {
            None => None,
            Some(row) => {
                let at = model.commitment().row_place(layer, row)?;
                let branch = branch(row_leaves(model.rows()), at.index)?;
                Some(OpenedRow { row: model.rows().get(at.index)?.clone(), branch })
            }
        };
        Some(Self { layer: layer.try_into().ok()?, element: element.try_into().ok()?, input, output, row })
    }
}

/// The first value of a claimed trace that is not what its layer gives for the claimed values before it, opened; none if
/// there is none, or if the trace does not have the lengths of the model's layers.
///
/// A trace of the right lengths that differs anywhere from the honest one always has such a value: in the first layer
/// that differs.
pub fn prove_wrong(model: &Model, request: &[i32], claimed: &Trace) -> Option<StepProof> {
    if !has_lengths_of(model, request, claimed) {
        return None;
    }
    let mut input = request;
    for (layer, output) in claimed.0.iter().enumerate() {
        let honest = model.layer_output(layer, input);
        if let Some(element) = honest.iter().zip(output).position(|(honest, claimed)| honest != claimed) {
            return StepProof::open(model, request, claimed, layer, element);
        }
        input = output;
    }
    None
}

fn has_lengths_of(model: &Model, request: &[i32], claimed: &Trace) -> bool {
    request.len() == model.inputs()
        && claimed.0.len() == model.layers().len()
        && claimed.0.iter().zip(model.layers()).all(|(values, layer)| values.len() == layer.outputs())
}
