//! The target `memory`: blocks are real, repeatable and reversible.

use assay::chain::Head;
use assay::chain::client::{Call, Client};
use assay::chain::genesis::Genesis;
use assay::chain::keys::Account;
use assay::chain::memory::MemoryChain;
use subxt::ext::scale_value::Value;

fn client(genesis: &str) -> Client {
    let storage = Genesis::load(genesis).unwrap().build(genesis).unwrap();
    Client::new(Box::new(MemoryChain::new(storage).unwrap()))
}

fn transfer(to: &Account, rao: u64) -> Call {
    let to = Value::unnamed_variant("Id", [Value::from_bytes(<[u8; 32]>::from(to.id()))]);
    Call::new("Balances", "transfer_keep_alive", [("dest", to), ("value", Value::u128(rao.into()))])
}

async fn transfer_and_wait(client: &mut Client) -> Head {
    let [alice, bob] = ["//Alice", "//Bob"].map(|uri| Account::from_uri(uri).unwrap());
    client.submit(&alice, &transfer(&bob, 7_000_000_000)).await.unwrap();
    client.submit(&alice, &transfer(&bob, 1_000_000_000)).await.unwrap();
    client.advance(10).await.unwrap();
    client.head().await.unwrap()
}

#[tokio::test]
async fn the_same_extrinsics_give_the_same_block_hashes() {
    let first = transfer_and_wait(&mut client("dev")).await;
    assert_eq!(first, transfer_and_wait(&mut client("dev")).await);
    assert_eq!(first.number, 10);
}

#[tokio::test]
async fn extrinsics_are_applied_in_order_and_their_events_decode() {
    let mut client = client("dev");
    let [alice, bob] = ["//Alice", "//Bob"].map(|uri| Account::from_uri(uri).unwrap());
    client.submit(&alice, &transfer(&bob, 7_000_000_000)).await.unwrap();
    client.submit(&alice, &transfer(&bob, 2_000_000_000_000_000)).await.unwrap();
    let blocks = client.advance(1).await.unwrap();
    assert_eq!(blocks[0].extrinsics.len(), 3, "the timestamp and two transfers");
    let events = client.events().await.unwrap();
    let outcome = |place| events.iter().rfind(|event| event.extrinsic == Some(place)).unwrap();
    assert!(outcome(1).is("System", "ExtrinsicSuccess"), "{events:#?}");
    assert!(outcome(2).is("System", "ExtrinsicFailed"), "{events:#?}");
    assert_eq!(outcome(2).error.as_deref(), Some("Token.FundsUnavailable"));
}

#[tokio::test]
async fn a_branch_goes_its_own_way() {
    let mut client = client("dev");
    let mut branch = client.branch().unwrap();
    let before = client.head().await.unwrap();
    let after = transfer_and_wait(&mut client).await;
    assert_eq!(branch.head().await.unwrap(), before);
    assert_eq!(transfer_and_wait(&mut branch).await, after);
}

#[tokio::test]
async fn what_the_chain_refuses_is_said_by_name() {
    let mut client = client("dev");
    let [alice, poor] = ["//Alice", "//Nobody"].map(|uri| Account::from_uri(uri).unwrap());
    let refused = client.submit(&poor, &transfer(&alice, 1)).await.unwrap_err();
    assert_eq!(refused.to_string(), "the chain does not take the extrinsic: Payment");
    let unknown = client.submit(&alice, &Call::new("Balances", "transfer_keep_alife", [])).await.unwrap_err();
    assert!(unknown.to_string().ends_with("did you mean `transfer_keep_alive`?"), "{unknown}");
}

#[tokio::test]
async fn entries_are_read_by_name() {
    let client = client("fresh");
    let weight = client.read("SubtensorModule", "TaoWeight", &[]).await.unwrap().unwrap();
    assert_eq!(weight.as_u128(), Some(3_320_413_933_267_719_290));
    let missing = client.read("SubtensorModule", "TaoWeigth", &[]).await.unwrap_err();
    assert_eq!(missing.to_string(), "the chain has no storage item `TaoWeigth`; did you mean `TaoWeight`?");
}
