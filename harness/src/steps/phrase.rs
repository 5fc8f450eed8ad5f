//! A sentence as a scenario wrote it, taken apart.

use crate::amount::{Amount, Unit, parse_decimal};
use crate::world::StepError;
use gherkin::Step;

/// The parameters of a sentence, and what stands below it.
#[derive(Clone, Debug)]
pub struct Phrase<'a> {
    /// The step.
    pub step: &'a Step,
    /// The texts of the parameters, in order.
    pub parameters: Vec<String>,
}

impl<'a> Phrase<'a> {
    /// The text of a parameter, counted from 0.
    pub fn text(&self, place: usize) -> &str {
        self.parameters.get(place).map(String::as_str).unwrap_or_default()
    }

    /// A parameter that is a whole number.
    ///
    /// # Errors
    /// If it is none, or too large.
    pub fn number<N: TryFrom<u64>>(&self, place: usize) -> Result<N, StepError> {
        let text = self.text(place);
        let number = parse_decimal(text, 0).map_err(|error| StepError::Unfit(error.to_string()))?;
        N::try_from(number).map_err(|_| StepError::Unfit(format!("{text} is too large here")))
    }

    /// A parameter that is an amount, in rao.
    ///
    /// # Errors
    /// If it is none.
    pub fn rao(&self, place: usize) -> Result<u64, StepError> {
        let text = self.text(place);
        let unit = if text.ends_with("alpha") { Unit::Alpha } else { Unit::Tao };
        Amount::parse(text, unit).map(Amount::rao).map_err(|error| StepError::Unfit(error.to_string()))
    }

    /// The rows of the table below the sentence, two columns without a header; none if there is no table.
    ///
    /// # Errors
    /// A row of another width.
    pub fn pairs(&self) -> Result<Vec<(&'a str, &'a str)>, StepError> {
        let rows = self.step.table.as_ref().map(|table| table.rows.as_slice()).unwrap_or_default();
        rows.iter()
            .map(|row| match row.as_slice() {
                [name, value] => Ok((name.as_str(), value.as_str())),
                _ => Err(StepError::Unfit(format!(
                    "the table must have two columns: `| {} |`",
                    row.join(" | ")
                ))),
            })
            .collect()
    }
}
