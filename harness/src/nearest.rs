//! What may have been meant.

/// The candidate most like `name`, if one is like it at all.
pub fn nearest<T: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(candidate.as_ref(), name), candidate))
        .filter(|(similarity, _)| *similarity > 0.7)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?`, or else what there is to choose from.
pub fn suggestion<T: AsRef<str>>(name: &str, candidates: &[T]) -> String {
    if let Some(near) = nearest(name, candidates.iter().map(T::as_ref)) {
        return format!("; did you mean `{near}`?");
    }
    let all: Vec<&str> = candidates.iter().map(T::as_ref).collect();
    format!("; there is {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_like_nothing_is_told_everything() {
        assert_eq!(suggestion("latncy", &["latency", "loss"]), "; did you mean `latency`?");
        assert_eq!(suggestion("xyz", &["latency", "loss"]), "; there is latency, loss");
    }
}
