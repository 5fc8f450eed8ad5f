//! HTTP of a miner and of a validator: whatever is sent, they answer the next question, and soon.

use crate::corpus::fixtures;
use crate::hunt::{Said, hunt};
use crate::running::{PATIENCE, Running};
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How long an answer to something hostile is waited for before the request is ended.
const MOMENT: Duration = Duration::from_millis(100);

/// What a program may hold in memory, KiB. It holds a model of some tens of kilobytes and the code of a node.
const MEMORY: u64 = 2 << 20;

/// A miner or a validator.
struct Program {
    running: Running,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.args(arguments).arg("--die-with-parent").stderr(Stdio::null());
        Self { running: Running::launch(command) }
    }

    fn text(&self, key: &str) -> &str {
        self.running.text(key)
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(self.text("http").trim_start_matches("http://"))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// Sends bytes and, when an answer begins or none does for a moment, ends; reads until the other side has had enough.
    fn send(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut stream = self.connect()?;
        // It may refuse before it has read everything, and close.
        let _ = stream.write_all(bytes);
        stream.set_read_timeout(Some(MOMENT))?;
        let mut answer = vec![0; 4_096];
        let begun = stream.read(&mut answer).unwrap_or_default();
        answer.truncate(begun);
        let _ = stream.shutdown(Shutdown::Write);
        stream.set_read_timeout(Some(PATIENCE))?;
        match stream.read_to_end(&mut answer) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Err(error),
            _ => Ok(answer),
        }
    }

    /// Sends something hostile, and then asks how it is.
    fn survives(&mut self, bytes: &[u8]) -> Said {
        let role = self.text("role").to_owned();
        self.send(bytes).map_err(|error| format!("the {role} neither answers nor closes: {error}"))?;
        if let Ok(Some(status)) = self.running.process.try_wait() {
            return Err(format!("the {role} ended with {status}"));
        }
        match self.health() {
            Ok(text) if text.starts_with(b"HTTP/1.1 200") => self.is_modest(),
            other => Err(format!("the {role} does not say how it is any more: {other:?}")),
        }
    }

    fn health(&self) -> std::io::Result<Vec<u8>> {
        let mut stream = self.connect()?;
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    fn is_modest(&self) -> Said {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.running.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        match line.trim().trim_end_matches(" kB").parse::<u64>() {
            Ok(held) if held <= MEMORY => Ok(()),
            other => Err(format!("the {} has held {other:?} KiB", self.text("role"))),
        }
    }
}

/// A node, and a miner and a validator on the subnet that every chain has.
struct Market {
    programs: [Program; 2],
    _node: Program,
    _state: TempDir,
}

impl Market {
    fn start() -> Self {
        let state = tempfile::tempdir().unwrap();
        let node = Program::start(&[
            "node",
            "--in-memory",
            "--dev",
            "--sealing",
            "200",
            "--rpc-port",
            "0",
            "--no-mdns",
            "--listen-addr",
            "/ip4/127.0.0.1/tcp/0",
        ]);
        let models = fixtures().join("models");
        let chain = node.text("rpc");
        let common = ["--chain", chain, "--netuid", "1", "--workload", "vision", "--register", "--models"];
        let common = [&common[..], &[models.to_str().unwrap()]].concat();
        let miner = ["--hotkey-uri", "//Bob//miner", "--coldkey-uri", "//Bob", "--device", "cpu"];
        let miner = [&["miner", "--listen", "127.0.0.2:0"], &miner[..], &common].concat();
        // A price, so that vouchers are looked at.
        let validator =
            ["--hotkey-uri", "//Alice//v", "--coldkey-uri", "//Alice", "--price", "10", "--state"];
        let validator = [
            &["validator", "--listen", "127.0.0.1:0"],
            &validator[..],
            &[state.path().to_str().unwrap()],
            &common,
        ];
        let programs = [Program::start(&miner), Program::start(&validator.concat())];
        Self { programs, _node: node, _state: state }
    }
}

/// The corpus: a line for each request.
fn requests() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(fixtures().join("corpus/http.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| written(line, line)).collect()
}

/// The bytes that a line stands for.
fn written(text: &str, line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let (taken, put) = match character {
            '\\' => escaped(rest, line),
            '*' if rest.contains('{') => repeated(rest, line).unwrap_or((1, vec![b'*'])),
            other => (other.len_utf8(), other.to_string().into_bytes()),
        };
        bytes.extend(put);
        rest = &rest[taken..];
    }
    bytes
}

fn escaped(text: &str, line: &str) -> (usize, Vec<u8>) {
    let byte = match text.get(1..2) {
        Some("r") => b'\r',
        Some("n") => b'\n',
        Some("\\") => b'\\',
        Some("x") => {
            let digits = text.get(2..4).unwrap_or_default();
            let byte = u8::from_str_radix(digits, 16).unwrap_or_else(|error| panic!("{line}: {error}"));
            return (4, vec![byte]);
        }
        _ => panic!("{line}: nothing that is escaped"),
    };
    (2, vec![byte])
}

/// `*N{…}`; none if it is not that.
fn repeated(text: &str, line: &str) -> Option<(usize, Vec<u8>)> {
    let (times, rest) = text.strip_prefix('*')?.split_once('{')?;
    let times: usize = times.parse().ok()?;
    let (inside, rest) = rest.split_once('}')?;
    Some((text.len() - rest.len(), written(inside, line).repeat(times)))
}

#[test]
fn lines_are_requests() {
    assert_eq!(written(r"a\r\n\xff\\*3{\x00b}* {c}", ""), b"a\r\n\xff\\\0b\0b\0b* {c}");
}

#[test]
fn requests_to_a_miner_and_a_validator() {
    hunt("http", &requests(), 200, || {
        let mut market = Market::start();
        move |bytes: &[u8]| market.programs.iter_mut().try_for_each(|program| program.survives(bytes))
    });
}
