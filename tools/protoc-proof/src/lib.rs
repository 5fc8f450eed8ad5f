//! Proves that `cargo` alone builds a crate that needs `protoc` (see `.cargo/protoc`).

#[allow(missing_docs, clippy::pedantic)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/probe.rs"));
}

pub use generated::Probe;

#[cfg(test)]
mod tests {
    use super::Probe;
    use prost::Message;

    #[test]
    fn a_compiled_message_survives_its_encoding() {
        let probe = Probe { block: 50_401, at: None };
        assert_eq!(Probe::decode(probe.encode_to_vec().as_slice()), Ok(probe));
    }
}
