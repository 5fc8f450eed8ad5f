//! Tells the binary which commit it was built from.

use vergen_gitcl::{Emitter, GitclBuilder};

fn main() -> anyhow::Result<()> {
    // A source archive has no git: the version then says that the commit is unknown.
    let git = GitclBuilder::default().sha(true).dirty(false).build()?;
    Emitter::default().quiet().idempotent().add_instructions(&git)?.emit()
}
