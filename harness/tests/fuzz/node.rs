//! JSON-RPC of a node that runs: whatever is asked, it answers the next question.

use crate::corpus::{fixtures, lines};
use crate::hunt::{Said, hunt};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(45);

/// A node, ended when it goes out of scope.
struct Node {
    process: Child,
    address: String,
}

impl Node {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command
            .args(["node", "--in-memory", "--chain", "dev", "--sealing", "paced", "--rpc-port", "0"])
            .args(["--no-mdns", "--die-with-parent", "--listen-addr", "/ip4/127.0.0.1/tcp/0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap();
        let address = listening["rpc"].as_str().unwrap().trim_start_matches("ws://").to_owned();
        Self { process, address }
    }

    /// The answer to a request, as text.
    fn ask(&self, body: &[u8]) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (address, length) = (&self.address, body.len());
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
        if let Ok(Some(status)) = self.process.try_wait() {
            return Err(format!("the node ended with {status}"));
        }
        let name = self.ask(br#"{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[]}"#);
        match name {
            Ok(text) if text.contains("\"result\"") => Ok(()),
            other => Err(format!("it does not say its name any more: {other:?}")),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
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
