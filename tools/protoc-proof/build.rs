//! Compiles one message with protoc, as the networking crates of the node do.

fn main() {
    if let Err(error) = prost_build::compile_protos(&["probe.proto"], &["."]) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
