//! Customers who pay: a gateway with a price takes signed vouchers, and redeems them on the chain.

use super::*;
use assay_neuron::protocol::Voucher;
use assay_neuron::serve::validator::Credits;

const PRICE: u64 = 1_000;

/// Lets the subnet sell credits, and two customers buy some.
async fn sell_credits(chain: &str) {
    let netuid = || ("netuid", number(NETUID.into()));
    make(
        chain,
        &[sudo(Call::new("Credits", "set_enabled", [netuid(), ("enabled", ScaleValue::bool(true))]))],
    )
    .await;
    for customer in ["//Charlie", "//Dave"] {
        let arguments = [netuid(), ("tao", number(1_000_000_000)), ("min_credits", number(1_000_000))];
        make_as(customer, chain, &[Call::new("Credits", "buy", arguments)]).await;
    }
}

fn credits(gateway: &Program, customer: &Key) -> Credits {
    let (status, answer) = gateway.ask("GET", &format!("/v1/credits/{}", customer.ss58()), "");
    assert_eq!(status, 200, "{answer}");
    serde_json::from_value(answer).unwrap()
}

/// Credits that the gateway has spent of a customer, as the chain has it.
fn spent(chain: &str, customer: &Key) -> u64 {
    let gateway = Key::from_uri("//validator").unwrap();
    let keys = [customer, &gateway].map(|key| ScaleValue::from_bytes(key.public()));
    let keys = [number(NETUID.into())].into_iter().chain(keys).collect::<Vec<_>>();
    read(chain, "Credits", "Spent", &keys).as_u128().unwrap().try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_pay_by_vouchers_that_the_gateway_redeems() {
    let node = Program::node(&["--in-memory", "--sealing", "100"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    sell_credits(&chain).await;
    tokio::task::spawn_blocking(move || {
        let _miner = Program::miner(&chain, "//honest", "honest", &[]);
        let state = tempfile::tempdir().unwrap();
        let price = PRICE.to_string();
        let open = || Program::validator_in(state.path(), &chain, &["--round", "2", "--price", &price]);
        let gateway = open();
        wait_for("the validator to know the miner", || {
            (gateway.ask("GET", "/v1/miners", "").1.as_array().unwrap().len() == 1).then_some(())
        });
        let input = HeldOut::of(Path::new(MODELS), Workload::Vision).unwrap().inputs[0].clone();
        let send = |gateway: &Program, voucher: Option<&Voucher>| {
            let body = json!({ "input": input, "voucher": voucher });
            let (status, answer) = gateway.ask("POST", "/v1/infer", &body.to_string());
            (status, answer["error"].as_str().unwrap_or_default().to_owned())
        };
        let charlie = Key::from_uri("//Charlie").unwrap();
        let begun = credits(&gateway, &charlie);
        let payee = begun.payee();
        assert_eq!((begun.price, begun.used, begun.promised, begun.spent), (PRICE, 0, 0, 0));
        assert!(begun.balance >= 1_000_000, "{begun:?}");
        assert_eq!((payee.netuid, payee.gateway), (NETUID, Key::from_uri("//validator").unwrap().public()));
        let voucher = |total| Voucher::new(&charlie, &payee, total);

        // What does not pay.
        let (status, error) = send(&gateway, None);
        assert_eq!((status, error.contains("costs 1000 credits")), (402, true), "{error}");
        let stolen = Voucher { customer: Key::from_uri("//Dave").unwrap().public(), ..voucher(PRICE) };
        assert_eq!(send(&gateway, Some(&stolen)).0, 401);
        let (status, error) = send(&gateway, Some(&voucher(PRICE - 1)));
        assert_eq!((status, error.contains("sign one over 1000 in all")), (402, true), "{error}");
        let (status, error) = send(&gateway, Some(&voucher(begun.balance + 1)));
        assert_eq!((status, error.contains("buy more with Credits.buy")), (402, true), "{error}");
        let nobody = Voucher::new(&Key::from_uri("//Nobody").unwrap(), &payee, PRICE);
        assert_eq!(send(&gateway, Some(&nobody)).0, 402);

        // What pays, once; a higher voucher pays for what is beyond the lower one.
        assert_eq!(send(&gateway, Some(&voucher(PRICE))).0, 200);
        let (status, error) = send(&gateway, Some(&voucher(PRICE)));
        assert_eq!((status, error.contains("used up")), (402, true), "{error}");
        for _ in 0..2 {
            assert_eq!(send(&gateway, Some(&voucher(3 * PRICE))).0, 200);
        }
        assert_eq!(send(&gateway, Some(&voucher(3 * PRICE))).0, 402);
        wait_for("the vouchers to be redeemed", || (spent(&chain, &charlie) == 3 * PRICE).then_some(()));
        wait_for("the gateway to have seen it", || {
            (gateway.health()["credits_redeemed"] == 3 * PRICE).then_some(())
        });
        assert_eq!(gateway.health()["credits_earned"], 3 * PRICE);
        assert_eq!(credits(&gateway, &charlie).balance, begun.balance - 3 * PRICE);

        // What was paid for in advance is still good after a restart.
        assert_eq!(send(&gateway, Some(&voucher(5 * PRICE))).0, 200);
        assert_eq!(gateway.end(), Some(0));
        let gateway = open();
        assert_eq!(credits(&gateway, &charlie).used, 4 * PRICE);
        wait_for("the validator to know the miner again", || {
            (gateway.ask("GET", "/v1/miners", "").1.as_array().unwrap().len() == 1).then_some(())
        });
        assert_eq!(send(&gateway, Some(&voucher(5 * PRICE))).0, 200);
        assert_eq!(send(&gateway, Some(&voucher(5 * PRICE))).0, 402);

        // Many customers at the same time, who all pay from one account.
        let load = Command::new(env!("CARGO_BIN_EXE_assay"))
            .args(["load", "--customers", "5", "--seconds", "2", "--json", "--models", MODELS])
            .args(["--gateway", gateway.text("http"), "--pay-uri", "//Dave"])
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&load.stdout).unwrap();
        assert!(load.status.success(), "{report}");
        let paid = report["paid"].as_u64().unwrap();
        assert_eq!((paid, paid > 0), (report["right"].as_u64().unwrap() * PRICE, true), "{report}");
        let dave = Key::from_uri("//Dave").unwrap();
        wait_for("all of it to be redeemed", || {
            ((spent(&chain, &dave), spent(&chain, &charlie)) == (paid, 5 * PRICE)).then_some(())
        });
        let (_, api) = gateway.ask("GET", "/openapi.json", "");
        assert!(api["paths"]["/v1/credits/{customer}"]["get"].is_object(), "{api}");
        assert!(api["components"]["schemas"]["Voucher"]["properties"]["total"].is_object(), "{api}");
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_without_a_price_asks_for_nothing() {
    let node = Program::node(&["--in-memory", "--sealing", "100"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    tokio::task::spawn_blocking(move || {
        let gateway = Program::validator(&chain, &[]);
        let (status, answer) = gateway.ask("GET", "/v1/credits/0x00", "");
        assert_eq!(
            (status, answer["error"].as_str().unwrap().contains("is no account")),
            (400, true),
            "{answer}"
        );
        let path = format!("/v1/credits/{}", Key::from_uri("//Charlie").unwrap().ss58());
        assert_eq!(gateway.ask("GET", &path, "").0, 404);
        // Where there is a price and the subnet sells no credits, nobody can pay.
        drop(gateway);
        let gateway = Program::validator(&chain, &["--price", "1000"]);
        let (status, answer) = gateway.ask("GET", &path, "");
        assert_eq!(
            (status, answer["error"].as_str().unwrap().contains("sells no credits")),
            (503, true),
            "{answer}"
        );
    })
    .await
    .unwrap();
}
