//! Where in a YAML text a value stands.
//!
//! The parser knows it only of what it refuses. So, to find the place of a value, the text is read again by a reader
//! that refuses just this one.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A step from a value into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an item of a list.
    Item(usize),
}

/// Line and column, from 1, of the value at the end of a path; of the nearest one above it that is there.
pub fn find(text: &str, path: &[Step]) -> (usize, usize) {
    let found = Seek(path).deserialize(serde_yaml::Deserializer::from_str(text));
    let location = found.err().and_then(|error| error.location());
    match (location, path.split_last()) {
        (Some(location), _) => (location.line(), location.column()),
        (None, Some((_, above))) => find(text, above),
        (None, None) => (1, 1),
    }
}

struct Seek<'a>(&'a [Step<'a>]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.split_first() {
            None => deserializer.deserialize_str(Here),
            Some((step, rest)) => deserializer.deserialize_any(Into(*step, rest)),
        }
    }
}

/// The value looked for: everything about it is refused.
struct Here;

impl Visitor<'_> for Here {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("to be found")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom("here"))
    }
}

/// A value on the way.
struct Into<'a>(Step<'a>, &'a [Step<'a>]);

impl<'de> Visitor<'de> for Into<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a way on")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if self.0 == Step::Key(&key) {
                return map.next_value_seed(Seek(self.1));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            if self.0 == Step::Item(index) {
                return list.next_element_seed(Seek(self.1)).map(|_| ());
            }
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Item, Key};

    #[test]
    fn a_value_is_found_by_its_path() {
        let text = "one: 1\nlist:\n  - a: x\n  - b: [p, q]\n    c: {d: 4}\n";
        assert_eq!(find(text, &[Key("one")]), (1, 6));
        assert_eq!(find(text, &[Key("list"), Item(0), Key("a")]), (3, 8));
        assert_eq!(find(text, &[Key("list"), Item(1), Key("b"), Item(1)]), (4, 12));
        assert_eq!(find(text, &[Key("list"), Item(1), Key("c")]), (5, 8));
        // What is not there stands where it should be.
        assert_eq!(find(text, &[Key("list"), Item(0), Key("z")]), (3, 3));
        assert_eq!(find(text, &[]), (1, 1));
    }
}
