//! Runs the protobuf compiler shipped in `protoc-bin-vendored` with the arguments it is given.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let protoc = match protoc_bin_vendored::protoc_bin_path() {
        Ok(path) => path,
        Err(error) => {
            eprintln!("assay-protoc: no protobuf compiler for this machine: {error}; install protoc by hand");
            return ExitCode::from(2);
        }
    };
    // Not every archive keeps the include folder beside the binary, so name it.
    let mut command = Command::new(&protoc);
    if let Ok(include) = protoc_bin_vendored::include_path() {
        command.arg("--proto_path").arg(include);
    }
    match command.args(std::env::args_os().skip(1)).status() {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)),
        Err(error) => {
            eprintln!("assay-protoc: cannot run {}: {error}", protoc.display());
            ExitCode::from(2)
        }
    }
}
