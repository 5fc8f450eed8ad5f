//! Calls whose arguments are at hand as the chain encodes them.

use super::ChainError;
use super::client::{Call, Client};

impl Client {
    /// A call with encoded arguments, by their names.
    ///
    /// # Errors
    /// [`ChainError::Unknown`] if the metadata has no such call or argument, [`ChainError::Value`] if the bytes are no
    /// value of the argument's type.
    pub fn encoded_call<'a>(
        &self,
        pallet: &str,
        name: &str,
        arguments: impl IntoIterator<Item = (&'a str, Vec<u8>)>,
    ) -> Result<Call, ChainError> {
        let unknown = |what, name: &str| ChainError::Unknown { what, name: name.to_owned(), nearest: None };
        let found = self.metadata().pallet_by_name(pallet);
        let found = found.ok_or_else(|| unknown("pallet", pallet))?;
        let variant = found.call_variants().unwrap_or_default().iter().find(|variant| variant.name == name);
        let variant = variant.ok_or_else(|| unknown("call", &format!("{pallet}.{name}")))?;
        let value = |(argument, bytes): (&str, Vec<u8>)| {
            let field = variant.fields.iter().find(|field| field.name.as_deref() == Some(argument));
            let field = field.ok_or_else(|| unknown("argument", argument))?;
            Ok((argument.to_owned(), self.decode(&bytes, field.ty.id, argument)?))
        };
        let arguments = arguments.into_iter().map(value).collect::<Result<_, ChainError>>()?;
        Ok(Call { pallet: pallet.to_owned(), name: name.to_owned(), arguments })
    }
}
