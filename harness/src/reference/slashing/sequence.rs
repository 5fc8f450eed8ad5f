//! Calls and blocks one after another, on the runtime.

use super::cast;
use super::state::{Names, build, stand_behind_root, terms, view};
use crate::reference::case::{self, CaseError, number};
use crate::reference::compare::{Difference, compare};
use crate::reference::replay::storage::item_prefix;
use assay_runtime::{Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, SubtensorModule, System};
use codec::Encode;
use pallet_slashing::types::Offence;
use pallet_slashing::{Call as Slashing, Error, Event};
use pallet_subtensor::Call as Subtensor;
use polkadot_sdk::frame_support::storage::unhashed;
use polkadot_sdk::sp_runtime::DispatchError;
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_state_machine::BasicExternalities;
use serde_json::{Map, Value, json};

type Fields = Map<String, Value>;

/// What a step came to.
enum Outcome {
    /// No call was made.
    NoCall,
    /// A call, which can have been refused.
    Called(Result<(), DispatchError>),
    /// A call that cannot even be written down, as terms whose numbers do not fit.
    Impossible,
}

/// Replays a sequence.
///
/// # Errors
/// A case that is not of this form.
pub(super) fn replay(case: &Fields, file: &Fields) -> Result<Vec<Difference>, CaseError> {
    let mut given = file.get("standard").and_then(Value::as_object).cloned().unwrap_or_default();
    given.extend(case::object(case, "given")?.clone());
    let mut differences = Vec::new();
    let mut storage = BasicExternalities::default();
    let mut names = Names::default();
    storage.execute_with(|| build(&given, &mut names))?;

    let mut expected = case::object(case, "before")?.clone();
    expected.remove("block");
    look(&mut storage, &names, "before", &expected, &mut differences);
    for (index, step) in case::list(case, "steps")?.iter().enumerate() {
        let step = step.as_object().ok_or_else(|| CaseError::new("steps", "has what is not an object"))?;
        let path = format!("steps[{index}] {}", case::text(step, "do")?);
        // As every call of a block, each runs in a storage layer of its own.
        let outcome = storage.execute_with(|| {
            System::reset_events();
            act(step, &mut names)
        })?;
        let events = storage.execute_with(|| events(&names));
        match &outcome {
            Outcome::NoCall => {}
            Outcome::Called(Ok(())) => {
                compare(&format!("{path}.ok"), step.get("ok"), Some(&json!(true)), &mut differences);
                compare(&format!("{path}.events"), step.get("events"), Some(&events), &mut differences);
            }
            Outcome::Called(Err(error)) => {
                let error = Value::from(refusal(*error));
                compare(&format!("{path}.error"), step.get("error"), Some(&error), &mut differences);
            }
            Outcome::Impossible => {
                let error = json!("TermsOutOfRange");
                compare(&format!("{path}.error"), step.get("error"), Some(&error), &mut differences);
            }
        }
        if let Some(after) = step.get("after").and_then(Value::as_object) {
            expected.extend(after.clone());
        }
        look(&mut storage, &names, &format!("{path}.after"), &expected, &mut differences);
    }
    Ok(differences)
}

fn look(
    storage: &mut BasicExternalities,
    names: &Names,
    path: &str,
    expected: &Fields,
    differences: &mut Vec<Difference>,
) {
    let found = storage.execute_with(|| view(names));
    let sorted = |mut fields: Fields| {
        if let Some(Value::Array(list)) = fields.get_mut("registered") {
            list.sort_by_key(Value::to_string);
        }
        Value::Object(fields)
    };
    compare(path, Some(&sorted(expected.clone())), Some(&sorted(found)), differences);
}

