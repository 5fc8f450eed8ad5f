//! One rule of a fault: what goes wrong, where in a block, and how.

use super::items::{Item, NAMES};
use super::numbers::has_field;
use crate::nearest::did_you_mean;
use serde::Deserialize;

/// A rule as the file writes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Text {
    /// The item whose writes go wrong.
    pub write: Option<String>,
    /// The item whose removals are forgotten.
    pub remove: Option<String>,
    /// The item that is read as something else.
    pub read: Option<String>,
    /// `commit`: what a failed call or step has written stays.
    pub rollback: Option<String>,
    /// Where in a block: `start`, `calls`, `end`, `views`, or calls by name; everywhere if nothing is said.
    #[serde(default)]
    pub during: Vec<String>,
    /// Only once this item has been written in the same part of the block.
    pub after: Option<String>,
    /// Only until this item is written in the same part of the block.
    pub before: Option<String>,
    /// Only the nth time in the same part of the block, counted from 1.
    pub nth: Option<u32>,
    /// `rises`, `falls`, or `Pallet.Item > Pallet.Other` under the same key.
    pub when: Option<String>,
    /// The field that goes wrong, such as `data.free`; all numbers of the value if none is named.
    pub field: Option<String>,
    /// What is done instead of the right thing.
    pub does: Option<String>,
}

/// What a rule watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Writes of an item.
    Write(&'static Item),
    /// Removals from an item.
    Remove(&'static Item),
    /// Reads of an item.
    Read(&'static Item),
    /// The undoing of what failed.
    Rollback,
}

/// A part of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Before the calls: emission, epochs, decay.
    Start,
    /// Any call.
    Calls,
    /// Calls of this name, wrapped ones included.
    Call(String),
    /// After the calls.
    End,
    /// Outside of blocks: runtime APIs and the validation of transactions.
    Views,
}

/// What must hold of a value for the rule to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its first number becomes more.
    Rises,
    /// Its first number becomes less.
    Falls,
    /// Under the same key, the first item is more than the second.
    Exceeds(&'static Item, &'static Item),
}

/// What is done instead of the right thing. What a write changes is the difference of the new value to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing.
    Ignore,
    /// So much is added.
    Add(i128),
    /// What a write changes, or the value read, is multiplied by a fraction.
    Scale(i128, i128),
    /// Every number is this one.
    Set(i128),
    /// What the runtime takes an absent value for.
    Default,
    /// A read sees the value from before the block.
    Stale,
    /// The numbers stand in the opposite order.
    Reverse,
    /// What is written goes to another item under the same key instead, as an increase.
    Divert(&'static Item),
    /// What should be undone stays.
    Commit,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it watches.
    pub access: Access,
    /// Where in a block; everywhere if empty.
    pub during: Vec<Part>,
    /// Only after this item was written.
    pub after: Option<&'static Item>,
    /// Only before this item is written.
    pub before: Option<&'static Item>,
    /// Only the nth time.
    pub nth: Option<u32>,
    /// Only if this holds.
    pub condition: Option<Condition>,
    /// The path of the field that goes wrong.
    pub field: Vec<String>,
    /// What is done.
    pub deed: Deed,
}

/// A rule that makes no sense: the word at fault, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonsense {
    /// The word that the file has.
    pub word: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Nonsense {
    fn new(word: &str, problem: impl Into<String>) -> Self {
        Self { word: word.to_owned(), problem: problem.into() }
    }

    /// A word that should have been one of some others.
    fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self::new(word, format!("there is no {what} `{word}`{}", did_you_mean(word, known)))
    }
}

impl Rule {
    /// The rule that a text says.
    ///
    /// # Errors
    /// Names that the runtime does not have, and words that mean nothing here.
    pub fn read(text: &Text) -> Result<Self, Nonsense> {
        let access = access(text)?;
        let field: Vec<String> =
            text.field.iter().flat_map(|path| path.split('.')).map(str::to_owned).collect();
        if let (Some(path), Access::Write(item) | Access::Read(item)) = (&text.field, access)
            && !has_field(&NAMES.types, item.value, &field)
        {
            return Err(Nonsense::new(path, format!("{} has no field `{path}`", item.name)));
        }
        if text.nth == Some(0) {
            return Err(Nonsense::new("nth", "times are counted from 1"));
        }
        Ok(Self {
            access,
            during: text.during.iter().map(|part| read_part(part)).collect::<Result<_, _>>()?,
            after: text.after.as_deref().map(item).transpose()?,
            before: text.before.as_deref().map(item).transpose()?,
            nth: text.nth,
            condition: text.when.as_deref().map(condition).transpose()?,
            field,
            deed: deed(access, text.does.as_deref())?,
        })
    }
}

