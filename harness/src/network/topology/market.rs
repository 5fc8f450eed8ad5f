//! Subnets of a network, and the miners and validators on them.

use super::file::{DeviceName, HyperparametersFile, MinerFile, SubnetFile, ValidatorFile, Work};
use super::place::Step::{self, Item, Key};
use super::{Checker, NodeSpec, TopologyError, is_name};
use crate::nearest::suggestion;
use assay_neuron::{miner, validator};
use std::collections::BTreeSet;

/// Rao in a TAO.
const TAO: u64 = 1_000_000_000;

/// What a validator has staked to it of which nothing else is said.
const USUAL_STAKE: u64 = 100 * TAO;

/// Blocks between two rounds of questions where nothing is said.
const USUAL_ROUND: u32 = 5;

/// The first subnet that can be registered: 0 is root, and 1 is there from the beginning.
const FIRST: u16 = 2;

/// Subnets, and who works on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market {
    /// The subnets, in the order in which they are registered.
    pub subnets: Vec<SubnetSpec>,
    /// Miners first, then validators, in the order of the file.
    pub neurons: Vec<NeuronSpec>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetSpec {
    /// Its name here.
    pub name: String,
    /// Its number on the chain.
    pub netuid: u16,
    /// What it asks for.
    pub work: Work,
    /// The account that owns it.
    pub owner: String,
    /// Its rules.
    pub hyperparameters: HyperparametersFile,
    /// Whether its miners are at risk.
    pub slashing: bool,
    /// Whether it sells credits.
    pub credits: bool,
}

impl SubnetSpec {
    /// The name of its owner's hotkey.
    pub fn owner_hotkey(&self) -> String {
        format!("{}_owner", self.name)
    }
}

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeuronKind {
    /// It answers.
    Miner,
    /// It asks.
    Validator,
}

impl NeuronKind {
    /// The command of ours that does it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Miner => "miner",
            Self::Validator => "validator",
        }
    }
}

/// A miner or a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeuronSpec {
    /// Its name, which is that of its hotkey.
    pub name: String,
    /// What it is for.
    pub kind: NeuronKind,
    /// The name of its subnet.
    pub subnet: String,
    /// Its subnet's number.
    pub netuid: u16,
    /// The account that owns its hotkey.
    pub coldkey: String,
    /// What its owner stakes to it, rao.
    pub stake: u64,
    /// What runs.
    pub program: Program,
}

/// What a miner or validator is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// The one of this project.
    Ours {
        /// The workload, as options write it.
        workload: &'static str,
        /// How it behaves.
        profile: String,
        /// Where a miner computes.
        device: DeviceName,
        /// Blocks between two rounds, for validators.
        round: u32,
        /// The miners that a cabal favours: those on its subnet with its own wallet.
        friends: Vec<String>,
    },
    /// Somebody else's: a program and its arguments.
    Theirs(Vec<String>),
}

impl Market {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.subnets.is_empty() && self.neurons.is_empty()
    }

    /// The subnet of a number.
    pub fn subnet(&self, netuid: u16) -> Option<&SubnetSpec> {
        self.subnets.iter().find(|subnet| subnet.netuid == netuid)
    }
}

/// What the file says of a miner or a validator alike.
struct Said<'a> {
    kind: NeuronKind,
    list: &'static str,
    index: usize,
    name: &'a str,
    subnet: &'a str,
    profile: Option<&'a str>,
    profiles: Vec<&'static str>,
    device: DeviceName,
    wallet: &'a str,
    stake: u64,
    round: u32,
    command: Option<&'a Vec<String>>,
}

impl<'a> Said<'a> {
    fn of_miner(index: usize, file: &'a MinerFile) -> Self {
        Self {
            kind: NeuronKind::Miner,
            list: "miners",
            index,
            name: &file.name,
            subnet: &file.subnet,
            profile: file.profile.as_deref(),
            profiles: miner::Profile::ALL.map(miner::Profile::name).to_vec(),
            device: file.device,
            wallet: file.wallet.as_deref().unwrap_or("Bob"),
            stake: file.stake.map_or(0, |stake| stake.0),
            round: USUAL_ROUND,
            command: file.command.as_ref(),
        }
    }

    fn of_validator(index: usize, file: &'a ValidatorFile) -> Self {
        Self {
            kind: NeuronKind::Validator,
            list: "validators",
            index,
            name: &file.name,
            subnet: &file.subnet,
            profile: file.profile.as_deref(),
            profiles: validator::Profile::ALL.map(validator::Profile::name).to_vec(),
            device: DeviceName::Auto,
            wallet: file.wallet.as_deref().unwrap_or("Charlie"),
            stake: file.stake.map_or(USUAL_STAKE, |stake| stake.0),
            round: file.round.unwrap_or(USUAL_ROUND),
            command: file.command.as_ref(),
        }
    }

    fn place(&self, key: &'static str) -> [Step<'static>; 3] {
        [Key(self.list), Item(self.index), Key(key)]
    }
}

