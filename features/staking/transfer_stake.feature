Feature: Transferring stake
  Stake can be given to another coldkey, on the same hotkey. On one subnet it changes hands alpha for alpha and without
  a fee; between subnets it is sold, and the TAO buys alpha for the other coldkey. The owner of a subnet can forbid
  transfers from and to it (section 05, 3.8).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And a pool of 1,600 TAO and 800 alpha on subnet 3
    And these values are stored
      | Swap.FeeRate(2) | 0 |
      | Swap.FeeRate(3) | 0 |
    # 1,000 alpha, at a price of 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 2

  Scenario: On one subnet stake changes hands alpha for alpha
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie   |
      | hotkey              | alice_hot |
      | origin_netuid       | 2         |
      | destination_netuid  | 2         |
      | alpha_amount        | 250 alpha |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 250 alpha
    And the pool of subnet 2 holds 2,000 TAO and 1,000 alpha
    And event StakeTransferred is emitted
      | 0 | Bob       |
      | 1 | Charlie   |
      | 2 | alice_hot |
      | 3 | 2         |
      | 4 | 2         |
      | 5 | 500 TAO   |

  Scenario: Between subnets the other coldkey gets what the TAO buys
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie   |
      | hotkey              | alice_hot |
      | origin_netuid       | 2         |
      | destination_netuid  | 3         |
      | alpha_amount        | 250 alpha |
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400 TAO; 800 * (1 - 1,600 / 2,000) = 160 alpha
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And the stake of Bob on alice_hot in subnet 3 is 0 alpha
    And the stake of Charlie on alice_hot in subnet 3 is 160 alpha
    And Bob has 999,000 TAO less fees
    And Charlie has 1,000,000 TAO

  Scenario Outline: Either subnet can forbid transfers
    Given Alice calls AdminUtils.sudo_set_toggle_transfer
      | netuid | <closed> |
      | toggle | false    |
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie   |
      | hotkey              | alice_hot |
      | origin_netuid       | 2         |
      | destination_netuid  | <to>      |
      | alpha_amount        | 250 alpha |
    Then the call is refused with TransferDisallowed
    And nothing changed

    Examples:
      | closed | to |
      | 2      | 2  |
      | 2      | 3  |
      | 3      | 3  |

  Scenario: Where transfers are forbidden, one's own stake can still be moved
    Given Alice calls AdminUtils.sudo_set_toggle_transfer
      | netuid | 2     |
      | toggle | false |
    When Bob moves 250 alpha from alice_hot on subnet 2 to alice_hot on subnet 3
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 3 is 160 alpha

  Scenario: What is worth less than 0.002 TAO is not transferred
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie           |
      | hotkey              | alice_hot         |
      | origin_netuid       | 2                 |
      | destination_netuid  | 2                 |
      | alpha_amount        | 0.000999999 alpha |
    Then the call is refused with AmountTooLow
    And nothing changed

  Scenario: Stake is not transferred to oneself
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Bob       |
      | hotkey              | alice_hot |
      | origin_netuid       | 2         |
      | destination_netuid  | 2         |
      | alpha_amount        | 250 alpha |
    Then the call is refused with SameNetuid
    And nothing changed
