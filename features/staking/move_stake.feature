Feature: Moving stake
  Stake can be moved to another hotkey, to another subnet or both; it stays with its coldkey. On one subnet it is moved
  alpha for alpha, without a fee, and the price stays. Between subnets it is sold on the first and the TAO buys alpha
  on the second; only the sale pays the swap fee, or the purchase if the first is root (section 05, 3.8).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Charlie with hotkey charlie_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And a pool of 1,600 TAO and 800 alpha on subnet 3
    And these values are stored
      | Swap.FeeRate(2) | 0 |
      | Swap.FeeRate(3) | 0 |
    # 2,000 * (1 - 1,000 / 2,000) = 1,000 alpha, and a pool of 2,000 TAO and 1,000 alpha, at a price of 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 2

  Scenario: On one subnet stake moves to another hotkey alpha for alpha
    When Bob moves 250 alpha from alice_hot on subnet 2 to charlie_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And the stake of Bob on charlie_hot in subnet 2 is 250 alpha
    And the pool of subnet 2 holds 2,000 TAO and 1,000 alpha
    And Bob has 999,000 TAO less fees
    # the event tells what 250 alpha are worth at the price of 2
    And event StakeMoved is emitted
      | 0 | Bob         |
      | 1 | alice_hot   |
      | 2 | 2           |
      | 3 | charlie_hot |
      | 4 | 2           |
      | 5 | 500 TAO     |

  Scenario: Between subnets stake is sold and bought
    When Bob moves 250 alpha from alice_hot on subnet 2 to charlie_hot on subnet 3
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400 TAO, which buy 800 * (1 - 1,600 / 2,000) = 160 alpha
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And the stake of Bob on charlie_hot in subnet 3 is 160 alpha
    And the pool of subnet 2 holds 1,600 TAO and 1,250 alpha
    And the pool of subnet 3 holds 2,000 TAO and 640 alpha
    And Bob has 999,000 TAO less fees
    And event StakeMoved is emitted
      | 2 | 2       |
      | 4 | 3       |
      | 5 | 400 TAO |

  Scenario: Only the sale pays the swap fee
    Given these values are stored
      | Swap.FeeRate(2) | 33 |
      | Swap.FeeRate(3) | 33 |
    When Bob moves 250 alpha from alice_hot on subnet 2 to charlie_hot on subnet 3
    Then the call succeeds
    # The fee is 250 * 33 / 65,535 = 0.12588693 alpha; 2,000 * (1 - 1,000 / 1,249.87411307) = 399.8388485 TAO buy
    # 800 * (1 - 1,600 / 1,999.8388485) = 159.948427364 alpha.
    And the stake of Bob on charlie_hot in subnet 3 is 159.948427364 alpha
    And the pool of subnet 3 holds 1,999.8388485 TAO and 640.051572636 alpha
    And event StakeRemoved is emitted
      | 2 | 399.8388485 TAO    |
      | 3 | 249.87411307 alpha |
      | 5 | 0.12588693 alpha   |
    And event StakeAdded is emitted
      | 2 | 399.8388485 TAO     |
      | 3 | 159.948427364 alpha |
      | 5 | 0 TAO               |

  Scenario: From root the purchase pays the swap fee
    Given Swap.FeeRate(3) is 33
    And Bob stakes 400 TAO to alice_hot on subnet 0
    When Bob moves 400 TAO from alice_hot on subnet 0 to alice_hot on subnet 3
    Then the call succeeds
    # The fee is 400 * 33 / 65,535 = 0.201419089; 800 * (1 - 1,600 / 1,999.798580911) = 159.935539399.
    And the stake of Bob on alice_hot in subnet 0 is 0 TAO
    And the stake of Bob on alice_hot in subnet 3 is 159.935539399 alpha
    And event StakeAdded is emitted
      | 2 | 400 TAO             |
      | 3 | 159.935539399 alpha |
      | 5 | 0.201419089 TAO     |

  Scenario: To root the TAO is staked one to one
    When Bob moves 250 alpha from alice_hot on subnet 2 to alice_hot on subnet 0
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 400 TAO

  Scenario: Who asks for more than the stake moves the stake
    When Bob moves 5,000 alpha from alice_hot on subnet 2 to charlie_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And the stake of Bob on charlie_hot in subnet 2 is 1,000 alpha

  Scenario: Stake must go somewhere else
    When Bob moves 250 alpha from alice_hot on subnet 2 to alice_hot on subnet 2
    Then the call is refused with SameNetuid
    And nothing changed

  Scenario: The other hotkey must exist
    When Bob moves 250 alpha from alice_hot on subnet 2 to nobody on subnet 2
    Then the call is refused with HotKeyAccountNotExists
    And nothing changed

  Scenario: The other subnet must exist
    When Bob moves 250 alpha from alice_hot on subnet 2 to alice_hot on subnet 7
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: Both subnets must be running
    Given Alice calls AdminUtils.sudo_set_subtoken_enabled as root
      | netuid           | 3     |
      | subtoken_enabled | false |
    When Bob moves 250 alpha from alice_hot on subnet 2 to alice_hot on subnet 3
    Then the call is refused with SubtokenDisabled
    And nothing changed

  Scenario Outline: What is worth less than 0.002 TAO is not moved
    # At the price of 2, 0.000999999 alpha are worth 0.001999998 TAO.
    When Bob moves 0.000999999 alpha from alice_hot on subnet 2 to charlie_hot on subnet <to>
    Then the call is refused with AmountTooLow
    And nothing changed

    Examples:
      | to |
      | 2  |
      | 3  |

  Scenario: Between subnets exactly 0.002 TAO is not enough
    # 2,000 * (1 - 1,000 / 1,000.001000001) = 0.002 TAO
    When Bob moves 0.001000001 alpha from alice_hot on subnet 2 to charlie_hot on subnet 3
    Then the call is refused with AmountTooLow
    And nothing changed
    When Bob moves 0.001000002 alpha from alice_hot on subnet 2 to charlie_hot on subnet 3
    Then the call succeeds
