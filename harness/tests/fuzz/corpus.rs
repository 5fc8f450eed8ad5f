//! Where hunts begin.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// The corpus of a target: `fixtures/corpus/NAME.hex`, a line of hexadecimal digits for each entry. What stands after
/// `#` says what is special about it; `*N` after the digits repeats them.
pub fn hex(name: &str) -> Vec<Vec<u8>> {
    let path = fixtures().join("corpus").join(name).with_extension("hex");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(entry).collect()
}

fn entry(line: &str) -> Vec<u8> {
    let parts = line.split_whitespace().map(|part| {
        let (digits, times) = part.split_once('*').unwrap_or((part, "1"));
        let bytes = ::hex::decode(digits).unwrap_or_else(|error| panic!("{line}: {error}"));
        bytes.repeat(times.parse().unwrap_or_else(|error| panic!("{line}: {error}")))
    });
    parts.collect::<Vec<_>>().concat()
}

/// The corpus of a target: every file of a folder below the fixtures, with this ending.
pub fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let folder = fixtures().join(folder);
    let listed = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Lines of text, each an entry of a corpus.
pub fn lines(text: &str) -> Vec<Vec<u8>> {
    text.lines().filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()).collect()
}

#[test]
fn entries_are_hexadecimal_with_repetitions() {
    assert_eq!(entry("00ff*3 01"), [0, 255, 0, 255, 0, 255, 1]);
    assert!(!hex("calls").is_empty());
}
