//! `assay quote`: what a swap against a subnet's pool would give.

use crate::amount::{Amount, Unit, format_decimal, parse_alpha, parse_decimal, parse_tao};
use anyhow::{Result, anyhow};
use assay_economics::number::{U64F64, int, safe_div};
use assay_economics::pool::{
    DEFAULT_FEE_RATE, MINIMUM_RESERVE, Order, Pool, Reserves, Side, SwapError, SwapResult, Weights, price,
    swap,
};
use clap::ArgGroup;
use comfy_table::{CellAlignment, Table, presets};

/// Quote a swap against the pool of a subnet, to the rao.
///
/// Amounts are decimals of TAO or alpha; commas or underscores may separate thousands (`1,234.5` or `1_234.5`), and
/// `NNN rao` counts in rao. Nothing is rounded on reading. The figures are those the chain would give for a pool
/// with these reserves and this weight.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("order").required(true).args(["buy", "sell"])), after_help = EXAMPLES)]
pub struct Quote {
    /// TAO in the pool
    #[arg(long, value_name = "TAO", value_parser = parse_tao, allow_hyphen_values = true)]
    tao: Amount,
    /// Alpha in the pool
    #[arg(long, value_name = "ALPHA", value_parser = parse_alpha, allow_hyphen_values = true)]
    alpha: Amount,
    /// Buy alpha with this much TAO, fee included
    #[arg(long, value_name = "TAO", value_parser = parse_tao, allow_hyphen_values = true)]
    buy: Option<Amount>,
    /// Sell this much alpha, fee included
    #[arg(long, value_name = "ALPHA", value_parser = parse_alpha, allow_hyphen_values = true)]
    sell: Option<Amount>,
    /// Weight of TAO in the pool, 0.01 to 0.99
    #[arg(long, value_name = "WEIGHT", default_value = "0.5", value_parser = parse_weight, allow_hyphen_values = true)]
    tao_weight: Weights,
    /// Swap fee, in parts of 65,535
    #[arg(long, value_name = "PARTS", default_value_t = DEFAULT_FEE_RATE)]
    fee_rate: u16,
    /// Price not to pass, in TAO per alpha; the swap stops there [default: 1,000,000 for a buy, 0.000001 for a sell]
    #[arg(long, value_name = "PRICE", value_parser = parse_tao, allow_hyphen_values = true)]
    limit: Option<Amount>,
}

const EXAMPLES: &str = "\
Examples:
  assay quote --tao 1,000 --alpha 2,000 --buy 10
  assay quote --tao 1,000 --alpha 2,000 --sell 25.5 --limit 0.49
  assay quote --tao 1_000 --alpha 2_000 --tao-weight 0.4 --fee-rate 0 --buy '5,000,000 rao'";

/// Digits after the point that prices are shown with.
const PRICE_DIGITS: usize = 12;
/// Digits after the point that a change in percent is shown with.
const PERCENT_DIGITS: usize = 6;

fn parse_weight(text: &str) -> Result<Weights> {
    let parts = parse_decimal(text, 18)?;
    Weights::new(parts).ok_or_else(|| anyhow!("{text} is outside 0.01..0.99, the weights the chain allows"))
}

impl Quote {
    /// The quote as a table.
    ///
    /// # Errors
    /// An order that the chain would refuse; the message says why and what would be accepted.
    pub fn run(&self) -> Result<String> {
        let order = self.order()?;
        let pool = Pool {
            reserves: Reserves { tao: self.tao.rao(), alpha: self.alpha.rao() },
            weights: self.tao_weight,
            initialized: true,
            fee_rate: self.fee_rate,
        };
        let swapped = swap(&pool, &order).map_err(|error| explain(error, &pool, &order))?;
        Ok(table(&rows(&pool, &order, &swapped)))
    }

    fn order(&self) -> Result<Order> {
        let (side, amount) = match (self.buy, self.sell) {
            (Some(tao), None) => (Side::Buy, tao),
            (None, Some(alpha)) => (Side::Sell, alpha),
            _ => return Err(anyhow!("give either --buy TAO or --sell ALPHA")),
        };
        // A price of one TAO per alpha is 10^9, as one TAO is 10^9 rao.
        let price_limit = self.limit.map_or(side.default_limit(), Amount::rao);
        Ok(Order { side, amount: amount.rao(), price_limit, drop_fees: false })
    }
}

