//! Tells the binary which commit it was built from.

use vergen_gitcl::{Emitter, GitclBuilder};

fn main() -> anyhow::Result<()> {
    // Every commit and every checkout adds a line to this log; where there is none, the first build's word stands.
    let log = std::path::Path::new("../.git/logs/HEAD");
    if log.exists() {
        println!("cargo:rerun-if-changed={}", log.display());
    }
    // A source archive has no git: the version then says that the commit is unknown.
    let git = GitclBuilder::default().sha(true).dirty(false).build()?;
    Emitter::default().quiet().idempotent().add_instructions(&git)?.emit()
}
