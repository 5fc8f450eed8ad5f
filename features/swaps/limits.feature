Feature: Price limits
  A limit says how far an order may move the price: a purchase not above it, a sale not below it. With equal weights a
  purchase reaches the limit with TAO * (sqrt(limit / price) - 1) TAO, a sale with alpha * (sqrt(price / limit) - 1)
  alpha. An order that would go further is refused as a whole, or, if it may be filled in part, cut to this amount
  (section 04, 5; section 05, 3.2 and 3.5).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario: A purchase that just reaches the limit is filled
    # 1,000 * (sqrt(0.78125 / 0.5) - 1) = 1,000 * (1.25 - 1) = 250
    When Bob stakes 250 TAO to alice_hot on subnet 2 at no more than 0.78125 TAO
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And the price of subnet 2 is 0.78125 TAO

  Scenario: One rao more than reaches the limit is refused
    When Bob stakes 250.000000001 TAO to alice_hot on subnet 2 at no more than 0.78125 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed

  Scenario: A purchase that may be filled in part stops at the limit
    When Bob calls SubtensorModule.add_stake_limit
      | hotkey        | alice_hot   |
      | netuid        | 2           |
      | amount_staked | 400 TAO     |
      | limit_price   | 0.78125 TAO |
      | allow_partial | true        |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And Bob has 999,750 TAO less fees
    And the pool of subnet 2 holds 1,250 TAO and 1,600 alpha
    And the price of subnet 2 is 0.78125 TAO

  Scenario: A purchase cut at the limit pays the fee on what was swapped, on top
    Given Swap.FeeRate(2) is 33
    When Bob calls SubtensorModule.add_stake_limit
      | hotkey        | alice_hot   |
      | netuid        | 2           |
      | amount_staked | 400 TAO     |
      | limit_price   | 0.78125 TAO |
      | allow_partial | true        |
    Then the call succeeds
    # 250 * 33 / (65,535 - 33) = 0.125950352
    And event StakeAdded is emitted
      | 2 | 250.125950352 TAO |
      | 3 | 400 alpha         |
      | 5 | 0.125950352 TAO   |
    And Bob has 999,749.874049648 TAO less fees
    And the pool of subnet 2 holds 1,250 TAO and 1,600 alpha

  Scenario Outline: A limit on a purchase must be above the price
    When Bob stakes 10 TAO to alice_hot on subnet 2 at no more than <limit> TAO
    Then the call is refused with Swap.PriceLimitExceeded
    And nothing changed

    Examples:
      | limit |
      | 0.5   |
      | 0.25  |

  Scenario: A sale that just reaches the limit is filled
    # 3,000 TAO buy 1,500 alpha and leave 4,000 TAO and 500 alpha, at a price of 8.
    Given Bob stakes 3,000 TAO to alice_hot on subnet 2
    # 500 * (sqrt(8 / 2) - 1) = 500; 4,000 * (1 - 500 / 1,000) = 2,000
    When Bob unstakes 500 alpha from alice_hot on subnet 2 at no less than 2 TAO
    Then the call succeeds
    And Bob has 999,000 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 1,000 alpha
    And the price of subnet 2 is 2 TAO

  Scenario: A sale that would pass the limit is refused
    Given Bob stakes 3,000 TAO to alice_hot on subnet 2
    When Bob unstakes 500.000000001 alpha from alice_hot on subnet 2 at no less than 2 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed

  Scenario: A sale that may be filled in part stops at the limit
    Given Bob stakes 3,000 TAO to alice_hot on subnet 2
    When Bob calls SubtensorModule.remove_stake_limit
      | hotkey          | alice_hot   |
      | netuid          | 2           |
      | amount_unstaked | 1,500 alpha |
      | limit_price     | 2 TAO       |
      | allow_partial   | true        |
    Then the call succeeds
    And Bob has 999,000 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 1,000 alpha
    And the pool of subnet 2 holds 2,000 TAO and 1,000 alpha

  Scenario Outline: A limit on a sale must be below the price
    Given Bob stakes 3,000 TAO to alice_hot on subnet 2
    When Bob unstakes 10 alpha from alice_hot on subnet 2 at no less than <limit> TAO
    Then the call is refused with Swap.PriceLimitExceeded
    And nothing changed

    Examples:
      | limit |
      | 8     |
      | 9     |

  Scenario: However high the limit, an order swaps at most 17.4467 times the reserve
    # sqrt(100,000 / 0.5) = 447 is more than the largest factor the chain can hold, 2^64 / 10^18 = 18.446744073709:
    # 1,000 * (18.446744073709 - 1) = 17,446.744073709 TAO, which buy 2,000 * (1 - 1,000 / 18,446.744073709) alpha.
    # 20,000 TAO would raise the price to 220.5 TAO only, but are refused.
    When Bob stakes 20,000 TAO to alice_hot on subnet 2 at no more than 100,000 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed
    When Bob calls SubtensorModule.add_stake_limit
      | hotkey        | alice_hot   |
      | netuid        | 2           |
      | amount_staked | 20,000 TAO  |
      | limit_price   | 100,000 TAO |
      | allow_partial | true        |
    Then the call succeeds
    And Bob has 982,553.255926291 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 1,891.579782751 alpha
