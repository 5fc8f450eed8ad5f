//! JSON-RPC of a node that runs: whatever is asked, it answers the next question.

use crate::corpus::{fixtures, lines};
use crate::hunt::{Said, hunt};
use crate::running::{PATIENCE, Running};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

/// A node of these tests.
struct Node {
    running: Running,
}

impl Node {
    fn start() -> Self {
        Self { running: Running::node(&["--chain", "dev", "--sealing", "paced"]) }
    }

    /// The answer to a request, as text.
    fn ask(&self, body: &[u8]) -> std::io::Result<String> {
        let address = self.running.text("rpc").trim_start_matches("ws://");
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let length = body.len();
        write!(
            stream,
            "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n"
        )?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Asks something hostile, and then how the chain is called.
    fn survives(&mut self, body: &[u8]) -> Said {
        self.ask(body).map_err(|error| format!("no answer: {error}"))?;
        if let Ok(Some(status)) = self.running.process.try_wait() {
            return Err(format!("the node ended with {status}"));
        }
        let name = self.ask(br#"{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[]}"#);
        match name {
            Ok(text) if text.contains("\"result\"") => Ok(()),
            other => Err(format!("it does not say its name any more: {other:?}")),
        }
    }
}

#[test]
fn requests_to_a_node() {
    let requests = fs::read_to_string(fixtures().join("corpus/requests.jsonl")).unwrap();
    hunt("requests", &lines(&requests), 400, || {
        let mut node = Node::start();
        move |bytes: &[u8]| node.survives(bytes)
    });
}
