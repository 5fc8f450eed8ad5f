//! What became of a call.

use crate::chain::events::{Event, field};
use crate::chain::{Metadata, Rejection};
use subxt::ext::scale_value::{At, Primitive, Value, ValueDef};

/// A call that was made, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Who signed it.
    pub signer: String,
    /// The call, such as `SubtensorModule.add_stake`.
    pub call: String,
    /// The block it was made for.
    pub block: u32,
    /// The error by name, if it was refused.
    pub refusal: Option<Refusal>,
}

/// Why and where a call was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Before it was in a block: by the transaction pool, by this name.
    Rejected(String),
    /// In its block: by this error, `Pallet.Error` for a pallet's own.
    Failed(String),
}

impl Refusal {
    /// The refusal of a chain that does not take an extrinsic.
    pub fn rejected(rejection: &Rejection) -> Self {
        let name = match rejection {
            Rejection::Invalid(name) => (*name).to_owned(),
            Rejection::Custom(code) => crate::chain::error::custom_name(*code).to_owned(),
            Rejection::Malformed(problem) => format!("Malformed: {problem}"),
        };
        Self::Rejected(name)
    }

    /// The name of the error.
    pub fn name(&self) -> &str {
        match self {
            Self::Rejected(name) | Self::Failed(name) => name,
        }
    }

    /// Whether the error has this name, with or without the pallet before it.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name || self.name().rsplit('.').next() == Some(name)
    }
}

/// What the events of an extrinsic say of its call; a call made as root is judged by itself, not by its wrapping.
pub fn refusal_in(events: &[Event], metadata: &Metadata) -> Option<Refusal> {
    let failed = events.iter().find(|event| event.is("System", "ExtrinsicFailed"));
    if let Some(event) = failed {
        let error = field(event, "dispatch_error").map(|error| error_name(error, metadata));
        return Some(Refusal::Failed(error.or_else(|| event.error.clone()).unwrap_or_default()));
    }
    let inner = events.iter().find(|event| event.is("Sudo", "Sudid"))?;
    match &field(inner, "sudo_result")?.value {
        ValueDef::Variant(result) if result.name == "Err" => {
            let error = result.values.values().next()?;
            Some(Refusal::Failed(error_name(error, metadata)))
        }
        _ => None,
    }
}

/// The name of a dispatch error: `Pallet.Error` for a pallet's own, else the framework's, such as `Token.Frozen`.
pub fn error_name(error: &Value, metadata: &Metadata) -> String {
    module_error(error, metadata).unwrap_or_else(|| variant_names(error).join("."))
}

fn module_error(error: &Value, metadata: &Metadata) -> Option<String> {
    let ValueDef::Variant(variant) = &error.value else { return None };
    if variant.name != "Module" {
        return None;
    }
    let module = variant.values.values().next()?;
    let byte = |value: &Value| value.as_u128().and_then(|byte| u8::try_from(byte).ok());
    let pallet = metadata.pallet_by_error_index(byte(module.at("index")?)?)?;
    let error = pallet.error_variant_by_index(byte(module.at("error")?.at(0)?)?)?;
    Some(format!("{}.{}", pallet.name(), error.name))
}

fn variant_names(value: &Value) -> Vec<String> {
    match &value.value {
        ValueDef::Variant(variant) => {
            let inner = variant.values.values().flat_map(variant_names);
            std::iter::once(variant.name.clone()).chain(inner).collect()
        }
        ValueDef::Primitive(Primitive::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_known_with_or_without_its_pallet() {
        let refusal = Refusal::Failed("SubtensorModule.AmountTooLow".into());
        assert!(refusal.is("AmountTooLow"));
        assert!(refusal.is("SubtensorModule.AmountTooLow"));
        assert!(!refusal.is("TooLow"));
        assert!(!refusal.is("Swap.AmountTooLow"));
    }

    #[test]
    fn guards_refuse_by_the_names_of_their_codes() {
        assert!(Refusal::rejected(&Rejection::Custom(6)).is("RateLimitExceeded"));
        assert!(Refusal::rejected(&Rejection::Invalid("Payment")).is("Payment"));
    }

    #[test]
    fn errors_of_the_framework_are_joined() {
        let error = Value::unnamed_variant("Token", [Value::unnamed_variant("Frozen", [])]);
        assert_eq!(variant_names(&error), ["Token", "Frozen"]);
    }
}