impl Checker<'_> {
    pub(super) fn market(
        &self,
        nodes: &[NodeSpec],
        subnets: &[SubnetFile],
        miners: &[MinerFile],
        validators: &[ValidatorFile],
    ) -> Result<Market, TopologyError> {
        let mut market = Market::default();
        for (netuid, (index, subnet)) in (FIRST..).zip(subnets.iter().enumerate()) {
            let spec = self.subnet(index, netuid, subnet)?;
            if market.subnets.iter().any(|earlier| earlier.name == spec.name) {
                let place = [Key("subnets"), Item(index), Key("name")];
                return self.wrong(&place, format!("two subnets are called `{}`", spec.name));
            }
            market.subnets.push(spec);
        }
        let miners = miners.iter().enumerate().map(|(index, file)| Said::of_miner(index, file));
        let validators = validators.iter().enumerate().map(|(index, file)| Said::of_validator(index, file));
        let mut names: BTreeSet<String> = nodes.iter().map(|node| node.name.clone()).collect();
        for said in miners.chain(validators) {
            if !names.insert(said.name.to_owned()) {
                let problem = format!("two programs are called `{}`", said.name);
                return self.wrong(&said.place("name"), problem);
            }
            let spec = self.neuron(&said, &market)?;
            market.neurons.push(spec);
        }
        Ok(market)
    }

    fn subnet(&self, index: usize, netuid: u16, file: &SubnetFile) -> Result<SubnetSpec, TopologyError> {
        let place = |key| [Key("subnets"), Item(index), Key(key)];
        let owner = file.owner.clone().unwrap_or_else(|| "Alice".into());
        self.name(&place("name"), "a subnet", &file.name)?;
        self.name(&place("owner"), "an account", &owner)?;
        let rules = |key| [Key("subnets"), Item(index), Key("hyperparameters"), Key(key)];
        if file.hyperparameters.tempo == Some(0) {
            return self.wrong(&rules("tempo"), "a tempo of 0 stops the epochs of a subnet".into());
        }
        if file.hyperparameters.reveal_period.is_some_and(|period| !(1..=100).contains(&period)) {
            return self.wrong(&rules("reveal-period"), "weights can be shown after 1 to 100 epochs".into());
        }
        Ok(SubnetSpec {
            name: file.name.clone(),
            netuid,
            work: file.workload,
            owner,
            hyperparameters: file.hyperparameters,
            slashing: file.slashing,
            credits: file.credits,
        })
    }

    fn neuron(&self, said: &Said<'_>, market: &Market) -> Result<NeuronSpec, TopologyError> {
        self.name(&said.place("name"), &format!("a {}", said.kind.name()), said.name)?;
        self.name(&said.place("wallet"), "an account", said.wallet)?;
        let Some(subnet) = market.subnets.iter().find(|subnet| subnet.name == said.subnet) else {
            let names: Vec<&str> = market.subnets.iter().map(|subnet| subnet.name.as_str()).collect();
            let near = if names.is_empty() {
                "; the file has no `subnets`".into()
            } else {
                suggestion(said.subnet, &names)
            };
            return self.wrong(&said.place("subnet"), format!("there is no subnet `{}`{near}", said.subnet));
        };
        Ok(NeuronSpec {
            name: said.name.to_owned(),
            kind: said.kind,
            subnet: subnet.name.clone(),
            netuid: subnet.netuid,
            coldkey: said.wallet.to_owned(),
            stake: said.stake,
            program: self.program(said, subnet, &market.neurons)?,
        })
    }

    fn program(
        &self,
        said: &Said<'_>,
        subnet: &SubnetSpec,
        earlier: &[NeuronSpec],
    ) -> Result<Program, TopologyError> {
        if let Some(command) = said.command {
            if command.is_empty() {
                return self.wrong(&said.place("command"), "a command begins with a program".into());
            }
            if said.profile.is_some() {
                let problem =
                    "somebody else's program has no profile of ours; leave out `profile` or `command`";
                return self.wrong(&said.place("profile"), problem.into());
            }
            return Ok(Program::Theirs(command.clone()));
        }
        let Some(workload) = subnet.work.shipped() else {
            let problem = format!(
                "the workload of `{}` is custom, so `{}` needs a `command` that does it",
                subnet.name, said.name
            );
            return self.wrong(&[Key(said.list), Item(said.index)], problem);
        };
        let profile = said.profile.unwrap_or("honest");
        if !said.profiles.contains(&profile) {
            let problem = format!(
                "a {} has no profile `{profile}`{}",
                said.kind.name(),
                suggestion(profile, &said.profiles)
            );
            return self.wrong(&said.place("profile"), problem);
        }
        if said.round == 0 {
            return self.wrong(&said.place("round"), "there is at least one block between two rounds".into());
        }
        let friends = if said.kind == NeuronKind::Validator && profile == validator::Profile::Cabal.name() {
            let own = |neuron: &&NeuronSpec| neuron.netuid == subnet.netuid && neuron.coldkey == said.wallet;
            let miners = earlier.iter().filter(|neuron| neuron.kind == NeuronKind::Miner);
            miners.filter(own).map(|miner| miner.name.clone()).collect()
        } else {
            Vec::new()
        };
        if profile == validator::Profile::Cabal.name() && friends.is_empty() {
            let problem = format!(
                "a cabal favours its own miners, and no miner of `{}` has the wallet {}",
                subnet.name, said.wallet
            );
            return self.wrong(&said.place("profile"), problem);
        }
        Ok(Program::Ours {
            workload: workload.name(),
            profile: profile.to_owned(),
            device: said.device,
            round: said.round,
            friends,
        })
    }

    fn name(&self, place: &[Step], of: &str, name: &str) -> Result<(), TopologyError> {
        if is_name(name) {
            return Ok(());
        }
        let problem = format!(
            "`{name}` is no name for {of}: it is a letter, then letters, digits, - and _, 32 at most"
        );
        self.wrong(place, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{parse, tell_what_is_wrong};
    use super::*;

    const WHOLE: &str = "\
description: a market
nodes: [{ name: One }]
subnets:
  - name: digits
    workload: vision
    owner: Dave
    hyperparameters: { tempo: 20, commit-reveal: false }
    slashing: true
  - { name: own, workload: custom }
miners:
  - { name: good, subnet: digits, device: cpu }
  - { name: poor, subnet: digits, profile: undertrained, wallet: Eve, stake: 5 TAO }
  - { name: theirs, subnet: own, command: [python3, miner.py] }
validators:
  - { name: judge, subnet: digits, round: 4 }
  - { name: copier, subnet: digits, profile: weight-copier, stake: 50 TAO }
  - { name: gang, subnet: digits, profile: cabal, wallet: Eve }
";

    #[test]
    fn a_file_says_who_works_on_which_subnet() {
        let market = parse(WHOLE).unwrap().market;
        let [digits, own] = market.subnets.as_slice() else { panic!("two subnets") };
        assert_eq!((digits.netuid, digits.owner.as_str(), digits.slashing), (2, "Dave", true));
        assert_eq!(
            (digits.hyperparameters.tempo, digits.owner_hotkey().as_str()),
            (Some(20), "digits_owner")
        );
        assert_eq!((own.netuid, own.owner.as_str(), own.slashing), (3, "Alice", false));
        let [good, poor, theirs, judge, copier, gang] = market.neurons.as_slice() else {
            panic!("six programs")
        };
        let ours = |profile: &str, device, round| Program::Ours {
            workload: "vision",
            profile: profile.into(),
            device,
            round,
            friends: Vec::new(),
        };
        assert_eq!(good.program, ours("honest", DeviceName::Cpu, 5));
        assert_eq!((poor.coldkey.as_str(), poor.stake), ("Eve", 5 * TAO));
        assert_eq!(theirs.program, Program::Theirs(vec!["python3".into(), "miner.py".into()]));
        assert_eq!((judge.kind, judge.stake), (NeuronKind::Validator, 100 * TAO));
        assert_eq!(judge.program, ours("honest", DeviceName::Auto, 4));
        assert_eq!(copier.stake, 50 * TAO);
        assert!(matches!(&gang.program, Program::Ours { friends, .. } if *friends == ["poor"]));
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_nearest_name() {
        let cases = [
            (
                "workload: vision",
                "workload: visoin",
                "5:15: `visoin` is not possible here; did you mean `vision`?",
            ),
            ("tempo: 20", "tempoo: 20", "7:24: there is no key `tempoo`; did you mean `tempo`?"),
            ("tempo: 20", "tempo: 0", "7:31: a tempo of 0 stops"),
            ("name: own,", "name: digits,", "9:13: two subnets are called `digits`"),
            (
                "good, subnet: digits",
                "good, subnet: digts",
                "11:27: there is no subnet `digts`; did you mean `digits`?",
            ),
            (
                "profile: undertrained",
                "profile: undertraind",
                "12:44: a miner has no profile `undertraind`; did you mean `undertrained`?",
            ),
            ("stake: 5 TAO", "stake: 5 alpha", "12:"),
            ("command: [python3, miner.py]", "device: cpu", "13:5: the workload of `own` is custom"),
            ("command: [python3, miner.py]", "command: []", "a command begins with a program"),
            ("name: judge", "name: good", "15:13: two programs are called `good`"),
            ("round: 4", "round: 0", "15:43: there is at least one block"),
            (
                "cabal, wallet: Eve",
                "cabal",
                "a cabal favours its own miners, and no miner of `digits` has the wallet Charlie",
            ),
            ("profile: weight-copier", "profile: lazy", "a validator has no profile `lazy`"),
            ("name: theirs", "name: my miner", "`my miner` is no name for a miner"),
            ("description: a market", "description: x\npace: paced", "2:7: miners and validators wait"),
        ];
        tell_what_is_wrong(WHOLE, &cases);
    }
}
