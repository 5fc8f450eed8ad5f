//! `assay` as a program that runs, for the tests that look at it from outside.

#![allow(dead_code, reason = "each test target uses its part")]

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// How long what a node does by itself may take, on a machine that is busy with other tests.
pub const PATIENCE: Duration = Duration::from_secs(45);

/// Waits until something is there.
pub fn wait_for<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    wait_within(PATIENCE, what, look)
}

/// Waits so long at most until something is there.
pub fn wait_within<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited {patience:?} for {what}");
        sleep(Duration::from_millis(50));
    }
}

/// A program that has said where it listens, killed when it goes out of scope.
pub struct Running {
    pub process: Child,
    /// Its standard input, which keeps it alive.
    pub input: Option<ChildStdin>,
    /// What it said: a line of JSON.
    pub listening: Value,
}

impl Running {
    /// `assay node` on ports that the system chooses, with more arguments. Nobody reads its log.
    pub fn node(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command
            .args(["node", "--in-memory", "--rpc-port", "0", "--no-mdns", "--die-with-parent"])
            .args(["--listen-addr", "/ip4/127.0.0.1/tcp/0"])
            .args(arguments)
            .stderr(Stdio::null());
        Self::launch(command)
    }

    /// Starts a program, and waits until it says where it listens.
    pub fn launch(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        // Read to its end, so that the program never waits for a reader.
        spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        // From here on it ends with this value, whatever it says.
        let mut running = Self { process, input, listening: Value::Null };
        let line =
            lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{command:?} says where it listens"));
        running.listening = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{command:?} said {line}"));
        assert_eq!(running.listening["event"], "listening");
        running
    }

    /// One of the things that it said.
    pub fn text(&self, key: &str) -> &str {
        self.listening[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {}", self.listening))
    }

    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Asks it to end, and waits until it has: its exit code. What it knows is on its disk then.
    pub fn end(mut self) -> Option<i32> {
        signal("TERM", &self.listening["pid"]);
        wait_for("a program to end when it is asked to", || self.process.try_wait().unwrap()).code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to a process.
pub fn signal(name: &str, pid: &Value) {
    let sent = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}
