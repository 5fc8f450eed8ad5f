//! Stake slashing, against an independent model (`fixtures/reference/slashing/README.md`).
//!
//! There is no reference chain for what is ours alone. The vectors come from a model in another language, written from the
//! specification; here the economics, the pallet and the bytes that are signed are held to them.

mod amounts;
mod bytes;
mod cast;
mod sequence;
mod state;

use super::case::{self, CaseError};
use super::{Difference, compare};
use serde_json::{Map, Value};

/// Every field of a case that is otherwise now; `file` is what the file has beside its cases.
pub(super) fn differences(
    case: &Map<String, Value>,
    file: &Map<String, Value>,
) -> Result<Vec<Difference>, CaseError> {
    let found = match case::text(case, "kind")? {
        "slash_amount" => amounts::amount(case::object(case, "in")?)?,
        "slash_double_vote" => amounts::double_vote(case::object(case, "in")?)?,
        "slash_holders" => amounts::holders(case::object(case, "in")?)?,
        "slash_receipt" => bytes::receipt(case::object(case, "in")?)?,
        "slash_report_id" => bytes::report_id(case::object(case, "in")?)?,
        "slash_double_vote_id" => bytes::double_vote_id(case::object(case, "in")?)?,
        "slash_sequence" => return sequence::replay(case, file),
        other => return Err(CaseError::new("kind", format!("`{other}` is not a kind of slashing"))),
    };
    Ok(compare::differences(case, &Map::from_iter([("out".to_owned(), Value::Object(found))])))
}