/// Does a step; runs inside the storage.
fn act(step: &Fields, names: &mut Names) -> Result<Outcome, CaseError> {
    let kind = case::text(step, "do")?;
    if kind == "advance" {
        let blocks: u32 = case::integer(step, "blocks")?;
        System::set_block_number(System::block_number().saturating_add(blocks));
        return Ok(Outcome::NoCall);
    }
    if kind == "report_double_vote" {
        let proof = cast::double_vote(step)?;
        let set = proof.set_id();
        let current = if case::boolean(step, "current_set")? { set } else { set.wrapping_add(1) };
        unhashed::put_raw(&item_prefix("Grandpa", "CurrentSetId"), &current.encode());
        let call = Slashing::report_double_vote_unsigned { proof: Box::new(proof) };
        return Ok(called(RuntimeCall::Slashing(call), RuntimeOrigin::none()));
    }
    let netuid = || case::integer::<u16>(step, "netuid");
    let amount = || case::integer::<u64>(step, "amount");
    let mut account = |name: &str| names.id(case::text(step, name)?);
    match kind {
        "earn" => {
            let (hotkey, netuid, amount) = (account("hotkey")?, netuid()?, amount()?);
            SubtensorModule::increase_all_stakes(&hotkey, netuid, amount);
            if netuid == 0 {
                stand_behind_root(amount)?;
            } else {
                pallet_subtensor::SubnetAlphaOut::<Runtime>::mutate(netuid, |alpha| *alpha += amount);
            }
            return Ok(Outcome::NoCall);
        }
        "deregister" => {
            SubtensorModule::deregister_neuron(netuid()?, &account("hotkey")?);
            return Ok(Outcome::NoCall);
        }
        _ => {}
    }
    let by = case::text(step, "by")?;
    let origin = if by == "root" { RuntimeOrigin::root() } else { RuntimeOrigin::signed(account("by")?) };
    let call = match kind {
        "bond" => {
            let (hotkey, netuid) = (account("hotkey")?, netuid()?);
            RuntimeCall::Slashing(Slashing::bond { netuid, hotkey, amount: amount()? })
        }
        "unbond" => {
            let (hotkey, netuid) = (account("hotkey")?, netuid()?);
            RuntimeCall::Slashing(Slashing::unbond { netuid, hotkey, amount: amount()? })
        }
        "unstake" => {
            let (hotkey, netuid) = (account("hotkey")?, netuid()?);
            RuntimeCall::SubtensorModule(Subtensor::remove_stake {
                hotkey,
                netuid,
                amount_unstaked: amount()?,
            })
        }
        "transfer" => RuntimeCall::SubtensorModule(Subtensor::transfer_stake {
            destination_coldkey: account("to")?,
            hotkey: account("hotkey")?,
            origin_netuid: netuid()?,
            destination_netuid: netuid()?,
            alpha_amount: amount()?,
        }),
        "move" => RuntimeCall::SubtensorModule(Subtensor::move_stake {
            origin_hotkey: account("hotkey")?,
            destination_hotkey: account("to_hotkey")?,
            origin_netuid: netuid()?,
            destination_netuid: netuid()?,
            alpha_amount: amount()?,
        }),
        "swap" => RuntimeCall::SubtensorModule(Subtensor::swap_stake {
            hotkey: account("hotkey")?,
            origin_netuid: netuid()?,
            destination_netuid: case::integer(step, "to_netuid")?,
            alpha_amount: amount()?,
        }),
        "register" => {
            // The price and the limits of registrations are none of the vectors' business.
            let netuid = netuid()?;
            pallet_subtensor::Burn::<Runtime>::insert(netuid, 0);
            pallet_subtensor::RegistrationsThisBlock::<Runtime>::remove(netuid);
            pallet_subtensor::RegistrationsThisInterval::<Runtime>::remove(netuid);
            let hotkey = account("hotkey")?;
            match netuid {
                0 => RuntimeCall::SubtensorModule(Subtensor::root_register { hotkey }),
                _ => RuntimeCall::SubtensorModule(Subtensor::burned_register { netuid, hotkey }),
            }
        }
        "register_model" => {
            let model = cast::network(case::text(step, "model")?)?.commitment().clone();
            RuntimeCall::Slashing(Slashing::register_model { netuid: netuid()?, model })
        }
        "set_terms" => match terms(case::object(step, "terms")?)? {
            Some(terms) => RuntimeCall::Slashing(Slashing::set_terms { netuid: netuid()?, terms }),
            None => return Ok(Outcome::Impossible),
        },
        "report_contradiction" => {
            let receipts = case::list(step, "receipts")?.iter().filter_map(Value::as_object);
            let receipts = receipts.map(cast::receipt).collect::<Result<Vec<_>, _>>()?;
            let [first, second] = <[_; 2]>::try_from(receipts)
                .map_err(|_| CaseError::new("receipts", "are not two"))?
                .map(Box::new);
            let reward_hotkey = account("reward_hotkey")?;
            RuntimeCall::Slashing(Slashing::report_contradiction { first, second, reward_hotkey })
        }
        "report_wrong_result" => {
            let (receipt, proof) = cast::wrong_result(step)?;
            RuntimeCall::Slashing(Slashing::report_wrong_result {
                receipt: Box::new(receipt),
                proof: Box::new(proof),
                reward_hotkey: account("reward_hotkey")?,
            })
        }
        other => return Err(CaseError::new("do", format!("`{other}` is no step known here"))),
    };
    Ok(called(call, origin))
}

