//! What may have been meant.

/// The candidate most like `name`, in whatever case, if one is like it at all.
pub fn nearest<T: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&candidate.as_ref().to_lowercase(), &name), candidate))
        .filter(|(similarity, _)| *similarity > 0.7)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?`, or nothing.
pub fn did_you_mean<T: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = T>) -> String {
    nearest(name, candidates).map_or(String::new(), |near| format!("; did you mean `{}`?", near.as_ref()))
}

/// `; did you mean …?`, or else what there is to choose from.
pub fn suggestion<T: AsRef<str>>(name: &str, candidates: &[T]) -> String {
    let meant = did_you_mean(name, candidates);
    if !meant.is_empty() {
        return meant;
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
        assert_eq!(suggestion("LATENCY", &["loss", "latency"]), "; did you mean `latency`?");
        assert_eq!(did_you_mean("xyz", ["latency", "loss"]), "");
        assert_eq!(suggestion("xyz", &["latency", "loss"]), "; there is latency, loss");
    }
}