/// An order's units: of what goes in, and of what comes out.
fn units(side: Side) -> (Unit, Unit) {
    match side {
        Side::Buy => (Unit::Tao, Unit::Alpha),
        Side::Sell => (Unit::Alpha, Unit::Tao),
    }
}

fn show(rao: u64, unit: Unit) -> String {
    Amount::from_rao(rao).with_unit(unit)
}

fn explain(error: SwapError, pool: &Pool, order: &Order) -> anyhow::Error {
    let (unit_in, unit_out) = units(order.side);
    let (in_reserve, out_reserve, in_option, out_option, option) = match order.side {
        Side::Buy => (pool.reserves.tao, pool.reserves.alpha, "--tao", "--alpha", "--buy"),
        Side::Sell => (pool.reserves.alpha, pool.reserves.tao, "--alpha", "--tao", "--sell"),
    };
    match error {
        SwapError::SwapInputTooLarge => anyhow!(
            "{option} {} is more than 1,000 times the pool's {} ({in_option}); offer at most {}, fee not counted",
            Amount::from_rao(order.amount),
            show(in_reserve, unit_in),
            show(in_reserve.saturating_mul(1_000), unit_in),
        ),
        SwapError::ReservesTooLow if out_reserve < MINIMUM_RESERVE => anyhow!(
            "{out_option} {} is too low to pay from; a pool pays from {} on",
            Amount::from_rao(out_reserve),
            show(MINIMUM_RESERVE, unit_out),
        ),
        SwapError::ReservesTooLow => anyhow!(
            "{option} {} would pay out less than one rao, which the chain refuses; offer more",
            Amount::from_rao(order.amount),
        ),
        SwapError::PriceLimitExceeded => anyhow!(
            "the price is {} before the swap and the limit is {} TAO per alpha; a {} needs a --limit {} the price",
            show_price(pool.price()),
            Amount::from_rao(order.price_limit),
            if order.side == Side::Buy { "buy" } else { "sell" },
            if order.side == Side::Buy { "above" } else { "below" },
        ),
        SwapError::ReservesOutOfBalance => error.into(),
    }
}

fn rows(pool: &Pool, order: &Order, swapped: &SwapResult) -> Vec<(&'static str, String)> {
    let (unit_in, unit_out) = units(order.side);
    let gross = swapped.paid_in.saturating_add(swapped.fee_paid);
    let left = order.amount.saturating_sub(gross);
    let (tao, alpha) = match order.side {
        Side::Buy => (gross, swapped.paid_out),
        Side::Sell => (swapped.paid_out, gross),
    };
    let (before, after) = (pool.price(), price_after(pool, order.side, swapped));
    let mut rows = vec![
        ("amount in", show(gross, unit_in)),
        ("of it fee", show(swapped.fee_paid, unit_in)),
        ("amount out", show(swapped.paid_out, unit_out)),
        ("price before", show_price(before)),
        ("price after", show_price(after)),
        ("effective price", effective_price(tao, alpha)),
        ("price impact", change_in_percent(before, after)),
    ];
    if left > 0 {
        rows.insert(1, ("not swapped, limit reached", show(left, unit_in)));
    }
    rows
}

fn price_after(pool: &Pool, side: Side, swapped: &SwapResult) -> U64F64 {
    let Reserves { tao, alpha } = pool.reserves;
    let SwapResult { paid_in, paid_out, .. } = *swapped;
    let reserves = match side {
        Side::Buy => Reserves { tao: tao.saturating_add(paid_in), alpha: alpha.saturating_sub(paid_out) },
        Side::Sell => Reserves { tao: tao.saturating_sub(paid_out), alpha: alpha.saturating_add(paid_in) },
    };
    price(reserves, pool.weights_in_swap())
}

fn show_price(price: U64F64) -> String {
    let unit = 10_u64.pow(12);
    let whole = u128::from(int(price)) * u128::from(unit);
    let fraction = int(price.frac().saturating_mul(U64F64::from_num(unit)));
    format!("{} TAO per alpha", format_decimal(whole + u128::from(fraction), PRICE_DIGITS))
}

