//! The command lines of miners and validators.

use super::super::topology::{NeuronKind, NeuronSpec, Program};
use crate::chain::keys::Account;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The address that programs of ours listen on: the chain does not take 127.0.0.1 for an endpoint.
const LISTEN: &str = "127.0.0.2:0";

/// The folder of the wallets in the folder of a network.
pub(super) fn wallets(folder: &Path) -> PathBuf {
    folder.join("wallets")
}

/// The command that starts a miner or a validator. It ends with the thread that starts it.
pub(super) fn of(spec: &NeuronSpec, binary: &Path, endpoint: &str, folder: &Path) -> Command {
    let wallets = &wallets(folder);
    let mut command = Command::new(binary);
    match &spec.program {
        Program::Ours { workload, profile, device, round, friends } => {
            command.arg(spec.kind.name()).args(["--chain", endpoint]);
            command.args(["--netuid", &spec.netuid.to_string()]);
            command.arg("--wallet-path").arg(wallets);
            command.args(["--wallet-name", &spec.coldkey, "--wallet-hotkey", &spec.name]);
            command.args(["--workload", workload, "--profile", profile]);
            command.arg("--models").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/models"));
            command.args(["--listen", LISTEN, "--die-with-parent"]);
            match spec.kind {
                NeuronKind::Miner => command.args(["--device", device.name()]),
                NeuronKind::Validator => {
                    command.arg("--state").arg(folder.join("validators"));
                    command.args(["--round", &round.to_string()])
                }
            };
            for friend in friends {
                if let Ok(account) = Account::from_uri(&format!("//{friend}")) {
                    command.args(["--friend", &account.ss58()]);
                }
            }
        }
        Program::Theirs(program) => {
            // The names that the field's own SDK reads.
            command.args(["attend", "--"]).args(program);
            command.env("BT_SUBTENSOR_CHAIN_ENDPOINT", endpoint).env("BT_NETUID", spec.netuid.to_string());
            command.env("BT_WALLET_PATH", wallets);
            command.env("BT_WALLET_NAME", &spec.coldkey).env("BT_WALLET_HOTKEY", &spec.name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::super::super::topology::DeviceName;
    use super::*;

    fn line(program: Program, kind: NeuronKind) -> (String, Vec<(String, String)>) {
        let spec = NeuronSpec {
            name: "good".into(),
            kind,
            subnet: "digits".into(),
            netuid: 2,
            coldkey: "Bob".into(),
            stake: 0,
            program,
        };
        let command = of(&spec, Path::new("assay"), "ws://127.0.0.1:1", Path::new("/run"));
        let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
        let line = words.collect::<Vec<_>>().join(" ");
        let told = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
        let told = told
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
        (line, told.collect())
    }

    #[test]
    fn our_programs_are_told_by_options() {
        let ours = || Program::Ours {
            workload: "vision",
            profile: "lazy".into(),
            device: DeviceName::Cpu,
            round: 4,
            friends: vec!["Alice".into()],
        };
        let (miner, _) = line(ours(), NeuronKind::Miner);
        let told = "miner --chain ws://127.0.0.1:1 --netuid 2 --wallet-path /run/wallets --wallet-name Bob \
                    --wallet-hotkey good --workload vision --profile lazy --models /";
        assert!(miner.starts_with(told) && miner.contains("--device cpu"), "{miner}");
        let (validator, _) = line(ours(), NeuronKind::Validator);
        let told = "--listen 127.0.0.2:0 --die-with-parent --state /run/validators --round 4 \
                    --friend 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
        assert!(validator.starts_with("validator ") && validator.ends_with(told), "{validator}");
    }

    #[test]
    fn other_programs_are_told_by_their_environment() {
        let (line, told) =
            line(Program::Theirs(vec!["python3".into(), "miner.py".into()]), NeuronKind::Miner);
        assert_eq!(line, "attend -- python3 miner.py");
        let expected = [
            ("BT_NETUID", "2"),
            ("BT_SUBTENSOR_CHAIN_ENDPOINT", "ws://127.0.0.1:1"),
            ("BT_WALLET_HOTKEY", "good"),
            ("BT_WALLET_NAME", "Bob"),
            ("BT_WALLET_PATH", "/run/wallets"),
        ];
        assert_eq!(told, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