fn called(call: RuntimeCall, origin: RuntimeOrigin) -> Outcome {
    Outcome::Called(call.dispatch(origin).map(drop).map_err(|refused| refused.error))
}

/// The events of slashing that the vectors know.
fn events(names: &Names) -> Value {
    let events = System::events().into_iter().filter_map(|record| match record.event {
        RuntimeEvent::Slashing(Event::Slashed {
            netuid,
            hotkey,
            offence,
            slashed,
            rewarded,
            burned,
            reporter,
            strikes,
        }) => Some(json!({ "Slashed": {
            "netuid": number(netuid),
            "hotkey": names.name(&hotkey),
            "offence": match offence {
                Offence::Contradiction => "Contradiction",
                Offence::WrongResult => "WrongResult",
                Offence::DoubleVote => "DoubleVote",
            },
            "slashed": number(slashed),
            "rewarded": number(rewarded),
            "burned": number(burned),
            "reporter": reporter.map(|reporter| names.name(&reporter)),
            "strikes": number(strikes),
        } })),
        RuntimeEvent::Slashing(Event::Banned { netuid, hotkey, until }) => Some(json!({ "Banned": {
            "netuid": number(netuid),
            "hotkey": names.name(&hotkey),
            "until": number(until),
        } })),
        _ => None,
    });
    events.collect()
}

/// The name that the vectors have for a refusal.
fn refusal(error: DispatchError) -> String {
    let names: [(DispatchError, &str); 20] = [
        (Error::<Runtime>::NotEnabled.into(), "NotEnabled"),
        (Error::<Runtime>::ReceiptTooOld.into(), "ReceiptTooOld"),
        (Error::<Runtime>::ReceiptFromFuture.into(), "ReceiptFromFuture"),
        (Error::<Runtime>::BadSignature.into(), "BadSignature"),
        (Error::<Runtime>::ReceiptsAgree.into(), "ReceiptsAgree"),
        (Error::<Runtime>::UnrelatedReceipts.into(), "ReceiptsDiffer"),
        (Error::<Runtime>::ProofDoesNotFit.into(), "BranchesDoNotFit"),
        (Error::<Runtime>::ProofAgrees.into(), "ResultIsRight"),
        (Error::<Runtime>::ModelNotRegistered.into(), "ModelNotRegistered"),
        (Error::<Runtime>::AlreadyReported.into(), "AlreadyReported"),
        (Error::<Runtime>::NotRegistered.into(), "NotRegisteredThen"),
        (Error::<Runtime>::BondAboveFreeStake.into(), "BondAboveFreeStake"),
        (Error::<Runtime>::UnbondAboveBond.into(), "UnbondAboveBond"),
        (Error::<Runtime>::TermsOutOfRange.into(), "TermsOutOfRange"),
        (Error::<Runtime>::NotSubnetOwner.into(), "NotPermitted"),
        (Error::<Runtime>::Banned.into(), "Banned"),
        (Error::<Runtime>::NoDoubleVote.into(), "BadEquivocation"),
        (Error::<Runtime>::NotCurrentAuthority.into(), "NotAnAuthority"),
        (Error::<Runtime>::AuthorityNotLinked.into(), "AuthorityNotLinked"),
        (pallet_subtensor::Error::<Runtime>::StakeUnavailable.into(), "StakeUnavailable"),
    ];
    let known = names.into_iter().find(|(refusal, _)| *refusal == error);
    known.map_or_else(|| format!("{error:?}"), |(_, name)| name.to_owned())
}