/// TAO per alpha over the whole swap, fee included, rounded down.
fn effective_price(tao: u64, alpha: u64) -> String {
    // Both are in rao, so their ratio is the price; 64 bits times 10^12 stay below 128 bits.
    match (u128::from(tao) * 10_u128.pow(12)).checked_div(alpha.into()) {
        Some(price) => format!("{} TAO per alpha", format_decimal(price, PRICE_DIGITS)),
        None => "none".to_owned(),
    }
}

/// The change of a price in percent, cut after six digits.
fn change_in_percent(before: U64F64, after: U64F64) -> String {
    let sign = match after.cmp(&before) {
        std::cmp::Ordering::Less => "-",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    let change = safe_div(before.abs_diff(after), before);
    let percent = int(change.saturating_mul(U64F64::from_num(100_000_000_u64)));
    format!("{sign}{} %", format_decimal(percent.into(), PERCENT_DIGITS))
}

fn table(rows: &[(&'static str, String)]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for (name, value) in rows {
        table.add_row([*name, value]);
    }
    if let Some(names) = table.column_mut(0) {
        names.set_padding((0, 2));
    }
    if let Some(values) = table.column_mut(1) {
        values.set_cell_alignment(CellAlignment::Right);
        values.set_padding((0, 0));
    }
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args, Command, FromArgMatches};

    fn quote(arguments: &str) -> Result<String> {
        let command = Quote::augment_args(Command::new("quote").no_binary_name(true));
        let matches = command.try_get_matches_from(arguments.split_whitespace())?;
        Quote::from_arg_matches(&matches)?.run()
    }

    fn problem(arguments: &str) -> String {
        quote(arguments).expect_err("must be refused").to_string()
    }

    #[test]
    fn a_buy_is_quoted_to_the_rao() {
        let text = quote("--tao 1,000 --alpha 2,000 --buy 1,000 --fee-rate 0").unwrap();
        let fields: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(fields[0], ["amount", "in", "1,000", "TAO"]);
        assert_eq!(fields[1], ["of", "it", "fee", "0", "TAO"]);
        assert_eq!(fields[2], ["amount", "out", "1,000", "alpha"]);
        assert_eq!(fields[3], ["price", "before", "0.5", "TAO", "per", "alpha"]);
        assert_eq!(fields[4], ["price", "after", "2", "TAO", "per", "alpha"]);
        assert_eq!(fields[5], ["effective", "price", "1", "TAO", "per", "alpha"]);
        assert_eq!(fields[6], ["price", "impact", "+300", "%"]);
    }

    #[test]
    fn a_limit_leaves_the_rest() {
        let text = quote("--tao 1,000 --alpha 1,000 --sell 5,000 --fee-rate 0 --limit 0.25").unwrap();
        assert!(text.contains("1,000 alpha"), "{text}");
        assert!(text.contains("500 TAO"), "{text}");
        let left = text.lines().find(|line| line.contains("not swapped")).unwrap();
        assert!(left.ends_with("4,000 alpha"), "{left}");
        assert!(text.contains("-75 %"), "{text}");
    }

    #[test]
    fn bad_input_says_what_where_and_what_to_do() {
        assert!(problem("--tao 1 --alpha 1").contains("--buy"));
        assert!(problem("--tao 1 --alpha 1 --buy 1 --sell 1").contains("cannot be used with"));
        assert!(problem("--tao 1 --alpha 1 --buy -1").contains("`-` at position 1"));
        assert!(problem("--tao 1 --alpha 1 --buy 1 --tao-weight 0.995").contains("outside 0.01..0.99"));
        assert!(problem("--tao 1 --alpha 1 --buy 2,000").contains("offer at most 1,000 TAO"));
        assert!(problem("--tao 1 --alpha 0.0001 --buy 1").contains("--alpha 0.0001 is too low"));
        assert!(problem("--tao 1,000 --alpha 1 --buy 0.000000001").contains("less than one rao"));
        assert!(problem("--tao 1 --alpha 2 --buy 1 --limit 0.5").contains("needs a --limit above"));
    }
}
