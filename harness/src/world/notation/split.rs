//! Taking texts apart at the top level: what stands in brackets or quotes stays whole.

/// The items of a list: parted by a comma and a space, so that `1,000 TAO` is one.
pub fn split_list(text: &str) -> Vec<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let mut items = Vec::new();
    let mut start = 0;
    for index in top_level(text, ',') {
        if text[index + 1..].starts_with(char::is_whitespace) {
            items.push(text[start..index].trim());
            start = index + 1;
        }
    }
    items.push(text[start..].trim());
    items
}

/// The name before and the text after the first colon, as in `value: 3 TAO`.
pub fn split_name(text: &str) -> Option<(&str, &str)> {
    let colon = top_level(text, ':').next()?;
    Some((text[..colon].trim(), text[colon + 1..].trim()))
}

/// What stands between an opening bracket at the start and its closing one at the end.
pub fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close).map(str::trim)
}

/// The places of `wanted` outside of brackets and quotes.
fn top_level(text: &str, wanted: char) -> impl Iterator<Item = usize> + '_ {
    let mut depth = 0_i32;
    let mut quoted = false;
    text.char_indices().filter_map(move |(index, character)| {
        match character {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        (character == wanted && depth == 0 && !quoted).then_some(index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_by_comma_and_space() {
        assert_eq!(split_list("1,000 TAO, 2 TAO"), ["1,000 TAO", "2 TAO"]);
        assert_eq!(split_list("miner1, (1, 2), \"a, b\""), ["miner1", "(1, 2)", "\"a, b\""]);
        assert_eq!(split_list(" "), Vec::<&str>::new());
        assert_eq!(split_name("items: {a: 1}"), Some(("items", "{a: 1}")));
        assert_eq!(split_name("{a: 1}"), None);
        assert_eq!(inside("[1, 2]", '[', ']'), Some("1, 2"));
    }
}
