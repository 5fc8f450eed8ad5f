Feature: Swapping stake between subnets
  swap_stake takes the stake of a hotkey from one subnet to another: it is sold on the first, and the TAO buys alpha on
  the second. A limit, in prices of the first per price of the second, bounds how much is swapped:

    most = A2 * T1 / (T1 + T2) / limit - A1 * T2 / (T1 + T2)

  with the TAO (T) and alpha (A) in the two pools. It bounds the amount only: the swaps themselves may end at worse
  prices (section 05, 3.8).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Charlie with hotkey charlie_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2) | 0 |
      | Swap.FeeRate(3) | 0 |
    # 2,000 * (1 - 1,000 / 4,000) = 1,500 alpha
    And Bob stakes 3,000 TAO to alice_hot on subnet 2
    And a pool of 2,000 TAO and 1,000 alpha on subnet 2
    And a pool of 2,000 TAO and 3,000 alpha on subnet 3

  Scenario: Stake is swapped through TAO
    When Bob calls SubtensorModule.swap_stake
      | hotkey             | alice_hot |
      | origin_netuid      | 2         |
      | destination_netuid | 3         |
      | alpha_amount       | 250 alpha |
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400 TAO; 3,000 * (1 - 2,000 / 2,400) = 500 alpha
    And the stake of Bob on alice_hot in subnet 2 is 1,250 alpha
    And the stake of Bob on alice_hot in subnet 3 is 500 alpha
    And event StakeSwapped is emitted
      | 0 | Bob       |
      | 1 | alice_hot |
      | 2 | 2         |
      | 3 | 3         |
      | 4 | 400 TAO   |

  Scenario: Stake is not swapped within a subnet
    When Bob calls SubtensorModule.swap_stake
      | hotkey             | alice_hot |
      | origin_netuid      | 2         |
      | destination_netuid | 2         |
      | alpha_amount       | 250 alpha |
    Then the call is refused with SameNetuid
    And nothing changed

  Scenario: As much as the limit allows is swapped
    # The ratio of the prices is 2 / 0.6666 = 3, the limit 1: at most 3,000 * 0.5 / 1 - 1,000 * 0.5 = 1,000 alpha
    When Bob calls SubtensorModule.swap_stake_limit
      | hotkey             | alice_hot   |
      | origin_netuid      | 2           |
      | destination_netuid | 3           |
      | alpha_amount       | 1,000 alpha |
      | limit_price        | 1 TAO       |
      | allow_partial      | false       |
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 2,000) = 1,000 TAO; 3,000 * (1 - 2,000 / 3,000) = 1,000 alpha
    And the stake of Bob on alice_hot in subnet 2 is 500 alpha
    And the stake of Bob on alice_hot in subnet 3 is 1,000 alpha
    # 0.5 / 1.5 is less than the limit
    And the price of subnet 2 is 0.5 TAO
    And the price of subnet 3 is 1.5 TAO

  Scenario: More than the limit allows is refused
    When Bob calls SubtensorModule.swap_stake_limit
      | hotkey             | alice_hot             |
      | origin_netuid      | 2                     |
      | destination_netuid | 3                     |
      | alpha_amount       | 1,000.000000001 alpha |
      | limit_price        | 1 TAO                 |
      | allow_partial      | false                 |
    Then the call is refused with SlippageTooHigh
    And nothing changed

  Scenario: Of more than the limit allows a part is swapped
    When Bob calls SubtensorModule.swap_stake_limit
      | hotkey             | alice_hot   |
      | origin_netuid      | 2           |
      | destination_netuid | 3           |
      | alpha_amount       | 1,500 alpha |
      | limit_price        | 1 TAO       |
      | allow_partial      | true        |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 500 alpha
    And the stake of Bob on alice_hot in subnet 3 is 1,000 alpha

  Scenario: A limit above the ratio of the prices allows nothing
    When Bob calls SubtensorModule.swap_stake_limit
      | hotkey             | alice_hot |
      | origin_netuid      | 2         |
      | destination_netuid | 3         |
      | alpha_amount       | 10 alpha  |
      | limit_price        | 3.1 TAO   |
      | allow_partial      | false     |
    Then the call is refused with SlippageTooHigh
    And nothing changed