fn access(text: &Text) -> Result<Access, Nonsense> {
    match (&text.write, &text.remove, &text.read, text.rollback.as_deref()) {
        (Some(name), None, None, None) => Ok(Access::Write(item(name)?)),
        (None, Some(name), None, None) => Ok(Access::Remove(item(name)?)),
        (None, None, Some(name), None) => Ok(Access::Read(item(name)?)),
        (None, None, None, Some("commit")) => Ok(Access::Rollback),
        (None, None, None, Some(other)) => Err(Nonsense::new(other, "a rollback can only `commit` instead")),
        _ => Err(Nonsense::new("", "a rule has exactly one of `write`, `remove`, `read` and `rollback`")),
    }
}

fn item(name: &str) -> Result<&'static Item, Nonsense> {
    let known = || NAMES.items.keys().map(String::as_str);
    NAMES.items.get(name).ok_or_else(|| Nonsense::unknown("storage item", name, known()))
}

fn read_part(word: &str) -> Result<Part, Nonsense> {
    Ok(match word {
        "start" => Part::Start,
        "calls" => Part::Calls,
        "end" => Part::End,
        "views" => Part::Views,
        call if NAMES.calls.contains(call) => Part::Call(call.to_owned()),
        other => {
            let parts = ["start", "calls", "end", "views"].into_iter();
            let known = parts.chain(NAMES.calls.iter().map(String::as_str));
            return Err(Nonsense::unknown("part of a block and no call", other, known));
        }
    })
}

fn condition(text: &str) -> Result<Condition, Nonsense> {
    match (text, text.split_once(" > ")) {
        ("rises", _) => Ok(Condition::Rises),
        ("falls", _) => Ok(Condition::Falls),
        (_, Some((more, less))) => Ok(Condition::Exceeds(item(more)?, item(less)?)),
        _ => Err(Nonsense::new(
            text,
            format!("`{text}` is not `rises`, `falls` or `Pallet.Item > Pallet.Other`"),
        )),
    }
}

/// What can be done, and what each thing is for.
const DEEDS: [&str; 8] = ["ignore", "add", "scale", "set", "default", "stale", "reverse", "divert"];

fn deed(access: Access, text: Option<&str>) -> Result<Deed, Nonsense> {
    let text = match (access, text) {
        (Access::Rollback, None) => return Ok(Deed::Commit),
        (Access::Remove(_), None | Some("ignore")) => return Ok(Deed::Ignore),
        (Access::Rollback | Access::Remove(_), Some(text)) => {
            return Err(Nonsense::new(text, format!("`{text}` does not go with this: leave `does` out")));
        }
        (_, None) => return Err(Nonsense::new("", format!("it lacks `does`: {}", DEEDS.join(", ")))),
        (_, Some(text)) => text,
    };
    let (verb, object) = text.split_once(' ').unwrap_or((text, ""));
    let number = |word: &str| {
        let digits = word.replace(',', "");
        digits.parse::<i128>().map_err(|_| Nonsense::new(text, format!("`{word}` is not a whole number")))
    };
    let deed = match (verb, object) {
        ("ignore", "") => Deed::Ignore,
        ("default", "") => Deed::Default,
        ("stale", "") => Deed::Stale,
        ("reverse", "") => Deed::Reverse,
        ("add", by) => Deed::Add(number(by)?),
        ("set", to) => Deed::Set(number(to)?),
        ("scale", by) => {
            let (times, of) = by.split_once('/').unwrap_or((by, "1"));
            match number(of)? {
                0 => return Err(Nonsense::new(text, "nothing can be divided by 0")),
                of => Deed::Scale(number(times)?, of),
            }
        }
        ("divert", to) => Deed::Divert(item(to)?),
        _ if DEEDS.contains(&verb) => {
            return Err(Nonsense::new(text, format!("`{verb}` takes nothing after it")));
        }
        _ => return Err(Nonsense::unknown("deed", verb, DEEDS.into_iter())),
    };
    let fits = match access {
        Access::Read(_) => !matches!(deed, Deed::Ignore | Deed::Divert(_)),
        _ => deed != Deed::Stale,
    };
    if fits { Ok(deed) } else { Err(Nonsense::new(text, format!("`{verb}` does not go with this access"))) }
}
