//! The image: the binary and the shared libraries it needs, and nothing else.
//!
//! It is made from nothing (`FROM scratch`), so no registry is needed.

use super::{DockerError, engine};
use polkadot_sdk::sp_io::hashing::blake2_128;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the image is made of a folder that [`lay_out`] has filled; the same file stands in `docker/` for people.
const DOCKERFILE: &str = include_str!("../../../docker/Dockerfile");

/// The image of a binary, by name; it is built where there is none of exactly this binary.
///
/// # Errors
/// [`DockerError`] if the binary cannot be read, or the engine does not build it.
pub async fn of(binary: &Path) -> Result<String, DockerError> {
    let unreadable = |source| DockerError::Binary { path: binary.to_owned(), source };
    let name = format!("assay:{}", hex::encode(blake2_128(&fs::read(binary).map_err(unreadable)?)));
    if engine::ask(&["image", "inspect", "--format", "{{.Id}}", &name]).await.is_err() {
        let folder = std::env::temp_dir().join(format!("assay-image-{}", std::process::id()));
        let built = match lay_out(binary, &folder) {
            Ok(()) => engine::ask(&["build", "--quiet", "--tag", &name, &folder.to_string_lossy()]).await,
            Err(source) => Err(unreadable(source)),
        };
        // What is left in the temporary folder is no failure of the image.
        let _ = fs::remove_dir_all(&folder);
        built?;
    }
    Ok(name)
}

/// Fills a folder with what the image is made of.
///
/// # Errors
/// If something cannot be read or written.
pub fn lay_out(binary: &Path, folder: &Path) -> io::Result<()> {
    let root = folder.join("root");
    // Folders that a node wants to be there.
    for inside in ["tmp", "data"] {
        fs::create_dir_all(root.join(inside))?;
    }
    fs::copy(binary, root.join("assay"))?;
    for library in libraries(binary)? {
        let inside = root.join(library.strip_prefix("/").unwrap_or(&library));
        fs::create_dir_all(inside.parent().unwrap_or(&root))?;
        fs::copy(&library, inside)?;
    }
    fs::write(folder.join("Dockerfile"), DOCKERFILE)
}

/// The shared libraries of a binary and the loader that finds them, by the names under which it asks for them.
fn libraries(binary: &Path) -> io::Result<Vec<PathBuf>> {
    let told = Command::new("ldd").arg(binary).output()?;
    Ok(named(&String::from_utf8_lossy(&told.stdout)))
}

/// The paths in what `ldd` prints: `name => /path (address)`, or `/path (address)` for the loader.
fn named(told: &str) -> Vec<PathBuf> {
    let words = told.lines().filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
    words.map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_read_from_what_the_loader_says() {
        let told = "\tlinux-vdso.so.1 (0x00007fdb1a9c8000)\n\
                    \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007fdb1593e000)\n\
                    \t/lib64/ld-linux-x86-64.so.2 (0x00007fdb1a9ca000)\n";
        let expected = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"];
        assert_eq!(named(told), expected.map(PathBuf::from));
        assert!(named("\tnot a dynamic executable\n").is_empty());
    }
}
