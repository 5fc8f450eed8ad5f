Feature: Unstaking everything
  unstake_all sells what a coldkey has staked to a hotkey on every subnet, root included; unstake_all_alpha sells it on
  every subnet but root and stakes the TAO on root, to the same hotkey. Stake that cannot be sold is left where it is
  (section 05, 3.7). The scenarios are without the swap fee.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And a pool of 1,000 TAO and 1,000 alpha on subnet 3
    And these values are stored
      | Swap.FeeRate(2) | 0 |
      | Swap.FeeRate(3) | 0 |

  Scenario: Everything is sold on every subnet
    # 1,000 alpha on subnet 2, 500 on subnet 3
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 3
    And Bob stakes 100 TAO to alice_hot on subnet 0
    When Bob unstakes everything from alice_hot
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 0 TAO
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And the stake of Bob on alice_hot in subnet 3 is 0 alpha
    And Bob has 1,000,000 TAO less fees
    And event StakeRemoved is emitted 3 times

  Scenario: All alpha is sold and staked on root
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 3
    And Bob stakes 100 TAO to alice_hot on subnet 0
    When Bob calls SubtensorModule.unstake_all_alpha
      | hotkey | alice_hot |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 2,100 TAO
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And the stake of Bob on alice_hot in subnet 3 is 0 alpha
    And Bob has 997,900 TAO less fees

  Scenario: A halted subnet is left out
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 3
    And Alice calls AdminUtils.sudo_set_subtoken_enabled as root
      | netuid           | 3     |
      | subtoken_enabled | false |
    When Bob unstakes everything from alice_hot
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And the stake of Bob on alice_hot in subnet 3 is 500 alpha
    And Bob has 999,000 TAO less fees

  Scenario: Only the stake of the coldkey on this hotkey is sold
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Charlie stakes 1,000 TAO to alice_hot on subnet 3
    When Bob unstakes everything from alice_hot
    Then the stake of Charlie on alice_hot in subnet 3 is 500 alpha
    And Bob has 1,000,000 TAO less fees

  Scenario: Without stake nothing is sold
    When Bob unstakes everything from alice_hot
    Then the call succeeds
    And nothing changed
    When Bob calls SubtensorModule.unstake_all_alpha
      | hotkey | alice_hot |
    Then the call is refused with AmountTooLow
    And nothing changed

  Scenario Outline: There must be a hotkey
    When Bob calls SubtensorModule.<call>
      | hotkey | nobody |
    Then the call is refused with HotKeyAccountNotExists
    And nothing changed

    Examples:
      | call              |
      | unstake_all       |
      | unstake_all_alpha |
