//! The image: the binary and the shared libraries it needs, and nothing else.
//!
//! It is made from nothing (`FROM scratch`), so no registry is needed.

use super::{DockerError, engine};
use polkadot_sdk::sp_io::hashing::blake2_128;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use testcontainers::GenericBuildableImage;
use testcontainers::core::BuildImageOptions;
use testcontainers::runners::AsyncBuilder;

/// How the image is made of a folder that [`lay_out`] has filled.
const DOCKERFILE: &str = include_str!("../../../docker/Dockerfile");

/// An image by its name and tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageName {
    /// Such as `assay`.
    pub name: String,
    /// Such as `dev`.
    pub tag: String,
}

/// The image of exactly this binary; it is built where there is none.
///
/// # Errors
/// [`DockerError`] if the binary cannot be read, or the engine does not build it.
pub async fn of(binary: &Path) -> Result<ImageName, DockerError> {
    let bytes = fs::read(binary).map_err(|source| unreadable(binary, source))?;
    let image = ImageName { name: "assay".into(), tag: hex::encode(blake2_128(&bytes)) };
    drop(bytes);
    let known = engine::client().await?.inspect_image(&image.to_string()).await;
    if known.is_err() {
        // Another scenario may be building it by now.
        made(binary, &image, BuildImageOptions::new().with_skip_if_exists(true)).await?;
    }
    Ok(image)
}

/// Builds the image of a binary.
///
/// # Errors
/// [`DockerError`] if the binary cannot be read, or the engine does not build it.
pub async fn build(binary: &Path, image: &ImageName) -> Result<(), DockerError> {
    engine::client().await?;
    made(binary, image, BuildImageOptions::new()).await
}

async fn made(binary: &Path, image: &ImageName, options: BuildImageOptions) -> Result<(), DockerError> {
    let folder = tempfile::tempdir().map_err(|source| unreadable(binary, source))?;
    lay_out(binary, folder.path()).map_err(|source| unreadable(binary, source))?;
    let built = GenericBuildableImage::new(&image.name, &image.tag)
        .with_dockerfile_string(DOCKERFILE)
        .with_file(folder.path().join(ROOT), ROOT)
        .build_image_with(options)
        .await;
    built.map(drop).map_err(|error| engine::refused("build")(&error))
}

/// The folder, beside the Dockerfile, that becomes the root of the image.
const ROOT: &str = "root";

/// Fills a folder with what the image is made of: `docker build FOLDER` makes it.
///
/// # Errors
/// If something cannot be read or written.
pub fn lay_out(binary: &Path, folder: &Path) -> io::Result<()> {
    let root = folder.join(ROOT);
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

fn unreadable(binary: &Path, source: io::Error) -> DockerError {
    DockerError::Binary { path: binary.to_owned(), source }
}

impl std::fmt::Display for ImageName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}", self.name, self.tag)
    }
}

impl std::str::FromStr for ImageName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, tag) = text.rsplit_once(':').unwrap_or((text, "latest"));
        if name.is_empty() || tag.is_empty() || tag.contains('/') {
            return Err(format!("`{text}` is not the name of an image, such as assay:dev"));
        }
        Ok(Self { name: name.into(), tag: tag.into() })
    }
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

    #[test]
    fn images_have_a_name_and_a_tag() {
        let image = |name: &str, tag: &str| ImageName { name: name.into(), tag: tag.into() };
        assert_eq!("assay:dev".parse(), Ok(image("assay", "dev")));
        assert_eq!("assay".parse(), Ok(image("assay", "latest")));
        assert_eq!("host:5000/assay:1".parse(), Ok(image("host:5000/assay", "1")));
        for wrong in ["", ":dev", "assay:", "host:5000/assay"] {
            assert!(wrong.parse::<ImageName>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_folder_holds_the_binary_and_what_it_needs_to_run() {
        let folder = tempfile::tempdir().unwrap();
        let binary = std::env::current_exe().unwrap();
        lay_out(&binary, folder.path()).unwrap();
        let root = folder.path().join(ROOT);
        for inside in ["assay", "tmp", "data"] {
            assert!(root.join(inside).exists(), "{inside}");
        }
        assert!(
            libraries(&binary)
                .unwrap()
                .iter()
                .all(|library| root.join(library.strip_prefix("/").unwrap()).exists())
        );
        assert!(folder.path().join("Dockerfile").exists());
    }
}
